import type { RankTable } from '../tree/ranks.ts'
import type { PackedTree } from './packed-tree.ts'
import { criteria, KernelCache, type KernelGrowOptions, TreeMemory, withoutPauses } from './tree-memory.ts'

const radixBytes = 4 << 11
/** Rows times seeds whose draws are kept, a byte each. */
const mostKeptDraws = 2 ** 20

/** What the generator of one tree draws. */
interface Draws {
  /** Of the splits. */
  readonly seed: number
  /** How often each row is drawn. */
  readonly counts: Uint8Array
}

/** Widths of the fields of a key: rank, weight, class. */
interface KeyBits {
  readonly classBits: number
  readonly shift: number
  readonly wide: boolean
}

/** Undefined when rank, class and a useful weight do not fit into 31 bits. */
function keyBits(table: RankTable, classes: number): KeyBits | undefined {
  const most = Math.max(...table.values.map(column => column.length))
  const rankBits = bitsFor(most)
  const classBits = bitsFor(classes)
  const shift = 31 - rankBits
  return shift - classBits >= 4 ? { classBits, shift, wide: most > 65536 } : undefined
}

const bitsFor = (values: number): number => (values <= 1 ? 1 : 32 - Math.clz32(values - 1))

type ClassCriterion = 'gini' | 'entropy' | 'log_loss'
const cache = new KernelCache<RankTable, ForestKernel>()

/**
 * Best cuts of classes whose rows have small integer weights, in WebAssembly: ranks stay in its memory for all trees on a data set, of all
 * trials of a study. Its plain twins are `growTree` and `buildTree`.
 *
 * A tree needs `seedFor`, then the counts of its rows (`bootstrap` or `setCounts`), then `grow`; `drawFor` does both first steps.
 */
export class ForestKernel {
  private codes?: Int32Array
  private drawn = { draws: 0, room: 0, bySeed: new Map<number, Draws>() }

  private constructor(
    readonly memory: TreeMemory,
    private readonly table: RankTable,
    private readonly countsAt: number,
    private readonly codesAt: number,
  ) {}

  /** Undefined where only the plain twin can do it. */
  static for(table: RankTable, classes: number, criterion: ClassCriterion = 'gini'): ForestKernel | undefined {
    return cache.get(table, `${classes} ${criteria[criterion]}`, () => ForestKernel.make(table, classes, criterion))
  }

  private static make(table: RankTable, classes: number, criterion: ClassCriterion): ForestKernel | undefined {
    const { rows } = table
    const width = table.ranks.length
    const bits = keyBits(table, classes)
    if (!bits) return undefined
    const most = Math.max(...table.values.map(column => column.length))
    const memory = new TreeMemory({ search: 'counted', rows, width, outputs: classes })
    const { layout } = memory
    const parametersAt = layout.take(4 * 32)
    const ranksAt = layout.take(rows * width * (bits.wide ? 4 : 2))
    const valuesAt = layout.take(4 * table.values.reduce((sum, column) => sum + column.length, 0))
    const [offsetsAt, apartAt, missingRanksAt] = [layout.take(4 * width), layout.take(4 * width), layout.take(4 * width)]
    // A vector may reach over the end.
    const perRow = () => layout.take(4 * rows + 16)
    const [codesAt, countsAt, samplesAt, tagsAt, keysAt, spareAt] = [perRow(), perRow(), perRow(), perRow(), perRow(), perRow()]
    const histogramAt = layout.take(4 * classes * most)
    const rowsAtRankAt = layout.take(4 * most)
    const radixAt = layout.take(radixBytes)
    const [totalAt, leftAt, missingAt] = [layout.take(8 * classes), layout.take(8 * classes), layout.take(8 * classes)]
    const twisterAt = layout.take(4 * 624)
    const xlogs = criteria[criterion] === criteria.entropy ? 2 * rows : 0
    const xlogsAt = layout.take(8 * (xlogs + 1))
    if (!memory.allocate()) return undefined
    const { exports } = memory.instance
    const { buffer } = memory.instance.memory
    const parameters = [rows, classes, bits.classBits, bits.shift, bits.wide ? 1 : 0, criteria[criterion]]
    parameters.push(ranksAt, valuesAt, offsetsAt, apartAt, missingRanksAt, codesAt, countsAt, samplesAt, tagsAt, keysAt, spareAt)
    parameters.push(histogramAt, rowsAtRankAt, radixAt, totalAt, leftAt, missingAt, xlogsAt, xlogs)
    new Int32Array(buffer, parametersAt, parameters.length).set(parameters)
    const ranks = bits.wide ? new Int32Array(buffer, ranksAt, rows * width) : new Uint16Array(buffer, ranksAt, rows * width)
    const values = new Float32Array(buffer, valuesAt)
    const [offsets, apart, missingRanks] = [offsetsAt, apartAt, missingRanksAt].map(at => new Int32Array(buffer, at, width))
    let offset = 0
    table.values.forEach((column, j) => {
      ranks.set(table.ranks[j], j * rows)
      values.set(column, offset)
      offsets[j] = offset
      apart[j] = areApart(column) ? 1 : 0
      missingRanks[j] = Number.isNaN(column[column.length - 1]) ? column.length - 1 : -1
      offset += column.length
    })
    if (xlogs)
      new Float64Array(buffer, xlogsAt, xlogs + 1).set(Float64Array.from({ length: xlogs + 1 }, (_, k) => (k ? k * Math.log2(k) : 0)))
    exports.setUpCounted(parametersAt, twisterAt, countsAt, rows)
    return new ForestKernel(memory, table, countsAt, codesAt)
  }

  /** Class per row, for the trees to come. */
  use(codes: Int32Array): void {
    if (this.codes === codes) return
    new Int32Array(this.memory.instance.memory.buffer, this.codesAt, codes.length).set(codes)
    this.codes = codes
  }

  /** The seed of the splits of a tree with this seed; the generator then starts anew for `bootstrap`. */
  seedFor(treeSeed: number): number {
    return this.memory.instance.exports.splitSeed(treeSeed) >>> 0
  }

  bootstrap(draws: number): void {
    this.memory.instance.exports.bootstrap(draws)
  }

  /**
   * `seedFor` and `bootstrap` at once. What a seed draws is kept: the trials of a study grow trees of the same seeds.
   *
   * @returns the seed of the splits
   */
  drawFor(treeSeed: number, draws: number): number {
    if (this.drawn.draws !== draws) this.drawn = { draws, room: mostKeptDraws, bySeed: new Map() }
    const known = this.drawn.bySeed.get(treeSeed)
    if (known) {
      this.counts.set(known.counts)
      return known.seed
    }
    const seed = this.seedFor(treeSeed)
    this.bootstrap(draws)
    if (this.drawn.room >= this.table.rows && this.counts.every(count => count < 256)) {
      this.drawn.room -= this.table.rows
      this.drawn.bySeed.set(treeSeed, { seed, counts: Uint8Array.from(this.counts) })
    }
    return seed
  }

  /** How often each row takes part: a view that the next tree overwrites. */
  get counts(): Int32Array {
    return new Int32Array(this.memory.instance.memory.buffer, this.countsAt, this.table.rows)
  }

  setCounts(counts: Int32Array | undefined): void {
    if (counts) this.counts.set(counts)
    else this.counts.fill(1)
  }

  /** @returns undefined when a row counts too often for a key: use the plain twin */
  grow(options: KernelGrowOptions): PackedTree | undefined {
    return withoutPauses(this.memory.growing(options))
  }
}

/** Whether a tree tells each value from the next one. */
function areApart(values: Float32Array): boolean {
  for (let r = 1; r < values.length; r++) if (!(values[r] > Math.fround(values[r - 1] + Math.fround(1e-7)))) return false
  return true
}

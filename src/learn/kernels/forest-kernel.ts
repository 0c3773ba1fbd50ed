import type { TreeMatrix } from '../tree/tree.ts'
import { fewLevels, NearLevels } from './near-levels.ts'
import type { PackedTree } from './packed-tree.ts'
import { mostNarrow, RankedColumns } from './ranked-columns.ts'
import { criteria, KernelCache, type KernelGrowOptions, TreeMemory, withoutPauses } from './tree-memory.ts'

/** Sorting a column counts three digits. */
const radixBytes = 3 * (4 << 11)
/** Rows times seeds whose draws are kept, a byte each. */
const mostKeptDraws = 2 ** 20

/** What the generator of one tree draws. */
interface Draws {
  /** Of the splits. */
  readonly seed: number
  /** How often each row is drawn. */
  readonly counts: Uint8Array
}

/** Bits below the rank of a key: its weight and, lowest, its class. */
const mostWeightBits = 4

type ClassCriterion = 'gini' | 'entropy' | 'log_loss'
const bitsFor = (values: number): number => (values <= 1 ? 1 : 32 - Math.clz32(values - 1))
const cache = new KernelCache<TreeMatrix, ForestKernel>()

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
    private readonly rows: number,
    private readonly countsAt: number,
    private readonly codesAt: number,
  ) {}

  /** Undefined where only the plain twin can do it. */
  static for(X: TreeMatrix, classes: number, criterion: ClassCriterion = 'gini'): ForestKernel | undefined {
    return cache.get(X, `${classes} ${criteria[criterion]}`, () => ForestKernel.make(X, classes, criterion))
  }

  private static make({ rows, columns }: TreeMatrix, classes: number, criterion: ClassCriterion): ForestKernel | undefined {
    const width = columns.length
    const memory = new TreeMemory({ search: 'counted', rows, width, outputs: classes })
    const { layout } = memory
    const parametersAt = layout.take(4 * 32)
    const ranksAt = layout.take(rows * width * (rows > mostNarrow ? 4 : 2))
    // Room for columns without equal values; what they do not need is never touched.
    const valuesAt = layout.take(4 * rows * width)
    const [offsetsAt, apartAt, missingRanksAt] = [layout.take(4 * width), layout.take(4 * width), layout.take(4 * width)]
    // A vector may reach over the end.
    const perRow = () => layout.take(4 * rows + 16)
    const [codesAt, countsAt, samplesAt, tagsAt, keysAt, spareAt] = [perRow(), perRow(), perRow(), perRow(), perRow(), perRow()]
    const histogramAt = layout.take(4 * Math.max(2, classes) * rows)
    const rowsAtRankAt = layout.take(4 * rows)
    const radixAt = layout.take(radixBytes)
    const [totalAt, leftAt, missingAt] = [layout.take(8 * classes), layout.take(8 * classes), layout.take(8 * classes)]
    const twisterAt = layout.take(4 * 624)
    const [cutsAt, meritsAt, placesAt] = [layout.take(8 * rows + 64), perRow(), layout.take(4 * rows + 64)]
    const [bitsAt, mostEqualAt] = [layout.take(Math.ceil(rows / 64) * 8 + 8), layout.take(4 * width)]
    const xlogs = criteria[criterion] === criteria.entropy ? 2 * rows : 0
    const xlogsAt = layout.take(8 * (xlogs + 1))
    const near = new NearLevels(layout, { rows, width, cellBytes: rows > mostNarrow ? 4 : 2 }, fewLevels(width))
    if (!memory.allocate()) return undefined
    const { exports } = memory.instance
    const { buffer } = memory.instance.memory
    const ranked = new RankedColumns(memory.instance, rows, {
      ...{
        ranks: ranksAt,
        values: valuesAt,
        cells: keysAt,
        own: tagsAt,
        order: samplesAt,
        pairs: cutsAt,
        spare: histogramAt,
        ends: radixAt,
      },
    })
    const perColumn = [offsetsAt, apartAt, missingRanksAt, mostEqualAt].map(at => new Int32Array(buffer, at, width))
    columns.forEach((cells, j) => {
      const column = ranked.add(cells)
      for (const [i, value] of [column.offset, column.areApart ? 1 : 0, column.missingRank, column.mostEqual].entries())
        perColumn[i][j] = value
    })
    // Room for sums begins as zeros.
    new Int32Array(buffer, histogramAt, 2 * rows).fill(0)
    const classBits = bitsFor(classes)
    const shift = 31 - bitsFor(ranked.mostDistinct)
    if (shift - classBits < mostWeightBits) return undefined
    const wide = ranked.mostDistinct > mostNarrow
    ranked.close()
    const parameters = [rows, classes, classBits, shift, wide ? 1 : 0, criteria[criterion]]
    parameters.push(ranksAt, valuesAt, offsetsAt, apartAt, missingRanksAt, codesAt, countsAt, samplesAt, tagsAt, keysAt, spareAt)
    parameters.push(histogramAt, rowsAtRankAt, radixAt, totalAt, leftAt, missingAt, xlogsAt, xlogs)
    parameters.push(cutsAt, meritsAt, placesAt, bitsAt, mostEqualAt)
    new Int32Array(buffer, parametersAt, parameters.length).set(parameters)
    if (xlogs)
      new Float64Array(buffer, xlogsAt, xlogs + 1).set(Float64Array.from({ length: xlogs + 1 }, (_, k) => (k ? k * Math.log2(k) : 0)))
    exports.setUpCounted(parametersAt, twisterAt, countsAt, rows)
    near.write(buffer)
    exports.setUpNear(near.at, near.rows.length, ranksAt, rows, wide ? 2 : 1)
    return new ForestKernel(memory, rows, countsAt, codesAt)
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
    if (this.drawn.room >= this.rows && this.counts.every(count => count < 256)) {
      this.drawn.room -= this.rows
      this.drawn.bySeed.set(treeSeed, { seed, counts: Uint8Array.from(this.counts) })
    }
    return seed
  }

  /** How often each row takes part: a view that the next tree overwrites. */
  get counts(): Int32Array {
    return new Int32Array(this.memory.instance.memory.buffer, this.countsAt, this.rows)
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

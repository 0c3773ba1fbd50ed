import type { RankTable } from '../tree/ranks.ts'
import type { GrowOptions } from './grow-tree.ts'
import { nodeBytes, PackedTree } from './packed-tree.ts'
import { type KernelInstance, kernelInstance, Layout } from './wasm-module.ts'

const radixBytes = 4 << 11
const frameBytes = 32

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

const kernels = new WeakMap<RankTable, Map<number, ForestKernel | undefined>>()

/**
 * The WebAssembly twin of `growTree`: ranks stay in its memory for all trees on a data set, of all trials of a study.
 *
 * A tree needs `seedFor`, then the counts of its rows (`bootstrap` or `setCounts`), then `grow`.
 */
export class ForestKernel {
  private codes?: Int32Array

  private constructor(
    private readonly instance: KernelInstance,
    private readonly table: RankTable,
    private readonly classes: number,
    private readonly countsAt: number,
    private readonly codesAt: number,
    private readonly nodesAt: number,
  ) {}

  /** Undefined where only the plain twin can do it. */
  static for(table: RankTable, classes: number): ForestKernel | undefined {
    let byClasses = kernels.get(table)
    if (!byClasses) kernels.set(table, (byClasses = new Map()))
    if (!byClasses.has(classes)) byClasses.set(classes, ForestKernel.make(table, classes))
    return byClasses.get(classes)
  }

  private static make(table: RankTable, classes: number): ForestKernel | undefined {
    const { rows } = table
    const width = table.ranks.length
    const bits = keyBits(table, classes)
    if (!bits) return undefined
    const most = Math.max(...table.values.map(column => column.length))
    const layout = new Layout()
    const parametersAt = layout.take(4 * 32)
    const ranksAt = layout.take(rows * width * (bits.wide ? 4 : 2))
    const valuesAt = layout.take(4 * table.values.reduce((sum, column) => sum + column.length, 0))
    const offsetsAt = layout.take(4 * width)
    const apartAt = layout.take(4 * width)
    const perRow = () => layout.take(4 * rows)
    const [codesAt, countsAt, samplesAt, tagsAt, keysAt, spareAt] = [perRow(), perRow(), perRow(), perRow(), perRow(), perRow()]
    const histogramAt = layout.take(4 * classes * most)
    const rowsAtRankAt = layout.take(4 * most)
    const radixAt = layout.take(radixBytes)
    const featuresAt = layout.take(4 * width)
    const constantsAt = layout.take(4 * width)
    const totalAt = layout.take(8 * classes)
    const leftAt = layout.take(8 * classes)
    const stackAt = layout.take(frameBytes * (rows + 2))
    const twisterAt = layout.take(4 * 624)
    const capacity = 2 * rows
    const nodesAt = layout.take(capacity * nodeBytes(classes))
    const instance = kernelInstance(layout.bytes)
    if (!instance) return undefined
    const { buffer } = instance.memory
    const parameters = [rows, width, classes, bits.classBits, bits.shift, bits.wide ? 1 : 0, ranksAt, valuesAt, offsetsAt, apartAt, codesAt]
    parameters.push(countsAt, samplesAt, tagsAt, keysAt, spareAt, histogramAt, rowsAtRankAt, radixAt, featuresAt, constantsAt, totalAt)
    parameters.push(leftAt, stackAt, twisterAt, nodesAt, capacity)
    new Int32Array(buffer, parametersAt, parameters.length).set(parameters)
    const ranks = bits.wide ? new Int32Array(buffer, ranksAt, rows * width) : new Uint16Array(buffer, ranksAt, rows * width)
    const values = new Float32Array(buffer, valuesAt)
    let offset = 0
    table.values.forEach((column, j) => {
      ranks.set(table.ranks[j], j * rows)
      values.set(column, offset)
      new Int32Array(buffer, offsetsAt, width)[j] = offset
      new Int32Array(buffer, apartAt, width)[j] = areApart(column) ? 1 : 0
      offset += column.length
    })
    instance.exports.setUp(parametersAt)
    return new ForestKernel(instance, table, classes, countsAt, codesAt, nodesAt)
  }

  /** Class per row, for the trees to come. */
  use(codes: Int32Array): void {
    if (this.codes === codes) return
    new Int32Array(this.instance.memory.buffer, this.codesAt, codes.length).set(codes)
    this.codes = codes
  }

  /** The seed of the splits of a tree with this seed; the generator then starts anew for `bootstrap`. */
  seedFor(treeSeed: number): number {
    return this.instance.exports.splitSeed(treeSeed) >>> 0
  }

  bootstrap(draws: number): void {
    this.instance.exports.bootstrap(draws)
  }

  /** How often each row takes part: a view that the next tree overwrites. */
  get counts(): Int32Array {
    return new Int32Array(this.instance.memory.buffer, this.countsAt, this.table.rows)
  }

  setCounts(counts: Int32Array | undefined): void {
    if (counts) this.counts.set(counts)
    else this.counts.fill(1)
  }

  /** @returns undefined when a row counts too often for a key: use the plain twin */
  grow(options: Omit<GrowOptions, 'classes'>): PackedTree | undefined {
    const { seed, maxFeatures, maxDepth, minSamplesSplit, minSamplesLeaf, minWeightLeaf, minImpurityDecrease } = options
    const { exports, memory } = this.instance
    const int = (value: number) => Math.min(value, 2147483647)
    const nodes = exports.grow(
      seed,
      int(maxFeatures),
      int(maxDepth),
      int(minSamplesSplit),
      int(minSamplesLeaf),
      minWeightLeaf,
      minImpurityDecrease,
    )
    if (nodes < 0) return undefined
    const bytes = nodes * nodeBytes(this.classes)
    return new PackedTree(memory.buffer.slice(this.nodesAt, this.nodesAt + bytes), nodes, this.classes)
  }
}

/** Whether a tree tells each value from the next one. */
function areApart(values: Float32Array): boolean {
  for (let r = 1; r < values.length; r++) if (!(values[r] > Math.fround(values[r - 1] + Math.fround(1e-7)))) return false
  return true
}

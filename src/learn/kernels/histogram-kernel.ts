import type { BinnedColumns } from '../ensemble/histogram/bins.ts'
import type { NodeSums, SplitOptions } from '../ensemble/histogram/find-split.ts'
import type { Histogram } from '../ensemble/histogram/histogram.ts'
import { histogramWasm } from './histogram-wasm.ts'
import { instanceOf, type KernelInstance, Layout } from './wasm-module.ts'

interface HistogramExports {
  setUp(at: number): void
  takeRows(): void
  addUp(start: number, end: number, histogram: number): void
  subtract(parent: number, child: number): void
  cutColumns(
    histogram: number,
    samples: number,
    gradients: number,
    hessians: number,
    value: number,
    minSamplesLeaf: number,
    l2: number,
  ): void
  divide(column: number, start: number, end: number): number
  sortNumbers(numbers: number, spare: number, count: number, table: number): void
  binNumbers(numbers: number, count: number, thresholds: number, thresholdCount: number, missingBin: number, bins: number): void
}

/** The best cut of a column of numbers: what lies to the left of it. */
export interface ColumnCut {
  readonly gain: number
  readonly at: number
  readonly gradients: number
  readonly hessians: number
  readonly samples: number
  readonly fromRight: boolean
}

interface PlacedHistogram extends Histogram {
  readonly place: number
}

const bytesPerBin = 20
const bytesPerCut = 48

/** One fit's binned columns in WebAssembly: sums per bin, cuts and rows of nodes. The plain twin is `HistogramBuilder` with `findSplit`. */
export class HistogramKernel {
  private readonly free: PlacedHistogram[] = []
  readonly samples: Uint32Array

  private constructor(
    private readonly instance: KernelInstance<HistogramExports>,
    private readonly columns: number,
    private readonly at: Readonly<Record<'samples' | 'gradients' | 'hessians' | 'leftBins' | 'cuts', number>>,
    private readonly rows: number,
    histograms: readonly PlacedHistogram[],
  ) {
    this.samples = new Uint32Array(instance.memory.buffer, at.samples, rows)
    this.free = [...histograms]
  }

  /**
   * @param leaves most leaves of a tree: so many histograms are alive at once
   * @returns undefined where only the plain twin can do it
   */
  static for({ rows, bins }: BinnedColumns, options: SplitOptions, leaves: number): HistogramKernel | undefined {
    const columns = bins.length
    const { binsPerColumn } = options
    const length = columns * binsPerColumn
    const layout = new Layout()
    const parameters = layout.take(4 * 16)
    const binsAt = layout.take(rows * columns)
    const perRow = () => layout.take(4 * rows + 4)
    const [samples, spare, gradients, hessians, orderedGradients, orderedHessians] = [
      perRow(),
      perRow(),
      perRow(),
      perRow(),
      perRow(),
      perRow(),
    ]
    const [binCounts, hasMissing, leftBins, cuts] = [
      layout.take(4 * columns),
      layout.take(4 * columns),
      layout.take(256),
      layout.take(bytesPerCut * columns),
    ]
    const places = Array.from({ length: Math.min(leaves, Math.floor(rows / options.minSamplesLeaf)) + 3 }, () =>
      layout.take(bytesPerBin * length),
    )
    const instance = instanceOf<HistogramExports>(histogramWasm, layout.bytes)
    if (!instance) return undefined
    const { buffer } = instance.memory
    const list = [rows, columns, binsPerColumn, options.constantHessian ? 0 : 1, binsAt, samples, spare, gradients, hessians]
    list.push(orderedGradients, orderedHessians, binCounts, hasMissing, leftBins, cuts)
    new Int32Array(buffer, parameters, list.length).set(list)
    for (const [j, column] of bins.entries()) new Uint8Array(buffer, binsAt + j * rows, rows).set(column)
    new Int32Array(buffer, binCounts, columns).set(options.binCounts)
    new Int32Array(buffer, hasMissing, columns).set(options.hasMissing)
    instance.exports.setUp(parameters)
    const histograms = places.map(place => ({
      place,
      gradients: new Float64Array(buffer, place, length),
      hessians: new Float64Array(buffer, place + 8 * length, length),
      counts: new Uint32Array(buffer, place + 16 * length, length),
    }))
    return new HistogramKernel(instance, columns, { samples, gradients, hessians, leftBins, cuts }, rows, histograms)
  }

  /** Begins a tree on all rows with these derivatives; absent hessians are all 1. */
  begin(gradients: Float32Array, hessians: Float32Array | undefined): void {
    const { memory, exports } = this.instance
    new Float32Array(memory.buffer, this.at.gradients, this.rows).set(gradients)
    if (hessians) new Float32Array(memory.buffer, this.at.hessians, this.rows).set(hessians)
    exports.takeRows()
  }

  of(start: number, end: number): Histogram {
    const made = this.free.pop()!
    this.instance.exports.addUp(start, end, made.place)
    return made
  }

  /** The parent's sums without those of one child: the other child's. Takes the parent's buffers. */
  subtract(parent: Histogram, child: Histogram): Histogram {
    this.instance.exports.subtract((parent as PlacedHistogram).place, (child as PlacedHistogram).place)
    return parent
  }

  release(histogram: Histogram): void {
    this.free.push(histogram as PlacedHistogram)
  }

  /** The best cut of each column of numbers; undefined where there is none. What it says of categories is of no use. */
  cuts(histogram: Histogram, node: NodeSums, { minSamplesLeaf, l2 }: SplitOptions): (column: number) => ColumnCut | undefined {
    const { memory, exports } = this.instance
    const { place } = histogram as PlacedHistogram
    exports.cutColumns(place, node.samples, node.gradients, node.hessians, node.value, minSamplesLeaf, l2)
    const found = new Float64Array(memory.buffer, this.at.cuts, 6 * this.columns)
    return column => {
      const [gain, at, gradients, hessians, samples, fromRight] = found.subarray(6 * column, 6 * column + 6)
      return at < 0 ? undefined : { gain, at, gradients, hessians, samples, fromRight: fromRight === 1 }
    }
  }

  /** Rows whose bin goes left first, both in their order. @returns where the right ones begin */
  divide(column: number, start: number, end: number, goesLeft: (bin: number) => boolean): number {
    const leftBins = new Uint8Array(this.instance.memory.buffer, this.at.leftBins, 256)
    for (let bin = 0; bin < 256; bin++) leftBins[bin] = goesLeft(bin) ? 1 : 0
    return this.instance.exports.divide(column, start, end)
  }
}

/** Sorts and bins columns of so many rows; undefined where there is no WebAssembly. */
export function binningKernel(rows: number): BinningKernel | undefined {
  const layout = new Layout()
  const [numbers, spare, table] = [layout.take(8 * rows), layout.take(8 * rows), layout.take(256 * 8 * 4)]
  const [thresholds, bins] = [layout.take(8 * 256), layout.take(rows)]
  const instance = instanceOf<HistogramExports>(histogramWasm, layout.bytes)
  if (!instance) return undefined
  const { memory, exports } = instance
  return {
    sorted: values => {
      new Float64Array(memory.buffer, numbers, values.length).set(values)
      exports.sortNumbers(numbers, spare, values.length, table)
      return new Float64Array(memory.buffer, numbers, values.length)
    },
    binsOf: (column, cuts, missingBin) => {
      new Float64Array(memory.buffer, numbers, column.length).set(column)
      new Float64Array(memory.buffer, thresholds, cuts.length).set(cuts)
      exports.binNumbers(numbers, column.length, thresholds, cuts.length, missingBin, bins)
      return new Uint8Array(memory.buffer, bins, column.length).slice()
    },
  }
}

export interface BinningKernel {
  /** The values in ascending order: a view that the next call overwrites. No value may be NaN. */
  sorted(values: Float64Array): Float64Array
  binsOf(column: Float64Array, thresholds: Float64Array, missingBin: number): Uint8Array
}

import { powersOfTwo } from '../../numerics/c-library.ts'
import { logarithmTables } from '../../numerics/logarithm-table.ts'
import type { BinnedColumns } from '../ensemble/histogram/bins.ts'
import type { ColumnSums, NodeHistogram } from '../ensemble/histogram/histogram.ts'
import type { NodeSums, SplitOptions } from '../ensemble/histogram/split.ts'
import { histogramWasm } from './histogram-wasm.ts'
import { instanceOf, type KernelInstance, Layout } from './wasm-module.ts'

/** What assembly/histogram.ts exports. */
export interface HistogramExports {
  setUp(at: number, logarithms: number, powers: number): void
  takeRows(): void
  addUp(start: number, end: number, histogram: number): void
  subtract(parent: number, child: number): void
  bestCut(
    histogram: number,
    samples: number,
    gradients: number,
    hessians: number,
    value: number,
    minSamplesLeaf: number,
    l2: number,
  ): number
  divide(column: number, start: number, end: number): number
  addValue(start: number, end: number, value: number, output: number, outputs: number): void
  derive(loss: number): void
  losses(targets: number, raws: number, rows: number): number
  sortNumbers(numbers: number, spare: number, count: number, table: number): void
  binNumbers(numbers: number, count: number, thresholds: number, thresholdCount: number, missingBin: number, bins: number): void
  areMissing(numbers: number, count: number): number
  addRows(tree: number, x: number, rows: number, width: number, plain: number, into: number, apart: number): void
}

/** A column's best cut: what lies to the left of it. */
export interface ColumnCut {
  readonly column: number
  readonly gain: number
  readonly at: number
  readonly gradients: number
  readonly hessians: number
  readonly samples: number
  readonly fromRight: boolean
}

/** Losses whose derivatives the kernel takes. */
const derived = { binomial: 0, poisson: 1, gamma: 2 } as const
export type KernelLoss = keyof typeof derived

class PlacedHistogram implements NodeHistogram {
  constructor(
    readonly place: number,
    private readonly buffer: ArrayBufferLike,
    private readonly bins: number,
    private readonly columns: number,
    private readonly hasHessians: boolean,
  ) {}

  /** A copy. */
  column(j: number): ColumnSums {
    const { bins, place } = this
    const pairs = new Float64Array(this.buffer, place + 16 * bins * j, 2 * bins)
    const gradients = Float64Array.from({ length: bins }, (_, bin) => pairs[2 * bin])
    const hessians = Float64Array.from({ length: bins }, (_, bin) => pairs[2 * bin + 1])
    const counts = this.hasHessians
      ? new Uint32Array(this.buffer, place + 16 * bins * this.columns + 4 * bins * j, bins).slice()
      : Uint32Array.from(hessians)
    return { gradients, hessians, counts }
  }
}

const bytesPerBin = 20
const mostBins = 256

/** What a kernel is made for. */
export interface HistogramKernelSize {
  /** Most leaves of a tree: so many histograms are alive at once. */
  readonly leaves: number
  /** Trees per iteration. */
  readonly outputs: number
  /** Other rows whose losses are taken. */
  readonly watched: number
}

/** One fit's binned columns in WebAssembly: sums per bin, cuts, rows of nodes and their raw predictions. The plain twin is `HistogramBuilder` with `findSplit`. */
export class HistogramKernel {
  private readonly free: PlacedHistogram[]
  private looks?: readonly number[]
  readonly samples: Uint32Array
  /** Views: first and second derivatives per row, targets, and raw predictions [rows, outputs]. */
  readonly gradients: Float32Array
  readonly hessians: Float32Array
  readonly targets: Float64Array
  readonly raw: Float64Array

  private constructor(
    private readonly instance: KernelInstance<HistogramExports>,
    private readonly at: Readonly<
      Record<'samples' | 'gradients' | 'hessians' | 'leftBins' | 'cut' | 'looks' | 'targets' | 'raw' | 'watched', number>
    >,
    rows: number,
    private readonly columnCount: number,
    private readonly size: HistogramKernelSize,
    histograms: readonly PlacedHistogram[],
  ) {
    const { buffer } = instance.memory
    this.samples = new Uint32Array(buffer, at.samples, rows)
    this.gradients = new Float32Array(buffer, at.gradients, rows)
    this.hessians = new Float32Array(buffer, at.hessians, rows)
    this.targets = new Float64Array(buffer, at.targets, rows)
    this.raw = new Float64Array(buffer, at.raw, rows * size.outputs)
    this.free = [...histograms]
  }

  /** @returns undefined where only the plain twin can do it */
  static for({ rows, bins }: BinnedColumns, options: SplitOptions, size: HistogramKernelSize): HistogramKernel | undefined {
    const columns = bins.length
    const { binsPerColumn } = options
    const length = columns * binsPerColumn
    const layout = new Layout()
    const parameters = layout.take(4 * 32)
    const [logarithms, powers] = [layout.take(8 * logarithmTables.length), layout.take(8 * 2 * 128)]
    const binsAt = layout.take(rows * columns)
    const perRow = (bytes: number) => layout.take(bytes * rows + bytes)
    const [samples, spare, gradients, hessians] = [perRow(4), perRow(4), perRow(4), perRow(4)]
    const ordered = layout.take(8 * Math.max(rows, size.watched) + 8)
    const [targets, raw] = [perRow(8), perRow(8 * size.outputs)]
    const watched = layout.take(16 * size.watched)
    const [binCounts, hasMissing, leftBins, cut, looks] = [
      layout.take(4 * columns),
      layout.take(4 * columns),
      layout.take(mostBins),
      layout.take(48),
      layout.take(columns),
    ]
    const [running, runningRows] = [layout.take(16 * (mostBins + 2)), layout.take(4 * (mostBins + 2))]
    const places = Array.from({ length: Math.min(size.leaves, Math.floor(rows / options.minSamplesLeaf)) + 3 }, () =>
      layout.take(bytesPerBin * length + 16),
    )
    const instance = instanceOf<HistogramExports>(histogramWasm, layout.bytes)
    if (!instance) return undefined
    const { buffer } = instance.memory
    const list = [rows, columns, binsPerColumn, options.constantHessian ? 0 : 1, binsAt, samples, spare, gradients, hessians, ordered]
    list.push(binCounts, hasMissing, leftBins, cut, looks, running, runningRows, targets, raw)
    new Int32Array(buffer, parameters, list.length).set(list)
    for (const [j, column] of bins.entries()) new Uint8Array(buffer, binsAt + j * rows, rows).set(column)
    new Int32Array(buffer, binCounts, columns).set(options.binCounts)
    new Int32Array(buffer, hasMissing, columns).set(options.hasMissing)
    new Float64Array(buffer, logarithms, logarithmTables.length).set(logarithmTables)
    const { head, tail } = powersOfTwo()
    new Float64Array(buffer, powers, 128).set(head)
    new Float64Array(buffer, powers + 1024, 128).set(tail)
    instance.exports.setUp(parameters, logarithms, powers)
    const histograms = places.map(place => new PlacedHistogram(place, buffer, binsPerColumn, columns, !options.constantHessian))
    return new HistogramKernel(
      instance,
      { samples, gradients, hessians, leftBins, cut, looks, targets, raw, watched },
      rows,
      columns,
      size,
      histograms,
    )
  }

  /** Begins a tree on all rows with the derivatives that are in the views. */
  begin(): void {
    this.instance.exports.takeRows()
  }

  /** Sets the derivatives from targets and raw predictions, of one output without weights. */
  derive(loss: KernelLoss): void {
    this.instance.exports.derive(derived[loss])
  }

  /** Binomial losses of these rows: a view that the next call overwrites. Absent: of the rows that are learned from. */
  binomialLosses(others?: { readonly targets: Float64Array; readonly raw: Float64Array }): Float64Array {
    const { memory, exports } = this.instance
    if (!others) return new Float64Array(memory.buffer, exports.losses(0, 0, this.targets.length), this.targets.length)
    const { length } = others.targets
    const { watched } = this.at
    new Float64Array(memory.buffer, watched, length).set(others.targets)
    new Float64Array(memory.buffer, watched + 8 * length, length).set(others.raw)
    return new Float64Array(memory.buffer, exports.losses(watched, watched + 8 * length, length), length)
  }

  of(start: number, end: number): NodeHistogram {
    const made = this.free.pop()!
    this.instance.exports.addUp(start, end, made.place)
    return made
  }

  /** The parent's sums without those of one child: the other child's. Takes the parent's buffers. */
  subtract(parent: NodeHistogram, child: NodeHistogram): NodeHistogram {
    this.instance.exports.subtract((parent as PlacedHistogram).place, (child as PlacedHistogram).place)
    return parent
  }

  release(histogram: NodeHistogram): void {
    this.free.push(histogram as PlacedHistogram)
  }

  /** The best cut of some columns, all of numbers: the first one of equal gains. */
  bestCut(
    histogram: NodeHistogram,
    node: NodeSums,
    { minSamplesLeaf, l2 }: SplitOptions,
    columns: readonly number[],
  ): ColumnCut | undefined {
    const { memory, exports } = this.instance
    if (columns !== this.looks) {
      const looks = new Uint8Array(memory.buffer, this.at.looks, this.columnCount).fill(0)
      for (const column of columns) looks[column] = 1
      this.looks = columns
    }
    const { place } = histogram as PlacedHistogram
    const column = exports.bestCut(place, node.samples, node.gradients, node.hessians, node.value, minSamplesLeaf, l2)
    if (column < 0) return undefined
    const [gain, at, gradients, hessians, samples, fromRight] = new Float64Array(memory.buffer, this.at.cut, 6)
    return { column, gain, at, gradients, hessians, samples, fromRight: fromRight === 1 }
  }

  /** Rows whose bin goes left first, both in their order. @returns where the right ones begin */
  divide(column: number, start: number, end: number, goesLeft: (bin: number) => boolean): number {
    const leftBins = new Uint8Array(this.instance.memory.buffer, this.at.leftBins, mostBins)
    for (let bin = 0; bin < mostBins; bin++) leftBins[bin] = goesLeft(bin) ? 1 : 0
    return this.instance.exports.divide(column, start, end)
  }

  /** Adds a leaf's value to the raw predictions of samples[start, end) for an output. */
  addValue(start: number, end: number, value: number, output: number): void {
    this.instance.exports.addValue(start, end, value, output, this.size.outputs)
  }
}

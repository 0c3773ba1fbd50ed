import type { Criterion } from '../tree/criterion.ts'
import { nearlyEqual } from './cut-search.ts'
import { simultaneousSort } from './simultaneous-sort.ts'
import { SortedSplitter, type SplitterOptions } from './sorted-splitter.ts'

/** The entries of a column that are not 0, by row. */
interface Filled {
  readonly rows: Int32Array
  readonly values: Float32Array
}

/**
 * The splits of a sparse matrix: the same cuts, but the rows of a node stand with negative values first, zeros between and positive values
 * last, in the order in which scikit-learn finds them. Sums of real numbers, and with them ties between cuts, depend on it.
 * Source: scikit-learn 1.9 `SparsePartitioner`, behaviour.
 */
export class SparseSplitter extends SortedSplitter {
  private readonly filled: readonly Filled[]
  /** Place of each row among the samples; -1 for rows that take no part. */
  private readonly placeOf: Int32Array
  private readonly sorted: Int32Array
  private isSorted = false
  private endNegative = 0
  private startPositive = 0

  constructor(columns: readonly Float32Array[], criterion: Criterion, weights: Float64Array | undefined, options: SplitterOptions) {
    super(columns, criterion, weights, options)
    this.filled = columns.map(column => {
      const rows = Int32Array.from(column.keys()).filter(i => column[i] !== 0)
      return { rows, values: Float32Array.from(rows, i => column[i]) }
    })
    this.placeOf = new Int32Array(columns[0].length).fill(-1)
    for (let p = 0; p < this.count; p++) this.placeOf[this.samples[p]] = p
    this.sorted = new Int32Array(this.count)
  }

  override split(start: number, end: number, impurity: number, known: number): void {
    this.isSorted = false
    super.split(start, end, impurity, known)
  }

  protected override sort(feature: number): boolean {
    this.extract(feature)
    const { values, samples, start, end } = this
    simultaneousSort(values, samples, start, this.endNegative - start)
    if (this.startPositive < end) simultaneousSort(values, samples, this.startPositive, end - this.startPositive)
    for (let p = start; p < this.endNegative; p++) this.placeOf[samples[p]] = p
    for (let p = this.startPositive; p < end; p++) this.placeOf[samples[p]] = p
    // One or two zeros stand for all of them.
    if (this.endNegative < this.startPositive) {
      values[--this.startPositive] = 0
      if (this.endNegative !== this.startPositive) values[this.endNegative++] = 0
    }
    return values[end - 1] > Math.fround(values[start] + nearlyEqual)
  }

  protected override bestCut(feature: number, bestSoFar: number): number {
    const { values, start, end, criterion } = this
    const { minSamplesLeaf, minWeightLeaf } = this.options
    const after = (p: number) => (p + 1 === this.endNegative ? this.startPositive : p + 1)
    let best = bestSoFar
    criterion.reset()
    for (let p = start; p < end; ) {
      let next = after(p)
      while (next < end && values[next] <= Math.fround(values[p] + nearlyEqual)) {
        p = next
        next = after(p)
      }
      const before = p
      p = next
      if (p === end) break
      const n = p - start
      if (n < minSamplesLeaf || end - p < minSamplesLeaf) continue
      criterion.update(p)
      if (this.breaks(feature)) continue
      if (criterion.leftWeight < minWeightLeaf || criterion.rightWeight < minWeightLeaf) continue
      const proxy = criterion.proxy()
      if (!(proxy > best)) continue
      best = proxy
      this.pos = p
      this.feature = feature
      this.threshold = values[before] / 2 + values[p] / 2
      this.missingGoesLeft = n > end - p
    }
    return best
  }

  protected override spread(feature: number): boolean {
    this.lookedAt = feature
    this.extract(feature)
    const { values, start, end, endNegative, startPositive } = this
    const zero = endNegative !== startPositive
    let low = zero ? 0 : values[start]
    let high = low
    for (let p = start; p < endNegative; p++) {
      if (values[p] < low) low = values[p]
      else if (values[p] > high) high = values[p]
    }
    for (let p = startPositive; p < end; p++) {
      if (values[p] < low) low = values[p]
      else if (values[p] > high) high = values[p]
    }
    this.low = low
    this.high = high
    return high > Math.fround(low + nearlyEqual)
  }

  protected override partition(threshold: number): number {
    const { values } = this
    // Around 0 the rows stand in order already.
    if (threshold === 0) return this.startPositive
    let p = threshold < 0 ? this.start : this.startPositive
    let to = threshold < 0 ? this.endNegative : this.end
    while (p < to) {
      if (values[p] <= threshold) p++
      else {
        to--
        const value = values[p]
        values[p] = values[to]
        values[to] = value
        this.swapRows(p, to)
      }
    }
    return to
  }

  protected override partitionFinally(): void {
    this.extract(this.feature)
    this.partition(this.threshold)
  }

  /** Brings the node's rows with a negative value to the front and those with a positive one to the end. */
  private extract(feature: number): void {
    const { rows, values } = this.filled[feature]
    const n = this.end - this.start
    this.endNegative = this.start
    this.startPositive = this.end
    // By the node's rows where there are few of them, else by the column's entries: the order of rows depends on it.
    if ((this.isSorted ? 0 : n * Math.log2(n)) + n * Math.log2(rows.length) < 0.1 * rows.length) this.extractByRows(rows, values)
    else {
      for (let k = 0; k < rows.length; k++) {
        const place = this.placeOf[rows[k]]
        if (place >= this.start && place < this.end) this.take(values[k], place)
      }
    }
  }

  private extractByRows(rows: Int32Array, values: Float32Array): void {
    const { sorted, start, end } = this
    if (!this.isSorted) {
      sorted.set(this.samples.subarray(start, end), start)
      sorted.subarray(start, end).sort()
      this.isSorted = true
    }
    let from = 0
    for (let p = start; p < end; p++) {
      let to = rows.length
      while (from < to) {
        const middle = (from + to) >> 1
        if (rows[middle] < sorted[p]) from = middle + 1
        else to = middle
      }
      if (from < rows.length && rows[from] === sorted[p]) this.take(values[from], this.placeOf[rows[from]])
    }
  }

  private take(value: number, place: number): void {
    if (value > 0) {
      this.values[--this.startPositive] = value
      this.swapRows(place, this.startPositive)
    } else if (value < 0) {
      this.values[this.endNegative] = value
      this.swapRows(place, this.endNegative++)
    }
  }

  private swapRows(a: number, b: number): void {
    const { samples, placeOf } = this
    const first = samples[a]
    samples[a] = samples[b]
    samples[b] = first
    placeOf[samples[a]] = a
    placeOf[first] = b
  }
}

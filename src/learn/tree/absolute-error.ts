import { simultaneousSort } from '../kernels/simultaneous-sort.ts'
import type { Criterion } from './criterion.ts'
import { WeightedFenwickTree } from './fenwick-tree.ts'

/**
 * Mean absolute deviation from the median. Per order of a node's rows, errors and medians of all prefixes and suffixes are computed at
 * once, by adding rows one after another to prefix sums over the ranks of their targets.
 * Source: scikit-learn 1.9 `_criterion.MAE`.
 */
export class AbsoluteError implements Criterion {
  readonly outputs = 1
  nodeWeight = 0
  leftWeight = 0
  rightWeight = 0
  leftImpurity = 0
  rightImpurity = 0
  private samples = new Int32Array(0)
  private start = 0
  private pos = 0
  private end = 0
  private readonly leftErrors: Float64Array
  private readonly rightErrors: Float64Array
  private readonly leftMedians: Float64Array
  private readonly rightMedians: Float64Array
  private readonly sorted: Float64Array
  private readonly order: Int32Array
  private readonly ranks: Int32Array
  private readonly sums: WeightedFenwickTree

  constructor(
    private readonly y: Float64Array,
    private readonly weights: Float64Array | undefined,
  ) {
    const rows = y.length
    this.leftErrors = new Float64Array(rows)
    this.rightErrors = new Float64Array(rows)
    this.leftMedians = new Float64Array(rows)
    this.rightMedians = new Float64Array(rows)
    this.sorted = new Float64Array(rows)
    this.order = new Int32Array(rows)
    this.ranks = new Int32Array(rows)
    this.sums = new WeightedFenwickTree(rows)
  }

  enter(samples: Int32Array, start: number, end: number): void {
    this.samples = samples as Int32Array<ArrayBuffer>
    this.start = start
    this.end = end
    let weight = 0
    for (let p = start; p < end; p++) weight += this.weights ? this.weights[samples[p]] : 1
    this.nodeWeight = weight
    this.reset()
  }

  reset(): void {
    const { start, end, samples, sorted, order, ranks, y } = this
    const n = end - start
    this.leftWeight = 0
    this.rightWeight = this.nodeWeight
    this.pos = start
    for (let q = 0; q < n; q++) {
      sorted[q] = y[samples[start + q]]
      order[q] = q
    }
    simultaneousSort(sorted, order, 0, n)
    for (let q = 0; q < n; q++) ranks[start + order[q]] = q
    this.accumulate(start, 1, this.leftErrors, this.leftMedians)
    this.accumulate(end - 1, -1, this.rightErrors, this.rightMedians)
  }

  update(pos: number): void {
    for (let p = this.pos; p < pos; p++) this.leftWeight += this.weights ? this.weights[this.samples[p]] : 1
    this.rightWeight = this.nodeWeight - this.leftWeight
    this.pos = pos
  }

  proxy(): number {
    this.childrenImpurity()
    return -this.rightWeight * this.rightImpurity - this.leftWeight * this.leftImpurity
  }

  /** Only asked of the root. */
  nodeImpurity(): number {
    return this.rightErrors[this.start] / this.nodeWeight
  }

  childrenImpurity(): void {
    this.leftImpurity = (this.pos > this.start ? this.leftErrors[this.pos - 1] : 0) / this.leftWeight
    this.rightImpurity = (this.pos < this.end ? this.rightErrors[this.pos] : 0) / this.rightWeight
  }

  nodeValue(into: Float64Array, at: number): void {
    into[at] = this.rightMedians[this.start]
  }

  leftValue(): number {
    return this.leftMedians[this.pos - 1]
  }

  rightValue(): number {
    return this.rightMedians[this.pos]
  }

  middleValue(): number {
    return (this.leftValue() + this.rightValue()) / 2
  }

  /** Errors of the growing set of rows from `from` on in direction `step`. */
  private accumulate(from: number, step: 1 | -1, errors: Float64Array, medians: Float64Array): void {
    const { samples, sorted, ranks, weights, sums } = this
    const n = this.end - this.start
    sums.clear(n)
    for (let left = n, p = from; left > 0; left--, p += step) {
      const rank = ranks[p]
      sums.add(rank, sorted[rank], weights ? weights[samples[p]] : 1)
      const at = sums.search(0.5 * sums.weight)
      const median = at !== sums.before ? (sorted[sums.before] + sorted[at]) / 2 : sorted[at]
      const rightWeight = sums.weight - sums.weightBelow
      const rightSum = sums.sum - sums.sumBelow
      medians[p] = median
      errors[p] = rightSum - median * rightWeight + (median * sums.weightBelow - sums.sumBelow)
    }
  }
}

/**
 * The impurity of a node and of the two children that a cut at `pos` makes: samples[start, pos) and samples[pos, end).
 *
 * `enter` a node, then per order of its samples `reset` and `update` to ever later cuts. All formulas are written as scikit-learn
 * computes them: algebraically equal forms round differently and break ties differently.
 */
export interface Criterion {
  /** Values per node: classes, or 1. */
  readonly outputs: number
  nodeWeight: number
  leftWeight: number
  rightWeight: number
  leftImpurity: number
  rightImpurity: number
  enter(samples: Int32Array, start: number, end: number): void
  reset(): void
  update(pos: number): void
  /** The larger, the better the cut; the part of the improvement that differs between cuts of one node. */
  proxy(): number
  nodeImpurity(): number
  /** Sets `leftImpurity` and `rightImpurity`. */
  childrenImpurity(): void
  nodeValue(into: Float64Array, at: number): void
  /** Value of the rows on the left of the cut, where a node has one; of two classes the share of the first. */
  leftValue(): number
  rightValue(): number
  /** Between both, as scikit-learn rounds it. */
  middleValue(): number
}

/** A criterion that adds up per-row sums while the cut moves. */
export abstract class SumCriterion implements Criterion {
  nodeWeight = 0
  leftWeight = 0
  rightWeight = 0
  leftImpurity = 0
  rightImpurity = 0
  protected samples = new Int32Array(0)
  protected start = 0
  protected pos = 0
  protected end = 0
  protected readonly total: Float64Array
  protected readonly left: Float64Array
  protected readonly right: Float64Array

  constructor(
    readonly outputs: number,
    /** Absent: every row weighs 1. */
    protected readonly weights: Float64Array | undefined,
  ) {
    this.total = new Float64Array(outputs)
    this.left = new Float64Array(outputs)
    this.right = new Float64Array(outputs)
  }

  /** Adds what row `i` of weight `w` contributes. */
  protected abstract add(sums: Float64Array, i: number, w: number): void
  protected abstract subtract(sums: Float64Array, i: number, w: number): void
  abstract nodeImpurity(): number
  abstract childrenImpurity(): void

  enter(samples: Int32Array, start: number, end: number): void {
    this.samples = samples as Int32Array<ArrayBuffer>
    this.start = start
    this.end = end
    this.total.fill(0)
    let weight = 0
    for (let p = start; p < end; p++) {
      const i = samples[p]
      const w = this.weights ? this.weights[i] : 1
      this.add(this.total, i, w)
      weight += w
    }
    this.nodeWeight = weight
    this.reset()
  }

  reset(): void {
    this.pos = this.start
    this.left.fill(0)
    this.right.set(this.total)
    this.leftWeight = 0
    this.rightWeight = this.nodeWeight
  }

  /** Moves rows from the nearer end, as scikit-learn does: the shorter sum. */
  update(pos: number): void {
    const { samples, weights, left, right, total, outputs } = this
    if (pos - this.pos <= this.end - pos) {
      for (let p = this.pos; p < pos; p++) {
        const i = samples[p]
        const w = weights ? weights[i] : 1
        this.add(left, i, w)
        this.leftWeight += w
      }
    } else {
      left.set(total)
      this.leftWeight = this.nodeWeight
      for (let p = this.end - 1; p >= pos; p--) {
        const i = samples[p]
        const w = weights ? weights[i] : 1
        this.subtract(left, i, w)
        this.leftWeight -= w
      }
    }
    this.rightWeight = this.nodeWeight - this.leftWeight
    for (let k = 0; k < outputs; k++) right[k] = total[k] - left[k]
    this.pos = pos
  }

  proxy(): number {
    this.childrenImpurity()
    return -this.rightWeight * this.rightImpurity - this.leftWeight * this.leftImpurity
  }

  leftValue(): number {
    return this.left[0] / this.leftWeight
  }

  rightValue(): number {
    return this.right[0] / this.rightWeight
  }

  middleValue(): number {
    return this.left[0] / (2 * this.leftWeight) + this.right[0] / (2 * this.rightWeight)
  }

  nodeValue(into: Float64Array, at: number): void {
    for (let k = 0; k < this.outputs; k++) into[at + k] = this.total[k] / this.nodeWeight
  }
}

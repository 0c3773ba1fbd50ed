import { log } from '../../numerics/logarithm.ts'
import { SumCriterion } from './criterion.ts'

abstract class MeanCriterion extends SumCriterion {
  constructor(
    protected readonly y: Float64Array,
    weights: Float64Array | undefined,
  ) {
    super(1, weights)
  }

  protected add(sums: Float64Array, i: number, w: number): void {
    sums[0] += w * this.y[i]
  }

  protected subtract(sums: Float64Array, i: number, w: number): void {
    sums[0] -= w * this.y[i]
  }
}

/** Variance of the targets. */
export class SquaredError extends MeanCriterion {
  private squares = 0

  override enter(samples: Int32Array, start: number, end: number): void {
    super.enter(samples, start, end)
    this.squares = this.sumOfSquares(start, end)
  }

  override proxy(): number {
    return (this.left[0] * this.left[0]) / this.leftWeight + (this.right[0] * this.right[0]) / this.rightWeight
  }

  nodeImpurity(): number {
    return this.squares / this.nodeWeight - (this.total[0] / this.nodeWeight) ** 2
  }

  childrenImpurity(): void {
    const left = this.sumOfSquares(this.start, this.pos)
    const right = this.squares - left
    this.leftImpurity = left / this.leftWeight - (this.left[0] / this.leftWeight) ** 2
    this.rightImpurity = right / this.rightWeight - (this.right[0] / this.rightWeight) ** 2
  }

  private sumOfSquares(from: number, to: number): number {
    const { samples, weights, y } = this
    let sum = 0
    for (let p = from; p < to; p++) {
      const i = samples[p]
      sum += (weights ? weights[i] * y[i] : y[i]) * y[i]
    }
    return sum
  }
}

const nearlyNothing = 10 * Number.EPSILON
const log2 = (x: number): number => log(x) / Math.LN2

/** Half the Poisson deviance of non-negative targets. */
export class Poisson extends MeanCriterion {
  override proxy(): number {
    const left = this.left[0]
    const right = this.right[0]
    if (left <= nearlyNothing || right <= nearlyNothing) return Number.NEGATIVE_INFINITY
    const ofLeft = 0 - left * log2(left / this.leftWeight)
    const ofRight = 0 - right * log2(right / this.rightWeight)
    return -ofLeft - ofRight
  }

  nodeImpurity(): number {
    return this.loss(this.start, this.end, this.total[0], this.nodeWeight)
  }

  childrenImpurity(): void {
    this.leftImpurity = this.loss(this.start, this.pos, this.left[0], this.leftWeight)
    this.rightImpurity = this.loss(this.pos, this.end, this.right[0], this.rightWeight)
  }

  private loss(from: number, to: number, sum: number, weight: number): number {
    if (sum <= nearlyNothing) return Number.POSITIVE_INFINITY
    const mean = sum / weight
    const { samples, weights, y } = this
    let loss = 0
    for (let p = from; p < to; p++) {
      const i = samples[p]
      const value = y[i]
      loss += (weights ? weights[i] : 1) * (value === 0 ? 0 : value * log(value / mean))
    }
    return loss / weight
  }
}

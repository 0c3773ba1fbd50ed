import { log } from '../../numerics/logarithm.ts'
import { SumCriterion } from './criterion.ts'

abstract class ClassCriterion extends SumCriterion {
  constructor(
    private readonly codes: Int32Array,
    classes: number,
    weights: Float64Array | undefined,
  ) {
    super(classes, weights)
  }

  protected add(sums: Float64Array, i: number, w: number): void {
    sums[this.codes[i]] += w
  }

  protected subtract(sums: Float64Array, i: number, w: number): void {
    sums[this.codes[i]] -= w
  }

  protected abstract impurityOf(sums: Float64Array, weight: number): number

  nodeImpurity(): number {
    return this.impurityOf(this.total, this.nodeWeight)
  }

  childrenImpurity(): void {
    this.leftImpurity = this.impurityOf(this.left, this.leftWeight)
    this.rightImpurity = this.impurityOf(this.right, this.rightWeight)
  }
}

/** 1 - sum of squared class shares. */
export class Gini extends ClassCriterion {
  protected impurityOf(sums: Float64Array, weight: number): number {
    let squares = 0
    for (let k = 0; k < sums.length; k++) squares += sums[k] * sums[k]
    return 1 - squares / (weight * weight)
  }
}

const ln2 = Math.LN2

/** Shannon entropy in bits: `entropy` and `log_loss`. */
export class Entropy extends ClassCriterion {
  protected impurityOf(sums: Float64Array, weight: number): number {
    let entropy = 0
    for (let k = 0; k < sums.length; k++) {
      if (sums[k] <= 0) continue
      const share = sums[k] / weight
      entropy -= share * (log(share) / ln2)
    }
    return entropy
  }
}

import { type FitControl, LearnError, type ParamValue } from '../contract.ts'
import { pairwiseSum } from '../pairwise-sum.ts'
import { isFraction, numeric, pythonRepr } from '../parameters.ts'
import { pythonFloat } from '../python-float.ts'
import type { RandomState } from '../random-state.ts'

/** Rows drawn per tree. Source: scikit-learn 1.9: a float is a share of the sum of weights, truncated, and may be above 1. */
export function bootstrapSize(max: ParamValue, rows: number, weights: Float64Array | undefined, control?: FitControl): number {
  if (max === null) return rows
  if (!isFraction(max)) return numeric(max)
  const total = weights ? pairwiseSum(weights) : rows
  const size = Math.max(Math.trunc(numeric(max) * total), 1)
  if (size < Math.max(10, rows ** (1 / 3))) {
    const of = weights ? `the total sum of sample weights is ${pythonFloat(total)}` : `the number of samples is ${rows}`
    control?.onWarning?.(
      'UserWarning',
      `Using the fractional value max_samples=${pythonRepr(max)} when ${of} results in a low number (${size}) of bootstrap samples. We recommend passing \`max_samples\` as an integer instead.`,
    )
  }
  return size
}

/** What numpy says when rows cannot be drawn in proportion to their weights. */
export const badWeights = (message: string) =>
  new LearnError('learn/class-weight', 'ValueError', message, {
    parameter: 'class_weight',
    hint: 'Rows count in proportion to the weights of their classes: some must be positive, none negative.',
  })

/** Draws rows with replacement; with weights, rows are drawn in proportion to them and then count as whole rows. */
export class Bootstrap {
  private readonly cumulative?: Float64Array
  private readonly counts: Int32Array

  constructor(
    private readonly rows: number,
    readonly size: number,
    weights: Float64Array | undefined,
  ) {
    this.counts = new Int32Array(rows)
    if (!weights) return
    const total = pairwiseSum(weights)
    if (total === 0) throw badWeights('probabilities contain NaN')
    if (weights.some(weight => weight / total < 0)) throw badWeights('probabilities are not non-negative')
    let sum = 0
    const cumulative = weights.map(weight => (sum += weight / total))
    this.cumulative = cumulative.map(value => value / sum)
  }

  /** How often each row was drawn; the array is used again by the next draw. */
  draw(rng: RandomState): Int32Array {
    const { counts, cumulative, rows, size } = this
    counts.fill(0)
    if (!cumulative) for (let i = 0; i < size; i++) counts[rng.below(rows)]++
    else for (let i = 0; i < size; i++) counts[firstAbove(cumulative, rng.double())]++
    return counts
  }

  /** The drawn rows in order. */
  drawnRows(rng: RandomState): Int32Array {
    const { cumulative, rows, size } = this
    return Int32Array.from({ length: size }, () => (cumulative ? firstAbove(cumulative, rng.double()) : rng.below(rows)))
  }
}

function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] <= value) low = middle + 1
    else high = middle
  }
  return low
}

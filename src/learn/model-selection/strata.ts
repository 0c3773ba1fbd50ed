import type { Target } from '../contract.ts'
import { byAppearance } from '../labels.ts'
import { compareLabels, type Label } from '../metrics/scored.ts'
import type { RandomState } from '../random-state.ts'

/** `np.unique(y, return_inverse=True, return_counts=True)`. */
export interface Strata {
  readonly classes: readonly Label[]
  readonly codes: Int32Array
  readonly counts: Int32Array
}

/** The distinct values of a column, sorted. Missing cells count as one more, last. */
export function strataOf(y: Target): Strata {
  const { values, codes } = byAppearance(y.type === 'text' ? y.codes : y.values)
  const labels = values.map((value): Label => labelOf(y, value))
  const isMissing = (label: Label) => typeof label === 'number' && Number.isNaN(label)
  const order = labels
    .map((_, i) => i)
    .sort((a, b) => Number(isMissing(labels[a])) - Number(isMissing(labels[b])) || compareLabels(labels[a], labels[b]))
  const rank = new Int32Array(order.length)
  order.forEach((at, k) => {
    rank[at] = k
  })
  const counts = new Int32Array(order.length)
  for (let i = 0; i < codes.length; i++) counts[(codes[i] = rank[codes[i]])]++
  return { classes: order.map(at => labels[at]), codes, counts }
}

function labelOf(y: Target, value: number): Label {
  if (y.type === 'text') return value < 0 ? Number.NaN : y.categories[value]
  return y.type === 'bool' ? value === 1 : value
}

/** `type_of_target`: fractional numbers are continuous. */
export function typeOfTarget(y: Target): 'binary' | 'multiclass' | 'continuous' {
  if (y.type === 'float' && y.values.some(value => !Number.isInteger(value) && !Number.isNaN(value))) return 'continuous'
  return strataOf(y).classes.length > 2 ? 'multiclass' : 'binary'
}

/**
 * How many of `draws` go to each class: its share rounded down, then one more for the largest remainders, ties by lot.
 * Source: scikit-learn `_approximate_mode`.
 */
export function drawShares(counts: Int32Array, draws: number, random: RandomState): Int32Array {
  const total = counts.reduce((a, b) => a + b, 0)
  const exact = Float64Array.from(counts, count => (count / total) * draws)
  const shares = Int32Array.from(exact, Math.floor)
  let missing = draws - shares.reduce((a, b) => a + b, 0)
  const remainders = exact.map((value, k) => value - shares[k])
  for (const value of [...new Set(remainders)].sort((a, b) => b - a)) {
    if (missing <= 0) break
    const tied = [...remainders.keys()].filter(k => remainders[k] === value)
    const taken = Math.min(tied.length, missing)
    const order = random.permutation(tied.length)
    for (let i = 0; i < taken; i++) shares[tied[order[i]]]++
    missing -= taken
  }
  return shares
}

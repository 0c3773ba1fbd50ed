import { pairwiseSum } from '../pairwise-sum.ts'

/** `np.average(values)`: summed pairwise. NaN for no values. */
export const mean = (values: Float64Array): number => pairwiseSum(values) / values.length

/** `np.average(values, weights=weights)`. */
export const weightedMean = (values: Float64Array, weights: Float64Array): number =>
  pairwiseSum(values.map((value, i) => value * weights[i])) / pairwiseSum(weights)

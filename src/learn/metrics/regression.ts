import { pairwiseSum } from '../pairwise-sum.ts'

/** Source: scikit-learn 1.9 `metrics/_regression`; sums are numpy's pairwise sums. */
const mapped = (truth: ArrayLike<number>, predicted: ArrayLike<number>, f: (t: number, p: number) => number) =>
  Float64Array.from({ length: truth.length }, (_, i) => f(truth[i], predicted[i]))
const mean = (values: Float64Array) => pairwiseSum(values) / values.length

/** Share of the variance explained; 1 when truth is constant and met, 0 when it is constant and missed. */
export function r2(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  const centre = mean(Float64Array.from(truth))
  const residual = pairwiseSum(mapped(truth, predicted, (t, p) => (t - p) ** 2))
  const total = pairwiseSum(Float64Array.from(truth, t => (t - centre) ** 2))
  if (total === 0) return residual === 0 ? 1 : 0
  return 1 - residual / total
}

export const meanSquaredError = (truth: ArrayLike<number>, predicted: ArrayLike<number>): number =>
  mean(mapped(truth, predicted, (t, p) => (p - t) ** 2))
export const rootMeanSquaredError = (truth: ArrayLike<number>, predicted: ArrayLike<number>): number =>
  Math.sqrt(meanSquaredError(truth, predicted))
export const meanAbsoluteError = (truth: ArrayLike<number>, predicted: ArrayLike<number>): number =>
  mean(mapped(truth, predicted, (t, p) => Math.abs(p - t)))

import { log1p } from '../../numerics/c-library.ts'
import { log } from '../../numerics/logarithm.ts'
import { pairwiseSum } from '../pairwise-sum.ts'
import { medianOfSorted, partlySorted } from '../quantiles.ts'
import { mean } from './means.ts'
import { metricError, type ScoredValues, type Warn } from './scored.ts'

/** Source of all of them: scikit-learn 1.9 `metrics/_regression`; sums are numpy's pairwise sums. */
function mapped({ truth, predicted }: ScoredValues, f: (t: number, p: number) => number): Float64Array {
  const values = new Float64Array(truth.length)
  for (let i = 0; i < values.length; i++) values[i] = f(truth[i], predicted[i])
  return values
}

/** A function of its own: of those that `mapped` calls it is asked most, and calls take longer than its arithmetic. */
function squaredErrors({ truth, predicted }: ScoredValues): Float64Array {
  const squares = new Float64Array(truth.length)
  for (let i = 0; i < squares.length; i++) squares[i] = (truth[i] - predicted[i]) * (truth[i] - predicted[i])
  return squares
}

/** @param squares overwritten */
function squaredFrom(values: Float64Array, centre: number, squares: Float64Array): Float64Array {
  for (let i = 0; i < squares.length; i++) squares[i] = (values[i] - centre) * (values[i] - centre)
  return squares
}

/** `Float64Array.from` takes ten times as long. */
const asFloats = (values: ArrayLike<number>): Float64Array => (values instanceof Float64Array ? values : new Float64Array(values))

/** One minus a quotient of losses; 1 where nothing was missed, 0 where the truth is constant and missed. */
function saved(loss: number, uninformed: number): number {
  if (loss === 0) return 1
  return uninformed === 0 ? 0 : 1 - loss / uninformed
}

/** Share of the variance explained. */
export function r2(scored: ScoredValues, warn?: Warn): number {
  if (tooFew(scored, 'R^2 score', warn)) return Number.NaN
  const truth = asFloats(scored.truth)
  const squares = squaredErrors(scored)
  const loss = pairwiseSum(squares)
  return saved(loss, pairwiseSum(squaredFrom(truth, mean(truth), squares)))
}

/** As R², but a constant shift of the predictions costs nothing. */
export function explainedVariance(scored: ScoredValues): number {
  const shift = mean(mapped(scored, (t, p) => t - p))
  const centre = mean(asFloats(scored.truth))
  return saved(mean(mapped(scored, (t, p) => (t - p - shift) ** 2)), mean(mapped(scored, t => (t - centre) ** 2)))
}

export const meanSquaredError = (scored: ScoredValues): number => mean(squaredErrors(scored))
export const rootMeanSquaredError = (scored: ScoredValues): number => Math.sqrt(meanSquaredError(scored))
export const meanAbsoluteError = (scored: ScoredValues): number => mean(mapped(scored, (t, p) => Math.abs(p - t)))

/** Relative to the truth; a truth of zero counts as machine epsilon. */
export const meanAbsolutePercentageError = (scored: ScoredValues): number =>
  mean(mapped(scored, (t, p) => Math.abs(p - t) / Math.max(Math.abs(t), Number.EPSILON)))

/** In a loop of its own, as `squaredErrors`. */
export function medianAbsoluteError({ truth, predicted }: ScoredValues): number {
  const errors = new Float64Array(truth.length)
  for (let i = 0; i < errors.length; i++) errors[i] = Math.abs(predicted[i] - truth[i])
  return median(errors)
}

export function maxError(scored: ScoredValues): number {
  let most = 0
  for (const error of mapped(scored, (t, p) => Math.abs(t - p))) if (!(error <= most)) most = error
  return most
}

/** @throws LearnError `learn/undefined-metric` for values of -1 or less */
export function meanSquaredLogError(scored: ScoredValues, title = 'Mean'): number {
  const low = (value: number) => value <= -1
  if (Array.prototype.some.call(scored.truth, low) || Array.prototype.some.call(scored.predicted, low)) {
    throw metricError(`${title} Squared Logarithmic Error cannot be used when targets contain values less than or equal to -1.`)
  }
  return mean(mapped(scored, (t, p) => (log1p(t) - log1p(p)) ** 2))
}
export const rootMeanSquaredLogError = (scored: ScoredValues): number => Math.sqrt(meanSquaredLogError(scored, 'Root Mean'))

/** @throws LearnError `learn/undefined-metric` for a negative truth or a prediction that is not positive */
export function meanPoissonDeviance(scored: ScoredValues): number {
  if (mapped(scored, (t, p) => Number(t < 0 || p <= 0)).includes(1)) {
    throw metricError('Mean Tweedie deviance error with power=1 can only be used on non-negative y and strictly positive y_pred.')
  }
  return mean(mapped(scored, (t, p) => 2 * ((t === 0 ? 0 : t * log(t / p)) - t + p)))
}

/** @throws LearnError `learn/undefined-metric` for values that are not positive */
export function meanGammaDeviance(scored: ScoredValues): number {
  if (mapped(scored, (t, p) => Number(t <= 0 || p <= 0)).includes(1)) {
    throw metricError('Mean Tweedie deviance error with power=2 can only be used on strictly positive y and y_pred.')
  }
  return mean(mapped(scored, (t, p) => 2 * (log(p / t) + t / p - 1)))
}

/** Share of the absolute error of always predicting the median that is saved. */
export function d2AbsoluteError(scored: ScoredValues, warn?: Warn): number {
  if (tooFew(scored, 'D^2 score', warn)) return Number.NaN
  const middle = median(new Float64Array(scored.truth))
  const pinball = (difference: number) => {
    const sign = difference >= 0 ? 1 : 0
    return 0.5 * sign * difference - 0.5 * (1 - sign) * difference
  }
  return saved(mean(mapped(scored, (t, p) => pinball(t - p))), mean(mapped(scored, t => pinball(t - middle))))
}

/** @param values overwritten */
function median(values: Float64Array): number {
  const present = partlySorted(values, [0.5])
  return present.length < values.length ? Number.NaN : medianOfSorted(present)
}

function tooFew({ predicted }: ScoredValues, title: string, warn?: Warn): boolean {
  if (predicted.length >= 2) return false
  warn?.('UndefinedMetricWarning', `${title} is not well-defined with less than two samples.`)
  return true
}

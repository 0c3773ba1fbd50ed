import { log } from '../../numerics/logarithm.ts'
import type { Matrix } from '../contract.ts'
import { pairwiseSum } from '../pairwise-sum.ts'
import { mean } from './means.ts'
import { labelsText, metricError, type ScoredLabels, trueLabels, type Warn } from './scored.ts'

/** Truth as one column per class, beside the probabilities of these classes. */
interface Probabilistic {
  readonly rows: number
  readonly columns: number
  /** Column of each row's true class. */
  readonly truth: Int32Array
  readonly proba: Float64Array
}

/**
 * What a scorer on probabilities sees: for two classes the second column alone, the first as one minus it.
 *
 * @throws LearnError `learn/undefined-metric` where the truth does not show all classes of the model
 * Source: scikit-learn 1.9 `_get_response_values`, `_validate_multiclass_probabilistic_prediction`.
 */
function probabilistic(scored: ScoredLabels, proba: Matrix): Probabilistic {
  const { rows, columns, data } = proba
  const present = trueLabels(scored)
  if (present.length === 1) {
    throw metricError(
      `y_true contains only one label (${scored.labels[present[0]]}). Please provide the list of all expected class labels explicitly through the labels argument.`,
      'The rows that are scored have all the same label.',
    )
  }
  const place = new Map(present.map((label, k) => [label, k]))
  const truth = Int32Array.from(scored.truth, label => place.get(label)!)
  if (present.length !== columns) {
    const names = labelsText(present.map(k => scored.labels[k]))
    throw metricError(
      `y_true and y_prob contain different number of classes: ${present.length} vs ${columns}. Please provide the true labels explicitly through the labels argument. Classes found in y_true: ${names}`,
      'The rows that are scored do not have the classes that the model learned.',
    )
  }
  if (columns !== 2) return { rows, columns, truth, proba: data }
  return { rows, columns, truth, proba: twoColumns(proba) }
}

function twoColumns({ rows, data }: Matrix): Float64Array {
  const both = new Float64Array(2 * rows)
  for (let i = 0; i < rows; i++) {
    both[2 * i] = 1 - data[2 * i + 1]
    both[2 * i + 1] = data[2 * i + 1]
  }
  return both
}

/** The probabilistic view for Brier scores, which want the label 1 as the positive class of two. */
function forBrier(scored: ScoredLabels, proba: Matrix): Probabilistic {
  if (proba.columns !== 2) return probabilistic(scored, proba)
  const present = trueLabels(scored)
  const labels = present.map(k => scored.labels[k])
  if (present.length > 2) {
    throw metricError('The type of the target inferred from y_true is multiclass but should be binary according to the shape of y_prob.')
  }
  if (labels.some(label => typeof label === 'string')) {
    const names = labels.map(label => `'${label}'`).join(', ')
    throw metricError(
      `y_true takes value in {${names}} and pos_label is not specified: either make y_true take value in {0, 1} or {-1, 1} or pass pos_label explicitly.`,
      'With two classes of text there is no positive one for this metric; neg_log_loss needs none.',
    )
  }
  const numbers = labels.map(Number)
  const usual = numbers.length === 1 ? [0, -1, 1].includes(numbers[0]) : numbers[1] === 1 && (numbers[0] === 0 || numbers[0] === -1)
  const positive = usual ? 1 : numbers[numbers.length - 1]
  const truth = Int32Array.from(scored.truth, label => (Number(scored.labels[label]) === positive ? 1 : 0))
  return { rows: proba.rows, columns: 2, truth, proba: twoColumns(proba) }
}

/** Negative log probability of each row's true class; probabilities are kept off 0 and 1 by machine epsilon. */
function logLosses({ rows, columns, truth }: Probabilistic, probability: (at: number) => number): Float64Array {
  const losses = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    const p = probability(i * columns + truth[i])
    losses[i] = -log(Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON))
  }
  return losses
}

/** Mean negative log probability of the true class. Source: scikit-learn `log_loss`. */
export function logLoss(scored: ScoredLabels, proba: Matrix): number {
  const seen = probabilistic(scored, proba)
  return mean(logLosses(seen, at => seen.proba[at]))
}

/** Share of the log loss of always predicting the classes' shares that is saved. Source: scikit-learn `d2_log_loss_score`. */
export function d2LogLoss(scored: ScoredLabels, proba: Matrix, warn?: Warn): number {
  if (tooFew(proba.rows, warn)) return Number.NaN
  const seen = probabilistic(scored, proba)
  const shares = classShares(seen)
  const loss = pairwiseSum(logLosses(seen, at => seen.proba[at]))
  const uninformed = pairwiseSum(logLosses(seen, at => shares[at % seen.columns]))
  return 1 - loss / uninformed
}

/** Squared distances of each row's probabilities from the truth, summed over the classes. */
function squaredDistances({ rows, columns, truth }: Probabilistic, probability: (at: number) => number): Float64Array {
  const distances = new Float64Array(rows)
  const squares = new Float64Array(columns)
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < columns; k++) {
      const difference = (truth[i] === k ? 1 : 0) - probability(i * columns + k)
      squares[k] = difference * difference
    }
    distances[i] = pairwiseSum(squares)
  }
  return distances
}

/** Mean squared distance of the probabilities from the truth, halved for two classes. Source: Brier, 1950; scikit-learn `brier_score_loss`. */
export function brierScore(scored: ScoredLabels, proba: Matrix): number {
  const seen = forBrier(scored, proba)
  const score = mean(squaredDistances(seen, at => seen.proba[at]))
  return seen.columns < 3 ? score * 0.5 : score
}

/** Source: scikit-learn `d2_brier_score`. */
export function d2Brier(scored: ScoredLabels, proba: Matrix, warn?: Warn): number {
  if (tooFew(proba.rows, warn)) return Number.NaN
  const seen = forBrier(scored, proba)
  const shares = classShares(seen)
  return 1 - mean(squaredDistances(seen, at => seen.proba[at])) / mean(squaredDistances(seen, at => shares[at % seen.columns]))
}

function classShares({ rows, columns, truth }: Probabilistic): Float64Array {
  const counts = new Float64Array(columns)
  for (const k of truth) counts[k]++
  return counts.map(count => count / rows)
}

function tooFew(rows: number, warn?: Warn): boolean {
  if (rows >= 2) return false
  warn?.('UndefinedMetricWarning', 'D^2 score is not well-defined with less than two samples.')
  return true
}

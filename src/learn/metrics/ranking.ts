import { pairwiseSum } from '../pairwise-sum.ts'
import { descendingOrder } from '../stable-order.ts'
import { mean, weightedMean } from './means.ts'
import type { Warn } from './scored.ts'

/** Rows with a score of at least each threshold, from the highest threshold down. */
export interface ThresholdCounts {
  readonly truePositives: Float64Array
  readonly falsePositives: Float64Array
  readonly thresholds: Float64Array
}

/**
 * Counts at each distinct score.
 *
 * @param truth 1 where the row is of the positive class
 * Source: scikit-learn 1.9 `confusion_matrix_at_thresholds`.
 */
export function countsAtThresholds(truth: ArrayLike<number>, scores: Float64Array): ThresholdCounts {
  const rows = scores.length
  const order = descendingOrder(scores)
  const truePositives = new Float64Array(rows)
  const falsePositives = new Float64Array(rows)
  const thresholds = new Float64Array(rows)
  let count = 0
  let positives = 0
  let score = rows ? scores[order[0]] : 0
  for (let i = 0; i < rows; i++) {
    positives += truth[order[i]]
    const next = i + 1 < rows ? scores[order[i + 1]] : Number.NaN
    if (next === score) continue
    truePositives[count] = positives
    falsePositives[count] = i + 1 - positives
    thresholds[count++] = score
    score = next
  }
  return {
    truePositives: truePositives.subarray(0, count),
    falsePositives: falsePositives.subarray(0, count),
    thresholds: thresholds.subarray(0, count),
  }
}

export interface RocCurve {
  /** Share of the negatives above each threshold: false positive rate. */
  readonly fpr: Float64Array
  readonly tpr: Float64Array
  /** The first is infinite: nothing is above it. */
  readonly thresholds: Float64Array
}

/** Points of the ROC curve, without those on a line between others. Source: scikit-learn `roc_curve`; Fawcett, 2006. */
export function rocCurve(truth: ArrayLike<number>, scores: Float64Array): RocCurve {
  const { truePositives: tps, falsePositives: fps, thresholds } = countsAtThresholds(truth, scores)
  const last = tps.length - 1
  const corners = new Int32Array(tps.length)
  let count = 0
  for (let i = 0; i <= last; i++) {
    if (last < 2 || i === 0 || i === last || bend(fps, i) !== 0 || bend(tps, i) !== 0) corners[count++] = i
  }
  const kept = corners.subarray(0, count)
  const beginning = (first: number, value: (i: number) => number) => {
    const points = new Float64Array(kept.length + 1)
    points[0] = first
    for (let at = 0; at < kept.length; at++) points[at + 1] = value(kept[at])
    return points
  }
  return {
    fpr: beginning(0 / fps[last], i => fps[i] / fps[last]),
    tpr: beginning(0 / tps[last], i => tps[i] / tps[last]),
    thresholds: beginning(Number.POSITIVE_INFINITY, i => thresholds[i]),
  }
}

const bend = (values: Float64Array, i: number): number => values[i + 1] - values[i] - (values[i] - values[i - 1])

/** Area under the ROC curve; NaN with a warning where the truth has one class. Source: scikit-learn `roc_auc_score`. */
export function rocAuc(truth: ArrayLike<number>, scores: Float64Array, warn?: Warn): number {
  let positives = 0
  for (let i = 0; i < truth.length; i++) positives += truth[i]
  if (positives === 0 || positives === truth.length) {
    warn?.('UndefinedMetricWarning', 'Only one class is present in y_true. ROC AUC score is not defined in that case.')
    return Number.NaN
  }
  const { fpr, tpr } = rocCurve(truth, scores)
  const strips = new Float64Array(fpr.length - 1)
  for (let i = 0; i < strips.length; i++) strips[i] = ((fpr[i + 1] - fpr[i]) * (tpr[i + 1] + tpr[i])) / 2
  return pairwiseSum(strips)
}

export interface PrecisionRecallCurve {
  readonly precision: Float64Array
  /** Falling; the last point is recall 0, precision 1. */
  readonly recall: Float64Array
  readonly thresholds: Float64Array
}

/** Source: scikit-learn `precision_recall_curve`. */
export function precisionRecallCurve(truth: ArrayLike<number>, scores: Float64Array, warn?: Warn): PrecisionRecallCurve {
  const { truePositives: tps, falsePositives: fps, thresholds } = countsAtThresholds(truth, scores)
  const positives = tps[tps.length - 1]
  if (positives === 0) warn?.('UserWarning', 'No positive class found in y_true, recall is set to one for all thresholds.')
  const precision = tps.map((count, i) => count / (count + fps[i]))
  const recall = tps.map(count => (positives === 0 ? 1 : count / positives))
  const ending = (values: Float64Array, end: number) => {
    const points = new Float64Array(values.length + 1)
    points.set(values.reverse())
    points[values.length] = end
    return points
  }
  return { precision: ending(precision, 1), recall: ending(recall, 0), thresholds: thresholds.slice().reverse() }
}

/** Steps of the precision-recall curve, summed. Source: scikit-learn `average_precision_score`. */
export function averagePrecision(truth: ArrayLike<number>, scores: Float64Array, warn?: Warn): number {
  const { precision, recall } = precisionRecallCurve(truth, scores, warn)
  const steps = new Float64Array(precision.length - 1)
  for (let i = 0; i < steps.length; i++) steps[i] = (recall[i + 1] - recall[i]) * precision[i]
  return Math.max(0, -pairwiseSum(steps))
}

/** One number per class from that class against the rest, averaged. */
export function oneVersusRest(
  binary: (truth: Uint8Array, scores: Float64Array) => number,
  truth: ArrayLike<number>,
  scoresOf: readonly Float64Array[],
  average: 'macro' | 'weighted',
): number {
  const counts = new Float64Array(scoresOf.length)
  const scores = Float64Array.from(scoresOf, (column, k) => {
    const own = new Uint8Array(truth.length)
    for (let i = 0; i < own.length; i++) counts[k] += own[i] = truth[i] === k ? 1 : 0
    return binary(own, column)
  })
  if (average === 'macro') return mean(scores)
  return weightedMean(
    scores.map((score, k) => (counts[k] === 0 ? 0 : score)),
    counts,
  )
}

/** Each pair of classes both ways, averaged. Source: Hand and Till, 2001; scikit-learn `_average_multiclass_ovo_score`. */
export function oneVersusOne(
  binary: (truth: Uint8Array, scores: Float64Array) => number,
  truth: ArrayLike<number>,
  scoresOf: readonly Float64Array[],
  average: 'macro' | 'weighted',
): number {
  const scores: number[] = []
  const shares: number[] = []
  for (let a = 0; a < scoresOf.length; a++) {
    for (let b = a + 1; b < scoresOf.length; b++) {
      const rows: number[] = []
      for (let i = 0; i < truth.length; i++) if (truth[i] === a || truth[i] === b) rows.push(i)
      const against = (k: number) =>
        binary(
          Uint8Array.from(rows, i => (truth[i] === k ? 1 : 0)),
          Float64Array.from(rows, i => scoresOf[k][i]),
        )
      scores.push((against(a) + against(b)) / 2)
      shares.push(rows.length / truth.length)
    }
  }
  const all = Float64Array.from(scores)
  return average === 'macro' ? mean(all) : weightedMean(all, Float64Array.from(shares))
}

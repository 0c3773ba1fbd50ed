import type { Matrix } from '../contract.ts'
import { pairwiseSum } from '../pairwise-sum.ts'
import { confusionMatrix } from './confusion-matrix.ts'

export type Average = 'binary' | 'macro' | 'micro' | 'weighted'

interface ClassScores {
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly support: number
}

/** Per class; a score without rows to count is 0, as scikit-learn's `zero_division` warns and sets. */
function perClass(counts: readonly (readonly number[])[]): ClassScores[] {
  return counts.map((row, k) => {
    const hits = row[k]
    const support = row.reduce((a, b) => a + b, 0)
    const claimed = counts.reduce((sum, other) => sum + other[k], 0)
    return {
      precision: claimed ? hits / claimed : 0,
      recall: support ? hits / support : 0,
      f1: support + claimed ? (2 * hits) / (support + claimed) : 0,
      support,
    }
  })
}

/** Precision, recall or F1. `binary` scores class 1 of two. Source: scikit-learn 1.9 `precision_recall_fscore_support`. */
export function classificationScore(
  score: 'precision' | 'recall' | 'f1',
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
  average: Average,
): number {
  const counts = confusionMatrix(truth, predicted, classes)
  const scores = perClass(counts)
  if (average === 'binary') return scores[1][score]
  if (average === 'micro') return counts.reduce((sum, row, k) => sum + row[k], 0) / truth.length
  // As numpy.average: the products are summed pairwise.
  if (average === 'macro') return pairwiseSum(Float64Array.from(scores, s => s[score])) / classes
  return pairwiseSum(Float64Array.from(scores, s => s[score] * s.support)) / pairwiseSum(Float64Array.from(scores, s => s.support))
}

/** Mean recall over the classes that occur. Source: scikit-learn `balanced_accuracy_score`. */
export function balancedAccuracy(truth: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): number {
  const recalls = perClass(confusionMatrix(truth, predicted, classes)).filter(({ support }) => support > 0)
  return pairwiseSum(Float64Array.from(recalls, ({ recall }) => recall)) / recalls.length
}

/** Mean negative log probability of the true class. Source: scikit-learn `log_loss`: probabilities are kept off 0 and 1 by machine epsilon. */
export function logLoss(truth: ArrayLike<number>, { rows, columns, data }: Matrix): number {
  const losses = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    const p = Math.min(Math.max(data[i * columns + truth[i]], Number.EPSILON), 1 - Number.EPSILON)
    losses[i] = -Math.log(p)
  }
  return pairwiseSum(losses) / rows
}

/** Area under the ROC curve of class 1, ties counted half. Source: Mann and Whitney, 1947; equals scikit-learn's trapezoids up to rounding. */
export function rocAuc(truth: ArrayLike<number>, scores: ArrayLike<number>): number {
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[a] - scores[b])
  let positives = 0
  let ranks = 0
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && scores[order[end]] === scores[order[start]]) end++
    for (let p = start; p < end; p++) {
      if (truth[order[p]] !== 1) continue
      positives++
      ranks += (start + end + 1) / 2
    }
    start = end
  }
  const negatives = order.length - positives
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives)
}

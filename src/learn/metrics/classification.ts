import { pairwiseSum } from '../pairwise-sum.ts'
import { confusionMatrix, type LabelCounts, labelCounts } from './confusion-matrix.ts'
import { mean, weightedMean } from './means.ts'
import { labelsText, metricError, type PresentLabels, presentLabels, type ScoredLabels, type Warn } from './scored.ts'

export type Average = 'binary' | 'macro' | 'micro' | 'weighted' | 'samples'

/** What precision, recall, F1 and the Jaccard index divide, and how scikit-learn calls what is missing when that is zero. */
const ratios = {
  precision: { title: 'Precision', missing: 'predicted', of: ({ hits, claimed }: LabelCounts, k: number) => [hits[k], claimed[k]] },
  recall: { title: 'Recall', missing: 'true', of: ({ hits, support }: LabelCounts, k: number) => [hits[k], support[k]] },
  f1: {
    title: 'F-score',
    missing: 'true nor predicted',
    of: ({ hits, claimed, support }: LabelCounts, k: number) => [2 * hits[k], support[k] + claimed[k]],
  },
  jaccard: {
    title: 'Jaccard',
    missing: 'true or predicted',
    of: ({ hits, claimed, support }: LabelCounts, k: number) => [hits[k], support[k] + claimed[k] - hits[k]],
  },
} as const
export type RatioScore = keyof typeof ratios

/**
 * Precision, recall, F1 or Jaccard index of the labels that occur.
 *
 * `binary` scores the label 1, as scikit-learn's scorers do.
 *
 * @throws LearnError `learn/undefined-metric` for `binary` with three labels or without a label 1, for `samples` always
 * Source: scikit-learn 1.9 `precision_recall_fscore_support`, `jaccard_score`.
 */
export function ratioScore(score: RatioScore, scored: ScoredLabels, average: Average, warn?: Warn): number {
  if (average === 'binary') requireLabelOne(scored.classes)
  const present = presentLabels(scored)
  if (average === 'samples') throw metricError('Samplewise metrics are not available outside of multilabel classification.')
  const counts = labelCounts(present.truth, present.predicted, present.labels.length)
  if (average === 'binary') return divided(score, binaryCounts(present, counts), warn)[0]
  if (average === 'micro') return divided(score, totals(counts), warn)[0]
  const scores = divided(score, counts, warn)
  return average === 'macro' ? mean(scores) : weightedMean(scores, counts.support)
}

/** The label 1 must be one of the model's when there are only two; a regressor has none. */
export function requireLabelOne(classes: ScoredLabels['classes']): void {
  if (classes.length > 2 || !classes.length || classes.some(label => Number(label) === 1 && typeof label !== 'string')) return
  throw metricError(
    `pos_label=1 is not a valid label: It should be one of ${labelsText(classes)}`,
    'The positive class of this metric is the label 1. Take a metric that needs none, such as f1_macro or balanced_accuracy.',
  )
}

/** Counts of the label 1 alone. */
function binaryCounts({ labels }: PresentLabels, { hits, claimed, support }: LabelCounts): LabelCounts {
  if (labels.length > 2) {
    const settings = "[None, 'micro', 'macro', 'weighted']"
    throw metricError(
      `Target is multiclass but average='binary'. Please choose another average setting, one of ${settings}.`,
      'Add _macro, _micro or _weighted to the name of the metric.',
    )
  }
  const one = labels.findIndex(label => typeof label !== 'string' && Number(label) === 1)
  if (one < 0 && labels.length === 2) throw metricError(`pos_label=1 is not a valid label. It should be one of ${labelsText(labels)}`)
  const only = (values: Float64Array) => Float64Array.of(one < 0 ? 0 : values[one])
  return { hits: only(hits), claimed: only(claimed), support: only(support) }
}

const totals = ({ hits, claimed, support }: LabelCounts): LabelCounts => ({
  hits: Float64Array.of(pairwiseSum(hits)),
  claimed: Float64Array.of(pairwiseSum(claimed)),
  support: Float64Array.of(pairwiseSum(support)),
})

/** Quotients; 0 with scikit-learn's warning where there is nothing to divide by. */
function divided(score: RatioScore, counts: LabelCounts, warn?: Warn): Float64Array {
  const { of, title, missing } = ratios[score]
  let undefinedSome = false
  const scores = counts.hits.map((_, k) => {
    const [part, whole] = of(counts, k)
    if (whole === 0) undefinedSome = true
    return whole === 0 ? 0 : part / whole
  })
  if (undefinedSome) {
    const where = scores.length === 1 ? 'due to' : 'in labels with'
    warn?.(
      'UndefinedMetricWarning',
      `${title} is ill-defined and being set to 0.0 ${where} no ${missing} samples. Use \`zero_division\` parameter to control this behavior.`,
    )
  }
  return scores
}

/** scikit-learn's `confusion_matrix` warns where there is but one label. */
function confusable(scored: ScoredLabels, warn?: Warn): PresentLabels {
  const present = presentLabels(scored)
  if (present.labels.length === 1) {
    warn?.(
      'UserWarning',
      "A single label was found in 'y_true' and 'y_pred'. For the confusion matrix to have the correct shape, use the 'labels' parameter to pass all known labels.",
    )
  }
  return present
}

/** Mean recall over the labels that are true somewhere. Source: scikit-learn `balanced_accuracy_score`. */
export function balancedAccuracy(scored: ScoredLabels, warn?: Warn): number {
  const { truth, predicted, labels } = confusable(scored, warn)
  const { hits, support } = labelCounts(truth, predicted, labels.length)
  const recalls = hits.map((count, k) => count / support[k]).filter(recall => !Number.isNaN(recall))
  if (recalls.length < labels.length) warn?.('UserWarning', 'y_pred contains classes not in y_true')
  return mean(recalls)
}

/** Correlation of truth and prediction. Source: Matthews, 1975; Gorodkin, 2004; scikit-learn `matthews_corrcoef`. */
export function matthewsCorrcoef(scored: ScoredLabels, warn?: Warn): number {
  const { truth, predicted, labels } = confusable(scored, warn)
  const { hits, claimed, support } = labelCounts(truth, predicted, labels.length)
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, k) => sum + value * b[k], 0)
  const rows = truth.length
  const ofBoth = pairwiseSum(hits) * rows - dot(support, claimed)
  const ofPredicted = rows ** 2 - dot(claimed, claimed)
  const ofTruth = rows ** 2 - dot(support, support)
  const product = ofPredicted * ofTruth
  return product === 0 ? 0 : ofBoth / Math.sqrt(product)
}

/** Agreement beyond chance. Source: Cohen, 1960; scikit-learn `cohen_kappa_score` without weights. */
export function cohenKappa(scored: ScoredLabels, warn?: Warn): number {
  const { truth, predicted, labels } = confusable(scored, warn)
  const size = labels.length
  const counts = confusionMatrix(truth, predicted, size)
  const { claimed, support } = labelCounts(truth, predicted, size)
  const total = pairwiseSum(claimed)
  const apart = (value: (row: number, column: number) => number) =>
    pairwiseSum(
      Float64Array.from({ length: size * size }, (_, at) => {
        const [row, column] = [Math.floor(at / size), at % size]
        return row === column ? 0 : value(row, column)
      }),
    )
  const observed = apart((row, column) => counts[row][column])
  const expected = apart((row, column) => (claimed[row] * support[column]) / total)
  if (expected === 0) {
    warn?.(
      'UndefinedMetricWarning',
      '`y1`, `y2` and `labels` have only one label in common. `cohen_kappa_score` is undefined and set to the value defined by the the `replace_undefined_by` param, which is set to nan.',
    )
    return Number.NaN
  }
  return 1 - observed / expected
}

/**
 * Likelihood ratios of a binary test: how much a positive or a negative prediction changes the odds.
 *
 * Source: scikit-learn `class_likelihood_ratios` with `replace_undefined_by=1.0`, as its scorers call it.
 */
export function likelihoodRatio(which: 'positive' | 'negative', scored: ScoredLabels, warn?: Warn): number {
  const present = confusable(scored, warn)
  const type = present.labels.length > 2 ? 'multiclass' : 'binary'
  if (type !== 'binary')
    throw metricError(`class_likelihood_ratios only supports binary classification problems, got targets of type: ${type}`)
  if (present.labels.length < 2) throw metricError('not enough values to unpack (expected 4, got 1)')
  const [[trueNegative, falsePositive], [falseNegative, truePositive]] = confusionMatrix(present.truth, present.predicted, 2)
  const positives = truePositive + falseNegative
  const negatives = trueNegative + falsePositive
  const warnings = likelihoodWarnings({ positives, trueNegative, falsePositive, truePositive })
  for (const message of warnings) warn?.('UndefinedMetricWarning', message)
  if (which === 'positive') return falsePositive > 0 ? (truePositive * negatives) / (falsePositive * positives) : 1
  return trueNegative > 0 ? (falseNegative * negatives) / (trueNegative * positives) : 1
}

/** scikit-learn computes both ratios and warns of either. */
function* likelihoodWarnings(counts: { positives: number; trueNegative: number; falsePositive: number; truePositive: number }) {
  const control = `Use the \`replace_undefined_by\` param to control this behavior. To suppress this warning or turn it into an error, see Python's \`warnings\` module and \`warnings.catch_warnings()\`.`
  if (counts.positives === 0) {
    const both = '`positive_likelihood_ratio` and `negative_likelihood_ratio` are both set to `np.nan`.'
    yield `No samples of the positive class are present in \`y_true\`. ${both} ${control}`
  }
  if (counts.falsePositive === 0) {
    const none = 'No samples were predicted for the positive class and `positive_likelihood_ratio` is'
    const why = counts.truePositive === 0 ? none : '`positive_likelihood_ratio` is ill-defined and'
    yield `${why} set to \`np.nan\`. Use the \`replace_undefined_by\` param to `
  }
  if (counts.trueNegative === 0) yield `\`negative_likelihood_ratio\` is ill-defined and set to \`np.nan\`. ${control}`
}

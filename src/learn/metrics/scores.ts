import { matrixColumns } from '../matrix-columns.ts'
import { requireLabelOne } from './classification.ts'
import { averagePrecision, oneVersusOne, oneVersusRest, rocAuc } from './ranking.ts'
import { metricError, requireTwoColumns, type ScoredLabels, trueLabels, type Warn } from './scored.ts'

/** A model's scores: one column for two classes, else a column for each. */
export interface Scores {
  readonly columns: readonly Float64Array[]
  /** Whether they are probabilities. */
  readonly proba: boolean
}

/** What a scorer that wants a ranking gets: the decision function where there is one, else probabilities. */
export function rankingScores(scored: ScoredLabels): Scores {
  const decision = scored.decision?.()
  if (decision) return { columns: matrixColumns(decision), proba: false }
  return probabilityScores(scored)
}

/** Probabilities; of two classes those of the second. */
export function probabilityScores({ proba }: ScoredLabels): Scores {
  const matrix = proba?.()
  if (!matrix) throw metricError('This metric needs probabilities (predict_proba), which the model does not have.')
  requireTwoColumns(matrix)
  const columns = matrixColumns(matrix)
  return { columns: matrix.columns === 2 ? columns.slice(1) : columns, proba: true }
}

/**
 * ROC AUC as scikit-learn's `roc_auc`, `roc_auc_ovr`, `roc_auc_ovo` and their weighted forms.
 *
 * @throws LearnError `learn/undefined-metric` for three classes without a way to take them, or classes that the truth does not show
 */
export function rocAucScore(
  scored: ScoredLabels,
  { columns }: Scores,
  { multiClass, average = 'macro' }: { readonly multiClass: 'raise' | 'ovr' | 'ovo'; readonly average?: 'macro' | 'weighted' },
  warn?: Warn,
): number {
  const present = trueLabels(scored)
  if (present.length <= 2 && columns.length === 1) {
    const positive = present.length === 2 ? present[1] : -1
    return rocAuc(onesWhere(scored, positive), columns[0], warn)
  }
  if (multiClass === 'raise') {
    throw metricError("multi_class must be in ('ovo', 'ovr')", 'With three classes or more take roc_auc_ovr or roc_auc_ovo.')
  }
  if (columns.length === 1) {
    throw metricError(
      `\`y_score\` needs to be of shape \`(n_samples, n_classes)\`, since \`y_true\` contains multiple classes. Got \`y_score.shape=(${scored.truth.length},)\`.`,
    )
  }
  if (present.length !== columns.length) {
    throw metricError(
      "Number of classes in y_true not equal to the number of columns in 'y_score'",
      'The rows that are scored do not have the classes that the model learned.',
    )
  }
  const truth = codesAmong(scored, present)
  const binary = (own: Uint8Array, scores: Float64Array) => rocAuc(own, scores, warn)
  return multiClass === 'ovr' ? oneVersusRest(binary, truth, columns, average) : oneVersusOne(binary, truth, columns, average)
}

/** Average precision of the label 1 of two, or the mean over more classes. Source: scikit-learn `average_precision_score` as its scorer calls it. */
export function averagePrecisionScore(scored: ScoredLabels, { columns, proba }: Scores, warn?: Warn): number {
  const { classes, labels } = scored
  requireLabelOne(classes)
  const present = trueLabels(scored)
  if (present.length <= 2) {
    // Of more than two classes the rows may show two, neither of which is 1.
    const shown = present.map(code => labels[code])
    if (shown.length === 2 && shown.every(label => typeof label !== 'string' && Number(label) !== 1))
      throw metricError(`pos_label=1 is not a valid label. It should be one of [${shown.join(' ')}]`)
    if (columns.length > 1)
      throw metricError(`y should be a 1d array, got an array of shape (${scored.truth.length}, ${columns.length}) instead.`)
    const one = labels.findIndex(label => typeof label !== 'string' && Number(label) === 1)
    const truth = onesWhere(scored, one)
    const positiveFirst = Number(classes[0]) === 1
    const scores = positiveFirst ? columns[0].map(score => (proba ? 1 - score : -score)) : columns[0]
    return averagePrecision(truth, scores, warn)
  }
  if (columns.length !== present.length) {
    const shape = columns.length === 1 ? `(${scored.truth.length},)` : `(${scored.truth.length}, ${columns.length})`
    throw metricError(
      `\`y_score\` needs to be of shape \`(n_samples, n_classes)\`, since \`y_true\` contains multiple classes. Got \`y_score.shape=${shape}\`.`,
    )
  }
  return oneVersusRest((own, scores) => averagePrecision(own, scores, warn), codesAmong(scored, present), columns, 'macro')
}

/** Share of rows whose true class is among the two with the highest scores. Source: scikit-learn `top_k_accuracy_score` with k=2. */
export function topTwoAccuracy(scored: ScoredLabels, { columns }: Scores, warn?: Warn): number {
  const present = trueLabels(scored)
  const rows = scored.truth.length
  if (present.length <= 2) {
    if (columns.length > 1) {
      throw metricError(
        `\`y_true\` is binary while y_score is 2d with ${columns.length} classes. If \`y_true\` does not contain all the labels, \`labels\` must be provided.`,
      )
    }
  } else if (columns.length === 1) {
    throw metricError(
      `\`y_score\` needs to be of shape \`(n_samples, n_classes)\`, since \`y_true\` contains multiple classes. Got \`y_score.shape=(${rows},)\`.`,
    )
  }
  const seen = columns.length === 1 ? 2 : columns.length
  if (present.length !== seen) {
    throw metricError(
      `Number of classes in 'y_true' (${present.length}) not equal to the number of classes in 'y_score' (${seen}).You can provide a list of all known classes by assigning it to the \`labels\` parameter.`,
    )
  }
  if (seen === 2) {
    warn?.(
      'UndefinedMetricWarning',
      "'k' (2) greater than or equal to 'n_classes' (2) will result in a perfect score and is therefore meaningless.",
    )
    return 1
  }
  const truth = codesAmong(scored, present)
  let hits = 0
  for (let i = 0; i < rows; i++) {
    const own = columns[truth[i]][i]
    let before = 0
    for (let k = 0; k < seen; k++) {
      // Of equal scores the later class is taken first.
      if (columns[k][i] > own || (columns[k][i] === own && k > truth[i])) before++
    }
    if (before < 2) hits++
  }
  return hits / rows
}

function onesWhere({ truth }: ScoredLabels, positive: number): Uint8Array {
  const ones = new Uint8Array(truth.length)
  for (let i = 0; i < ones.length; i++) ones[i] = truth[i] === positive ? 1 : 0
  return ones
}

function codesAmong({ truth }: ScoredLabels, present: readonly number[]): Int32Array {
  const place = new Map(present.map((label, k) => [label, k]))
  return Int32Array.from(truth, label => place.get(label)!)
}

import type { Classifier, Features, Matrix, Predictor, Regressor, Target } from '../contract.ts'
import type { Pipeline } from '../pipeline.ts'
import { targetValues } from '../target-values.ts'
import { labelValues, metricError, type ScoredLabels, type ScoredValues, scoredLabels, type Warn } from './scored.ts'
import { type Scorer, scorers } from './scorers.ts'

/** What a fitted model says of rows whose truth is known; everything is asked of it once, when a metric wants it. */
export type ScoredModel = ({ readonly kind: 'classifier' } & ScoredLabels) | ({ readonly kind: 'regressor' } & ScoredValues)

/** @throws LearnError for rows without truth, and what the model's predict throws */
export function scoredModel(model: Predictor, X: Features, truth: Target): ScoredModel {
  if (model.kind === 'regressor') {
    const predicted = (model as Regressor).predict(X)
    return { kind: 'regressor', truth: targetValues(truth), predicted }
  }
  const classifier = model as Classifier
  const labels = scoredLabels(classifier.classes_, truth, classifier.predictIndex(X))
  const proba = once(() => classifier.predictProba?.(X))
  const decision = once(() => classifier.decisionFunction?.(X))
  return { kind: 'classifier', ...labels, proba, decision }
}

function once(compute: () => Matrix | undefined): () => Matrix | undefined {
  let known: { readonly value: Matrix | undefined } | undefined
  return () => (known ??= { value: compute() }).value
}

/**
 * A metric's value. A regression metric of a classifier reads its labels as numbers, as scikit-learn does.
 *
 * @throws LearnError `learn/undefined-metric` where it cannot be computed
 */
export function scoreOf(scorer: Scorer, scored: ScoredModel, warn?: Warn): number {
  if (scorer.task === 'regression') {
    return scorer.score(scored.kind === 'regressor' ? scored : labelValues(scored, scorer.name), warn)
  }
  if (scored.kind === 'classifier') return scorer.score(scored, warn)
  if (scorer.clustering) warnOfNumbers(scored, warn)
  else requireLabels(scored)
  return scorer.score(valuesAsLabels(scored), warn)
}

/**
 * How good a fitted model is on rows whose truth is known: scikit-learn's `score`, accuracy or r2.
 *
 * @throws LearnError for rows without truth, and what the model's predict throws
 */
export function score(model: Predictor | Pipeline, X: Features, truth: Target, warn?: Warn): number {
  const predictor = 'predictor' in model ? model.predictor : model
  const scorer = scorers.get(predictor.kind === 'classifier' ? 'accuracy' : 'r2')!
  return scoreOf(scorer, scoredModel(predictor, 'predictor' in model ? model.transform(X) : X, truth), warn)
}

/** Whole numbers of a regressor are labels to a classification metric; anything else is refused in scikit-learn's words. */
function requireLabels({ truth, predicted }: ScoredValues): void {
  const kinds = [truth, predicted].map(kindOf)
  if (!kinds.includes('continuous')) return
  throw metricError(
    kinds[0] === kinds[1]
      ? 'continuous is not supported'
      : `Classification metrics can't handle a mix of ${kinds[0]} and ${kinds[1]} targets`,
    'This metric is for classifiers.',
  )
}

/** Metrics of clusterings take fractions for labels, with a warning. */
function warnOfNumbers({ truth, predicted }: ScoredValues, warn?: Warn): void {
  const kinds = [truth, predicted].map(kindOf)
  if (!kinds.includes('continuous')) return
  warn?.(
    'UserWarning',
    `Clustering metrics expects discrete values but received ${kinds[0]} values for label, and ${kinds[1]} values for target`,
  )
}

function valuesAsLabels({ truth, predicted }: ScoredValues): ScoredLabels {
  const column = (values: ArrayLike<number>): Target => ({ name: 'y', type: 'float', values: Float64Array.from(values) })
  const classes = [...new Set(Array.from(predicted))].sort((a, b) => a - b)
  const place = new Map(classes.map((value, i) => [value, i]))
  const labels = scoredLabels(
    classes,
    column(truth),
    Int32Array.from(predicted, value => place.get(value)!),
  )
  return { ...labels, classes: [] }
}

function kindOf(values: ArrayLike<number>): 'binary' | 'multiclass' | 'continuous' {
  const all = Array.from(values)
  if (!all.every(Number.isInteger)) return 'continuous'
  return new Set(all).size > 2 ? 'multiclass' : 'binary'
}

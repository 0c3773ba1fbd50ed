import { ProblemError } from '../config/problems.ts'
import {
  type Classifier,
  type Features,
  isUndefinedMetric,
  type Label,
  type Matrix,
  type Predictor,
  type ScoredModel,
  type Scorer,
  scoredModel,
  scoreOf,
  scorers,
  type Target,
  type Warn,
} from '../learn/index.ts'
import { jobProblem, placesOf } from './config-places.ts'
import { nearest } from './nearest.ts'
import type { TaskRoles } from './task-roles.ts'

/** What a fitted predictor says about rows whose truth is known. */
export interface Evaluation {
  readonly predictor: Predictor
  readonly features: Features
  /** Which rows of the data these are, where some are left out. */
  readonly rowNumbers?: ArrayLike<number>
  readonly scored: ScoredModel
  /** A classifier's labels as text: its `classes_` and those that only the truth has, sorted. */
  readonly labels: readonly string[]
  /** Per row: index of the true label in `labels`, or a regressor's true value. */
  readonly trueValues: ArrayLike<number>
  /** Per row: index of the predicted label, or a regressor's prediction. */
  readonly predicted: ArrayLike<number>
  /** One column per class of the classifier; undefined where it has none. */
  proba(): Matrix | undefined
}

/** Shown beside the objective when nobody named metrics. */
const alsoShown = {
  classifier: ['balanced_accuracy', 'f1', 'f1_macro', 'roc_auc', 'log_loss'],
  regressor: ['root_mean_squared_error', 'mean_absolute_error'],
} as const

/** The objective when nobody named one, as the `score` of scikit-learn's estimators. */
export const defaultMetric = (kind: Predictor['kind']): string => (kind === 'classifier' ? 'accuracy' : 'r2')

/**
 * Metrics of a job, the objective first: those that the config names, else accuracy or r2.
 *
 * @throws ProblemError for a name that no metric has, or that is for several labels at once
 */
export function chosenMetrics({ metrics }: Pick<TaskRoles, 'metrics'>, predictor: Predictor): readonly Scorer[] {
  if (metrics.length === 0) return [scorers.get(defaultMetric(predictor.kind))!]
  const task = predictor.kind === 'classifier' ? 'classification' : 'regression'
  return metrics.map(({ name, node }) => {
    const scorer = scorers.get(name)
    const problem = (message: string, hint: string) =>
      new ProblemError(jobProblem('task/unknown-metric', message, placesOf(node), { hint }))
    if (!scorer) {
      const names = [...scorers.keys()]
      const [close] = nearest(name, names)
      const fitting = names.filter(known => scorers.get(known)!.task === task && !known.endsWith('_samples'))
      throw problem(`'${name}' is not a valid scoring value.`, `${close ? `Did you mean ${close}? ` : ''}Metrics: ${fitting.join(', ')}`)
    }
    if (name.endsWith('_samples')) {
      const others = `Take ${name.replace('_samples', '_macro')} or ${name.replace('_samples', '_weighted')}.`
      throw problem('Samplewise metrics are not available outside of multilabel classification.', others)
    }
    return scorer
  })
}

/** Values of the metrics. @throws LearnError `learn/undefined-metric` for one that cannot be computed from what is there */
export function scoresOf({ scored }: Evaluation, chosen: readonly Scorer[], warn?: Warn): Record<string, number> {
  return Object.fromEntries(chosen.map(scorer => [scorer.name, scoreOf(scorer, scored, warn)]))
}

/** The chosen metrics, and when nobody chose, what else is worth seeing and can be computed. */
export function allScores(
  evaluation: Evaluation,
  chosen: readonly Scorer[],
  { named, warn }: { readonly named: boolean; readonly warn?: Warn },
): Record<string, number> {
  const scores = scoresOf(evaluation, chosen, warn)
  const others = named ? [] : alsoShown[evaluation.predictor.kind].filter(name => name !== 'f1_macro' || evaluation.labels.length !== 2)
  for (const name of others) {
    const value = scoreIfDefined(scorers.get(name)!, evaluation)
    if (value !== undefined) scores[name] = value
  }
  return scores
}

function scoreIfDefined(scorer: Scorer, { scored }: Evaluation): number | undefined {
  try {
    const value = scoreOf(scorer, scored)
    return Number.isNaN(value) ? undefined : value
  } catch (error) {
    if (isUndefinedMetric(error)) return undefined
    throw error
  }
}

/** Asks a fitted predictor about rows. @throws LearnError for rows without truth, and what its predict throws */
export const evaluate = (predictor: Predictor, features: Features, truth: Target): Evaluation =>
  evaluationOf(predictor, features, scoredModel(predictor, features, truth))

export function evaluationOf(predictor: Predictor, features: Features, scored: ScoredModel): Evaluation {
  const common = { predictor, features, scored, trueValues: scored.truth, predicted: scored.predicted }
  if (scored.kind === 'regressor') return { ...common, labels: [], proba: () => undefined }
  return { ...common, labels: scored.labels.map(labelText), proba: () => scored.proba?.() }
}

/** A classifier's own labels as text. */
export const classTexts = (predictor: Predictor): readonly string[] =>
  predictor.kind === 'classifier' ? (predictor as Classifier).classes_.map(labelText) : []

export const labelText = (label: Label): string => (typeof label === 'boolean' ? (label ? 'True' : 'False') : String(label))

import { ProblemError } from '../config/problems.ts'
import {
  type Classifier,
  type Features,
  type Matrix,
  type Predictor,
  type Regressor,
  type Scorer,
  scorers,
  type Target,
} from '../learn/index.ts'
import { jobProblem, placesOf } from './config-places.ts'
import { nearest } from './nearest.ts'
import type { TaskRoles } from './task-roles.ts'

/** What a fitted predictor says about rows whose truth is known. */
export interface Evaluation {
  readonly truth: Target
  readonly predictor: Predictor
  readonly features: Features
  /** A classifier's labels as text: its `classes_`, then those that only the truth has. */
  readonly labels: readonly string[]
  /** Per row: index of the true label in `labels`, or a regressor's true value. */
  readonly trueValues: ArrayLike<number>
  /** Per row: index of the predicted label, or a regressor's prediction. */
  readonly predicted: ArrayLike<number>
  readonly proba?: Matrix
}

/** Shown beside the objective when nobody named metrics. */
const alsoShown = {
  classifier: ['balanced_accuracy', 'f1', 'f1_macro', 'roc_auc', 'log_loss'],
  regressor: ['root_mean_squared_error', 'mean_absolute_error'],
} as const

/**
 * Metrics of a job, the objective first: those that the config names, else accuracy or r2.
 *
 * @throws ProblemError for a name that no metric has, or one of the wrong kind of model
 */
export function chosenMetrics({ metrics }: Pick<TaskRoles, 'metrics'>, predictor: Predictor): readonly Scorer[] {
  if (metrics.length === 0) return [scorers.get(predictor.kind === 'classifier' ? 'accuracy' : 'r2')!]
  const task = predictor.kind === 'classifier' ? 'classification' : 'regression'
  const fitting = [...scorers.values()].filter(scorer => scorer.task === task).map(scorer => scorer.name)
  return metrics.map(({ name, node }) => {
    const scorer = scorers.get(name)
    if (scorer?.task === task) return scorer
    const [close] = nearest(name, fitting)
    const message = scorer ? `${name} does not apply to ${predictor.name}, a ${predictor.kind}.` : `'${name}' is not a valid scoring value.`
    const hint = `${close ? `Did you mean ${close}? ` : ''}Metrics: ${fitting.join(', ')}`
    throw new ProblemError(jobProblem('task/unknown-metric', message, placesOf(node), { hint }))
  })
}

/** Values of the metrics; those that do not apply (a binary one with three classes) are left out. */
export function scoresOf(evaluation: Evaluation, chosen: readonly Scorer[]): Record<string, number> {
  const { trueValues: truth, predicted, labels, proba } = evaluation
  const scores: Record<string, number> = {}
  for (const { name, score } of chosen) {
    const value = score({ truth, predicted, classes: labels.length, ...(proba ? { proba } : {}) })
    if (value !== undefined) scores[name] = value
  }
  return scores
}

/** The chosen metrics, and when nobody chose, what else is worth seeing. */
export function allScores(
  evaluation: Evaluation,
  chosen: readonly Scorer[],
  { named }: { readonly named: boolean },
): Record<string, number> {
  const others = named ? [] : alsoShown[evaluation.predictor.kind].map(name => scorers.get(name)!)
  return scoresOf(evaluation, [...chosen, ...others.filter(scorer => scorer.name !== 'f1_macro' || evaluation.labels.length !== 2)])
}

/** Predicts once what `chosen` and a file of predictions need. */
export function evaluate(predictor: Predictor, features: Features, truth: Target, { proba }: { readonly proba: boolean }): Evaluation {
  const common = { truth, predictor, features }
  if (predictor.kind === 'regressor') {
    return { ...common, labels: [], trueValues: numbersOf(truth), predicted: (predictor as Regressor).predict(features) }
  }
  const classifier = predictor as Classifier
  const { labels, trueValues } = indexedLabels(classifier.classes_, truth)
  const probabilities = proba ? classifier.predictProba?.(features) : undefined
  return {
    ...common,
    labels,
    trueValues,
    predicted: classifier.predictIndex(features),
    ...(probabilities ? { proba: probabilities } : {}),
  }
}

export const needsProba = (chosen: readonly Scorer[]): boolean =>
  chosen.some(({ name }) => /roc_auc|log_loss|average_precision|brier/.test(name))

/** Position of each true label among `classes`; labels that training never saw follow in order of appearance. */
function indexedLabels(
  classes: Classifier['classes_'],
  truth: Target,
): { readonly labels: readonly string[]; readonly trueValues: Int32Array } {
  const positions = new Map(classes.map((label, i) => [labelText(label), i]))
  const positionOf = (text: string) => {
    const known = positions.get(text)
    if (known !== undefined) return known
    positions.set(text, positions.size)
    return positions.size - 1
  }
  const trueValues =
    truth.type === 'text'
      ? truth.codes.map(code => positionOf(code < 0 ? '' : truth.categories[code]))
      : Int32Array.from(truth.values, value => positionOf(labelText(truth.type === 'bool' ? value === 1 : value)))
  return { labels: [...positions.keys()], trueValues }
}

export const labelText = (label: number | string | boolean): string =>
  typeof label === 'boolean' ? (label ? 'True' : 'False') : String(label)

const numbersOf = (target: Target): Float64Array =>
  target.type === 'text' ? new Float64Array(target.codes.length).fill(Number.NaN) : target.values

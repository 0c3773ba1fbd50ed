import {
  type Classifier,
  type FitControl,
  type Matrix,
  type Pipeline,
  type Predictor,
  type ScoredModel,
  type Scorer,
  scoredLabels,
  type Target,
  targetValues,
} from '../learn/index.ts'
import { pairwiseSum } from '../learn/pairwise-sum.ts'
import { TrialPruned } from '../study/trial-pruned.ts'
import type { Instantiate } from '../targets/contract.ts'
import { type Fold, foldsOfData, type JobData } from './data-sets.ts'
import type { RunResult } from './events.ts'
import { allScores, type Evaluation, evaluate, evaluationOf, labelText } from './metrics.ts'
import { fitPredictor, type Progress, prepare } from './pipeline.ts'
import type { TaskRoles } from './task-roles.ts'

/** What a model that was fitted on the other folds says of one. */
export interface FoldResult {
  readonly fold: Fold
  readonly evaluation: Evaluation
  readonly scores: Readonly<Record<string, number>>
}

/** Cuts a job's data into folds at the first call: whether they are stratified depends on the kind of model. */
export function foldsOfJob(
  data: JobData,
  roles: TaskRoles,
  instantiate: Instantiate,
  control: FitControl,
): (model: Predictor) => readonly Fold[] {
  let known: readonly Fold[] | undefined
  return model => {
    if (known) return known
    const { cv } = roles
    if (!cv) throw new TypeError('no task.cv')
    const splitter = () => cv.splitter(data.trainTarget, { classifier: model.kind === 'classifier', instantiate })
    return (known = foldsOfData(data, splitter, cv.node, control.onWarning))
  }
}

/** Hears how good a job is so far; true: it is not worth going on. */
export type Report = (value: number, step: number) => boolean | Promise<boolean>

/**
 * Fits and scores a new pipeline on each fold.
 *
 * @param report hears the mean of the objective after each fold; true ends the job there
 * @param named whether the config names the metrics: else others are computed where they can be
 */
export async function crossValidate(
  build: () => Pipeline,
  folds: readonly Fold[],
  {
    chosen,
    named,
    control,
    progress,
    report,
  }: { chosen: readonly Scorer[]; named: boolean; control: FitControl; progress: Progress; report?: Report },
): Promise<readonly FoldResult[]> {
  const results: FoldResult[] = []
  for (const fold of folds) {
    control.signal?.throwIfAborted()
    const { transformers, predictor } = build()
    const sets = prepare(fold, transformers, phase => progress.at('preprocess', phase, fold.rows), control)
    progress.at('model', 'train', fold.rows)
    await fitPredictor(predictor, sets, control)
    progress.at('model', 'test', fold.rows)
    const evaluation = evaluate(predictor, sets.test, sets.testTarget)
    progress.at('metrics', 'test', fold.rows)
    const warn = control.onWarning
    results.push({ fold, evaluation, scores: allScores(evaluation, chosen, { named, ...(warn ? { warn } : {}) }) })
    const soFar = meanOf(results.map(({ scores }) => scores[chosen[0].name]))
    if (report && (await report(soFar, results.length - 1)) && results.length < folds.length) throw new TrialPruned()
  }
  return results
}

/** `np.mean` of each metric that every fold has. */
export function meanScores(results: readonly { readonly scores: Readonly<Record<string, number>> }[]): Record<string, number> {
  const names = Object.keys(results[0].scores).filter(name => results.every(({ scores }) => name in scores))
  return Object.fromEntries(names.map(name => [name, meanOf(results.map(({ scores }) => scores[name]))]))
}

const meanOf = (values: readonly number[]) => pairwiseSum(Float64Array.from(values)) / values.length

/** For the result: each fold's size and scores, and how far the scores spread (`np.std`). */
export function foldDetails(results: readonly FoldResult[]): NonNullable<NonNullable<RunResult['details']>['crossValidation']> {
  const mean = meanScores(results)
  const spread = (name: string) => Math.sqrt(meanOf(results.map(({ scores }) => (scores[name] - mean[name]) ** 2)))
  return {
    folds: results.map(({ fold, scores }) => ({ trainRows: fold.rows.train.length, testRows: fold.rows.test.length, metrics: scores })),
    std: Object.fromEntries(Object.keys(mean).map(name => [name, spread(name)])),
  }
}

/**
 * All rows as the models that did not see them judge them, in the order of the data.
 *
 * @param model fitted on all rows; a class that a fold's model did not know has probability 0 there
 */
export function outOfFold(results: readonly FoldResult[], model: Predictor, features: Evaluation['features'], truth: Target): Evaluation {
  if (model.kind === 'regressor') {
    const predicted = new Float64Array(features.rows)
    for (const { fold, evaluation } of results) {
      fold.rows.test.forEach((row, i) => {
        predicted[row] = evaluation.predicted[i]
      })
    }
    return evaluationOf(model, features, { kind: 'regressor', truth: targetValues(truth), predicted })
  }
  const { classes_ } = model as Classifier
  const placeOf = new Map(classes_.map((label, k) => [labelText(label), k]))
  const predicted = new Int32Array(features.rows)
  for (const { fold, evaluation } of results) {
    fold.rows.test.forEach((row, i) => {
      predicted[row] = placeOf.get(evaluation.labels[evaluation.predicted[i]])!
    })
  }
  const scored: ScoredModel = {
    kind: 'classifier',
    ...scoredLabels(classes_, truth, predicted),
    proba: () => joinedProba(results, placeOf, features.rows),
  }
  return evaluationOf(model, features, scored)
}

function joinedProba(results: readonly FoldResult[], placeOf: ReadonlyMap<string, number>, rows: number): Matrix | undefined {
  const columns = placeOf.size
  const data = new Float64Array(rows * columns)
  for (const { fold, evaluation } of results) {
    const proba = evaluation.proba()
    if (!proba) return undefined
    const places = (evaluation.predictor as Classifier).classes_.map(label => placeOf.get(labelText(label))!)
    fold.rows.test.forEach((row, i) => {
      places.forEach((k, at) => {
        data[row * columns + k] = proba.data[i * proba.columns + at]
      })
    })
  }
  return { rows, columns, data }
}

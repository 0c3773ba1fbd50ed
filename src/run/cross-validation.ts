import { takeCells } from '../data/table.ts'
import {
  type Classifier,
  type FitControl,
  type Matrix,
  type Pipeline,
  type Predictor,
  rowsOf,
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
import { FoldFailures } from './fold-failures.ts'
import { inOnePiece, type JobControl } from './job-control.ts'
import { allScores, type Evaluation, evaluate, evaluationOf, labelText, scoresOf } from './metrics.ts'
import { fitPredictor, type Prepared, type Progress, prepare } from './pipeline.ts'
import type { TaskRoles } from './task-roles.ts'

/** What a model that was fitted on the other folds says of one. */
export interface FoldResult {
  readonly fold: Fold
  /** Absent where the fold could not be fitted, or the model says nothing of its rows. */
  readonly evaluation?: Evaluation
  /** NaN where there is none. */
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
  }: { chosen: readonly Scorer[]; named: boolean; control: JobControl; progress: Progress; report?: Report },
): Promise<readonly FoldResult[]> {
  const results: FoldResult[] = []
  const failures = new FoldFailures(folds.length, control, progress)
  const noScores = Object.fromEntries(chosen.map(({ name }) => [name, Number.NaN]))
  for (const fold of folds) {
    control.signal?.throwIfAborted()
    const { transformers, predictor } = await inOnePiece(control, build)
    let sets: Prepared
    try {
      sets = await inOnePiece(control, () => prepare(fold, transformers, phase => progress.at('preprocess', phase, fold.rows), control))
      progress.at('model', 'train', fold.rows)
      await fitPredictor(predictor, sets, control)
    } catch (error) {
      failures.ofFit(error)
      results.push({ fold, scores: noScores })
      continue
    }
    const told = await inOnePiece(control, () => judged(predictor, sets, { fold, chosen, named, control, progress, failures }))
    results.push({ fold, scores: noScores, ...told })
    const soFar = meanOf(results.map(({ scores }) => scores[chosen[0].name]))
    if (!report || Number.isNaN(soFar)) continue
    if ((await report(soFar, results.length - 1)) && results.length < folds.length) throw new TrialPruned()
  }
  failures.end()
  return results
}

/** What a fitted model says of the rows of a fold, by each metric that can be computed on them. */
function judged(
  predictor: Predictor,
  sets: Prepared,
  { fold, chosen, named, control, progress, failures }: Judging,
): Pick<FoldResult, 'evaluation' | 'scores'> | undefined {
  let evaluation: Evaluation
  try {
    const { test } = sets
    progress.at('model', 'test', fold.rows)
    evaluation = evaluate(predictor, test, sets.testTarget)
  } catch (error) {
    failures.ofScore(error)
    return undefined
  }
  progress.at('metrics', 'test', fold.rows)
  const warn = control.onWarning ? { warn: control.onWarning } : {}
  const scores: Record<string, number> = {}
  for (const scorer of chosen) {
    try {
      Object.assign(scores, scoresOf(evaluation, [scorer], control.onWarning))
    } catch (error) {
      failures.ofScore(error, scorer.name)
      scores[scorer.name] = Number.NaN
    }
  }
  return { evaluation, scores: { ...scores, ...allScores(evaluation, [], { named, ...warn }) } }
}

interface Judging {
  readonly fold: Fold
  readonly chosen: readonly Scorer[]
  readonly named: boolean
  readonly control: FitControl
  readonly progress: Progress
  readonly failures: FoldFailures
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
 * The rows as the models that did not see them judge them, in the order of the data; without those of folds that have no model.
 *
 * @param model fitted on all rows; a class that a fold's model did not know has probability 0 there
 */
export function outOfFold(results: readonly FoldResult[], model: Predictor, features: Evaluation['features'], truth: Target): Evaluation {
  const judged = results.flatMap(({ fold, evaluation }) => (evaluation ? [{ fold, evaluation }] : []))
  const rowNumbers = Int32Array.from(judged.flatMap(({ fold }) => [...fold.rows.test])).sort()
  const atRow = new Int32Array(features.rows)
  for (const [at, row] of rowNumbers.entries()) atRow[row] = at
  const known = { truth: takeCells(truth, rowNumbers), features: rowsOf(features, rowNumbers) }
  const rows = judged.map(({ fold, evaluation }) => ({ evaluation, places: Int32Array.from(fold.rows.test, row => atRow[row]) }))
  const of = (scored: ScoredModel): Evaluation => ({ ...evaluationOf(model, known.features, scored), rowNumbers })
  if (model.kind === 'regressor') {
    const predicted = new Float64Array(rowNumbers.length)
    for (const { places, evaluation } of rows) for (const [i, at] of places.entries()) predicted[at] = evaluation.predicted[i]
    return of({ kind: 'regressor', truth: targetValues(known.truth), predicted })
  }
  const { classes_ } = model as Classifier
  const classOf = new Map(classes_.map((label, k) => [labelText(label), k]))
  const predicted = new Int32Array(rowNumbers.length)
  for (const { places, evaluation } of rows) {
    for (const [i, at] of places.entries()) predicted[at] = classOf.get(evaluation.labels[evaluation.predicted[i]])!
  }
  return of({
    kind: 'classifier',
    ...scoredLabels(classes_, known.truth, predicted),
    proba: () => joinedProba(rows, classOf, rowNumbers.length),
  })
}

/** Rows that one model has judged, and where they stand among all that were. */
interface JudgedRows {
  readonly evaluation: Evaluation
  readonly places: Int32Array
}

function joinedProba(judged: readonly JudgedRows[], classOf: ReadonlyMap<string, number>, rows: number): Matrix | undefined {
  const columns = classOf.size
  const data = new Float64Array(rows * columns)
  for (const { evaluation, places } of judged) {
    const proba = evaluation.proba()
    if (!proba) return undefined
    const classes = (evaluation.predictor as Classifier).classes_.map(label => classOf.get(labelText(label))!)
    for (const [i, row] of places.entries()) {
      for (const [at, k] of classes.entries()) data[row * columns + k] = proba.data[i * proba.columns + at]
    }
  }
  return { rows, columns, data }
}

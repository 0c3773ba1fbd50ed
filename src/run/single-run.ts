import { ProblemError } from '../config/problems.ts'
import { holdsTruths } from '../data/index.ts'
import {
  type Features,
  type FitControl,
  type FitStage,
  Float,
  modelFile,
  type Params,
  type Pipeline,
  type Predictor,
  permutationImportance,
  type Scorer,
  scoredModel,
  scoreOf,
  type Target,
  Tuple,
} from '../learn/index.ts'
import type { FileSystem } from '../platform/ports.ts'
import { TrialPruned } from '../study/trial-pruned.ts'
import { jobProblem, placesOf } from './config-places.ts'
import { crossValidate, foldDetails, meanScores, outOfFold, type Report } from './cross-validation.ts'
import type { Fold, JobData } from './data-sets.ts'
import type { RunResult } from './events.ts'
import type { ImportanceRole } from './importance-role.ts'
import { inOnePiece, type JobControl } from './job-control.ts'
import { jsonPieces } from './json-pieces.ts'
import { allScores, chosenMetrics, evaluate, scoresOf } from './metrics.ts'
import { fitPredictor, type Progress, prepare } from './pipeline.ts'
import { predictionsCsv, resultDetails } from './predictions.ts'
import { runFiles } from './run-folder.ts'
import type { TaskRoles } from './task-roles.ts'

/** What a fitted job leaves behind besides its files. */
export type FittedResult = Required<Pick<RunResult, 'metrics' | 'details' | 'model'>>

/**
 * Scores a pipeline, by folds and on the test data, whichever there are, fits it on all training data and writes `predictions.csv` and `model.json`.
 *
 * @param build a new pipeline at each call
 * @param folds cuts the training data; absent without `task.cv`
 * @returns metrics, the objective first: means over the folds, else scores of the test data
 */
export async function fitAndScore(
  build: () => Pipeline,
  data: JobData,
  roles: TaskRoles,
  { files, runDir, control, progress, folds, report }: FitContext,
): Promise<FittedResult> {
  const pipeline = await inOnePiece(control, build)
  const { transformers, predictor } = pipeline
  progress.at('metrics', 'test')
  const chosen = chosenMetrics(roles, predictor)
  const named = roles.metrics.length > 0
  const results =
    folds &&
    (await crossValidate(build, await inOnePiece(control, () => folds(predictor)), {
      chosen,
      named,
      control,
      progress,
      ...(report ? { report } : {}),
    }))
  const prepared = await inOnePiece(control, () => prepare(data, transformers, phase => progress.at('preprocess', phase), control))
  const test = report && !results ? prepared.test : undefined
  const judged = test && data.testTarget ? { test, testTarget: data.testTarget, objective: chosen[0] } : undefined
  progress.at('model', 'train')
  await fitPredictor(predictor, prepared, judged ? { ...control, onStage: stageReporter(judged, report!) } : control)
  const warn = control.onWarning
  const told = await inOnePiece(control, () => {
    const later = prepared.test
    progress.at('model', 'test')
    const evaluation =
      later && data.testTarget
        ? evaluate(predictor, later, data.testTarget)
        : outOfFold(results!, predictor, prepared.train, data.trainTarget)
    progress.at('metrics', 'test')
    const ofTest = later ? allScores(evaluation, chosen, { named, ...(warn ? { warn } : {}) }) : {}
    const permutation = roles.importance && shuffledColumns(pipeline, data, chosen[0], roles.importance, control)
    return { ofTest, permutation, details: resultDetails(evaluation), predictions: predictionsCsv(evaluation) }
  })
  const metrics = results ? { ...meanScores(results), ...prefixed('test_', told.ofTest) } : told.ofTest
  const described = data.columns.map(column => ({ name: column.name, type: column.type, ...(holdsTruths(column) ? { truths: true } : {}) }))
  const model = {
    ...modelFile(pipeline),
    target: { name: data.target, type: data.trainTarget.type },
    columns: described,
    ...(roles.csv ? { csv: roles.csv.options } : {}),
  }
  await files.writePieces(`${runDir}/${runFiles.model}`, fileOf(model), control.pause)
  files.writeWhole(`${runDir}/${runFiles.predictions}`, told.predictions)
  return {
    metrics,
    details: {
      ...told.details,
      ...(results ? { crossValidation: foldDetails(results) } : {}),
      ...(told.permutation ? { permutation: told.permutation } : {}),
    },
    model: { name: predictor.name, params: shownParams(predictor.params) },
  }
}

function* fileOf(model: object): Generator<string> {
  yield* jsonPieces(model)
  yield '\n'
}

/** Tells how good a model is while it is fitted. */
function stageReporter(
  { test, testTarget, objective }: { readonly test: Features; readonly testTarget: Target; readonly objective: Scorer },
  report: Report,
) {
  return async ({ done, total, model }: FitStage) => {
    const value = scoresOf(evaluate(model, test, testTarget), [objective])[objective.name]
    if ((await report(value, done - 1)) && done < total) throw new TrialPruned()
  }
}

export interface FitContext {
  readonly files: FileSystem
  readonly runDir: string
  readonly control: JobControl
  readonly progress: Progress
  readonly folds?: (model: Predictor) => readonly Fold[]
  readonly report?: Report
}

/** How far the objective falls when a column of the test data is shuffled, before any preprocessing. */
function shuffledColumns(
  pipeline: Pipeline,
  { test, testTarget }: JobData,
  metric: Scorer,
  { repeats, seed, node }: ImportanceRole,
  control: FitControl,
) {
  if (!test || !testTarget) {
    throw new ProblemError(
      jobProblem(
        'task/no-test-rows',
        'task.permutation_importance needs test rows: the folds of task.cv have no one model.',
        placesOf(node),
        {
          hint: 'Name a test file, or hold rows out with task.test_size.',
        },
      ),
    )
  }
  const { predictor } = pipeline
  // Errors fall when a column matters: as with scikit-learn, scores are what rises with quality.
  const sign = metric.greaterIsBetter ? 1 : -1
  const score = (features: Features) => {
    control.signal?.throwIfAborted()
    return sign * scoreOf(metric, scoredModel(predictor, pipeline.transform(features), testTarget))
  }
  const features = permutationImportance(score, test, { repeats, seed })
  return {
    metric: metric.name,
    repeats,
    seed,
    features: features.map(({ feature, mean, std }) => ({ feature: feature ?? '', value: mean, std })),
  }
}

const prefixed = (prefix: string, scores: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(scores).map(([name, value]) => [prefix + name, value]))

/** Parameters for people: the marks of Python's types are gone. */
const shownParams = (params: Params): Record<string, unknown> =>
  JSON.parse(JSON.stringify(params, (_, value) => (value instanceof Float ? value.value : value instanceof Tuple ? value.items : value)))

import { type FitControl, Float, modelFile, type Params, type Pipeline, Tuple } from '../learn/index.ts'
import type { FileSystem } from '../platform/ports.ts'
import type { JobData } from './data-sets.ts'
import type { RunResult } from './events.ts'
import { allScores, chosenMetrics, evaluate } from './metrics.ts'
import { fitPredictor, type Phase, prepare } from './pipeline.ts'
import { predictionsCsv, resultDetails } from './predictions.ts'
import { runFiles } from './run-folder.ts'
import type { TaskRoles } from './task-roles.ts'

/** What a fitted job leaves behind besides its files. */
export type FittedResult = Required<Pick<RunResult, 'metrics' | 'details' | 'model'>>

/** Where the job is, for the places of a problem. */
export interface Progress {
  readonly at: (part: 'preprocess' | 'model' | 'metrics', phase: Phase) => void
}

/**
 * Fits a pipeline, scores it on the test data and writes `predictions.csv` and `model.json`.
 *
 * @returns metrics, the objective first
 */
export async function fitAndScore(
  pipeline: Pipeline,
  data: JobData,
  roles: TaskRoles,
  {
    files,
    runDir,
    control,
    progress,
  }: { readonly files: FileSystem; readonly runDir: string; readonly control: FitControl; readonly progress: Progress },
): Promise<FittedResult> {
  const { transformers, predictor } = pipeline
  progress.at('metrics', 'test')
  const chosen = chosenMetrics(roles, predictor)
  const prepared = prepare(data, transformers, phase => progress.at('preprocess', phase))
  progress.at('model', 'train')
  await fitPredictor(predictor, prepared, control)
  progress.at('model', 'test')
  const evaluation = evaluate(predictor, prepared.test, prepared.testTarget, { proba: true })
  progress.at('metrics', 'test')
  const metrics = allScores(evaluation, chosen, { named: roles.metrics.length > 0 })
  files.writeWhole(`${runDir}/${runFiles.predictions}`, predictionsCsv(evaluation))
  const described = data.columns.map(({ name, type }) => ({ name, type }))
  const model = { ...modelFile(pipeline), target: { name: data.target, type: data.trainTarget.type }, columns: described }
  files.writeWhole(`${runDir}/${runFiles.model}`, `${JSON.stringify(model)}\n`)
  return {
    metrics,
    details: resultDetails(evaluation),
    model: { name: predictor.name, params: shownParams(predictor.params) },
  }
}

/** Parameters for people: the marks of Python's types are gone. */
const shownParams = (params: Params): Record<string, unknown> =>
  JSON.parse(JSON.stringify(params, (_, value) => (value instanceof Float ? value.value : value instanceof Tuple ? value.items : value)))

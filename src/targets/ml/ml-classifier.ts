import { encodeLabels, type Features, type FitControl, LearnError, type Matrix, type Target } from '../../learn/index.ts'
import { requireColumns, toMatrix } from '../../learn/matrix.ts'
import type { WorkerPort } from '../../platform/ports.ts'
import { loadMl, type MlModel, type MlPredict, type MlTraining, mlWorkerEntry, trainMl } from './train-ml.ts'

/** A model that one of the packages trained. */
export interface MlFitted {
  readonly classes: readonly (number | string | boolean)[]
  readonly columns: number
  readonly model: MlModel
  readonly predict: MlPredict
}

/**
 * Trains in a worker when there is one: the packages cannot be interrupted, an aborted worker can.
 *
 * @throws LearnError as scikit-learn would for missing cells, text and a single class
 */
export async function fitMl(
  training: Pick<MlTraining, 'package' | 'options'>,
  matrix: Matrix,
  y: Target,
  worker: WorkerPort | undefined,
  { signal }: FitControl = {},
): Promise<MlFitted> {
  const { classes, codes } = encodeLabels(y)
  if (classes.length < 2) {
    throw new LearnError(
      'learn/one-class',
      'ValueError',
      `${training.package} needs at least 2 classes in the data, but the data contains only one class.`,
      {
        column: y.name,
        hint: `Every row of the training data has the same value in the target column '${y.name}'.`,
      },
    )
  }
  const input: MlTraining = { task: 'train-ml', ...training, rows: matrix.rows, columns: matrix.columns, data: matrix.data, codes }
  const model = await (worker ? worker.run<MlTraining, MlModel>(mlWorkerEntry, input, { signal }) : trainMl(input)).catch(error => {
    throw signal?.aborted ? error : explained(error, training.package)
  })
  return { classes, columns: matrix.columns, model, predict: await loadMl(training.package, model) }
}

/** The packages' own complaints, with the parameter to look at. */
function explained(error: unknown, name: string): unknown {
  if (!(error instanceof Error) || error instanceof LearnError) return error
  if (error.message === 'input must not be empty') {
    return new LearnError(
      'learn/invalid-parameter',
      error.name,
      `${name}: some row was drawn by every tree, so there is no out-of-bag vote for it.`,
      {
        parameter: 'noOOB',
        hint: 'Set noOOB: true, or take more trees.',
      },
    )
  }
  const parameter = /maxFeatures|maxSamples|seed/.exec(error.message)?.[0]
  return parameter ? new LearnError('learn/invalid-parameter', error.name, `${name}: ${error.message}`, { parameter }) : error
}

/** Index into the classes per row. */
export function predictMl(fitted: MlFitted | undefined, features: Features, name: string, matrixOf = toMatrix): Int32Array {
  if (!fitted) throw new LearnError('learn/not-fitted', 'NotFittedError', `This ${name} instance is not fitted yet.`)
  const X = matrixOf(features, name)
  requireColumns(X, fitted.columns, name)
  return Int32Array.from(fitted.predict(X.rows, X.columns, X.data))
}

/** The packages train asynchronously here; `fit` says so. */
export function needsFitAsync(name: string): never {
  throw new LearnError('learn/needs-async', 'RuntimeError', `${name} trains in a worker: use fitAsync.`)
}

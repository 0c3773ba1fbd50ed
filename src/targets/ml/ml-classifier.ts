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
  const model = worker ? await worker.run<MlTraining, MlModel>(mlWorkerEntry, input, { signal }) : await trainMl(input)
  return { classes, columns: matrix.columns, model, predict: await loadMl(training.package, model) }
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

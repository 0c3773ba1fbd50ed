import type { PlainProblem } from '../config/problems.ts'
import type { Column, Table } from '../data/index.ts'
import {
  type Features,
  type FitControl,
  fitTransform,
  isMatrix,
  type Predictor,
  type Split,
  type Step,
  type Target,
  type Transformer,
  transformed,
} from '../learn/index.ts'
import { inOnePiece, type JobControl } from './job-control.ts'

/** What a model learns from. */
export interface TrainingData {
  readonly train: Features
  readonly trainTarget: Target
}

/** Training and test data of a job; `test` stands in for what the model has never seen. */
export interface DataSets extends TrainingData {
  readonly test: Features
  readonly testTarget: Target
}

/** Which part of the data a step was looking at when it failed: rows in its message count there. */
export type Phase = 'train' | 'test'

/** Where the job is, for the places of a problem; `rows` when it looks at some rows of the training data only. */
export interface Progress {
  readonly at: (part: 'preprocess' | 'model' | 'metrics', phase: Phase, rows?: Split) => void
  /** An error as a problem at the place where the job is. */
  readonly problemOf: (error: unknown) => PlainProblem
  /** Remembers the place. @returns comes back to it */
  readonly keep: () => () => void
}

/** Data that went through the transformers. */
export type Prepared<D extends TrainingData = DataSets> = Omit<D, 'train' | 'test'> & {
  readonly train: Features
  readonly test: D extends DataSets ? Features : Features | undefined
}

/**
 * Fits each transformer on the training data as the ones before it left them; `control` hears their warnings. The test data go through when
 * they are asked for: as with scikit-learn, what the model has to say of the training data is said before that.
 */
export function prepare<D extends TrainingData & { readonly test?: Features }>(
  data: D,
  transformers: readonly Transformer[],
  onPhase: (phase: Phase, step: Step) => void,
  control?: FitControl,
): Prepared<D> {
  let train: Features = data.train
  for (const transformer of transformers) {
    onPhase('train', transformer)
    train = fitTransform(transformer, train, data.trainTarget, control)
  }
  const through = (test: Features | undefined) =>
    test &&
    transformers.reduce((features, transformer) => {
      onPhase('test', transformer)
      return transformed(transformer, features, control)
    }, test)
  let made: { readonly test: Features | undefined } | undefined
  return {
    ...data,
    train,
    get test() {
      made ??= { test: through(data.test) }
      return made.test
    },
  } as Prepared<D>
}

/** Fits the predictor; one that may take long or runs elsewhere lets others run meanwhile. */
export async function fitPredictor(predictor: Predictor, { train, trainTarget }: TrainingData, control: JobControl): Promise<void> {
  // A promise is waited for outside of the piece that began it.
  const { fitted } = await inOnePiece(control, (): { fitted: unknown } => ({
    fitted: predictor.fitAsync ? predictor.fitAsync(train, trainTarget, control) : predictor.fit(train, trainTarget, control),
  }))
  if (predictor.fitAsync) await fitted
}

/** `X` and `y`: the table without the target column, and that column. */
export function splitTarget(table: Table, target: string): { readonly features: Table; readonly target: Column | undefined } {
  return {
    features: { rows: table.rows, columns: table.columns.filter(column => column.name !== target) },
    target: table.columns.find(column => column.name === target),
  }
}

/** Cells without a value. */
export function missingCells({ columns }: Table): number {
  let count = 0
  for (const column of columns) {
    if (column.type === 'text') for (const code of column.codes) count += code < 0 ? 1 : 0
    else if (column.type === 'float') for (const value of column.values) count += Number.isNaN(value) ? 1 : 0
  }
  return count
}

/** Names of the features that a model sees, where they are known. */
export const featureNames = (features: Features): readonly string[] | undefined =>
  isMatrix(features) ? features.names : features.columns.map(column => column.name)

import { takeCells, takeRows } from '../../data/table.ts'
import { type Features, isMatrix, LearnError, type Matrix, type Predictor, type Target } from '../contract.ts'
import { scoredModel, scoreOf } from '../metrics/score-model.ts'
import type { Warn } from '../metrics/scored.ts'
import { isUndefinedMetric, scorers } from '../metrics/scorers.ts'
import { Pipeline } from '../pipeline.ts'
import { foldsOf } from './k-fold.ts'
import type { Splitter } from './splitter.ts'

export interface CrossValOptions {
  /** A number of folds (stratified for a classifier), or how to cut them. Default 5. */
  readonly cv?: number | Splitter
  /** One of scikit-learn's `scoring` names. Default: accuracy, or r2 for a regressor. */
  readonly scoring?: string
  readonly onWarning?: Warn
}

/**
 * The score of each fold, by a model that was fitted on the others.
 *
 * @param make a new model or pipeline for each fold, not fitted
 * @returns [folds]; NaN, with a warning, where the metric cannot be computed on a fold
 * @throws LearnError for a fold that cannot be fitted, unknown metrics, too few rows
 * Source: scikit-learn 1.9 `cross_val_score`.
 */
export function crossValScore(make: () => Predictor | Pipeline, X: Features, y: Target, options: CrossValOptions = {}): Float64Array {
  const { cv = 5, scoring, onWarning } = options
  const kind = predictorOf(make()).kind
  const name = scoring ?? (kind === 'classifier' ? 'accuracy' : 'r2')
  const scorer = scorers.get(name)
  if (!scorer) {
    throw new LearnError('learn/invalid-parameter', 'ValueError', `'${name}' is not a valid scoring value.`, { parameter: 'scoring' })
  }
  const splitter = typeof cv === 'number' ? foldsOf(cv, y, { classifier: kind === 'classifier' }) : cv
  const scores: number[] = []
  for (const { train, test } of splitter.split(X.rows, y, onWarning)) {
    const model = make()
    model.fit(rowsOf(X, train), takeCells(y, train), onWarning ? { onWarning } : {})
    const seen = model instanceof Pipeline ? model.transform(rowsOf(X, test)) : rowsOf(X, test)
    try {
      scores.push(scoreOf(scorer, scoredModel(predictorOf(model), seen, takeCells(y, test)), onWarning))
    } catch (error) {
      if (!isUndefinedMetric(error)) throw error
      onWarning?.(
        'UserWarning',
        `Scoring failed. The score on this train-test partition for these parameters will be set to nan. Details: \n${error.message}`,
      )
      scores.push(Number.NaN)
    }
  }
  return Float64Array.from(scores)
}

const predictorOf = (model: Predictor | Pipeline): Predictor => (model instanceof Pipeline ? model.predictor : model)

/** The given rows of a table or a matrix. */
export const rowsOf = (X: Features, rows: ArrayLike<number>): Features => (isMatrix(X) ? matrixRows(X, rows) : takeRows(X, rows))

function matrixRows(matrix: Matrix, rows: ArrayLike<number>): Matrix {
  const { columns } = matrix
  const data = new Float64Array(rows.length * columns)
  for (let i = 0; i < rows.length; i++) data.set(matrix.data.subarray(rows[i] * columns, (rows[i] + 1) * columns), i * columns)
  return { ...matrix, rows: rows.length, data }
}

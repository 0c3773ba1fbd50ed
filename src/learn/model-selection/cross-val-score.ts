import { takeCells } from '../../data/table.ts'
import { type Features, LearnError, type Predictor, type Target } from '../contract.ts'
import { scoredModel, scoreOf } from '../metrics/score-model.ts'
import type { Warn } from '../metrics/scored.ts'
import { scorers, scoringNames } from '../metrics/scorers.ts'
import { Pipeline } from '../pipeline.ts'
import { allFitsFailed, scoringFailed, someFitsFailed } from './failed-fits.ts'
import { foldsOf } from './k-fold.ts'
import { rowsOf } from './rows-of.ts'
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
 * @returns [folds]; NaN, with a warning, where a fold cannot be fitted or scored
 * @throws LearnError when no fold can be fitted, for unknown metrics and too few rows
 * Source: scikit-learn 1.9 `cross_val_score`.
 */
export function crossValScore(make: () => Predictor | Pipeline, X: Features, y: Target, options: CrossValOptions = {}): Float64Array {
  const { cv = 5, scoring, onWarning } = options
  const kind = predictorOf(make()).kind
  const name = scoring ?? (kind === 'classifier' ? 'accuracy' : 'r2')
  const scorer = scorers.get(name)
  if (!scorer) {
    const message = `The 'scoring' parameter of cross_val_score must be a str among {${scoringNames.map(key => `'${key}'`).join(', ')}}, a callable or None. Got '${name}' instead.`
    throw new LearnError('learn/invalid-parameter', 'InvalidParameterError', message, { parameter: 'scoring' })
  }
  const splitter = typeof cv === 'number' ? foldsOf(cv, y, { classifier: kind === 'classifier' }) : cv
  const scores: number[] = []
  const failures: LearnError[] = []
  for (const { train, test } of splitter.split(X.rows, y, onWarning)) {
    const model = make()
    try {
      model.fit(rowsOf(X, train), takeCells(y, train), onWarning ? { onWarning } : {})
    } catch (error) {
      if (!(error instanceof LearnError)) throw error
      failures.push(error)
      scores.push(Number.NaN)
      continue
    }
    try {
      const seen = model instanceof Pipeline ? model.transform(rowsOf(X, test)) : rowsOf(X, test)
      scores.push(scoreOf(scorer, scoredModel(predictorOf(model), seen, takeCells(y, test)), onWarning))
    } catch (error) {
      if (!(error instanceof LearnError)) throw error
      onWarning?.('UserWarning', scoringFailed(error.message))
      scores.push(Number.NaN)
    }
  }
  if (failures.length) tellOfFailures(failures, scores.length, onWarning)
  return Float64Array.from(scores)
}

/** @throws LearnError when no fold could be fitted; else warns, in scikit-learn's words */
function tellOfFailures(failures: readonly LearnError[], folds: number, onWarning?: Warn): void {
  if (failures.length < folds) onWarning?.('FitFailedWarning', someFitsFailed(failures, folds))
  else throw new LearnError('learn/fits-failed', 'ValueError', allFitsFailed(failures), { hint: failures[0].message.split('\n')[0] })
}

const predictorOf = (model: Predictor | Pipeline): Predictor => (model instanceof Pipeline ? model.predictor : model)

import { expect, test } from 'vitest'
import type { Table } from '../../../../src/data/index.ts'
import {
  crossValScore,
  float,
  KFold,
  LogisticRegression,
  Pipeline,
  type Predictor,
  RandomForestClassifier,
  RandomForestRegressor,
  StandardScaler,
  StratifiedKFold,
  trainTestSplit,
} from '../../../../src/learn/index.ts'
import { column, vectors } from '../metrics/target.ts'

const numbers = (options: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null && 'float' in value ? float(value.float as number) : value,
    ]),
  ) as Record<string, never>

interface Vector {
  readonly [key: string]: never
}
const cases = (name: string): readonly Vector[] => vectors('model-selection', name)

test.each(cases('train-test').map((one, i) => ({ i, one })))('train_test_split $i draws the same rows', ({ one }) => {
  const { rows, options, stratify, train, test: held, error } = one
  const { test_size, train_size, random_state, shuffle } = numbers(options)
  const split = () =>
    trainTestSplit(rows, {
      ...(test_size === undefined ? {} : { testSize: test_size }),
      ...(train_size === undefined ? {} : { trainSize: train_size }),
      ...(random_state === undefined ? {} : { randomState: random_state }),
      ...(shuffle === undefined ? {} : { shuffle }),
      ...(stratify ? { stratify: column(stratify) } : {}),
    })
  if (error) expect(split).toThrow(expect.objectContaining({ message: error }))
  else expect({ train: [...split().train], test: [...split().test] }).toEqual({ train, test: held })
})

test.each(cases('folds').map((one, i) => ({ i, one })))('folds $i are the same rows', ({ one }) => {
  const { kind, rows, y, options, folds, error, warnings } = one
  const told: string[] = []
  const split = () => {
    const splitter = kind === 'KFold' ? new KFold(numbers(options)) : new StratifiedKFold(numbers(options))
    return [...splitter.split(rows, y && column(y), (_, message) => told.push(message))].map(({ test: held }) => [...held])
  }
  if (error) expect(split).toThrow(expect.objectContaining({ message: error }))
  else expect(split()).toEqual(folds)
  expect(told).toEqual(warnings)
})

const table = (X: readonly (readonly number[])[]): Table => ({
  rows: X.length,
  columns: [...'abcde'].map((name, j) => ({ name, type: 'float', values: Float64Array.from(X, row => row[j]) })),
})
const models: Record<string, () => Predictor | Pipeline> = {
  forest: () => new RandomForestClassifier({ n_estimators: 8, random_state: 1 }),
  'forest regressor': () => new RandomForestRegressor({ n_estimators: 8, random_state: 1 }),
  'scaled logistic': () =>
    new Pipeline([
      { name: 'scaler', step: new StandardScaler() },
      { name: 'model', step: new LogisticRegression() },
    ]),
}

test.each(
  cases('scores').map(one => ({ model: one.model as string, scoring: one.scoring as string, one })),
)('cross_val_score of a $model by $scoring is equal', ({ one }) => {
  const { model, X, y, scoring, cv, scores } = one
  const { kind, n_splits, random_state } = cv as { kind: string; n_splits: number; random_state: number }
  const params = { n_splits, shuffle: true, random_state }
  const how = typeof cv === 'number' ? cv : kind === 'KFold' ? new KFold(params) : new StratifiedKFold(params)
  expect([...crossValScore(models[model], table(X), column(y), { scoring, cv: how })]).toEqual(scores)
})

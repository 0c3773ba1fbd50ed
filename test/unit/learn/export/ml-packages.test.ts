import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Matrix } from 'ml-matrix'
import { expect, test } from 'vitest'
import { columnNamed, readCsv, withoutColumns } from '../../../../src/data/index.ts'
import {
  LogisticRegression,
  MeanMedianImputer,
  Pipeline,
  type Predictor,
  RandomForestClassifier,
  RandomForestRegressor,
  StandardScaler,
  toMlLogisticRegression,
  toMlRandomForest,
} from '../../../../src/learn/index.ts'
import { toMatrix } from '../../../../src/learn/matrix.ts'

const require = createRequire(import.meta.url)
const { RandomForestClassifier: MlForest, RandomForestRegression: MlRegression } = require('ml-random-forest')
const MlLogistic = require('ml-logistic-regression')

const read = (path: string) => readCsv(readFileSync(new URL(`../../../../examples/${path}`, import.meta.url)), { path })
const fitted = (path: string, targetName: string, model: Predictor, drop: readonly string[] = []) => {
  const table = read(path)
  const X = withoutColumns(table, new Set([targetName, ...drop]))
  const pipeline = new Pipeline([
    { name: 'imputer', step: new MeanMedianImputer({ imputation_method: 'mean' }) },
    { name: 'scaler', step: new StandardScaler() },
    { name: 'model', step: model },
  ])
  pipeline.fit(X, columnNamed(table, targetName)!)
  return { pipeline, rows: toMatrix(pipeline.transform(X), 'test') }
}
const text = ['island', 'sex']
const rowsOf = ({ rows, columns, data }: { rows: number; columns: number; data: Float64Array }, change: (value: number) => number) =>
  Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * columns, (i + 1) * columns), change))
const throughDisk = (model: unknown) => JSON.parse(JSON.stringify(model))

test.each([
  ['titanic/data/train-small.csv', 'Survived', []],
  ['penguins/data/penguins.csv', 'species', text],
] as const)('ml-logistic-regression says the labels of a logistic regression on %s', (path, name, drop) => {
  const { pipeline, rows } = fitted(path, name, new LogisticRegression(), drop)
  const loaded = MlLogistic.load(throughDisk(toMlLogisticRegression(pipeline.predictor)))
  const X = new Matrix(rowsOf(rows, value => value).map(row => [...row, 1]))
  expect(loaded.predict(X)).toEqual([...(pipeline.predictor as LogisticRegression).predictIndex(rows)])
})

test('ml-random-forest says the labels of a forest of full trees', () => {
  const { pipeline, rows } = fitted(
    'titanic/data/train-small.csv',
    'Survived',
    new RandomForestClassifier({ n_estimators: 15, random_state: 1 }),
  )
  const loaded = MlForest.load(throughDisk(toMlRandomForest(pipeline.predictor)))
  expect(loaded.predict(rowsOf(rows, Math.fround))).toEqual([...(pipeline.predictor as RandomForestClassifier).predictIndex(rows)])
})

test('ml-random-forest predicts the numbers of a forest', () => {
  const model = new RandomForestRegressor({ n_estimators: 10, max_depth: 4, random_state: 1 })
  const { pipeline, rows } = fitted('titanic/data/train-small.csv', 'SibSp', model)
  const loaded = MlRegression.load(throughDisk(toMlRandomForest(pipeline.predictor)))
  const ours = model.predict(rows)
  loaded.predict(rowsOf(rows, Math.fround)).forEach((value: number, i: number) => {
    expect(Math.abs(value - ours[i])).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(ours[i])))
  })
})

test('a forest whose leaves hold several classes is refused, as are other models', () => {
  const shallow = fitted(
    'titanic/data/train-small.csv',
    'Survived',
    new RandomForestClassifier({ n_estimators: 3, max_depth: 2, random_state: 1 }),
  )
  expect(() => toMlRandomForest(shallow.pipeline.predictor)).toThrow(expect.objectContaining({ code: 'learn/not-exported' }))
  expect(() => toMlLogisticRegression(shallow.pipeline.predictor)).toThrow(expect.objectContaining({ code: 'learn/not-exported' }))
})

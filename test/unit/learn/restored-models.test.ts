import { expect, test } from 'vitest'
import { columnNamed, readCsv, withoutColumns } from '../../../src/data/index.ts'
import {
  type Classifier,
  LearnError,
  modelFile,
  modelFromJSON,
  Pipeline,
  type Predictor,
  type Regressor,
  type Step,
  type Transformer,
} from '../../../src/learn/index.ts'
import { build, dataSet, vectors } from './ask-ours.ts'

interface Case {
  readonly config: string
  readonly data: string
  readonly error?: unknown
}
const some = (name: string): readonly Case[] => (vectors(name) as Case[]).filter(one => !one.error).filter((_, i) => i % 9 === 0)

/** What `JSON.parse` gives back of a fitted pipeline. */
const reread = (pipeline: Pipeline) => modelFromJSON(JSON.parse(JSON.stringify(modelFile(pipeline))))

test('a model that was written and read predicts the same', () => {
  for (const { config, data } of some('models')) {
    const { train, test: later } = dataSet(data)
    const made = build(config) as Predictor | Pipeline
    const pipeline = made instanceof Pipeline ? made : new Pipeline([{ name: 'model', step: made as Step }])
    pipeline.fit(train.X, train.y)
    const again = reread(pipeline)
    const told = (model: Pipeline) =>
      model.kind === 'classifier'
        ? [...(model as unknown as Classifier).predictIndex(later.X)]
        : [...(model as unknown as Regressor).predict(later.X)]
    expect(told(again), `${data}: ${config}`).toEqual(told(pipeline))
  }
})

/** What belongs to the training rows stays with them. */
const ofTrainingRows = ['estimators_samples_', 'oob_prediction_', 'oob_decision_function_']

test('a model that was written and read says the same of itself, under every name that scikit-learn has for it', () => {
  const known = vectors('known-models') as (Case & { kind: string; train: string; everything?: Record<string, unknown> })[]
  for (const { config, train, everything } of known.filter(({ error, everything: told }) => !error && told)) {
    const table = readCsv(new TextEncoder().encode(train), { path: 'train.csv' })
    const y = columnNamed(table, 'y')!
    const model = build(config) as Predictor
    model.fit(withoutColumns(table, new Set(['y'])), y)
    const again = reread(new Pipeline([{ name: 'model', step: model as Step }])).predictor
    const told = (of: Predictor) => {
      const names = Object.keys(everything!).filter(name => !ofTrainingRows.includes(name) && name in of)
      const values = Object.fromEntries(names.map(name => [name, (of as unknown as Record<string, unknown>)[name]]))
      // JSON knows no -0.
      return JSON.stringify(values, (_, value) => (ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value))
    }
    expect(told(again), config).toEqual(told(model))
  }
})

test('a transformer that was written and read transforms the same', () => {
  for (const { config, data } of some('preprocessing')) {
    const { train, test: later } = dataSet(data)
    const transformer = build(config) as Transformer
    const model = build('{_target_: sklearn.dummy.DummyRegressor, strategy: constant, constant: 1}') as Step
    transformer.fit(train.X, train.y)
    const again = reread(
      new Pipeline([
        { name: 'a', step: transformer },
        { name: 'b', step: model },
      ]),
    )
    expect(again.transform(later.X), `${data}: ${config}`).toEqual(transformer.transform(later.X))
  }
})

test('damaged attributes are refused, not believed', () => {
  const { train } = dataSet('larger')
  const pipeline = new Pipeline([{ name: 'model', step: build('{_target_: sklearn.neighbors.KNeighborsClassifier}') as Step }])
  pipeline.fit(train.X, train.y)
  const file = JSON.parse(JSON.stringify(modelFile(pipeline)))
  file.steps[0].fitted.fit_X.pop()
  expect(() => modelFromJSON(file)).toThrow(LearnError)
})

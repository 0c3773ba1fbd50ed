import { expect, test } from 'vitest'
import * as learn from '../../../src/learn/index.ts'

const random = new learn.RandomState(5)
const rows = 80
const data = Float64Array.from({ length: rows * 4 }, (_, at) => (at % 4 === 3 ? random.below(5) : random.double()))
const X: learn.Matrix = { rows, columns: 4, data }
const withHoles: learn.Matrix = { ...X, data: data.map(cell => (random.double() < 0.1 ? Number.NaN : cell)) }
const values = Float64Array.from({ length: rows }, (_, i) => data[4 * i] + data[4 * i + 3] + random.double())
const y = (kind: string): learn.Target =>
  kind === 'classifier'
    ? { name: 'y', type: 'text', categories: ['a', 'b', 'c'], codes: Int32Array.from(values, value => Math.min(2, Math.floor(value / 2))) }
    : { name: 'y', type: 'float', values }
const seed = { random_state: 1 }
const few = { n_estimators: 4, ...seed }

const models: Record<string, () => learn.Predictor> = {
  DecisionTreeClassifier: () => new learn.DecisionTreeClassifier(seed),
  DecisionTreeRegressor: () => new learn.DecisionTreeRegressor(seed),
  ExtraTreeClassifier: () => new learn.ExtraTreeClassifier(seed),
  ExtraTreeRegressor: () => new learn.ExtraTreeRegressor(seed),
  RandomForestRegressor: () => new learn.RandomForestRegressor(few),
  ExtraTreesClassifier: () => new learn.ExtraTreesClassifier(few),
  ExtraTreesRegressor: () => new learn.ExtraTreesRegressor(few),
  GradientBoostingClassifier: () => new learn.GradientBoostingClassifier(few),
  'GradientBoostingClassifier with init': () =>
    new learn.GradientBoostingClassifier({ ...few, init: new learn.DecisionTreeClassifier({ max_depth: 1, ...seed }) }),
  'GradientBoostingRegressor from zero': () => new learn.GradientBoostingRegressor({ ...few, init: 'zero', loss: 'huber' }),
  HistGradientBoostingClassifier: () => new learn.HistGradientBoostingClassifier({ max_iter: 4, categorical_features: [3], ...seed }),
  HistGradientBoostingRegressor: () => new learn.HistGradientBoostingRegressor({ max_iter: 4, min_samples_leaf: 3, loss: 'poisson' }),
  'VotingClassifier, soft': () =>
    new learn.VotingClassifier({
      voting: 'soft',
      weights: [1, 2],
      estimators: [
        ['tree', new learn.DecisionTreeClassifier({ max_depth: 2, ...seed })],
        ['boosting', new learn.GradientBoostingClassifier(few)],
      ],
    }),
  VotingRegressor: () =>
    new learn.VotingRegressor({
      estimators: [
        ['tree', new learn.DecisionTreeRegressor({ max_depth: 2, ...seed })],
        ['none', 'drop'],
        ['forest', new learn.RandomForestRegressor(few)],
      ],
    }),
}

const takesHoles = /^(?!Gradient|Voting|ExtraTreeClassifier|ExtraTreeRegressor)/
for (const [name, make] of Object.entries(models)) {
  test(`${name} that went through model.json predicts the same bits`, () => {
    const model = make()
    const features = takesHoles.test(name) ? withHoles : X
    model.fit(features, y(model.kind))
    const pipeline = new learn.Pipeline([{ name: 'model', step: model }])
    const loaded = learn.modelFromJSON(JSON.parse(JSON.stringify(learn.modelFile(pipeline))))
    if (model.kind === 'regressor') expect(loaded.predict(features)).toEqual(model.predict(features))
    else {
      expect(loaded.classes_).toEqual(['a', 'b', 'c'])
      expect(loaded.predictIndex(features)).toEqual(model.predictIndex(features))
      expect(loaded.predictProba(features)?.data).toEqual(model.predictProba?.(features).data)
    }
  })
}

test('a nested part of a damaged model file is refused', () => {
  const model = models.VotingRegressor()
  model.fit(X, y('regressor'))
  const file = JSON.parse(JSON.stringify(learn.modelFile(new learn.Pipeline([{ name: 'model', step: model }]))))
  file.steps[0].fitted.estimators_[1].type = 'Surprise'
  expect(() => learn.modelFromJSON(file)).toThrow('A part of VotingRegressor of the model file is a Surprise, which cannot be loaded.')
})

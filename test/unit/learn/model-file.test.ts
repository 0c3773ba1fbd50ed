import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { columnNamed, readCsv, withoutColumns } from '../../../src/data/index.ts'
import {
  CategoricalImputer,
  FeatureEngineOneHotEncoder,
  LearnError,
  LogisticRegression,
  MeanMedianImputer,
  modelFile,
  modelFromJSON,
  Pipeline,
  type Predictor,
  RandomForestClassifier,
  StandardScaler,
} from '../../../src/learn/index.ts'

const read = (name: string) => {
  const table = readCsv(readFileSync(new URL(`../../../examples/titanic/data/${name}.csv`, import.meta.url)), { path: name })
  return { X: withoutColumns(table, new Set(['Survived'])), y: columnNamed(table, 'Survived')! }
}
const train = read('train-large')
const held = read('test-large')

function trained(model: Predictor) {
  const pipeline = new Pipeline([
    { name: 'numbers', step: new MeanMedianImputer({ imputation_method: 'mean' }) },
    { name: 'categories', step: new CategoricalImputer({ imputation_method: 'frequent' }) },
    { name: 'encoder', step: new FeatureEngineOneHotEncoder() },
    { name: 'scaler', step: new StandardScaler() },
    { name: 'model', step: model },
  ])
  pipeline.fit(train.X, train.y)
  return pipeline
}
const models = {
  forest: () => new RandomForestClassifier({ n_estimators: 10, max_depth: 4, random_state: 1 }),
  'logistic regression': () => new LogisticRegression({ C: Number.POSITIVE_INFINITY }),
}
const throughDisk = (pipeline: Pipeline) => JSON.parse(JSON.stringify(modelFile(pipeline)))

for (const [name, model] of Object.entries(models)) {
  test(`a ${name} that went through model.json predicts the same bits`, () => {
    const pipeline = trained(model())
    const loaded = modelFromJSON(throughDisk(pipeline))
    expect(loaded.classes_).toEqual(pipeline.classes_)
    expect(loaded.predictProba(held.X)!.data).toEqual(pipeline.predictProba(held.X)!.data)
    expect(loaded.predictor.params).toEqual(pipeline.predictor.params)
  })
}

// biome-ignore lint/suspicious/noExplicitAny: damaging a file needs no types
const damages: Record<string, (file: any) => void> = {
  'another format': file => {
    file.format = 'pickle'
  },
  'a later version': file => {
    file.version = 2
  },
  'lists in lists without end': file => {
    let inner: unknown = 1
    for (let i = 0; i < 20_000; i++) inner = [inner]
    file.steps[0].params = { imputation_method: inner }
  },
  'more steps than any pipeline': file => {
    file.steps = Array.from({ length: 2000 }, () => file.steps[0])
  },
  'a step of an unknown kind': file => {
    file.steps[0].type = 'os.system'
  },
  'a step named like a built-in property': file => {
    file.steps[0].type = 'constructor'
  },
  'a tree that points at itself': file => {
    file.steps[4].fitted.estimators_[0].children_left[0] = 0
  },
  'a tree with a node that is not there': file => {
    file.steps[4].fitted.estimators_[0].children_right[0] = 10_000
  },
  'a feature that is not there': file => {
    file.steps[4].fitted.estimators_[0].feature[0] = 11
  },
  'a cut-off list': file => {
    file.steps[4].fitted.estimators_[0].value.pop()
  },
  'text for a number': file => {
    file.steps[3].fitted.mean_[0] = '1'
  },
  'a parameter that does not exist': file => {
    file.steps[4].params.n_trees = 3
  },
  'no fitted attributes': file => {
    file.steps[4].fitted = null
  },
}
for (const [damage, apply] of Object.entries(damages)) {
  test(`a model file with ${damage} is refused`, () => {
    const file = throughDisk(trained(models.forest()))
    apply(file)
    expect(() => modelFromJSON(file)).toThrow(LearnError)
  })
}
test('what is no object at all is refused', () => {
  for (const json of [null, 1, 'x', [], [{}]]) expect(() => modelFromJSON(json)).toThrow(LearnError)
})

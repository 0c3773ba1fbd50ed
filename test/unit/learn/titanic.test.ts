import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { columnNamed, readCsv, withoutColumns } from '../../../src/data/index.ts'
import {
  accuracy,
  CategoricalImputer,
  type Classifier,
  encodeLabels,
  FeatureEngineOneHotEncoder,
  type Features,
  float,
  LogisticRegression,
  MeanMedianImputer,
  RandomForestClassifier,
  StandardScaler,
  type Transformer,
} from '../../../src/learn/index.ts'

const root = new URL('../../../', import.meta.url)
const vector = (name: string) => JSON.parse(readFileSync(new URL(`test/oracle/example/vectors/${name}`, root), 'utf8'))
const read = (name: string) => readCsv(readFileSync(new URL(`examples/titanic/data/${name}.csv`, root)), { path: name })

function score(size: 'small' | 'large', steps: readonly Transformer[], model: Classifier) {
  const [train, test] = [read(`train-${size}`), read(`test-${size}`)]
  const target = new Set(['Survived'])
  let X: Features = withoutColumns(train, target)
  let X_test: Features = withoutColumns(test, target)
  for (const step of steps) {
    step.fit(X)
    X = step.transform(X)
    X_test = step.transform(X_test)
  }
  model.fit(X, columnNamed(train, 'Survived')!)
  const truth = encodeLabels(columnNamed(test, 'Survived')!).codes
  const proba = model.predictProba!(X_test)
  return {
    accuracy: accuracy(truth, model.predictIndex(X_test)),
    probabilities: Array.from({ length: proba.rows }, (_, i) => proba.data[i * proba.columns + 1]),
  }
}
const simple = (imp_num: string) => [new MeanMedianImputer({ imputation_method: imp_num }), new StandardScaler()]
const complex = (imp_num: string, imp_cat: string) => [
  new MeanMedianImputer({ imputation_method: imp_num }),
  new CategoricalImputer({ imputation_method: imp_cat }),
  new FeatureEngineOneHotEncoder(),
  new StandardScaler(),
]
const models = {
  lr: () => new LogisticRegression({ C: 1, random_state: 123 }),
  rf: () => new RandomForestClassifier({ n_estimators: 100, max_depth: 5, min_samples_split: 10, n_jobs: -1, random_state: 123 }),
}

for (const [name, expected] of Object.entries<{ accuracy: number; probabilities: number[] }>(vector('runs.json'))) {
  test(`${name} has scikit-learn's accuracy and probabilities`, () => {
    const [preprocess, model] = name.split('+') as ['simple' | 'complex', 'lr' | 'rf']
    const ours =
      preprocess === 'simple'
        ? score('small', simple('mean'), models[model]())
        : score('large', complex('mean', 'frequent'), models[model]())
    expect(ours.accuracy).toBe(expected.accuracy)
    if (model === 'rf') expect(ours.probabilities).toEqual(expected.probabilities)
    else for (const [i, value] of ours.probabilities.entries()) expect(Math.abs(value - expected.probabilities[i])).toBeLessThan(1e-9)
  })
}

type Trial = { number: number; value: number; params: Record<string, never> }
for (const [preprocess, model] of ['multi_simple', 'multi_complex'].flatMap(p => ['multi_lr', 'multi_rf'].map(m => [p, m]))) {
  test(`each trial of ${preprocess} with ${model} has the value that scikit-learn computes`, () => {
    const { trials } = vector(`study-${preprocess}-${model}.json`) as { trials: Trial[] }
    const values = trials.map(({ params }) => {
      const { imp_num, imp_cat, min_samples_split, ...rest } = params as Record<string, number | string | boolean>
      const classifier =
        model === 'multi_lr'
          ? new LogisticRegression({ ...rest, random_state: 123 })
          : new RandomForestClassifier({ ...rest, min_samples_split: float(min_samples_split as number), random_state: 123 })
      return preprocess === 'multi_simple'
        ? score('small', simple(imp_num as string), classifier).accuracy
        : score('large', complex(imp_num as string, imp_cat as string), classifier).accuracy
    })
    expect(values).toEqual(trials.map(trial => trial.value))
  })
}

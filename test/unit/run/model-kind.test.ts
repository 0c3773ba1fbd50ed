import { expect, test } from 'vitest'
import { project } from './project.ts'

const config = (model: string) => ({
  '/project/conf/config.yaml': `task:\n  train: data/train.csv\n  target: survived\n  test_size: 0.3\n  random_state: 0\nmodels:\n  type: ${model}\n`,
  '/project/data/train.csv': `a,b,survived\n${Array.from({ length: 20 }, (_, i) => `${i},${(i * 7) % 20},${i % 3 ? 1 : 0}`).join('\n')}\n`,
})
const lr = '{_target_: sklearn.linear_model.LogisticRegression}'
const scaler = '{_target_: sklearn.preprocessing.StandardScaler}'

test.each([
  ['a model', lr, 'LogisticRegression'],
  ['the end of a pipeline', `{_target_: sklearn.pipeline.Pipeline, steps: [[prep, ${scaler}], [model, ${lr}]]}`, 'LogisticRegression'],
  ['an alias', '{_target_: main.RandomForestClassifier, n_estimators: 2}', 'RandomForestClassifier'],
])('a model that no config names is called by its target: %s', async (_, model, name) => {
  const { result } = await project(config(model)).run()
  expect(result.problem).toBeUndefined()
  expect(result.roles?.model).toBe(name)
})

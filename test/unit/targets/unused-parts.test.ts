import { expect, test } from 'vitest'
import { compose } from '../../../src/config/compose/compose.ts'
import { memoryFiles } from '../../../src/config/memory-files.ts'
import { unusedParts } from '../../../src/targets/index.ts'

const unused = (yaml: string) => {
  const { config } = compose(memoryFiles({ '/p/conf/config.yaml': `${yaml}\n` }), { configPath: '/p/conf' })
  return unusedParts(config!.task).map(({ message, hint }) => [message, hint])
}
const scaler = '{_target_: sklearn.preprocessing.StandardScaler}'

test('a transformer under a key that no run looks into is told', () => {
  expect(unused(`prep: ${scaler}\nmodel: {_target_: sklearn.linear_model.Ridge}`)).toEqual([
    [
      "'prep' holds a transformer that nothing uses.",
      'A run takes its preprocessing from task.preprocess or preprocess: call it so, or refer to it: preprocess: ${prep}.',
    ],
  ])
  expect(unused(`clf:\n  name: Forest\n  type: {_target_: sklearn.ensemble.RandomForestClassifier}`)).toEqual([
    [
      "'clf' holds a model that nothing uses.",
      'A run takes its model from task.model, models or model: call it so, or refer to it: model: ${clf}.',
    ],
  ])
})

test.each([
  `prep: ${scaler}\npreprocess: \${prep}`,
  `prep: {type: ${scaler}}\ntask: {preprocess: "\${prep.type}"}`,
  `prep: ${scaler}\ntask: {preprocess: "\${oc.select:prep}"}`,
  `preprocess: ${scaler}`,
  'other: {_target_: app.Net}',
  'search: {_target_: optuna.samplers.TPESampler}',
])('%s: what is used, or is no part of a job, is not', yaml => {
  expect(unused(yaml)).toEqual([])
})

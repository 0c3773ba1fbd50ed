import { expect, test } from 'vitest'
import { experimentConfig, lineKeys, paramSettings, settingOverride } from '../../../src/extension/best-config.ts'

const text = `target: Survived
preprocess:
  type:
    imputation_num:
    - mean
    - median
models:
  name: Multi Random Forest
  type:
    n_estimators:
      low: 10
      high: 600
    min_samples_split:
      low: 0.1
      high: 1
`

test('each line of a composed config belongs to a key', () => {
  expect(lineKeys(text).slice(0, 6)).toEqual([
    'target',
    'preprocess',
    'preprocess.type',
    'preprocess.type.imputation_num',
    'preprocess.type.imputation_num',
    'preprocess.type.imputation_num',
  ])
})

const space = [
  { name: 'imp_num', distribution: { name: 'CategoricalDistribution' }, path: '/p/pre.yaml', line: 3 },
  { name: 'n_estimators', distribution: { name: 'IntDistribution' }, path: '/p/rf.yaml', line: 5 },
  { name: 'min_samples_split', distribution: { name: 'FloatDistribution' }, path: '/p/rf.yaml', line: 9 },
]
const lines = [{ line: 4, path: '/p/pre.yaml', at: 3 }]

test('a parameter finds the key that holds its space: by its place, or by its name', () => {
  const { settings, missing } = paramSettings({ imp_num: 'median', n_estimators: 140, min_samples_split: 1, gone: 3 }, space, {
    text,
    lines,
  })
  expect(settings.map(settingOverride)).toEqual([
    'preprocess.type.imputation_num=median',
    'models.type.n_estimators=140',
    'models.type.min_samples_split=1.0',
  ])
  expect(missing).toEqual(['gone'])
})

test('texts that YAML or Hydra would read as something else are quoted', () => {
  const of = (value: string) => settingOverride({ key: 'k', value, float: false })
  expect(of('most_frequent')).toBe('k=most_frequent')
  expect(of('true')).toBe("k='true'")
  expect(of("it's")).toBe("k='it\\'s'")
  expect(of('')).toBe("k=''")
})

test('a trial becomes an experiment config', () => {
  const result = {
    overrides: ['+preprocess=multi_complex', 'models=multi_rf', '++seed=7'],
    choices: { preprocess: 'multi_complex', models: 'multi_rf' },
  }
  const settings = [
    { key: 'models.type.max_depth', value: 10, float: false },
    { key: 'models.type.n_estimators', value: 140, float: false },
  ]
  expect(experimentConfig(result, settings, 'Trial 91')).toBe(`# @package _global_
# Trial 91
defaults:
  - /preprocess: multi_complex
  - override /models: multi_rf
  - _self_

seed: 7
models:
  type:
    max_depth: 10
    n_estimators: 140
`)
})

import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { metricNames } from '../../../src/language/task-roles.ts'
import { scorers } from '../../../src/learn/index.ts'
import { problemOf, project, train } from './project.ts'

const config = (csv: string, file = 'data/odd.csv') => ({
  '/project/conf/config.yaml': `task:\n  train: ${file}\n  target: survived\n  random_state: 0\n${csv}preprocess:\n  - _target_: feature_engine.imputation.MeanMedianImputer\nmodels:\n  type:\n    _target_: sklearn.ensemble.RandomForestClassifier\n    random_state: 1\n    n_estimators: 3\n`,
})
const numbers = train.replace(/^([^,]*,[^,]*),[^,]*,/gm, '$1,')
const outcome = async (files: Parameters<typeof project>[0], options = {}) => {
  const { result } = await project(files, options).run()
  expect(result.problem).toBeUndefined()
  return result.metrics
}
const plain = () => outcome({ ...config(''), '/project/data/odd.csv': numbers })

test('semicolons and decimal commas as task.csv says', async () => {
  const odd = numbers.replaceAll(',', ';').replaceAll(/(\d)(?=;\d+;[01]$)/gm, '$1,0')
  expect(await outcome({ ...config("  csv: {sep: ';', decimal: ','}\n"), '/project/data/odd.csv': odd })).toEqual(await plain())
})

test('a separator that gives more than one column is found', async () => {
  expect(await outcome({ ...config(''), '/project/data/odd.csv': numbers.replaceAll(',', ';') })).toEqual(await plain())
  expect(await outcome({ ...config('  csv: {sep: null}\n'), '/project/data/odd.csv': numbers.replaceAll(',', '\t') })).toEqual(
    await plain(),
  )
})

test('files that gzip packed', async () => {
  const files = { ...config('', 'data/odd.csv.gz'), '/project/data/odd.csv.gz': new Uint8Array(gzipSync(numbers)) }
  expect(await outcome(files, { gunzip: (bytes: Uint8Array) => gunzipSync(bytes) })).toEqual(await plain())
})

test('a damaged gzip file is named', async () => {
  const files = { ...config('', 'data/odd.csv.gz'), '/project/data/odd.csv.gz': new Uint8Array(gzipSync(numbers)).slice(0, 60) }
  const problem = problemOf(await project(files, { gunzip: (bytes: Uint8Array) => gunzipSync(bytes) }).run())
  expect(problem).toMatchObject({ code: 'data/gzip', at: ['conf/config.yaml:2:10', 'data/odd.csv.gz:1:1'] })
})

test.each([
  ["  csv: {sep: '::'}\n", 'data/csv-option', "sep must be one character, got '::'", 'conf/config.yaml:5:8'],
  ['  csv: {encoding: klingon}\n', 'data/csv-option', 'unknown encoding: klingon', 'conf/config.yaml:5:8'],
  ['  csv: {sepp: ";"}\n', 'task/wrong-type', 'task.csv has no sepp.', 'conf/config.yaml:5:9'],
  ['  csv: {keep_default_na: 3}\n', 'task/wrong-type', 'task.csv.keep_default_na must be true or false, got 3', 'conf/config.yaml:5:26'],
])('%j is refused where it is written', async (csv, code, message, at) => {
  const problem = problemOf(await project({ ...config(csv), '/project/data/odd.csv': numbers }).run())
  expect({ code: problem.code, message: problem.message, at: problem.at[0] }).toEqual({ code, message, at })
})

test('a first row with more cells than the header loses them to the index, and the log says so', async () => {
  const { run, events } = project({ ...config(''), '/project/data/odd.csv': numbers.replace(/\n(?=.)/g, '\nx,') })
  const { result } = await run()
  expect(result.status).toBe('completed')
  expect(events.filter(event => event.type === 'log' && event.level === 'WARNING')).toEqual([
    expect.objectContaining({ message: expect.stringContaining('its first cell names the row') }),
  ])
})

test('the editor offers every metric that a run takes', () => {
  expect(metricNames).toEqual([...scorers.keys()].filter(name => !name.endsWith('_samples')))
})

test('a row of a message is told by its line in the file, whatever cells with line ends and blank lines stand before it', async () => {
  const odd = `\na,note,b\n1,"two\nlines",2\n\n3,"and\r\nthree\n",4\n5,x,oops\n7,y,8\n`
  const at = async (steps: string) => {
    const text = `task:\n  train: data/odd.csv\n  test: data/odd.csv\n  target: a\npreprocess:\n  _target_: sklearn.compose.ColumnTransformer\n  transformers:\n    - ${steps}\nmodels:\n  type:\n    _target_: sklearn.linear_model.Ridge\n`
    return problemOf(await project({ '/project/conf/config.yaml': text, '/project/data/odd.csv': odd }).run())
  }
  expect(await at('[scale, {_target_: sklearn.preprocessing.StandardScaler}, [b]]')).toMatchObject({
    message: "could not convert string to float: 'oops'",
    at: ['conf/config.yaml:8:26', 'data/odd.csv:9:1'],
  })
})

test('an error of a step inside other steps is marked at that step, and at its parameter', async () => {
  const text = `task:\n  train: data/odd.csv\n  test: data/odd.csv\n  target: a\npreprocess:\n  _target_: sklearn.pipeline.Pipeline\n  steps:\n    - [u, {_target_: sklearn.pipeline.FeatureUnion, transformer_list: [[s, {_target_: sklearn.preprocessing.StandardScaler}]]}]\n    - - p\n      - _target_: sklearn.decomposition.PCA\n        n_components: 5\nmodels:\n  type:\n    _target_: sklearn.linear_model.Ridge\n`
  const files = { '/project/conf/config.yaml': text, '/project/data/odd.csv': 'a,b,c\n1,2,3\n2,3,5\n4,5,1\n' }
  expect(problemOf(await project(files).run())).toMatchObject({
    message: "n_components=5 must be between 0 and min(n_samples, n_features)=2 with svd_solver='full'",
    at: ['conf/config.yaml:11:23'],
  })
})

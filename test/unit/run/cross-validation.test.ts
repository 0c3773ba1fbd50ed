import { expect, test } from 'vitest'
import { problemOf, project, train } from './project.ts'

const task = (text: string) => ({ '/project/conf/config.yaml': `target: survived\n${text}` })
const model = 'models:\n  type:\n    _target_: sklearn.ensemble.RandomForestClassifier\n    n_estimators: 5\n    random_state: 1\n'
const alone = (more: string) =>
  task(
    `task:\n  train: data/numbers.csv\n${more}preprocess:\n  type:\n    _target_: main.simple_preprocess\n    imputation_method: mean\n${model}`,
  )
const rows = train.trim().split('\n').length - 1

test('with task.cv the objective is the mean over the folds, and every row is predicted by a model that did not see it', async () => {
  const { run, read } = project(alone('  cv: 4\n'))
  const { result, runDir } = await run()
  const { folds, std } = result.details!.crossValidation!
  expect(folds.length).toBe(4)
  expect(folds.reduce((sum, fold) => sum + fold.testRows, 0)).toBe(rows)
  expect(result.metrics.accuracy).toBeCloseTo(folds.reduce((sum, fold) => sum + fold.metrics.accuracy, 0) / 4, 12)
  expect(Object.keys(std)).toEqual(Object.keys(result.metrics))
  const lines = read(runDir, 'predictions.csv').trim().split('\n').slice(1)
  expect(lines.map(line => Number(line.split(',')[0]))).toEqual([...Array(rows).keys()])
  const hits = lines.filter(line => line.split(',')[1] === line.split(',')[2]).length
  expect(hits).toBe(Math.round(folds.reduce((sum, fold) => sum + fold.metrics.accuracy * fold.testRows, 0)))
})

test('a splitter by its target, folds beside a test file', async () => {
  const cv = '  cv:\n    _target_: sklearn.model_selection.KFold\n    n_splits: 3\n    shuffle: true\n    random_state: 2\n'
  const { run } = project(alone(`  test: data/numbers-test.csv\n${cv}`))
  const { result } = await run()
  expect(result.status).toBe('completed')
  expect(result.details!.crossValidation!.folds.map(fold => fold.testRows)).toEqual([14, 13, 13])
  expect(Object.keys(result.metrics)).toEqual(expect.arrayContaining(['accuracy', 'test_accuracy']))
})

test('a study scores its trials by folds, and its best trial has that score', async () => {
  const { run, events } = project({
    '/project/conf/config.yaml':
      'target: survived\nn_trials: 4\ntask:\n  cv: 3\nstudy:\n  direction: maximize\n  sampler:\n    _target_: optuna.samplers.TPESampler\n    seed: 1\n',
  })
  const { result } = await run('+preprocess=simple', '+models=multi_lr', '~preprocess.data_test')
  expect(result.status).toBe('completed')
  expect(events.filter(event => event.type === 'trial').length).toBe(4)
  expect(result.metrics.accuracy).toBe(result.study!.best!.value)
  expect(result.details!.crossValidation!.folds.length).toBe(3)
})

test('a hopeless trial is pruned between two folds', async () => {
  const { run, events } = project({
    '/project/conf/config.yaml':
      'target: survived\nn_trials: 12\ntask:\n  cv: 4\nstudy:\n  direction: maximize\n  sampler:\n    _target_: optuna.samplers.RandomSampler\n    seed: 3\n  pruner:\n    _target_: optuna.pruners.MedianPruner\n    n_startup_trials: 1\n',
  })
  const { result } = await run('+preprocess=simple', '+models=multi_lr', '~preprocess.data_test')
  expect(result.status).toBe('completed')
  const states = events.flatMap(event => (event.type === 'trial' ? [event.state] : []))
  expect(new Set(states)).toEqual(new Set(['COMPLETE', 'PRUNED']))
})

test('held out rows keep the shares of the classes with task.stratify', async () => {
  const { run, read } = project(alone('  test_size: 10\n  stratify: true\n  random_state: 0\n'))
  const { result, runDir } = await run()
  expect(result.data).toMatchObject({ trainRows: rows - 10, testRows: 10 })
  const truth = read(runDir, 'predictions.csv')
    .trim()
    .split('\n')
    .slice(1)
    .map(line => line.split(',')[1])
  expect(truth.filter(label => label === '1').length).toBe(4)
})

test.each([
  [
    '  cv: 1\n',
    'learn/invalid-parameter',
    'k-fold cross-validation requires at least one train/test split by setting n_splits=2 or more, got n_splits=1.',
    'conf/config.yaml:4:7',
  ],
  [
    '  cv: 41\n',
    'learn/too-few-rows',
    'Cannot have number of splits n_splits=41 greater than the number of samples: n_samples=40.',
    'conf/config.yaml:4:7',
  ],
  [
    '  cv: {n_splits: 3, random_state: 1}\n',
    'learn/invalid-parameter',
    'Setting a random_state has no effect since shuffle is False. You should leave random_state to its default (None), or set shuffle=True.',
    'conf/config.yaml:4:35',
  ],
  ['  cv: {folds: 3}\n', 'task/wrong-type', 'task.cv has no folds.', 'conf/config.yaml:4:8'],
  [
    '  cv: {_target_: sklearn.preprocessing.StandardScaler}\n',
    'task/not-a-splitter',
    'sklearn.preprocessing.StandardScaler does not cut data into folds.',
    'conf/config.yaml:4:18',
  ],
  [
    '  test_size: 1.0\n',
    'learn/invalid-parameter',
    "The 'test_size' parameter of train_test_split must be a float in the range (0.0, 1.0), an int in the range [1, inf) or None. Got 1.0 instead.",
    'conf/config.yaml:4:14',
  ],
  [
    '  test_size: 40\n',
    'learn/invalid-parameter',
    'test_size=40 should be either positive and smaller than the number of samples 40 or a float in the (0, 1) range',
    'conf/config.yaml:4:14',
  ],
  ['  stratify: nobody\n', 'data/no-column', 'column "nobody" to stratify by is not in the data', 'conf/config.yaml:4:13'],
  [
    '  test: data/numbers-test.csv\n  test_size: 0.5\n',
    'task/split-beside-test',
    'task.test_size has no effect: the config names a test file.',
    'conf/config.yaml:5:14',
  ],
])('%j is refused where it is written', async (text, code, message, at) => {
  const { run } = project(alone(text))
  const problem = problemOf(await run())
  expect({ code: problem.code, message: problem.message, at: problem.at[0] }).toEqual({ code, message, at })
})

test('folds whose row numbers would fill the memory are refused with an estimate, at task.cv', async () => {
  const many = Array.from({ length: 20_000 }, (_, i) => `${i},${i % 2}`).join('\n')
  const files = { ...alone('  cv: 15000\n'), '/project/data/numbers.csv': `age,survived\n${many}\n` }
  expect(problemOf(await project(files).run())).toMatchObject({
    code: 'learn/out-of-memory',
    message: 'Unable to allocate 1.1 GiB for the rows of 15000 folds of 20000 rows',
    at: expect.arrayContaining(['conf/config.yaml:4:7']),
  })
})

import { expect, test } from 'vitest'
import { problemOf, project } from './project.ts'

const rows = (count: number, row: (i: number) => string) => Array.from({ length: count }, (_, i) => row(i)).join('\n')
const config = (model: string, more = '', preprocess = '') => ({
  '/project/conf/config.yaml': `task:\n  train: data/odd.csv\n  target: y\n  random_state: 0\n${more}${preprocess}models:\n  type:\n    _target_: ${model}\n`,
})
const lr = 'sklearn.linear_model.LogisticRegression'
const tree = 'sklearn.tree.DecisionTreeClassifier'
const run = async (csv: string, model: string, more = '', preprocess = '') => {
  const made = project({ ...config(model, more, preprocess), '/project/data/odd.csv': csv })
  return { ...(await made.run()), ...made }
}

test.each([
  [
    'infinity in a linear model',
    `a,b,y\n${rows(20, i => `${i === 7 ? 'inf' : i},${i % 3},${i % 2}`)}`,
    lr,
    "Input X contains infinity or a value too large for dtype('float64').",
  ],
  [
    'a number that float32 cannot hold in a tree',
    `a,b,y\n${rows(20, i => `${i === 7 ? '1e308' : i},${i % 3},${i % 2}`)}`,
    tree,
    "Input X contains infinity or a value too large for dtype('float32').",
  ],
  ['a missing cell in a linear model', `a,b,y\n${rows(20, i => `${i === 7 ? '' : i},${i % 3},${i % 2}`)}`, lr, 'Input X contains NaN.'],
  ['text', `a,b,y\n${rows(20, i => `${i},${i === 4 ? 'x' : i},${i % 2}`)}`, lr, "could not convert string to float: 'x'"],
  [
    'one row',
    'a,y\n1,0',
    lr,
    'With n_samples=1, test_size=0.25 and train_size=None, the resulting train set will be empty. Adjust any of the aforementioned parameters.',
  ],
  [
    'one class',
    `a,y\n${rows(20, i => `${i},1`)}`,
    lr,
    'This solver needs samples of at least 2 classes in the data, but the data contains only one class: np.int64(1)',
  ],
  [
    'fractions as labels',
    `a,y\n${rows(20, i => `${i},${i + 0.5}`)}`,
    lr,
    'Unknown label type: continuous. Maybe you are trying to fit a classifier, which expects discrete classes on a regression target with continuous values.',
  ],
  [
    'text for a regressor',
    `a,y\n${rows(20, i => `${i},a`)}`,
    'sklearn.tree.DecisionTreeRegressor',
    "could not convert string to float: 'a'",
  ],
  ['a gap in the target', `a,y\n${rows(20, i => `${i},${i === 3 ? '' : i % 2}`)}`, lr, 'Input y contains NaN.'],
  ['nothing but the target', `y\n${rows(20, i => `${i % 2}`)}`, lr, 'The data has only the target column "y".'],
])('%s is refused in scikit-learn’s words, at the config’s line and the row’s', async (_, csv, model, message) => {
  const problem = problemOf(await run(csv, model))
  expect(problem.message.split('\n')[0].replace('y_true', 'y')).toBe(message)
  expect(problem.at[0]).toMatch(/^conf\/config\.yaml:\d+:\d+$/)
})

test('the row that is named is that of the file, also when rows were drawn', async () => {
  const problem = problemOf(await run(`a,b,y\n${rows(20, i => `${i === 7 ? 'inf' : i},${i % 3},${i % 2}`)}`, lr))
  expect(problem.at).toContain('data/odd.csv:9:1')
  expect(problem.hint).toContain("'a'")
})

test.each([
  ['text', (i: number) => ['no', 'yes'][i % 2], ['no', 'yes']],
  ['booleans', (i: number) => ['True', 'False'][i % 2], ['False', 'True']],
  ['whole floats', (i: number) => ['1.0', '2.0'][i % 2], ['1', '2']],
  ['negative numbers', (i: number) => ['-1', '1'][i % 2], ['-1', '1']],
  ['text that needs quotes', (i: number) => ['"a,b"', '"say ""c"""'][i % 2], ['a,b', 'say "c"']],
])('labels may be %s', async (_, label, classes) => {
  const { result, runDir, read } = await run(`a,b,y\n${rows(40, i => `${i % 2},${i % 7},${label(i)}`)}`, lr)
  expect(result.status).toBe('completed')
  expect(result.metrics.accuracy).toBe(1)
  expect(result.details!.confusion!.classes).toEqual(classes)
  expect(read(runDir, 'predictions.csv').split('\n')[0].startsWith('row,y_true,y_pred,')).toBe(true)
})

test('missing cells go through a tree, as in scikit-learn', async () => {
  const { result } = await run(`a,b,y\n${rows(40, i => `${i % 5 === 0 ? '' : i},${i % 3},${i % 2}`)}`, tree)
  expect(result.status).toBe('completed')
})

test('columns of one name are told apart as pandas does', async () => {
  const { runDir, read } = await run(`a,a,a,y\n${rows(40, i => `${i % 2},${i % 7},1,${i % 2}`)}`, tree)
  expect(JSON.parse(read(runDir, 'model.json')).columns.map(({ name }: { name: string }) => name)).toEqual(['a', 'a.1', 'a.2'])
})

test('a column that never changes and one of huge numbers are scaled without harm', async () => {
  const scaler = 'preprocess:\n  - _target_: sklearn.preprocessing.StandardScaler\n'
  const { result } = await run(`a,b,c,y\n${rows(40, i => `3.5,${i}e150,${i % 2},${i % 2}`)}`, lr, '', scaler)
  expect(result.status).toBe('completed')
})

test('as many labels as rows: each row its own', async () => {
  const { result, problems } = await run(`a,y\n${rows(400, i => `${i},id${i}`)}`, tree, '  test_size: 100\n')
  expect(problems).toEqual([])
  expect(result.metrics.accuracy).toBe(0)
})

test('a category that training never saw is zeros in every column', async () => {
  const encoder = 'preprocess:\n  - _target_: feature_engine.encoding.OneHotEncoder\n'
  const csv = `a,b,y\n${rows(40, i => `${i === 39 ? 'never' : 'xyz'[i % 3]},${i},${i % 2}`)}`
  const { result } = await run(csv, lr, '  shuffle: false\n', encoder)
  expect(result.status).toBe('completed')
})

test('permutation importance of the test rows, on request', async () => {
  const { result } = await run(
    `a,b,y\n${rows(60, i => `${(i * 7) % 2},${(i * 13) % 11},${(i * 7) % 2}`)}`,
    tree,
    '  permutation_importance: {n_repeats: 3, random_state: 1}\n',
  )
  const { features, ...about } = result.details!.permutation!
  expect(about).toEqual({ metric: 'accuracy', repeats: 3, seed: 1 })
  expect(features[0].value).toBeGreaterThan(0.2)
  expect(features[1]).toEqual({ feature: 'b', value: 0, std: 0 })
})

test('permutation importance without test rows is refused', async () => {
  const problem = problemOf(await run(`a,y\n${rows(40, i => `${i},${i % 2}`)}`, tree, '  cv: 2\n  permutation_importance: true\n'))
  expect(problem).toMatchObject({ code: 'task/no-test-rows', at: ['conf/config.yaml:6:27'] })
})

test('a study of a regressor is scored by r2 where nobody named a metric', async () => {
  const made = project({
    '/project/conf/config.yaml':
      'n_trials: 3\ntask:\n  train: data/odd.csv\n  target: y\n  random_state: 0\nmodels:\n  type:\n    _target_: sklearn.tree.DecisionTreeRegressor\n    random_state: 0\n    max_depth:\n      _target_: optuna.distributions.IntDistribution\n      low: 1\n      high: 4\n',
    '/project/data/odd.csv': `a,y\n${rows(40, i => `${i},${i / 3}`)}`,
  })
  const { result } = await made.run()
  expect(result.study!.metric).toBe('r2')
  expect(Object.keys(result.metrics)[0]).toBe('r2')
})

test('a metric that cannot be computed is told at its line', async () => {
  const problem = problemOf(await run(`a,y\n${rows(40, i => `${i},${'ab'[i % 2]}`)}`, lr, '  metric: f1\n'))
  expect(problem).toMatchObject({
    code: 'learn/undefined-metric',
    message: "pos_label=1 is not a valid label: It should be one of ['a' 'b']",
    at: ['conf/config.yaml:5:11'],
  })
})

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createConfigCache } from '../../../src/config/index.ts'
import { nodePlatform } from '../../../src/platform/node.ts'
import type { RunEvent } from '../../../src/run/events.ts'
import { runJob } from '../../../src/run/job.ts'
import { problemOf, train } from './project.ts'

// On a real disk: the module is loaded as node loads it, and its errors have node's stacks.
const root = realpathSync(mkdtempSync(join(tmpdir(), 'fitwright-own-')))
let project = root
let count = 0
beforeEach(() => {
  project = join(root, `p${count++}`)
  mkdirSync(join(project, 'conf'), { recursive: true })
  mkdirSync(join(project, 'data'))
  // A column of fractions, so that there is something to regress on.
  const lines = train.trim().split('\n')
  writeFileSync(join(project, 'data/train.csv'), `${lines.map((line, i) => (i ? `${line},${i + 0.5}` : `${line},weight`)).join('\n')}\n`)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function run(module: string, config: string, { trusted = true, file = 'main.mjs', target = 'survived' } = {}) {
  writeFileSync(join(project, file), module)
  writeFileSync(join(project, 'conf/config.yaml'), `task:\n  train: data/train.csv\n  target: ${target}\n  random_state: 0\n${config}`)
  const platform = nodePlatform({ workers: new URL('file:///nowhere/'), cwd: project })
  const request = {
    compose: { configPath: join(project, 'conf'), overrides: [], cwd: project, env: {}, now: new Date(2026, 10, 23) },
    trusted,
  }
  const events: RunEvent[] = []
  const outcome = await runJob(platform, request, event => events.push(event), undefined, createConfigCache())
  return { ...outcome, events, read: (name: string) => platform.files.readText(`${outcome.runDir}/${name}`) }
}
const told = (outcome: Awaited<ReturnType<typeof run>>) => {
  const problem = problemOf(outcome)
  return { ...problem, at: problem.at.map(place => place.replace(`${project}/`, '')) }
}

const majority = `export const majority = ({ bias = 0 }) => ({
  fit(X, y, { columns, classes }) { this.label = y.filter(label => label === classes[1]).length * 2 + bias > y.length ? classes[1] : classes[0]; this.columns = columns },
  predict(X) { if (typeof X[0][2] !== 'string') throw new Error('port should be text'); return X.map(() => this.label) },
})
`
const model = (target: string, more = '') => `models:\n  type:\n    _target_: ${target}\n${more}`

test('an object with fit and predict is a classifier of labels; it sees rows, labels and names', async () => {
  const outcome = await run(majority, model('main.majority', '    bias: 100.0\n'))
  expect(outcome.problems).toEqual([])
  expect(outcome.result.model).toEqual({ name: 'main.majority', params: { bias: 100 } })
  expect(
    outcome
      .read('predictions.csv')
      .trim()
      .split('\n')
      .slice(1)
      .every(line => line.endsWith(',1')),
  ).toBe(true)
})

test('a class is constructed, from a CommonJS module as well; numbers make a regressor', async () => {
  const module = `class Mean { constructor({ plus }) { this.plus = plus } fit(X, y) { this.mean = y.reduce((a, b) => a + b) / y.length } predict(X) { return X.map(() => this.mean + this.plus) } }
module.exports = { Mean }`
  const config = `metric: neg_mean_absolute_error\npreprocess:\n  - _target_: feature_engine.imputation.MeanMedianImputer\n${model('main.Mean', '    plus: 0.5\n')}`
  const outcome = await run(module, config, { file: 'main.cjs', target: 'weight' })
  expect(outcome.problems).toEqual([])
})

test('an object with transform stands before built-in parts, with text and gaps as cells', async () => {
  const module = `export const counts = () => ({
  transform: X => X.map(row => [row[0] === row[0] ? row[0] : 0, row[1], row[2] === 'S' ? 1 : 0]),
  getFeatureNamesOut: () => ['age', 'fare', 'from_S'],
})`
  const outcome = await run(
    module,
    `preprocess:\n  - _target_: main.counts\n${model('sklearn.ensemble.RandomForestClassifier', '    n_estimators: 3\n    random_state: 1\n')}`,
  )
  expect(outcome.problems).toEqual([])
  expect(outcome.result.details!.importances!.map(({ feature }) => feature)).toEqual(['age', 'fare', 'from_S'])
})

test('probabilities of an own model are scored', async () => {
  const module = `export const half = () => ({ kind: 'classifier', fit() {}, predict: X => X.map(() => 0), predictProba: X => X.map(() => [0.5, 0.5]) })`
  const outcome = await run(module, `metric: [accuracy, neg_log_loss]\n${model('main.half')}`)
  expect(outcome.problems).toEqual([])
  expect(outcome.result.metrics.neg_log_loss).toBeCloseTo(Math.log(0.5), 12)
})

test('a fit that is asynchronous is waited for', async () => {
  const module = `export const late = () => ({ async fit() { await new Promise(done => setImmediate(done)); this.ready = true }, predict(X) { return X.map(() => (this.ready ? 1 : 0)) } })`
  const outcome = await run(module, model('main.late'))
  expect(
    outcome
      .read('predictions.csv')
      .trim()
      .split('\n')
      .slice(1)
      .every(line => line.endsWith(',1')),
  ).toBe(true)
})

test('in a study the function gets the trial, and what it asks for is one of its parameters', async () => {
  const module = `export const majority = ({ bias }, trial) => { const flip = trial.suggestCategorical('flip', [0, 1]); return { fit() {}, predict: X => X.map(() => flip) } }`
  const config = `n_trials: 6\nstudy:\n  direction: maximize\n  sampler: {_target_: optuna.samplers.RandomSampler, seed: 1}\n${model('main.majority', '    bias: {_target_: optuna.distributions.FloatDistribution, low: 0, high: 1}\n')}`
  const outcome = await run(module, config)
  expect(outcome.problems).toEqual([])
  expect(Object.keys(outcome.result.study!.best!.params).sort()).toEqual(['bias', 'flip'])
})

test.each([
  [
    'while it is made',
    'export const broken = () => {\n  throw new RangeError("no")\n}',
    "Error in call to target 'main.broken':\nRangeError('no')\nfull_key: models.type",
    'main.mjs:2:9',
  ],
  [
    'while it is fitted',
    'export const broken = () => ({\n  fit(X) {\n    X.nothing.here()\n  },\n  predict: X => X,\n})',
    "Error in call to target 'main.broken': TypeError: Cannot read properties of undefined (reading 'here')",
    'main.mjs:3:15',
  ],
  [
    'while it predicts',
    'export const broken = () => ({\n  fit() {},\n  predict() { return missing },\n})',
    "Error in call to target 'main.broken': ReferenceError: missing is not defined",
    'main.mjs:3:15',
  ],
])('an error %s names the line of the module and that of the config', async (_, module, message, place) => {
  const problem = told(await run(module, model('main.broken')))
  expect(problem).toMatchObject({ code: 'target/project-error', message })
  expect(problem.at).toEqual(['conf/config.yaml:7:15', place])
})

const scaled = `export const scaled = ({ by = 1 }) => ({ transform: X => X.map(row => row.map(cell => (cell === cell ? cell * by : 0))), getFeatureNamesOut: names => names })\n`
const nested = (own: string, more = '') => `models:
  type:
    _target_: sklearn.pipeline.Pipeline
    steps:
      - - prepare
        - _target_: sklearn.compose.ColumnTransformer
          transformers:
            - [own, {_target_: ${own}}, [age, fare]]
${more}      - [model, {_target_: sklearn.tree.DecisionTreeClassifier, random_state: 0}]
`

test('own parts stand within Pipeline and ColumnTransformer, and give their columns names', async () => {
  const outcome = await run(scaled, nested('main.scaled, by: 2', '      - [again, {_target_: main.scaled}]\n'))
  expect(outcome.problems).toEqual([])
  expect(outcome.result.details!.importances!.map(({ feature }) => feature).sort()).toEqual(['own__age', 'own__fare'])
})

test.each([
  [
    'throws',
    '({ transform(X) {\n  return X.nothing.here\n} })',
    /^Error in call to target 'main.broken': TypeError/,
    ['conf/config.yaml:12:32', 'main.mjs:2:20'],
  ],
  [
    'forgets rows',
    '({ transform: X => X.slice(1) })',
    /main.broken.transform returned \d+ values, expected \d+$/,
    ['conf/config.yaml:12:32'],
  ],
])('a nested own part that %s is named with its line of the config', async (_, made, message, at) => {
  const problem = told(await run(`export const broken = () => ${made}`, nested('main.broken')))
  expect(problem.message).toMatch(message)
  expect(problem.at).toEqual(at)
})

test('a vote may ask an own model', async () => {
  const config = `preprocess:\n  - _target_: main.scaled_only\nmodels:\n  type:\n    _target_: sklearn.ensemble.VotingClassifier\n    estimators: [[a, {_target_: main.first}], [b, {_target_: sklearn.dummy.DummyClassifier}]]\n`
  const module = `export const scaled_only = () => ({ transform: X => X.map(row => [row[1] === row[1] ? row[1] : 0]) })
export const first = () => ({ kind: 'classifier', fit(X, y, { classes }) { this.label = classes[0] }, predict(X) { return X.map(() => this.label) } })`
  expect((await run(module, config)).problems).toEqual([])
})

test('a module that throws while it is loaded is named with its line', async () => {
  const problem = told(await run('export const broken = 1\nthrow new Error("not today")\n', model('main.broken')))
  expect(problem).toMatchObject({ code: 'target/module-failed', at: ['conf/config.yaml:7:15', 'main.mjs:2:7'] })
  expect(problem.message).toContain('Error: not today')
})

test('a module that is no JavaScript is named', async () => {
  const problem = told(await run('export const fine = 1\nexport const broken = ;\n', model('main.broken')))
  // Node keeps the line of such an error to itself.
  expect(problem).toMatchObject({
    code: 'target/module-failed',
    at: ['conf/config.yaml:7:15', 'main.mjs:1:1'],
  })
  expect(problem.message).toContain('Error importing')
})

test.each([
  ['too few predictions', '({ fit() {}, predict: () => [1] })', 'main.broken.predict returned 1 values, expected 10'],
  [
    'an unknown label',
    '({ fit() {}, predict: X => X.map(() => 7) })',
    'main.broken.predict returned 7, which is no label of the training data',
  ],
  ['no array', '({ fit() {}, predict: () => 3 })', 'main.broken.predict returned no array'],
])('a model that answers with %s is told so', async (_, made, message) => {
  const problem = told(await run(`export const broken = () => ${made}`, model('main.broken')))
  expect(problem.message).toContain(message)
  expect(problem.at[0]).toBe('conf/config.yaml:7:15')
})

test('positional arguments come before the object of parameters, in which all is plain', async () => {
  const module = `export const shown = (first, { inner }) => { throw new Error(JSON.stringify([first, inner])) }`
  const problem = told(await run(module, model('main.shown', '    _args_: [{a: 1.0}]\n    inner: {b: [2.0, {c: 3.0}]}\n')))
  expect(problem.message.split('\n')[1]).toBe(`Error('[{"a":1},{"b":[2,{"c":3}]}]')`)
})

test('nothing of the project is loaded in an untrusted workspace', async () => {
  const problem = told(await run('throw new Error("was loaded")', model('main.majority'), { trusted: false }))
  expect(problem).toMatchObject({
    code: 'target/unknown',
    message: expect.stringMatching(/^Error locating target 'main.majority', set env var .*\nfull_key: models.type$/),
  })
})

test('an export of the project hides a built-in part of the same name', async () => {
  const module = majority.replace('majority', 'RandomForestClassifier')
  const outcome = await run(module, model('main.RandomForestClassifier', '    bias: 1\n'))
  expect(outcome.result.model!.name).toBe('main.RandomForestClassifier')
})

test('only the fit of a model may be asynchronous; what returns a promise elsewhere is told', async () => {
  const parts = `const guess = { fit() {}, predict: X => X.map(() => 0) }
export const late = () => ({ ...guess, predict: async X => X.map(() => 0) })
export const promised = async () => guess
export const soon = () => ({ async fit() {}, transform: X => X })
export const wrong = () => ({ rows: 1 })
`
  const lr = 'models:\n  _target_: sklearn.linear_model.LogisticRegression\n'
  expect(told(await run(parts, model('main.late'))).message).toBe(
    "Error in call to target 'main.late': TypeError: main.late.predict is asynchronous; here it must not be",
  )
  expect(told(await run(parts, `${lr}preprocess:\n  _target_: main.soon\n`)).message).toContain('main.soon.fit is asynchronous')
  expect(told(await run(parts, model('main.promised'))).hint).toMatch(/^It is a promise \(only the fit of a model may be asynchronous\);/)
  expect(told(await run(parts, model('main.wrong'))).hint).toMatch(/^It is an object with rows;/)
})

test("Python's names of methods are taken too, and probabilities must be numbers", async () => {
  const parts = `const classifier = predict_proba => ({ kind: 'classifier', fit() {}, predict: X => X.map(() => 0), predict_proba })
export const half = () => classifier(X => X.map(() => [0.5, 0.5]))
export const odd = () => classifier(X => X.map(() => [0.5, NaN]))
`
  const outcome = await run(parts, `${model('main.half')}metrics: log_loss\n`)
  expect(outcome.result.metrics.log_loss).toBeCloseTo(Math.LN2, 12)
  expect(told(await run(parts, model('main.odd'))).message).toContain(
    'main.odd.predictProba returned NaN in row 1, which is no probability',
  )
})

test('a value that is no finite number is no prediction', async () => {
  const parts = `export const none = () => ({ kind: 'regressor', fit() {}, predict: X => X.map(() => 0 / 0) })\n`
  expect(told(await run(parts, model('main.none'), { target: 'weight' })).message).toContain(
    'main.none.predict returned NaN, which is no finite number',
  )
})

import { expect, test } from 'vitest'
import { Float, type Step } from '../../../src/learn/contract.ts'
import { checkTarget, instantiate, type PartAwaitingTrial } from '../../../src/targets/index.ts'
import { targetNode, told } from './target-node.ts'

const forest = (parameters: string) => checkTarget(targetNode(`_target_: main-multirun.random_forest\n${parameters}`))

test.each([
  ['n_estimators: {low: 20, high: 10}', '`low <= high` must hold, but got (low=20, high=10).', '20'],
  ['n_estimators: {low: 1, high: 10, step: 0}', '`step > 0` must hold, but got step=0.', '0'],
  ['n_estimators: {low: 0, high: 10, log: true}', '`low >= 1` must hold for `log=True`, but got (low=0, high=10).', '0'],
  ['ccp_alpha: {low: 0.0, high: 1, log: true}', '`low > 0` must hold for `log=True`, but got (low=0.0, high=1).', '0.0'],
  ['ccp_alpha: {low: 0.1, high: 1, log: true, step: 0.1}', 'The parameter `step` is not supported when `log` is true.', '0.1'],
  [
    'max_depth: {low: 1, high: 4, log: true, step: 2}',
    'Samplers and other components in Optuna only accept step is 1 when `log` argument is True.',
    '2',
  ],
  ['max_depth: []', 'The `choices` must contain one or more elements.', '[]'],
  ['max_depth: {low: 1}', "The search space of 'max_depth' needs 'high'.", '{low: 1}'],
  ['max_depth: {low: 1, high: 4, stp: 1}', "The search space of 'max_depth' has no 'stp'.", 'stp'],
  ['max_depth: {low: one, high: 4}', "'low' of the search space of 'max_depth' must be a finite number. Got one instead.", 'one'],
  ['max_depth: {low: 1, high: .inf}', "'high' of the search space of 'max_depth' must be a finite number. Got inf instead.", '.inf'],
  ['max_depth: {low: 1, high: 4, step: 1, q: 1}', "The search space of 'max_depth' has both 'step' and 'q'; they mean the same.", 'q'],
])('%s: refused in Optuna’s words, where it is written', (parameters, message, at) => {
  const [problem, ...others] = told(forest(parameters))
  expect(problem).toMatchObject({ message, at, line: 3 })
  expect(others).toEqual([])
})

test.each([
  ['n_estimators: {low: 0, high: 10}', "The 'n_estimators' parameter of random_forest", 'Got 0 instead.', '0'],
  ['n_estimators: {low: 1.5, high: 10}', "The 'n_estimators' parameter of random_forest", 'Got 1.5 instead.', '1.5'],
  ['min_samples_split: {low: 0.5, high: 1.5}', "The 'min_samples_split' parameter of random_forest", 'Got 1.5 instead.', '1.5'],
  ['max_features: [sqrt, auto]', "The 'max_features' parameter of random_forest", "Got 'auto' instead.", 'auto'],
])('%s: a bound or choice that the estimator would refuse is told before the first trial', (parameters, begins, ends, at) => {
  const problems = forest(parameters)
  expect(problems).toHaveLength(1)
  expect(problems[0].message.startsWith(begins)).toBe(true)
  expect(problems[0].message.endsWith(ends)).toBe(true)
  expect(told(problems)[0].at).toBe(at)
})

test('a step that does not reach the upper bound is a warning there, in Optuna’s words', () => {
  const problems = forest('n_estimators: {low: 10, high: 605, step: 10}')
  expect(problems.map(({ severity }) => severity)).toEqual(['warning'])
  expect(told(problems)[0]).toEqual({
    message:
      'The distribution is specified by [10, 605] and step=10, but the range is not divisible by `step`. It will be replaced with [10, 600].',
    at: '605',
    line: 3,
  })
})

test.each([
  'max_depth: [1, 2, 1]',
  'max_features: [1, 1.0]',
  'bootstrap: [true, true]',
])('%s: a choice that is there twice is a warning', parameters => {
  expect(forest(parameters)).toMatchObject([{ code: 'target/duplicate-choice', severity: 'warning' }])
})

test('a misspelt key of a range can be corrected', () => {
  const [{ fixes }] = forest('max_depth: {low: 1, high: 4, stp: 1}')
  expect(fixes?.map(fix => fix.edits[0].newText)).toEqual(['step'])
})

test('a distribution makes any parameter of any target await a trial, under the name of the parameter', () => {
  const { value } = instantiate(
    targetNode(`_target_: sklearn.ensemble.RandomForestClassifier
random_state: 1
min_samples_split:
  _target_: optuna.distributions.FloatDistribution
  low: 0.5
  high: 1
  step: 0.5
n_estimators:
  _target_: optuna.distributions.IntDistribution
  low: 1
  high: 8
  log: true
max_features:
  _target_: optuna.distributions.CategoricalDistribution
  choices: [1, 1.0, sqrt]`),
  )
  const part = value as PartAwaitingTrial
  expect(part.space.map(({ name }) => name)).toEqual(['min_samples_split', 'n_estimators', 'max_features'])
  const suggest = (values: Record<string, unknown>) => part.build({ suggest: (name: string) => values[name] } as never) as Step
  expect(suggest({ min_samples_split: 1, n_estimators: 3, max_features: 'sqrt' }).params).toMatchObject({
    min_samples_split: new Float(1),
    n_estimators: 3,
    max_features: 'sqrt',
  })
})

test('a wrong distribution is marked in its own lines', () => {
  const problems = checkTarget(
    targetNode(
      '_target_: main.LogisticRegression\nC:\n  _target_: optuna.distributions.FloatDistribution\n  low: 0.0\n  high: 1\n  lgo: true',
    ),
  )
  expect(told(problems)).toMatchObject([{ at: 'lgo', line: 7 }])
  const bounds = checkTarget(
    targetNode(
      '_target_: main.LogisticRegression\nC:\n  _target_: optuna.distributions.FloatDistribution\n  low: 0.0\n  high: 1\n  step: 0.3',
    ),
  )
  expect(told(bounds)).toMatchObject([
    {
      at: '1',
      message:
        'The distribution is specified by [0.0, 1] and step=0.3, but the range is not divisible by `step`. It will be replaced with [0.0, 0.9].',
    },
    { at: '0.0', message: "The 'C' parameter of LogisticRegression must be a float in the range (0.0, inf]. Got 0.0 instead." },
  ])
})

test('two steps that search a parameter of the same name get two names', () => {
  const { value } = instantiate(
    targetNode(`_target_: sklearn.pipeline.Pipeline
steps:
  - [a, {_target_: sklearn.preprocessing.StandardScaler, with_mean: {_target_: optuna.distributions.CategoricalDistribution, choices: [true, false]}}]
  - [b, {_target_: sklearn.preprocessing.StandardScaler, with_mean: {_target_: optuna.distributions.CategoricalDistribution, choices: [true, false]}}]`),
  )
  expect((value as PartAwaitingTrial).space.map(({ name }) => name)).toEqual(['with_mean', 'with_mean_2'])
})

test.each([
  [
    '_target_: optuna.distributions.LogUniformDistribution\nlow: 0.1\nhigh: 10.0\n',
    '_target_: optuna.distributions.FloatDistribution\nlog: true\nlow: 0.1\nhigh: 10.0\n',
  ],
  [
    '_target_: optuna.distributions.DiscreteUniformDistribution\nlow: 0.0\nhigh: 1.0\nq: 0.25\n',
    '_target_: optuna.distributions.FloatDistribution\nlow: 0.0\nhigh: 1.0\nstep: 0.25\n',
  ],
  [
    '{_target_: optuna.distributions.IntLogUniformDistribution, low: 1, high: 9}',
    '{_target_: optuna.distributions.IntDistribution, log: true, low: 1, high: 9}',
  ],
])('%j is on its way out: Optuna’s warning, and the edit that says the same', (before, after) => {
  const problems = checkTarget(targetNode(before))
  const name = /distributions\.(\w+)/.exec(before)![1]
  expect(problems).toMatchObject([{ code: 'target/deprecated', severity: 'warning' }])
  expect(problems[0].message).toMatch(
    new RegExp(`^FutureWarning: ${name} has been deprecated in v3.0.0. This feature will be removed in v6.0.0.`),
  )
  const [fix] = problems[0].fixes!
  let { text } = fix.edits[0].span.source
  for (const { span, newText } of fix.edits.toSorted((a, b) => b.span.start - a.span.start)) {
    text = text.slice(0, span.start) + newText + text.slice(span.end)
  }
  expect(text).toBe(`type:\n${after.replace(/^/gm, '  ')}\n`)
})

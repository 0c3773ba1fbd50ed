import { expect, test } from 'vitest'
import { Float, type Step } from '../../../src/learn/contract.ts'
import type { Trial } from '../../../src/study/contract.ts'
import { instantiate, type PartAwaitingTrial } from '../../../src/targets/index.ts'
import { targetNode, told } from './target-node.ts'

const steps = (text: string) => {
  const { value, problems } = instantiate(targetNode(text))
  expect(told(problems)).toEqual([])
  return value as readonly Step[]
}
const awaiting = (text: string) => {
  const { value, problems } = instantiate(targetNode(text))
  expect(told(problems)).toEqual([])
  return value as PartAwaitingTrial
}
const spaceOf = (part: PartAwaitingTrial) => Object.fromEntries(part.space.map(({ name, distribution }) => [name, distribution]))

/** A trial that suggests what it is told, and remembers the order in which it is asked. */
function trialOf(values: Record<string, unknown>) {
  const asked: string[] = []
  const suggest = (name: string) => {
    asked.push(name)
    return values[name]
  }
  return { trial: { suggest } as unknown as Trial, asked }
}

test('simple_preprocess: imputes numbers, then scales', () => {
  const [imputer, scaler, ...rest] = steps('_target_: main.simple_preprocess\nimputation_method: median')
  expect([imputer.name, scaler.name, rest.length]).toEqual(['MeanMedianImputer', 'StandardScaler', 0])
  expect(imputer.params.imputation_method).toBe('median')
})

test('complex_preprocess: imputes numbers and text, encodes, then scales', () => {
  const made = steps('_target_: main.complex_preprocess\nimputation_num: mean\nimputation_cat: frequent')
  expect(made.map(step => step.name)).toEqual(['MeanMedianImputer', 'CategoricalImputer', 'OneHotEncoder', 'StandardScaler'])
  expect(made.slice(0, 2).map(step => step.params.imputation_method)).toEqual(['mean', 'frequent'])
})

test('main-multirun.simple_preprocess suggests imp_num', () => {
  const part = awaiting('_target_: main-multirun.simple_preprocess\nimp_method_values: [mean, median]')
  expect(spaceOf(part)).toEqual({ imp_num: { name: 'CategoricalDistribution', choices: ['mean', 'median'] } })
  const made = part.build(trialOf({ imp_num: 'median' }).trial) as readonly Step[]
  expect(made[0].params.imputation_method).toBe('median')
})

test('main-multirun.complex_preprocess suggests imp_num, then imp_cat, however the config orders them', () => {
  const part = awaiting('_target_: main-multirun.complex_preprocess\nimputation_cat: [frequent, missing]\nimputation_num: [mean, median]')
  const { trial, asked } = trialOf({ imp_num: 'mean', imp_cat: 'missing' })
  const made = part.build(trial) as readonly Step[]
  expect(asked).toEqual(['imp_num', 'imp_cat'])
  expect(made.slice(0, 2).map(step => step.params.imputation_method)).toEqual(['mean', 'missing'])
})

test('log_reg draws C on a logarithmic scale and fit_intercept from its list; the seed is 123', () => {
  const part = awaiting('_target_: main-multirun.log_reg\nfit_intercept: [false, true]\nC:\n  low: 0.001\n  high: 100')
  expect(spaceOf(part)).toEqual({
    C: { name: 'FloatDistribution', low: 0.001, high: 100, step: null, log: true },
    fit_intercept: { name: 'CategoricalDistribution', choices: [false, true] },
  })
  const { trial, asked } = trialOf({ C: 1, fit_intercept: false })
  const model = part.build(trial) as Step
  expect(asked).toEqual(['C', 'fit_intercept'])
  expect(model.params).toMatchObject({ C: new Float(1), fit_intercept: false, random_state: 123 })
})

test('random_forest: whole steps are ints, q is the step of a float, and a whole float stays one', () => {
  const part = awaiting(`_target_: main-multirun.random_forest
n_estimators: {low: 10, high: 600, step: 10}
max_depth: {low: 1, high: 10, step: 1}
min_samples_split: {low: 0.1, high: 1, q: 0.1}`)
  expect(spaceOf(part)).toEqual({
    n_estimators: { name: 'IntDistribution', low: 10, high: 600, step: 10, log: false },
    max_depth: { name: 'IntDistribution', low: 1, high: 10, step: 1, log: false },
    min_samples_split: { name: 'FloatDistribution', low: 0.1, high: 1, step: 0.1, log: false },
  })
  const { trial, asked } = trialOf({ n_estimators: 20, max_depth: 3, min_samples_split: 1 })
  const model = part.build(trial) as Step
  expect(asked).toEqual(['n_estimators', 'max_depth', 'min_samples_split'])
  expect(model.params).toMatchObject({ n_estimators: 20, max_depth: 3, min_samples_split: new Float(1), random_state: 123 })
})

test('a model recipe takes fixed parameters, another seed, and an n_trials that is not its own', () => {
  const part = awaiting(
    '_target_: main-multirun.random_forest\nn_estimators: {low: 1, high: 5}\nmax_features: log2\nrandom_state: 7\nn_trials: 10',
  )
  const model = part.build(trialOf({ n_estimators: 2 }).trial) as Step
  expect(model.params).toMatchObject({ n_estimators: 2, max_features: 'log2', random_state: 7 })
})

test('a recipe that searches awaits a trial even when all is fixed', () => {
  const part = awaiting('_target_: main-multirun.log_reg\nC: 0.5')
  expect(part).toMatchObject({ awaitsTrial: true, space: [] })
  expect((part.build(trialOf({}).trial) as Step).params.C).toBe(0.5)
})

test('any parameter of a model recipe may be a space', () => {
  const part = awaiting('_target_: main-multirun.random_forest\nmax_features: [sqrt, log2, null, 0.5]\nmin_samples_leaf: {low: 1, high: 4}')
  expect(spaceOf(part)).toEqual({
    max_features: { name: 'CategoricalDistribution', choices: ['sqrt', 'log2', null, 0.5] },
    min_samples_leaf: { name: 'IntDistribution', low: 1, high: 4, step: 1, log: false },
  })
})

test('the shape of its parameters tells which recipe of a name is meant', () => {
  expect(awaiting('_target_: main.complex_preprocess\nimputation_num: [mean, median]\nimputation_cat: [missing]').awaitsTrial).toBe(true)
  expect(awaiting('_target_: main.simple_preprocess\nimp_method_values: [mean]').awaitsTrial).toBe(true)
  expect(steps('_target_: main-multirun.simple_preprocess\nimputation_method: mean')).toHaveLength(2)
})

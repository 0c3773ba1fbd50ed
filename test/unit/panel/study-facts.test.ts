import { expect, test } from 'vitest'
import { advise, bestTrial, gain, paramStands, readDistribution, runningBest, shareOf } from '../../../src/panel/study-facts.ts'
import { titanicSnapshot, titanicStudy, titanicTrials } from './titanic-study.ts'

test('the best trial is the first of equal ones', () => {
  expect(bestTrial(titanicTrials, 'maximize')?.number).toBe(91)
  expect(bestTrial(titanicTrials, 'minimize')?.number).toBe(0)
})

test('the running best has one step per improvement', () => {
  expect(runningBest(titanicTrials, 'maximize').map(s => s.number)).toEqual([0, 1, 10, 35, 37, 58, 91])
})

test('the gain compares with the random trials that TPE begins with', () => {
  expect(gain(titanicTrials, titanicStudy)).toBe('+0.0224 over the best of the 10 random trials it began with')
  expect(gain(titanicTrials.slice(0, 10), titanicStudy)).toBeUndefined()
  expect(gain(titanicTrials, { ...titanicStudy, sampler: 'RandomSampler' })).toBeUndefined()
})

test('each parameter stands somewhere in its space, and at its edge when it does', () => {
  const stands = paramStands(titanicTrials[91], titanicStudy.space)
  const edges = stands.map(({ name, space }) => [name, space.kind === 'range' ? (space.edge ?? '') : space.kind])
  expect(edges).toEqual([
    ['imp_num', 'choices'],
    ['imp_cat', 'choices'],
    ['n_estimators', ''],
    ['max_depth', 'high'],
    ['min_samples_split', 'low'],
  ])
})

test('a logarithmic parameter stands where its logarithm does', () => {
  expect(shareOf(1, 0.01, 100, true)).toBeCloseTo(0.5)
  expect(shareOf(1, 0.01, 100, false)).toBeCloseTo(0.0099)
})

test("distributions are read in our form and in Optuna's", () => {
  const ours = { name: 'FloatDistribution', low: 0, high: 1, step: null, log: false }
  expect(readDistribution(ours)).toEqual(ours)
  expect(readDistribution({ name: 'FloatDistribution', attributes: { low: 0, high: 1, step: null, log: false } })).toEqual(ours)
  expect(readDistribution({ name: 'Other' })).toBeUndefined()
  expect(readDistribution(undefined)).toBeUndefined()
})

test('advice: widen a range whose edge is best, with the line that sets it', () => {
  expect(advise(titanicSnapshot).slice(0, 2)).toEqual([
    {
      text: 'max_depth = 10 is at the upper edge of its search space; a wider range may hold a better value.',
      link: { label: 'Widen it', path: '/p/conf/models/multi_rf.yaml', line: 9, column: undefined },
    },
    {
      text: 'min_samples_split = 0.1 is at the lower edge of its search space; a wider range may hold a better value.',
      link: { label: 'Widen it', path: '/p/conf/models/multi_rf.yaml', line: 13, column: undefined },
    },
  ])
})

test('advice: a study that has stopped improving, and trials that repeat', () => {
  const trials = titanicTrials.map(t => (t.number > 40 ? { ...t, values: [0.7], params: titanicTrials[0].params } : t))
  const texts = advise({ ...titanicSnapshot, trials }).map(a => a.text)
  expect(texts).toContain('No better trial in the last 62: more of them will hardly help.')
  expect(texts.some(text => /^\d+ trials of 100 repeat parameters that were tried before/.test(text))).toBe(true)
})

test('advice: parameters that hardly matter, unless none does', () => {
  const texts = (values: readonly number[]) =>
    advise({ ...titanicSnapshot, importances: values.map((value, i) => ({ name: titanicStudy.space[i].name, value })) }).map(a => a.text)
  expect(texts([0.6, 0.37, 0.02, 0.01, 0])).toContain(
    'max_depth and min_samples_split hardly matter: with a fixed value the others are searched better.',
  )
  expect(texts([0.5, 0.49, 0.01])).toContain('n_estimators hardly matters: with a fixed value the others are searched better.')
  expect(texts([0, 0]).some(text => text.includes('hardly matter'))).toBe(false)
})

test('a running study gets no advice to stop', () => {
  const trials = titanicTrials.map(t => (t.number > 40 ? { ...t, values: [0.7] } : t))
  const running = { ...titanicSnapshot, trials, result: { ...titanicSnapshot.result, status: 'running' as const } }
  expect(advise(running).every(a => !a.text.startsWith('No better'))).toBe(true)
})

import { expect, test } from 'vitest'
import { describeConfusion } from '../../../../src/panel/charts/confusion-matrix.ts'
import { describeHistory } from '../../../../src/panel/charts/optimisation-history.ts'
import { linear, tickFormat, ticks } from '../../../../src/panel/charts/scale.ts'
import { titanicTrials } from '../titanic-study.ts'

test('the history says in a sentence how the best value moved', () => {
  const sentence = describeHistory(titanicTrials, { direction: 'maximize', metric: 'accuracy' })
  expect(sentence).toBe('100 trials; best accuracy so far rises from 0.6592 to 0.7892 (trial 91).')
})

test('a study that minimises falls', () => {
  const falling = [0.9, 0.4].map((value, number) => ({ number, state: 'COMPLETE', values: [value], params: {}, seconds: 1 }) as const)
  expect(describeHistory(falling, { direction: 'minimize', metric: 'loss' })).toBe(
    '2 trials; best loss so far falls from 0.9000 to 0.4000 (trial 1).',
  )
})

test('a confusion matrix says how many rows are wrong and which mistake is the most frequent', () => {
  expect(
    describeConfusion({
      classes: ['0', '1'],
      counts: [
        [121, 13],
        [33, 56],
      ],
    }),
  ).toBe('Of 223 rows 177 are right. 46 are wrong; most often true 1 predicted as 0 (33).')
})

test('a confusion matrix without a mistake says nothing of mistakes', () => {
  expect(
    describeConfusion({
      classes: ['a', 'b'],
      counts: [
        [3, 0],
        [0, 2],
      ],
    }),
  ).toBe('Of 5 rows 5 are right.')
})

test('ticks are round numbers within the domain', () => {
  expect(ticks([0.6592, 0.7892], 6)).toEqual([0.675, 0.7, 0.725, 0.75, 0.775])
  expect(ticks([0, 99], 5)).toEqual([0, 20, 40, 60, 80])
  expect(ticks([-3, 3], 3)).toEqual([-2, 0, 2])
})

test('labels of ticks have as many decimals as they need', () => {
  expect([0.675, 0.7].map(tickFormat([0.675, 0.7]))).toEqual(['0.675', '0.700'])
  expect([0, 20].map(tickFormat([0, 20]))).toEqual(['0', '20'])
  expect(tickFormat([1e-7, 2e-7])(1e-7)).toBe('1.0e-7')
})

test('a domain of one value goes to the middle', () => {
  expect(linear([3, 3], [0, 10])(3)).toBe(5)
})

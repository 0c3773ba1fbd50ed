import { expect, test } from 'vitest'
import { rocAuc } from '../../../src/learn/metrics/ranking.ts'
import { predictionCurves } from '../../../src/run/prediction-curves.ts'

const two = ['row', 'y_true', 'y_pred', 'proba_no', 'proba_yes']
const rows = [
  ['0', 'yes', 'yes', '0.1', '0.9'],
  ['1', 'no', 'no', '0.8', '0.2'],
  ['2', 'yes', 'no', '0.7', '0.3'],
  ['3', 'no', 'yes', '0.4', '0.6'],
]

test('of two classes the second is the positive one', () => {
  const [curves, ...others] = predictionCurves(two, rows)
  expect(others).toEqual([])
  expect(curves).toMatchObject({ name: 'yes', positives: 2, auc: rocAuc([1, 0, 1, 0], Float64Array.of(0.9, 0.2, 0.3, 0.6)) })
  expect(curves.roc[0]).toEqual([0, 0])
  expect(curves.roc.at(-1)).toEqual([1, 1])
  expect(curves.precisionRecall.at(-1)).toEqual([0, 1])
})

test('of more classes each has its curves', () => {
  const columns = ['row', 'y_true', 'y_pred', 'proba_a', 'proba_b', 'proba_c']
  const three = [
    ['0', 'a', 'a', '1', '0', '0'],
    ['1', 'b', 'b', '0', '1', '0'],
    ['2', 'c', 'c', '0', '0', '1'],
  ]
  expect(predictionCurves(columns, three).map(({ name, auc }) => [name, auc])).toEqual([
    ['a', 1],
    ['b', 1],
    ['c', 1],
  ])
})

test('without probabilities, without rows, or with one class only there is nothing to draw', () => {
  expect(predictionCurves(['row', 'y_true', 'y_pred'], [['0', '1', '1']])).toEqual([])
  expect(predictionCurves(two, [])).toEqual([])
  expect(predictionCurves(two, rows.slice(0, 1))).toEqual([])
})

test('many rows make a curve of points that can be told apart', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => {
    const p = ((i * 7919) % 20_000) / 20_000
    return [String(i), i % 3 ? 'no' : 'yes', 'no', String(1 - p), String(p)]
  })
  const [{ roc }] = predictionCurves(two, many)
  expect(roc.length).toBeLessThan(1000)
  expect(roc.at(-1)).toEqual([1, 1])
})

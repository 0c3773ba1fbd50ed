import { expect, test } from 'vitest'
import { KNeighborsRegressor, type Matrix } from '../../../src/learn/index.ts'
import { squaredBelow } from '../../../src/learn/neighbors/distance.ts'
import { NeighborHeap } from '../../../src/learn/neighbors/neighbor-heap.ts'
import { RandomState } from '../../../src/learn/random-state.ts'

const random = new RandomState(20_261_123)
const [rows, columns, neighbours] = [1500, 21, 4]

/** Row after row, without leaving one out. */
function plainly(train: Matrix, values: Float64Array, X: Matrix): number[] {
  return Array.from({ length: X.rows }, (_, i) => {
    const heap = new NeighborHeap(neighbours)
    const point = X.data.subarray(i * columns, (i + 1) * columns)
    for (let r = 0; r < train.rows; r++) heap.push(squaredBelow(point, train.data, r * columns, Number.POSITIVE_INFINITY), r)
    const { indices } = heap.sorted()
    return indices.reduce((sum, r) => sum + values[r], 0) / neighbours
  })
}

test.each<[string, () => number]>([
  ['small whole numbers, of which many are equally near', () => random.below(3)],
  ['numbers around zero', () => random.double() - 0.5],
  ['numbers far from zero that hardly differ', () => 1e9 + random.double()],
  ['numbers whose squares are beyond single precision', () => (random.double() - 0.5) * 1e25],
  ['numbers whose squares are lost in single precision', () => (random.double() - 0.5) * 1e-30],
  ['numbers of all sizes', () => (random.double() - 0.5) * 10 ** (random.below(30) - 15)],
])('the nearest rows found by single precision are the nearest: %s', (_, draw) => {
  const matrix = (count: number): Matrix => ({ rows: count, columns, data: Float64Array.from({ length: count * columns }, draw) })
  const [train, X] = [matrix(rows), matrix(130)]
  const values = Float64Array.from({ length: rows }, () => random.below(2 ** 30))
  const model = new KNeighborsRegressor({ algorithm: 'brute', n_neighbors: neighbours })
  model.fit(train, { name: 'y', type: 'float', values })
  expect([...model.predict(X)]).toEqual(plainly(train, values, X))
})

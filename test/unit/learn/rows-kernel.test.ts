import { expect, test } from 'vitest'
import { plainTimes } from '../../../src/learn/algebra/times.ts'
import { markMissing, missingAsZero, plainClassSums, plainColumnSums, plainDeviationSums, squared } from '../../../src/learn/column-sums.ts'
import type { Matrix } from '../../../src/learn/contract.ts'
import {
  type CellWork,
  cellsKernel,
  edgesKernel,
  infiniteKernel,
  normalizeKernel,
  timesKernel,
} from '../../../src/learn/kernels/cells-kernel.ts'
import { classSumsKernel, columnSumsKernel, deviationSumsKernel, rangeKernel } from '../../../src/learn/kernels/columns-kernel.ts'
import { allFinite } from '../../../src/learn/matrix.ts'
import { plainColumnRange } from '../../../src/learn/preprocessing/column-range.ts'
import { plainBins } from '../../../src/learn/preprocessing/k-bins-discretizer.ts'
import { plainNormalized } from '../../../src/learn/preprocessing/normalizer.ts'
import { plainScaled } from '../../../src/learn/preprocessing/scaled.ts'
import { RandomState } from '../../../src/learn/random-state.ts'

const random = new RandomState(20_261_126)
const numbers = (length: number) => Float64Array.from({ length }, () => (random.double() - 0.5) * 10 ** random.below(4))
const matrixOf = (rows: number, columns: number, order: 'C' | 'F', gaps = false): Matrix => {
  const data = numbers(rows * columns)
  if (gaps) for (let at = 0; at < data.length; at++) if (random.below(20) === 0) data[at] = Number.NaN
  return { rows, columns, order, data }
}

/** Bit for bit; -0 is not 0. `toEqual` takes a second for each of these. */
function expectSame(actual: Float64Array, expected: Float64Array): void {
  expect(actual.length).toBe(expected.length)
  let at = 0
  while (at < expected.length && Object.is(actual[at], expected[at])) at++
  if (at < expected.length) expect([at, actual[at]]).toEqual([at, expected[at]])
}

const shapes = [
  [40_001, 1],
  [13_339, 3],
  [8003, 10],
  [5001, 8],
  [409, 133],
  [61, 1025],
  [7, 8000],
] as const
const orders = ['C', 'F'] as const
const cases = shapes.flatMap(([rows, columns]) => orders.map(order => [rows, columns, order] as const))

test.each(cases)('sums of columns are those of the plain loops, bit for bit: %i x %i, %s', (rows, columns, order) => {
  for (const gaps of [false, true]) {
    const X = matrixOf(rows, columns, order, gaps)
    expect(columnSumsKernel(X, 0)).toEqual(plainColumnSums(X))
    expect(columnSumsKernel(X, 1)).toEqual(plainColumnSums(X, missingAsZero))
    expect(columnSumsKernel(X, 2)).toEqual(plainColumnSums(X, markMissing))
    expect(columnSumsKernel(X, 3)).toEqual(plainColumnSums(X, squared))
    const centre = numbers(columns)
    for (const missing of [false, true]) expect(deviationSumsKernel(X, centre, missing)).toEqual(plainDeviationSums(X, centre, missing))
    expect(rangeKernel(X)).toEqual(plainColumnRange(X))
  }
})

test('a column of gaps has no smallest and no largest cell', () => {
  const X = matrixOf(9000, 5, 'C')
  for (let at = 2; at < X.data.length; at += 5) X.data[at] = Number.NaN
  expect(rangeKernel(X)).toEqual(plainColumnRange(X))
  expect(rangeKernel(X)!.min[2]).toBeNaN()
})

test.each(shapes.filter(([, columns]) => columns < 8000))('sums per class are those of the plain loops: %i x %i', (rows, columns) => {
  const X = matrixOf(rows, columns, 'C')
  const codes = Int32Array.from({ length: rows }, () => random.below(3))
  const centres = [0, 1, 2].map(() => numbers(columns))
  for (const given of [undefined, centres]) {
    const { rows: _, ...plain } = plainClassSums(X, codes, 3, given)
    expect(classSumsKernel(X, codes, 3, given)).toEqual(plain)
  }
})

const columnWork: readonly (readonly (keyof CellWork)[])[] = [['minus', 'over'], ['minus'], ['over'], ['times', 'plus'], ['times'], []]

test.each(shapes.filter(([, columns]) => columns <= 1025))('scaled cells are those of the plain loops: %i x %i', (rows, columns) => {
  const X = matrixOf(rows, columns, 'C', true)
  const [scaled, plain] = [new Float64Array(X.data.length), new Float64Array(X.data.length)]
  for (const given of columnWork) {
    for (const clip of [undefined, [-1, 2] as const]) {
      const scaling = { ...Object.fromEntries(given.map(name => [name, numbers(columns)])), ...(clip ? { clip } : {}) }
      expect(cellsKernel(X, scaling, scaled)).toBeNaN()
      plainScaled(X, scaling, plain)
      expectSame(scaled, plain)
    }
  }
  const fills = numbers(columns)
  expect(Number.isFinite(cellsKernel(X, { fills }, scaled))).toBe(true)
  expectSame(
    scaled,
    X.data.map((value, at) => (Number.isNaN(value) ? fills[at % columns] : value)),
  )
})

test.each(shapes)('rows of length 1 are those of the plain loops: %i x %i', (rows, columns) => {
  const X = matrixOf(rows, columns, 'C')
  X.data.fill(0, columns, 2 * columns)
  const [normalized, plain] = [new Float64Array(X.data.length), new Float64Array(X.data.length)]
  for (const norm of ['l1', 'l2', 'max'] as const) {
    expect(normalizeKernel(X, norm, normalized)).toBe(true)
    plainNormalized(X, norm, plain)
    expectSame(normalized, plain)
  }
})

test.each(shapes)('rows times weights are those of the plain loops but for rounding: %i x %i', (rows, columns) => {
  const X = matrixOf(rows, columns, 'C')
  for (const outputs of [1, 2]) {
    const [weights, constants] = [Array.from({ length: outputs }, () => numbers(columns)), numbers(outputs)]
    const [into, plain] = [new Float64Array(rows * outputs), new Float64Array(rows * outputs)]
    const taken = timesKernel(X, weights, constants, into)
    expect(taken).toBe(outputs * columns <= 8192)
    plainTimes(X, weights, constants, plain)
    const apart = into.reduce((most, value, i) => Math.max(most, Math.abs(value - plain[i])), 0)
    if (taken) expect(apart).toBeLessThanOrEqual(1e-13 * 250_000 * columns)
  }
})

test.each(shapes.filter(([, columns]) => columns <= 1025))('bins are those of the plain loops: %i x %i', (rows, columns) => {
  const X = matrixOf(rows, columns, 'C', true)
  for (const count of [1, 4]) {
    const edges = numbers(columns * count)
    for (let at = 0; at < edges.length; at += 3) edges[at] = X.data[at]
    const [bins, plain] = [new Float64Array(X.data.length), new Float64Array(X.data.length)]
    expect(edgesKernel(X, edges, count, bins)).toBe(count * columns < 2000)
    if (count * columns >= 2000) continue
    plainBins(X, edges, count, plain)
    expectSame(bins, plain)
  }
})

test('one infinite cell is found wherever it stands', () => {
  for (const at of [0, 1, 8, 40_961, 50_004]) {
    const X = matrixOf(10_001, 5, 'C', true)
    expect(infiniteKernel(X.data)).toBe(false)
    X.data[at] = at % 2 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
    expect(infiniteKernel(X.data)).toBe(true)
  }
})

test('all numbers are finite unless one is not, even where their sum is too large', () => {
  const data = numbers(50_005)
  expect(allFinite(data)).toBe(true)
  for (const at of [0, 4095, 4096, 50_004]) {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(allFinite(data.with(at, value))).toBe(false)
      expect(allFinite(data.slice(at, at + 100).with(0, value))).toBe(false)
    }
  }
  expect(allFinite(data.fill(1e308))).toBe(true)
})

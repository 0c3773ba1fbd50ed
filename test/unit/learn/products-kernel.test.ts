import { expect, test } from 'vitest'
import { dot } from '../../../src/learn/algebra/dot.ts'
import { qrInPlace } from '../../../src/learn/algebra/qr.ts'
import { svd } from '../../../src/learn/algebra/svd.ts'
import { symmetricEigen } from '../../../src/learn/algebra/symmetric-eigen.ts'
import { project } from '../../../src/learn/decomposition/pca.ts'
import { columnSpace } from '../../../src/learn/kernels/column-space.ts'
import { gramKernel, projectionKernel, triangleKernel } from '../../../src/learn/kernels/products-kernel.ts'
import { plainSpace } from '../../../src/learn/linear/coordinate-descent.ts'
import { RandomState } from '../../../src/learn/random-state.ts'

const random = new RandomState(20_261_123)
const numbers = (length: number, scale = 1) => Float64Array.from({ length }, () => (random.double() - 0.5) * scale)
const columnsOf = (rows: number, columns: number) => Array.from({ length: columns }, (_, j) => numbers(rows, 10 ** (j % 3)))
const matrixOf = (columns: readonly Float64Array[]) => {
  const rows = columns[0].length
  const data = new Float64Array(rows * columns.length)
  columns.forEach((column, j) => {
    column.forEach((value, i) => {
      data[i * columns.length + j] = value
    })
  })
  return { rows, columns: columns.length, data }
}

/** Sums differ in the order of their additions: by rounding of their largest terms. */
function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, scale: number): void {
  expect(actual.length).toBe(expected.length)
  let apart = 0
  for (let i = 0; i < expected.length; i++) apart = Math.max(apart, Math.abs(actual[i] - expected[i]))
  expect(apart).toBeLessThanOrEqual(1e-13 * scale)
}

const shapes = [
  [2000, 11],
  [999, 33],
  [517, 40],
] as const

test.each(shapes)('products of all pairs of columns are those of the plain loops: %i x %i', (rows, count) => {
  const columns = columnsOf(rows, count)
  const minus = numbers(count)
  const further = [numbers(rows), numbers(rows)]
  const gram = gramKernel(matrixOf(columns), minus, further)!
  const all = [...columns.map((column, j) => column.map(value => value - minus[j])), ...further]
  for (let j = 0; j < all.length; j++) for (let m = 0; m <= j; m++) expectClose([gram[j][m]], [dot(all[j], all[m])], rows * 10_000)
})

test.each(shapes)('the triangle of a QR by blocks is that of one, but for signs: %i x %i', (rows, count) => {
  const columns = columnsOf(rows, count)
  const y = numbers(rows)
  const { R, qtb } = triangleKernel(columns, [y])!
  const b = y.slice()
  const plain = qrInPlace(
    columns.map(column => column.slice()),
    [b],
  )
  const signs = plain.map((row, k) => Math.sign(row[k]) * Math.sign(R[k][k]))
  for (let k = 0; k < count; k++) {
    expectClose(
      R[k],
      plain[k].map((value, i) => value * signs[i]),
      100 * rows,
    )
  }
  expectClose(
    qtb[0],
    b.slice(0, count).map((value, i) => value * signs[i]),
    100,
  )
})

test('columns of sizes whose squares no double holds keep their triangle', () => {
  const columns = [numbers(3000, 1e200), numbers(3000, 1e-200), ...columnsOf(3000, 7)]
  const { R } = triangleKernel(columns, [])!
  const plain = qrInPlace(columns.map(column => column.slice()))
  R.forEach((column, k) => {
    expectClose([Math.abs(column[k] / plain[k][k])], [1], 10)
  })
})

test('a column of zeros has no singular value', () => {
  const columns = [...columnsOf(3000, 4), new Float64Array(3000), ...columnsOf(3000, 4)]
  const { s } = svd(columns)
  const others = svd(columns.filter((_, j) => j !== 4)).s
  expectClose(s, [...others, 0], 100 * others[0])
})

test.each([24, 41])('singular values and eigenvalues of %i columns reproduce their matrix', n => {
  const columns = columnsOf(n, n)
  const { s, vt } = svd(columns)
  const products = columns.map(a => Float64Array.from(columns, b => dot(a, b)))
  const { values, vectors } = symmetricEigen(products)
  const largest = values[0]
  expectClose(
    s.map(value => value * value),
    values,
    100 * largest,
  )
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let [bySvd, byEigen, crossed] = [0, 0, 0]
      for (let k = 0; k < n; k++) {
        bySvd += s[k] * s[k] * vt[k][i] * vt[k][j]
        byEigen += values[k] * vectors[k][i] * vectors[k][j]
        crossed += vectors[i][k] * vectors[j][k]
      }
      expectClose([bySvd, byEigen], [products[i][j], products[i][j]], 100 * largest)
      expectClose([crossed], [i === j ? 1 : 0], 100)
    }
  }
})

test.each([1, 3, 8])('rows along %i directions are those of the plain loops', count => {
  const X = matrixOf(columnsOf(7001, 34))
  const minus = numbers(34)
  const directions = Array.from({ length: count }, () => numbers(34))
  const [into, plain] = [new Float64Array(7001 * count), new Float64Array(7001 * count)]
  expect(projectionKernel(X, minus, directions, into)).toBe(true)
  project(X, minus, directions, plain)
  expectClose(into, plain, 10_000)
})

test.each([7, 8, 1, 6000])('a vector moves along %i columns as in the plain loops', count => {
  const rows = 1003
  const columns = columnsOf(rows, count)
  const [minus, start] = [numbers(count), numbers(rows)]
  const centred = columns.map((column, j) => column.map(value => value - minus[j]))
  const [fast, plain] = [columnSpace(matrixOf(columns), minus, start)!, plainSpace(centred, start)]
  for (let step = 0; step < 30; step++) {
    const [j, by] = [random.below(count), random.double()]
    expectClose([fast.product(j), fast.square(j)], [plain.product(j), plain.square(j)], 1e7)
    fast.move(j, by)
    plain.move(j, by)
  }
  expectClose(fast.vector, plain.vector, 1000)
})

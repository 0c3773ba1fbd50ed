import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { dot, matrixDot } from '../../../src/study/numerics/blas-dot.ts'

interface Dot {
  readonly n: number
  readonly matrix: readonly number[]
  readonly vector: readonly number[]
  readonly product: readonly number[]
  readonly dot: number
}
const { dots } = JSON.parse(readFileSync(new URL('../../oracle/optuna/vectors/numerics.json', import.meta.url), 'utf8')) as {
  readonly dots: readonly Dot[]
}

test.each(dots.map(one => [one.n, one] as const))('products of %i numbers are summed as numpy sums them, to the bit', (n, one) => {
  expect(dot(one.matrix.slice(0, n), one.vector)).toBe(one.dot)
  expect([...matrixDot(Float64Array.from(one.matrix), n, one.vector)]).toEqual(one.product)
})

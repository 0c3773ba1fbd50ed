import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { exp, log1p } from '../../../src/learn/numerics/c-library.ts'

const vectors: { exp: [number, number][]; log1p: [number, number][] } = JSON.parse(
  readFileSync(new URL('../../oracle/sklearn/vectors/c-library.json', import.meta.url), 'utf8'),
)

test('exp is the C library’s to the last bit', () => {
  expect(vectors.exp.filter(([x, value]) => exp(x) !== value)).toEqual([])
})

test('log1p is the C library’s to the last bit in all but one of 500 arguments', () => {
  const different = vectors.log1p.filter(([x, value]) => log1p(x) !== value)
  expect(different.length / vectors.log1p.length).toBeLessThan(1 / 500)
  for (const [x, value] of different) expect(Math.abs(log1p(x) - value)).toBeLessThanOrEqual(Math.abs(value) * 2 ** -52)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { radixArgsort } from '../../../src/numerics/radix-argsort.ts'

test('the radix sort orders as a comparison does, ties by position', () => {
  const value = fc.oneof(
    fc.double({ noNaN: true }),
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom(0, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MIN_VALUE, -Number.MIN_VALUE, 1e300),
  )
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 400 }), numbers => {
      const n = numbers.length
      const order = new Int32Array(n)
      radixArgsort(Float64Array.from(numbers), n, order)
      const plain = Array.from(numbers.keys()).sort((a, b) => (numbers[a] < numbers[b] ? -1 : numbers[a] > numbers[b] ? 1 : a - b))
      expect([...order]).toEqual(plain)
    }),
    { numRuns: 300 },
  )
})

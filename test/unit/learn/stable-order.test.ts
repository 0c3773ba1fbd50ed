import { expect, test } from 'vitest'
import { RandomState } from '../../../src/learn/random-state.ts'
import { descendingOrder } from '../../../src/learn/stable-order.ts'

const random = new RandomState(20_261_126)
const kinds: Readonly<Record<string, () => number>> = {
  'numbers of both signs': () => random.normal() * 10 ** (random.below(9) - 4),
  probabilities: () => random.double(),
  'few values': () => random.below(5) - 2,
  'zeros of both signs': () => (random.below(2) ? 0 : -0),
  'numbers whose upper halves are the same': () => 1 + random.below(100_000) * Number.EPSILON,
  'pairs with the same upper half': () => 1 + random.below(50_000) / 50_000 + random.below(2) * Number.EPSILON,
  infinities: () => [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MAX_VALUE, 5e-324][random.below(4)],
}

test.each(Object.keys(kinds))('rows from the largest value down, equal ones in their order: %s', kind => {
  for (const length of [0, 1, 100, 5000]) {
    const values = Float64Array.from({ length }, kinds[kind])
    const expected = Array.from(values.keys()).sort((a, b) => (values[a] < values[b] ? 1 : values[a] > values[b] ? -1 : a - b))
    expect([...descendingOrder(values)]).toEqual(expected)
  }
})

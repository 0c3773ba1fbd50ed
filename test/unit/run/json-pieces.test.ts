import { expect, test } from 'vitest'
import { RandomState } from '../../../src/learn/random-state.ts'
import { jsonPieces } from '../../../src/run/json-pieces.ts'

const random = new RandomState(20_261_126)
const pick = <T>(of: readonly T[]): T => of[random.below(of.length)]

function some(depth: number): unknown {
  const leaf = () => pick([0, -0, 1.5, 1e300, Number.NaN, Number.POSITIVE_INFINITY, true, null, undefined, 'déjà "vu"\n', '', '\ud800'])
  const items = (): unknown[] => Array.from({ length: random.below(5) }, () => some(depth - 1))
  if (depth === 0) return leaf()
  const kind = random.below(6)
  if (kind === 0) return Array.from({ length: pick([0, 3, 45_000]) }, () => random.double())
  if (kind === 1) return items()
  if (kind === 2) {
    const list = items()
    return { toJSON: () => list }
  }
  if (kind === 3)
    return {
      later: new Date(random.below(1000)),
      none: undefined,
      call: () => 1,
      gone: { toJSON: () => undefined },
      [pick(['', 'ü"', '__proto__'])]: some(depth - 1),
    }
  if (kind === 4) return Object.fromEntries(items().map((item, i) => [`key ${i}`, item]))
  return leaf()
}

test('pieces of JSON are together what JSON.stringify gives', () => {
  for (let i = 0; i < 300; i++) {
    const value = { value: some(4) }
    const pieces = [...jsonPieces(value, pick([1, 100, 2 ** 20]))]
    expect(pieces.join('')).toBe(JSON.stringify(value))
  }
})

test('what toJSON gives is asked for when its turn comes', () => {
  let asked = 0
  const part = { toJSON: () => [asked++, 'x'.repeat(10)] }
  const pieces = jsonPieces([part, part, part], 10)
  pieces.next()
  expect(asked).toBe(1)
})

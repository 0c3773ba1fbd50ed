import { expect, test } from 'vitest'
import { RandomState } from '../../../src/learn/random-state.ts'
import { selectInPlace } from '../../../src/learn/select-in-place.ts'

const random = new RandomState(20_261_126)
const kinds: Readonly<Record<string, (i: number, length: number) => number>> = {
  'in no order': () => random.normal(),
  ascending: i => i,
  descending: i => -i,
  'the same': () => 7,
  'few values': () => random.below(3),
  'mostly one value': () => (random.below(50) ? 0 : random.normal()),
  'a hill': (i, length) => Math.min(i, length - i),
  'in waves': i => Math.sin(i),
  infinities: () => [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1, 2][random.below(4)],
}

test.each(Object.keys(kinds))('what sorting would put at some places, nothing larger before it and nothing smaller behind: %s', kind => {
  for (const length of [1, 33, 4098, 9011]) {
    const values = Float64Array.from({ length }, (_, i) => kinds[kind](i, length))
    const sorted = values.toSorted()
    for (const share of [0, 0.001, 0.25, 0.5, 0.999, 1]) {
      const near = [-3, -2, -1, 0, 1, 2].map(by => Math.floor(length * share) + by).filter(place => place >= 0 && place < length)
      const places = [...new Set([...near, ...(share === 0.25 ? [length - 1] : [])])].sort((a, b) => a - b)
      const selected = values.slice()
      selectInPlace(selected, places)
      expect(places.map(place => selected[place])).toEqual(places.map(place => sorted[place]))
      expect(selected.toSorted().every((value, i) => value === sorted[i])).toBe(true)
      for (const place of places) {
        expect(selected.subarray(0, place).every(value => value <= sorted[place])).toBe(true)
        expect(selected.subarray(place).every(value => value >= sorted[place])).toBe(true)
      }
    }
  }
})

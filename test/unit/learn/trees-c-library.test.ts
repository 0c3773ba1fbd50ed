import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { exp, log1p } from '../../../src/numerics/c-library.ts'
import { log } from '../../../src/numerics/logarithm.ts'
import { crc } from './crc.ts'

type Known = Record<'exp' | 'log' | 'log1p', [number, number][]>
const vectors: Known & { checksums: Record<string, { count: number; crc: number }> } = JSON.parse(
  readFileSync(new URL('../../oracle/sklearn/vectors/c-library.json', import.meta.url), 'utf8'),
)

const functions = { exp, log, log1p }
test.each(Object.entries(functions))('%s is the C library’s to the last bit', (name, own) => {
  expect(vectors[name as keyof Known].filter(([x, value]) => !Object.is(own(x), value))).toEqual([])
})

/** Arguments as c_library.py makes them: random mantissas, exponents in turn from a range of biased ones. */
function doubles(count: number, seed: number, [from, to]: [number, number]): Float64Array {
  let state = seed
  const word = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0)
  const words = new Uint32Array(2 * count)
  for (let i = 0; i < count; i++) {
    const high = word()
    words[2 * i] = word()
    words[2 * i + 1] = ((from + ((high >>> 20) % (to - from))) << 20) | (high & 0xfffff)
  }
  return new Float64Array(words.buffer)
}
function fractions(most: number): Float64Array {
  const values = new Float64Array((most * (most + 1)) / 2)
  for (let n = 1, at = 0; n <= most; n++) for (let k = 1; k <= n; k++) values[at++] = k / n
  return values
}
const signed = (x: number, i: number) => (i % 2 ? x : -x)
const many = 400_000
const families: Record<string, [(x: number) => number, () => Float64Array]> = {
  'log of fractions': [log, () => fractions(1400)],
  'log of all sizes': [log, () => doubles(many, 1, [0, 2047])],
  'log of subnormals': [log, () => doubles(many / 4, 2, [0, 1])],
  'log near 1': [log, () => doubles(many, 3, [970, 1021]).map((x, i) => 1 + signed(x, i))],
  'log between 1/2 and 4': [log, () => doubles(many, 4, [1022, 1025])],
  exp: [exp, () => doubles(many, 5, [990, 1032]).map(signed)],
  'exp of small': [exp, () => doubles(many / 4, 6, [960, 1000]).map(signed)],
  'exp below the normal numbers': [exp, () => doubles(many / 4, 9, [1022, 1023]).map(x => -700 - 90 * (x - 0.5))],
  log1p: [log1p, () => doubles(many, 7, [960, 1024]).map((x, i) => (i % 2 ? x : -x / 2))],
  'log1p of large': [log1p, () => doubles(many / 4, 8, [1023, 1090])],
}
test.each(Object.entries(vectors.checksums))('%s: every one of many values is the C library’s', (name, { count, crc: wanted }) => {
  const [own, xs] = families[name]
  const values = xs().map(own)
  expect(values.length).toBe(count)
  expect(crc(values)).toBe(wanted)
})

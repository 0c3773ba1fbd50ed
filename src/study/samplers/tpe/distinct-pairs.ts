import type { Scratch } from '../../numerics/scratch.ts'

const cell = new Float64Array(2)
const words = new Uint32Array(cell.buffer)

/**
 * Which of `n` pairs (a[i], b[i]) are the same: `first[i]` is the index of the first pair equal to the i-th.
 * On a grid most intervals of a mixture coincide, and each costs several exponentials.
 */
export function firstOfEqualPairs(a: Float64Array, b: Float64Array, n: number, scratch: Scratch): Int32Array {
  const first = scratch.ints('pairs.first', n)
  let size = 64
  while (size < 2 * n) size *= 2
  const table = scratch.ints('pairs.table', size)
  table.fill(-1, 0, size)
  const mask = size - 1
  for (let i = 0; i < n; i++) {
    cell[0] = a[i]
    cell[1] = b[i]
    let hash = Math.imul(words[0] ^ Math.imul(words[1], 0x9e3779b1), 0x85ebca6b) ^ Math.imul(words[2] + words[3], 0xc2b2ae35)
    hash ^= hash >>> 15
    let slot = hash & mask
    let found = table[slot]
    while (found !== -1 && (a[found] !== a[i] || b[found] !== b[i])) {
      slot = (slot + 1) & mask
      found = table[slot]
    }
    if (found === -1) table[slot] = found = i
    first[i] = found
  }
  return first
}

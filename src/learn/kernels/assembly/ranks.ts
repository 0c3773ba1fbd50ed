// Dense ranks of one float32 column: the plain twin is in ../../tree/ranks.ts. Sorts the bits of the numbers, least significant digits first.

import { isMissing } from './split'

const digitBits: u32 = 11
const digits: usize = 1 << 11
const digitMask: u32 = 2047

/** Unsigned bits in the order of the numbers: negative ones before positive ones, zero with one sign. */
export function ordered(cell: f32): u32 {
  // Missing values come last, and are one.
  if (isMissing(cell)) return 0xffffffff
  const bits = reinterpret<u32>(cell + 0)
  return bits ^ (bits & 0x80000000 ? 0xffffffff : 0x80000000)
}

/**
 * Ranks the `rows` cells at `column`.
 *
 * @param ranks i32 per row, written
 * @param values f32 per distinct value, ascending, written
 * @param order u32 per row, written: the rows by ascending value
 * @param pairs u64 per row, and `spare` too: room to sort
 * @param ends 3 * 2048 i32: room to count
 * @returns how many values are distinct
 */
export function rankColumn(
  column: usize,
  rows: i32,
  ranks: usize,
  values: usize,
  order: usize,
  pairs: usize,
  spare: usize,
  ends: usize,
): i32 {
  memory.fill(ends, 0, 3 * 4 * digits)
  const n = <usize>rows
  for (let i: usize = 0; i < n; i++) {
    const key = ordered(load<f32>(column + (i << 2)))
    store<u64>(pairs + (i << 3), ((<u64>key) << 32) | <u64>i)
    const first = ends + ((<usize>(key & digitMask)) << 2)
    store<u32>(first, load<u32>(first) + 1)
    const second = ends + ((digits + <usize>((key >>> digitBits) & digitMask)) << 2)
    store<u32>(second, load<u32>(second) + 1)
    const third = ends + ((2 * digits + <usize>(key >>> (2 * digitBits))) << 2)
    store<u32>(third, load<u32>(third) + 1)
  }
  let from = pairs
  let to = spare
  for (let pass: u32 = 0; pass < 3; pass++) {
    const table = ends + (((<usize>pass) << digitBits) << 2)
    const shift = <u64>(32 + pass * digitBits)
    let sum: u32 = 0
    let isOne = false
    for (let d: usize = 0; d < digits; d++) {
      const own = load<u32>(table + (d << 2))
      isOne = isOne || own === <u32>n
      store<u32>(table + (d << 2), sum)
      sum += own
    }
    if (isOne) continue
    for (let i: usize = 0; i < n; i++) {
      const pair = load<u64>(from + (i << 3))
      const slot = table + ((<usize>(pair >>> shift) & <usize>digitMask) << 2)
      const at = load<u32>(slot)
      store<u32>(slot, at + 1)
      store<u64>(to + ((<usize>at) << 3), pair)
    }
    const kept = from
    from = to
    to = kept
  }
  let distinct = 0
  let previous: u32 = 0
  let first: usize = 0
  let most: usize = 0
  for (let p: usize = 0; p < n; p++) {
    const pair = load<u64>(from + (p << 3))
    const key = <u32>(pair >>> 32)
    const row = <usize>(<u32>pair)
    if (p === 0 || key !== previous) {
      most = max(most, p - first)
      first = p
      store<f32>(values + ((<usize>distinct) << 2), load<f32>(column + (row << 2)) + 0)
      distinct++
      previous = key
    }
    store<i32>(ranks + (row << 2), distinct - 1)
    store<u32>(order + (p << 2), <u32>row)
  }
  mostEqualRows = <i32>max(most, n - first)
  return distinct
}

let mostEqualRows: i32 = 0

/** How many rows share a value at most, in the column ranked last. */
export function mostEqual(): i32 {
  return mostEqualRows
}

/** A column as pairs of a value and its row, in ascending order. */
export function listColumn(column: usize, rows: i32, order: usize, list: usize): void {
  for (let p: usize = 0; p < <usize>rows; p++) {
    const row = load<u32>(order + (p << 2))
    store<f32>(list + (p << 3), load<f32>(column + ((<usize>row) << 2)))
    store<u32>(list + (p << 3), row, 4)
  }
}

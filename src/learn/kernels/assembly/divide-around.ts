// The partition of introsort without its walk, for many values of which one only equals the pivot: values below it, then the pivot, then the others,
// in the order in which the walk of ../simultaneous-sort.ts leaves them.
//
// That walk is the one of divide.ts with the pivot among those that stay, but that values below the pivot which come after it change places with it:
// in the end it has gone behind all of them.

import { heresAt, listPlaces, theresAt } from './divide'

/** @returns how many of `n` values are not above the pivot; -1, and nothing is moved, when several equal it */
export function divideAround(values: usize, samples: usize, n: usize, pivot: f32): i32 {
  const cut = f32x4.splat(pivot)
  let lefts = i32x4.splat(0)
  let equals = i32x4.splat(0)
  let i: usize = 0
  for (; i + 4 <= n; i += 4) {
    const four = v128.load(values + (i << 2))
    lefts = i32x4.sub(lefts, f32x4.le(four, cut))
    equals = i32x4.sub(equals, f32x4.eq(four, cut))
  }
  let left = sumOf(lefts)
  let equal = sumOf(equals)
  for (; i < n; i++) {
    const value = load<f32>(values + (i << 2))
    left += i32(value <= pivot)
    equal += i32(value === pivot)
  }
  if (equal !== 1) return -1
  if (left < <i32>n) swapOver(values, samples, n, <usize>left, cut)
  let at = values
  while (load<f32>(at) !== pivot) at += 4
  const last = values + ((<usize>left) << 2) - 4
  const row = samples + (at - values)
  const pivotRow = load<u32>(row)
  memory.copy(at, at + 4, last - at)
  memory.copy(row, row + 4, last - at)
  store<f32>(last, pivot)
  store<u32>(samples + (last - values), pivotRow)
  return left
}

function sumOf(counts: v128): i32 {
  return i32x4.extract_lane(counts, 0) + i32x4.extract_lane(counts, 1) + i32x4.extract_lane(counts, 2) + i32x4.extract_lane(counts, 3)
}

/** As `divideRows`, for values and rows together. */
function swapOver(values: usize, samples: usize, n: usize, left: usize, cut: v128): void {
  const theres = theresAt
  let there = listPlaces(values, left, n, cut, 0, theres)
  // Behind the last value stand others.
  while (there > theres && load<u32>(there - 4) >= <u32>n) there -= 4
  let here = heresAt
  if (there > theres) listPlaces(values, 0, left, cut, 15, here)
  const middleValue = load<f32>(values + (left << 2))
  const middleRow = load<u32>(samples + (left << 2))
  const middleMoves = there > theres && load<u32>(theres) === <u32>left
  const behind = (n - left - 1) << 2
  memory.copy(values + (left << 2), values + (left << 2) + 4, behind)
  memory.copy(samples + (left << 2), samples + (left << 2) + 4, behind)
  let free = (n - 1) << 2
  while (there > theres) {
    there -= 4
    const at = (<usize>load<u32>(here)) << 2
    here += 4
    const place = <usize>load<u32>(there)
    const moved = (place - 1) << 2
    const isMiddle = place === left
    const value = isMiddle ? middleValue : load<f32>(values + moved)
    const row = isMiddle ? middleRow : load<u32>(samples + moved)
    store<f32>(values + free, load<f32>(values + at))
    store<u32>(samples + free, load<u32>(samples + at))
    store<f32>(values + at, value)
    store<u32>(samples + at, row)
    free = moved
  }
  if (!middleMoves) {
    store<f32>(values + free, middleValue)
    store<u32>(samples + free, middleRow)
  }
}

// Sorts values and rows together, with the moves of ../simultaneous-sort.ts: among equal values the order of rows must be theirs.

import { divideAround } from './divide-around'

/** So many values are divided without a walk. */
const many: i32 = 48

let valuesAt: usize = 0
let samplesAt: usize = 0

/** @param values f32 @param samples u32, one per value */
export function layIntrosort(values: usize, samples: usize): void {
  valuesAt = values
  samplesAt = samples
}

export function valueAt(p: i32): f32 {
  return load<f32>(valuesAt + ((<usize>p) << 2))
}

export function swap(i: i32, j: i32): void {
  const a = (<usize>i) << 2
  const b = (<usize>j) << 2
  const value = load<f32>(valuesAt + a)
  store<f32>(valuesAt + a, load<f32>(valuesAt + b))
  store<f32>(valuesAt + b, value)
  const row = load<u32>(samplesAt + a)
  store<u32>(samplesAt + a, load<u32>(samplesAt + b))
  store<u32>(samplesAt + b, row)
}

function medianOfThree(a: f32, b: f32, c: f32): f32 {
  if (a < b) return b < c ? b : a < c ? c : a
  return b < c ? (a < c ? a : c) : b
}

/** Places after the first ones of equal values, ascending, when only their order is asked for; none: all of it is. */
let tiesAt: usize = 0
let tiesEnd: usize = 0

export function introsort(first: i32, n: i32, depth: i32): void {
  tiesEnd = 0
  sort(first, n, depth)
}

/** Sorts as far as it takes to bring equal values into their order: values come out in order at these places only. */
export function introsortTies(first: i32, n: i32, depth: i32, places: usize, count: i32): void {
  tiesAt = places
  tiesEnd = places + ((<usize>count) << 2)
  sort(first, n, depth)
}

/** Whether nothing in these places is asked for. Places are asked about in ascending order. */
function isIdle(from: i32, count: i32): bool {
  if (tiesEnd === 0) return false
  while (tiesAt < tiesEnd && load<i32>(tiesAt) <= from) tiesAt += 4
  return tiesAt === tiesEnd || load<i32>(tiesAt) >= from + count
}

function sort(first: i32, n: i32, depthLeft: i32): void {
  let from = first
  let count = n
  let depth = depthLeft
  while (count > 15) {
    if (isIdle(from, count)) return
    if (depth <= 0) {
      heapsort(from, count)
      return
    }
    depth--
    const pivot = medianOfThree(valueAt(from), valueAt(from + (count >> 1)), valueAt(from + count - 1))
    const place = (<usize>from) << 2
    const left = count < many ? -1 : divideAround(valuesAt + place, samplesAt + place, <usize>count, pivot)
    if (left > 0) {
      sort(from, left - 1, depth)
      from += left
      count -= left
      continue
    }
    let at = from
    let low = from
    let high = from + count
    while (at < high) {
      const value = valueAt(at)
      if (value < pivot) {
        swap(at, low)
        at++
        low++
      } else if (value > pivot) {
        high--
        swap(at, high)
      } else at++
    }
    sort(from, low - from, depth)
    count -= high - from
    from = high
  }
  if (isIdle(from, count)) return
  for (let i = from + 1; i < from + count; i++) {
    const value = valueAt(i)
    const row = load<u32>(samplesAt + ((<usize>i) << 2))
    let j = i
    while (j > from && valueAt(j - 1) > value) {
      const at = (<usize>j) << 2
      store<f32>(valuesAt + at, valueAt(j - 1))
      store<u32>(samplesAt + at, load<u32>(samplesAt + at - 4))
      j--
    }
    store<f32>(valuesAt + ((<usize>j) << 2), value)
    store<u32>(samplesAt + ((<usize>j) << 2), row)
  }
}

function heapsort(from: i32, count: i32): void {
  for (let root = (count - 2) >> 1; root >= 0; root--) siftDown(from, root, count)
  for (let last = count - 1; last > 0; last--) {
    swap(from, from + last)
    siftDown(from, 0, last)
  }
}

function siftDown(from: i32, first: i32, count: i32): void {
  let root = first
  while (true) {
    const child = 2 * root + 1
    let largest = root
    if (child < count && valueAt(from + largest) < valueAt(from + child)) largest = child
    if (child + 1 < count && valueAt(from + largest) < valueAt(from + child + 1)) largest = child + 1
    if (largest === root) return
    swap(from + root, from + largest)
    root = largest
  }
}

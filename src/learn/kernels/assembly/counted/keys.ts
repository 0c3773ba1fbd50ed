// The keys of a feature in a node, as they are read and sorted: per row a number made of its rank, its weight and its class.

import { nearColumn } from '../near'
import { end, start } from '../split'
import { classBits, classes, keysAt, missingAt, missingRanksAt, radixAt, samplesAt, shift, spareAt, tagsAt, wide } from './layout'

const radixBits: i32 = 11

/** Rows whose value is there, their least and their largest rank, and rows whose value is missing. */
export let count: i32 = 0
export let low: i32 = 0
export let high: i32 = 0
export let missing: i32 = 0
export let missingRank: i32 = -1
/** Whether missing rows lie left of all cuts. */
export let fromLeft: bool = false

function gather<T>(feature: i32): void {
  const rank = nearColumn(feature)
  let least: i32 = i32.MAX_VALUE
  let most: i32 = -1
  let key = keysAt
  for (let p = start; p < end; p++) {
    const at = (<usize>p) << 2
    const r = <i32>load<T>(rank + <usize>load<u32>(samplesAt + at) * sizeof<T>())
    store<i32>(key, (r << shift) | load<i32>(tagsAt + at))
    key += 4
    least = min(least, r)
    most = max(most, r)
  }
  count = end - start
  low = least
  high = most
}

/** Leaves only the keys of rows whose value is there, and counts the others. */
function takeMissingOut(): void {
  const classMask = (1 << classBits) - 1
  const tagMask = (1 << shift) - 1
  memory.fill(missingAt, 0, (<usize>classes) << 3)
  let present = 0
  let most: i32 = -1
  for (let p = 0; p < count; p++) {
    const key = load<i32>(keysAt + ((<usize>p) << 2))
    const r = key >>> shift
    if (r === missingRank) {
      const at = missingAt + ((<usize>(key & classMask)) << 3)
      store<f64>(at, load<f64>(at) + <f64>((key & tagMask) >>> classBits))
      continue
    }
    store<i32>(keysAt + ((<usize>present) << 2), key)
    present++
    most = max(most, r)
  }
  missing = count - present
  count = present
  high = most
}

/** Reads the keys of a feature; false when all its values are missing. */
export function readKeys(feature: i32): bool {
  if (wide) gather<i32>(feature)
  else gather<u16>(feature)
  missing = 0
  fromLeft = false
  missingRank = load<i32>(missingRanksAt + ((<usize>feature) << 2))
  if (high === missingRank) {
    takeMissingOut()
    if (count === 0) return false
  }
  return true
}

/** From here on missing rows lie left of all cuts. */
export function sendMissingLeft(): void {
  fromLeft = true
}

export function sortByInsertion(): void {
  for (let i = 1; i < count; i++) {
    const key = load<i32>(keysAt + ((<usize>i) << 2))
    let at = keysAt + ((<usize>(i - 1)) << 2)
    while (at >= keysAt && load<i32>(at) > key) {
      store<i32>(at, load<i32>(at), 4)
      at -= 4
    }
    store<i32>(at, key, 4)
  }
}

/** Counts for each key, four at a time, how many are smaller: no branch depends on a key. @returns where the sorted keys are */
export function sortByCounting(): usize {
  const keys = keysAt
  const sorted = spareAt
  const bytes = (<usize>count) << 2
  memory.fill(sorted, 0, bytes)
  // Fills the last vector; whatever these lanes say is not read.
  v128.store(keys + bytes, i32x4.splat(0))
  for (let i: usize = 0; i < bytes; i += 16) {
    const own = v128.load(keys + i)
    let smaller = i32x4.splat(0)
    for (let j: usize = 0; j < bytes; j += 4) smaller = i32x4.sub(smaller, i32x4.gt_s(own, v128.load32_splat(keys + j)))
    const left = bytes - i
    store<i32>(sorted + ((<usize>i32x4.extract_lane(smaller, 0)) << 2), i32x4.extract_lane(own, 0))
    if (left > 4) store<i32>(sorted + ((<usize>i32x4.extract_lane(smaller, 1)) << 2), i32x4.extract_lane(own, 1))
    if (left > 8) store<i32>(sorted + ((<usize>i32x4.extract_lane(smaller, 2)) << 2), i32x4.extract_lane(own, 2))
    if (left > 12) store<i32>(sorted + ((<usize>i32x4.extract_lane(smaller, 3)) << 2), i32x4.extract_lane(own, 3))
  }
  // Equal keys have one place, and no key is 0.
  let previous: i32 = 0
  for (let at = sorted; at < sorted + bytes; at += 4) {
    const key = load<i32>(at)
    previous = max(key, previous)
    store<i32>(at, previous)
  }
  return sorted
}

/** Least significant digits first, on the rank bits that differ in the node. @returns where the sorted keys are */
export function sortByRadix(): usize {
  let from = keysAt
  let to = spareAt
  let bits = 32 - clz(high - low)
  const base = low << shift
  let digit = shift
  // Few keys need small digits: clearing and adding up a large table would cost more than the keys.
  const most = count < 1024 ? 8 : radixBits
  const passes = (bits + most - 1) / most
  const step = (bits + passes - 1) / passes
  const mask = (1 << step) - 1
  while (bits > 0) {
    memory.fill(radixAt, 0, (<usize>4) << step)
    for (let i = 0; i < count; i++) {
      const slot = radixAt + ((<usize>(((load<i32>(from + ((<usize>i) << 2)) - base) >>> digit) & mask)) << 2)
      store<i32>(slot, load<i32>(slot) + 1)
    }
    let sum = 0
    for (let d = 0; d <= mask; d++) {
      const slot = radixAt + ((<usize>d) << 2)
      const own = load<i32>(slot)
      store<i32>(slot, sum)
      sum += own
    }
    for (let i = 0; i < count; i++) {
      const key = load<i32>(from + ((<usize>i) << 2))
      const slot = radixAt + ((<usize>(((key - base) >>> digit) & mask)) << 2)
      const at = load<i32>(slot)
      store<i32>(slot, at + 1)
      store<i32>(to + ((<usize>at) << 2), key)
    }
    const kept = from
    from = to
    to = kept
    digit += step
    bits -= step
  }
  return from
}

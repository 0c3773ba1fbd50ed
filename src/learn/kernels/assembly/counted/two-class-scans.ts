// Finds the cuts of a feature where there are two classes: along sorted keys, by a bit per rank, or by sums per rank.

import { end, minLeaf, start } from '../split'
import { count, fromLeft, high, low, missing } from './keys'
import { bitsAt, cutsAt, histogramAt, keysAt, missingAt, placesAt, rowsAtRankAt, shift } from './layout'
import { tryBinaryCuts, tryRankCuts } from './two-class-cuts'

export function scanBinaryKeys(feature: i32, keys: usize): void {
  const tagMask = (1 << shift) - 1
  const bits = shift
  const before = fromLeft ? missing : 0
  let left0: i32 = fromLeft ? <i32>load<f64>(missingAt) : 0
  let left1: i32 = fromLeft ? <i32>load<f64>(missingAt, 8) : 0
  const last = keys + ((<usize>(count - 1)) << 2)
  const cuts = cutsAt
  let to = cuts
  // Where a cut lies among the keys: only the last key of a rank has one behind it, and the others are written over.
  const toPlace = placesAt - cuts / 2
  let key = load<i32>(keys)
  for (let at = keys; at < last; at += 4) {
    const w = (key & tagMask) >>> 1
    const one = w & -(key & 1)
    left1 += one
    left0 += w - one
    const next = load<i32>(at, 4)
    store<u64>(to, <u64>(<u32>left0) | ((<u64>(<u32>left1)) << 32))
    store<u32>(toPlace + to / 2, <u32>at)
    to += (<usize>i32(key >>> bits !== next >>> bits)) << 3
    key = next
  }
  let first: usize = 0
  let end4 = (to - cuts) >>> 3
  if (minLeaf > 1) {
    const least = keys + ((<usize>max(0, minLeaf - before - 1)) << 2)
    const most = keys + ((<usize>max(0, end - start - minLeaf - before)) << 2)
    while (first < end4 && <usize>load<u32>(placesAt + (first << 2)) < least) first++
    while (end4 > first && <usize>load<u32>(placesAt + (end4 << 2) - 4) >= most) end4--
  }
  tryBinaryCuts(feature, first, end4)
}

/** By a bit per rank, and a byte per class of its weight: for nodes whose ranks lie close together. */
export function scanBinaryBits(feature: i32): void {
  const tagMask = (1 << shift) - 1
  const firstWord = low >>> 6
  const words = bitsAt - ((<usize>firstWord) << 3)
  const weights = histogramAt
  memory.fill(bitsAt, 0, (<usize>((high >>> 6) - firstWord + 1)) << 3)
  const last = keysAt + ((<usize>count) << 2)
  for (let at = keysAt; at < last; at += 4) {
    const key = load<i32>(at)
    const r = key >>> shift
    const own = weights + ((<usize>r) << 1)
    store<u16>(own, load<u16>(own) + <u16>(((key & tagMask) >>> 1) << ((key & 1) << 3)))
    const word = words + ((<usize>(r >>> 6)) << 3)
    store<u64>(word, load<u64>(word) | ((<u64>1) << (<u64>r & 63)))
  }
  // Eight ranks of a word at a time, whether there are so many or not: those behind its last one are written over.
  let to = placesAt
  for (let w = firstWord; w <= high >>> 6; w++) {
    let word = load<u64>(words + ((<usize>w) << 3))
    const first = w << 6
    const next = to + ((<usize>popcnt(word)) << 2)
    while (word !== 0) {
      for (let i: usize = 0; i < 32; i += 4) {
        store<i32>(to + i, first + <i32>ctz(word))
        word &= word - 1
      }
      to += 32
    }
    to = next
  }
  let left0: i32 = 0
  let left1: i32 = 0
  let cut = cutsAt
  for (let place = placesAt; place < to; place += 4) {
    const own = weights + ((<usize>load<u32>(place)) << 1)
    const both = <i32>load<u16>(own)
    store<u16>(own, 0)
    left0 += both & 255
    left1 += both >>> 8
    store<u64>(cut, <u64>(<u32>left0) | ((<u64>(<u32>left1)) << 32))
    cut += 8
  }
  tryRankCuts(feature, ((to - placesAt) >>> 2) - 1)
}

/** Per rank from `low` on: weight of class 0 and of class 1, rows. Cleared behind the scan. */
export function scanBinaryHistogram(feature: i32): void {
  const tagMask = (1 << shift) - 1
  const countRows = minLeaf > 1
  const base = histogramAt - ((<usize>low) << 3)
  const baseRows = rowsAtRankAt - ((<usize>low) << 2)
  for (let p = 0; p < count; p++) {
    const key = load<i32>(keysAt + ((<usize>p) << 2))
    const r = key >>> shift
    const at = base + ((<usize>r) << 3) + ((<usize>(key & 1)) << 2)
    store<i32>(at, load<i32>(at) + ((key & tagMask) >>> 1))
    if (countRows) {
      const slot = baseRows + ((<usize>r) << 2)
      store<i32>(slot, load<i32>(slot) + 1)
    }
  }
  let left0: i32 = 0
  let left1: i32 = 0
  let leftRows: i32 = 0
  let previous = low
  let cuts: usize = 0
  for (let r = low; r <= high; r++) {
    const at = base + ((<usize>r) << 3)
    const both = load<u64>(at)
    if (both === 0) continue
    if (r !== low && (!countRows || (leftRows >= minLeaf && count - leftRows >= minLeaf))) {
      store<u64>(cutsAt + (cuts << 3), <u64>(<u32>left0) | ((<u64>(<u32>left1)) << 32))
      store<i32>(placesAt + (cuts << 2), previous)
      store<i32>(placesAt + (cuts << 2), r, 4)
      cuts++
    }
    left0 += <i32>both
    left1 += <i32>(both >>> 32)
    store<u64>(at, 0)
    if (countRows) {
      const slot = baseRows + ((<usize>r) << 2)
      leftRows += load<i32>(slot)
      store<i32>(slot, 0)
    }
    previous = r
  }
  tryRankCuts(feature, cuts)
}

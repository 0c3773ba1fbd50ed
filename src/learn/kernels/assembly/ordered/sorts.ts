// Sorts the rows of the node by a feature, as scikit-learn would or by ranks where that comes to the same, and finds its best cut.

import { introsort, valueAt } from '../introsort'
import { bestProxy, end, isMissing, keepSplit, minLeaf, minWeight, nearlyEqual, squaredError, start } from '../split'
import {
  criterion,
  distinctAt,
  hasMissing,
  isListed,
  originalsAt,
  pairsAt,
  radixAt,
  ranksAt,
  rows,
  samplesAt,
  sparePairsAt,
  valuesAt,
} from './layout'
import { columnOf, localEnd, sampleAt } from './rows'
import { leftSum, leftWeight, nodeSum, proxy, reset, rightWeight, update } from './sums'

const radixBits: i32 = 11
/** Rows without a value. */
let missing: i32 = 0

export function readValues(feature: i32): void {
  const column = columnOf(feature)
  if (localEnd > 0 && isListed) {
    for (let p = start; p < end; p++) {
      const row = <usize>load<u32>(originalsAt + (sampleAt(p) << 2))
      store<f32>(valuesAt + ((<usize>p) << 2), load<f32>(column + (row << 2)))
    }
    return
  }
  for (let p = start; p < end; p++) store<f32>(valuesAt + ((<usize>p) << 2), load<f32>(column + (sampleAt(p) << 2)))
}

/** Sorts the node's rows by a feature, missing values last; false when it is constant. */
export function sortByFeature(feature: i32): bool {
  missing = 0
  const n = end - start
  if (n > 24 && !hasMissing && load<i32>(distinctAt + ((<usize>feature) << 2)) !== 0 && sortByRank(feature)) {
    return valueAt(end - 1) > valueAt(start) + nearlyEqual
  }
  if (hasMissing) moveMissingBack(feature)
  else readValues(feature)
  const present = n - missing
  if (present === 0) return false
  introsort(start, present, 2 * (31 - clz(present)))
  return missing > 0 || valueAt(end - 1) > valueAt(start) + nearlyEqual
}

/** Reads the values of a feature, and swaps rows without one to the end as scikit-learn does. */
function moveMissingBack(feature: i32): void {
  const column = columnOf(feature)
  let last = end - 1
  let p = start
  while (p <= last) {
    const lastRow = load<u32>(samplesAt + ((<usize>last) << 2))
    const lastValue = load<f32>(column + ((<usize>lastRow) << 2))
    if (isMissing(lastValue)) {
      last--
      continue
    }
    const row = load<u32>(samplesAt + ((<usize>p) << 2))
    const value = load<f32>(column + ((<usize>row) << 2))
    if (isMissing(value)) {
      store<u32>(samplesAt + ((<usize>last) << 2), row)
      store<u32>(samplesAt + ((<usize>p) << 2), lastRow)
      store<f32>(valuesAt + ((<usize>p) << 2), lastValue)
      last--
    } else store<f32>(valuesAt + ((<usize>p) << 2), value)
    p++
  }
  missing = end - 1 - last
}

/** Missing rows from behind the others to before them; both keep their order. */
function moveMissingFront(): void {
  const bytes = (<usize>missing) << 2
  const present = (<usize>(end - start - missing)) << 2
  const samples = samplesAt + ((<usize>start) << 2)
  const values = valuesAt + ((<usize>start) << 2)
  memory.copy(pairsAt, samples + present, bytes)
  memory.copy(samples + bytes, samples, present)
  memory.copy(samples, pairsAt, bytes)
  memory.copy(values + bytes, values, present)
  memory.fill(values, 0xff, bytes)
}

/** Where no two rows share a value, their order is the same however it is found: here by ranks, least significant digits first. Else false. */
function sortByRank(feature: i32): bool {
  const rank = ranksAt + <usize>feature * <usize>rows * 4
  const n = end - start
  let least: i32 = i32.MAX_VALUE
  let most: i32 = -1
  for (let q = 0; q < n; q++) {
    const row = sampleAt(start + q)
    const r = load<i32>(rank + (row << 2))
    store<u64>(pairsAt + ((<usize>q) << 3), ((<u64>r) << 32) | <u64>row)
    if (r < least) least = r
    if (r > most) most = r
  }
  if (most === least) return false
  let bits = 32 - clz(most - least)
  const largest = n < 1024 ? 8 : radixBits
  const passes = (bits + largest - 1) / largest
  const step = (bits + passes - 1) / passes
  const mask = (1 << step) - 1
  let digit = 0
  let from = pairsAt
  let to = sparePairsAt
  while (bits > 0) {
    memory.fill(radixAt, 0, (<usize>4) << step)
    for (let q = 0; q < n; q++) {
      const r = load<i32>(from + ((<usize>q) << 3), 4) - least
      const slot = radixAt + ((<usize>((r >>> digit) & mask)) << 2)
      store<i32>(slot, load<i32>(slot) + 1)
    }
    let sum = 0
    for (let d = 0; d <= mask; d++) {
      const slot = radixAt + ((<usize>d) << 2)
      const own = load<i32>(slot)
      store<i32>(slot, sum)
      sum += own
    }
    for (let q = 0; q < n; q++) {
      const pair = load<u64>(from + ((<usize>q) << 3))
      const r = <i32>(pair >>> 32) - least
      const slot = radixAt + ((<usize>((r >>> digit) & mask)) << 2)
      const at = load<i32>(slot)
      store<i32>(slot, at + 1)
      store<u64>(to + ((<usize>at) << 3), pair)
    }
    const kept = from
    from = to
    to = kept
    digit += step
    bits -= step
  }
  for (let q = 1; q < n; q++) if (load<i32>(from + ((<usize>q) << 3), 4) === load<i32>(from + ((<usize>q) << 3) - 8, 4)) return false
  const column = columnOf(feature)
  for (let q = 0; q < n; q++) {
    const row = load<u32>(from + ((<usize>q) << 3))
    const at = (<usize>(start + q)) << 2
    store<u32>(samplesAt + at, row)
    store<f32>(valuesAt + at, load<f32>(column + ((<usize>row) << 2)))
  }
  return true
}

export function bestCut(feature: i32): void {
  for (let side = 0; side < (missing > 0 ? 2 : 1); side++) {
    const missingFirst = side === 1
    if (missingFirst) moveMissingFront()
    reset()
    const presentEnd = missingFirst ? end : end - missing
    let p = missingFirst ? start + missing : start
    while (p < presentEnd) {
      p++
      while (p < presentEnd && valueAt(p) <= valueAt(p - 1) + nearlyEqual) p++
      if (p >= end) break
      if (p - start < minLeaf || end - p < minLeaf) continue
      update(p)
      if (leftWeight < minWeight || rightWeight < minWeight) continue
      if (criterion === squaredError) {
        // Without divisions: a cut that is worse by more than any rounding is not looked at further.
        const rightSum = nodeSum - leftSum
        const bar = bestProxy * (1 - 1e-9)
        if (leftSum * leftSum * rightWeight + rightSum * rightSum * leftWeight < bar * (leftWeight * rightWeight)) continue
      }
      const own = proxy()
      if (!(own > bestProxy)) continue
      const cutsMissingOff = p === presentEnd && !missingFirst
      const threshold = cutsMissingOff ? Infinity : <f64>valueAt(p - 1) / 2 + <f64>valueAt(p) / 2
      keepSplit(own, feature, p, threshold, missing > 0 ? missingFirst : p - start > end - p)
    }
  }
}

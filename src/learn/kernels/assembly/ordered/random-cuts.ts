// Random cuts of a feature: one threshold between its least and its largest value.

import { divideRows, leastCell, leftBits, mostCell, readCells } from '../divide'
import { nextRandom, randInt } from '../draws'
import { swap, valueAt } from '../introsort'
import { bestProxy, end, floor32, isMissing, keepSplit, minLeaf, minWeight, nearlyEqual, start } from '../split'
import { hasMissing, pairsAt, samplesAt, valuesAt, weighsRowsAlike } from './layout'
import { columnOf, sampleAt, targets } from './rows'
import { leftWeight, nodeSum, placeCut, proxy, reset, rightWeight, update } from './sums'

let low: f32 = 0
let high: f32 = 0
/** Rows without a value. */
let absent: i32 = 0

/** Reads a feature and its range; false when it is constant. */
export function spread(feature: i32): bool {
  const column = columnOf(feature)
  absent = 0
  if (!hasMissing) {
    readCells(column, samplesAt + ((<usize>start) << 2), <usize>(end - start), valuesAt)
    low = leastCell
    high = mostCell
    return high > low + nearlyEqual
  }
  let least: f32 = Infinity
  let most: f32 = -Infinity
  for (let p = start; p < end; p++) {
    const value = load<f32>(column + (sampleAt(p) << 2))
    store<f32>(valuesAt + ((<usize>p) << 2), value)
    if (isMissing(value)) {
      absent++
      continue
    }
    if (value < least) least = value
    if (value > most) most = value
  }
  low = least
  high = most
  return absent < end - start && (absent > 0 || most > least + nearlyEqual)
}

export function randomCut(feature: i32): void {
  let threshold = ((<f64>high - <f64>low) * <f64>nextRandom()) / 2147483647 + <f64>low
  const missingFirst = absent > 0 && randInt(0, 2) === 1
  if (threshold === <f64>high) threshold = <f64>low
  const isWalked = !hasMissing && weighsRowsAlike() && end - start <= fewSteps
  const b = isWalked ? walk(threshold) : hasMissing ? divideMissing(threshold, missingFirst) : divide(threshold)
  if (b - start < minLeaf || end - b < minLeaf) return
  if (!isWalked) {
    reset()
    update(b)
  }
  if (leftWeight < minWeight || rightWeight < minWeight) return
  const own = proxy()
  if (!(own > bestProxy)) return
  keepSplit(own, feature, b, threshold, absent > 0 ? missingFirst : b - start > end - b)
}

/** Brings the rows whose cells have been read into the order of a cut. @returns where its right part begins */
export function divide(threshold: f64): i32 {
  return start + <i32>divideRows(samplesAt + ((<usize>start) << 2), <usize>(end - start), valuesAt, floor32(threshold))
}

/** So few rows are walked through one by one. */
const fewSteps: i32 = 16

/** `divide` and `updateSums` at once: the walk comes to the rows in the order in which `update` adds or subtracts them. No branch depends on a value. */
function walk(threshold: f64): i32 {
  const n = end - start
  const samples = samplesAt + ((<usize>start) << 2)
  const copies = pairsAt
  for (let i: usize = 0; i < <usize>n; i++) store<u32>(copies + (i << 2), load<u32>(samples + (i << 2)))
  const lefts = leftBits(valuesAt, n, floor32(threshold))
  const near = targets
  let front = 0
  let back = n
  let at = 0
  let sum: f64 = 0
  let rest = nodeSum
  for (let i = 0; i < n; i++) {
    const row = <usize>load<u32>(copies + ((<usize>at) << 2))
    const left = <i32>(lefts >>> at) & 1
    back--
    store<u32>(samples + ((<usize>(back + ((front - back) & -left))) << 2), <u32>row)
    const own = load<u64>(near + (row << 3))
    const mask: u64 = 0 - <u64>left
    sum += reinterpret<f64>(own & mask)
    rest -= reinterpret<f64>(own & ~mask)
    front += left
    back += left
    at = back + ((front - back) & -left)
  }
  const far: u64 = 0 - <u64>i32(front > n - front)
  const to = start + front
  placeCut(to, reinterpret<f64>((reinterpret<u64>(sum) & ~far) | (reinterpret<u64>(rest) & far)))
  return to
}

function divideMissing(threshold: f64, missingFirst: bool): i32 {
  let a = start
  let b = end
  while (a < b) {
    const value = valueAt(a)
    if (isMissing(value) ? missingFirst : <f64>value <= threshold) a++
    else {
      b--
      swap(a, b)
    }
  }
  return b
}

// Random cuts of classes whose rows have integer weights: their sums are exact, so a cut only counts and no row moves before the split is known.
// The plain twin is ../sorted-splitter.ts.

import { leastCell, mostCell, readCells } from './divide'
import { nextRandom, randInt } from './draws'
import { bitsOf } from './logarithm'
import { clearNear, enterNear, leaveNear, nearColumn } from './near'
import { countLeft, leftRows, leftWeight } from './scattered/counts'
import {
  classes,
  codesAt,
  countsAt,
  hasMissing,
  isEntropy,
  isWeighted,
  leftAt,
  onesAt,
  rows,
  samplesAt,
  spareAt,
  totalAt,
  valuesAt,
  wholeAt,
} from './scattered/layout'
import {
  bestFeature,
  bestProxy,
  bestThreshold,
  end,
  floor32,
  isMissing,
  keepSplit,
  minLeaf,
  minWeight,
  missingLeft,
  nearlyEqual,
  nodeWeight,
  placeSplit,
  setChildren,
  setNodeWeight,
  start,
} from './split'

/** The rows that count, in order. @returns how many */
export function takeScattered(isDepthFirst: bool): i32 {
  clearNear(isDepthFirst)
  let n: usize = 0
  for (let i: usize = 0; i < <usize>rows; i++) {
    const w = isWeighted ? load<i32>(countsAt + (i << 2)) : 1
    if (w === 0) continue
    const code = load<i32>(codesAt + (i << 2))
    store<u32>(samplesAt + (n << 2), <u32>i)
    store<i32>(wholeAt + (n << 2), w)
    store<i32>(onesAt + (n << 2), classes === 2 ? w * code : code)
    n++
  }
  return <i32>n
}

export function enterScattered(): void {
  leaveNear()
  enterNear(samplesAt)
  if (classes === 2) {
    let all: i32 = 0
    let ones: i32 = 0
    for (let p = start; p < end; p++) {
      all += load<i32>(wholeAt + ((<usize>p) << 2))
      ones += load<i32>(onesAt + ((<usize>p) << 2))
    }
    store<f64>(totalAt, <f64>(all - ones))
    store<f64>(totalAt, <f64>ones, 8)
    setNodeWeight(<f64>all)
    return
  }
  memory.fill(totalAt, 0, (<usize>classes) << 3)
  let weight: f64 = 0
  for (let p = start; p < end; p++) {
    const w = <f64>load<i32>(wholeAt + ((<usize>p) << 2))
    const at = totalAt + ((<usize>load<i32>(onesAt + ((<usize>p) << 2))) << 3)
    store<f64>(at, load<f64>(at) + w)
    weight += w
  }
  setNodeWeight(weight)
}

export function impurityOfScattered(): f64 {
  let sum: f64 = 0
  for (let k: usize = 0; k < <usize>classes; k++) {
    const own = load<f64>(totalAt + (k << 3))
    if (isEntropy) sum -= bitsOf(own, nodeWeight)
    else sum += own * own
  }
  return isEntropy ? sum : 1 - sum / (nodeWeight * nodeWeight)
}

export function valuesOfScattered(into: usize): void {
  for (let k: usize = 0; k < <usize>classes; k++) store<f64>(into + (k << 3), load<f64>(totalAt + (k << 3)) / nodeWeight)
}

// ---- A feature of the node ----

let low: f32 = 0
let high: f32 = 0
let missing: i32 = 0
let bestMissing: i32 = 0
let leftImpurityOfBest: f64 = 0
let rightImpurityOfBest: f64 = 0
let leftWeightOfBest: f64 = 0

/** Reads a feature of the node, its range and how many values are missing. */
function read(feature: i32): void {
  const n = <usize>(end - start)
  const values = valuesAt
  readCells(nearColumn(feature), samplesAt + ((<usize>start) << 2), n, values)
  low = leastCell
  high = mostCell
  missing = 0
  if (!hasMissing) return
  for (let i: usize = 0; i < n; i++) {
    const value = load<f32>(values + (i << 2))
    missing += i32(isMissing(value))
  }
}

/** Draws a cut of a feature and tries it; false when the feature is constant in the node. */
export function tryScattered(feature: i32): bool {
  read(feature)
  if (missing === end - start || (missing === 0 && !(high > low + nearlyEqual))) return false
  let threshold = ((<f64>high - <f64>low) * <f64>nextRandom()) / 2147483647 + <f64>low
  const missingFirst = missing > 0 && randInt(0, 2) === 1
  if (threshold === <f64>high) threshold = <f64>low
  countLeft(threshold, missingFirst)
  const rightRows = end - start - leftRows
  if (leftRows < minLeaf || rightRows < minLeaf) return true
  const rightWeight = nodeWeight - leftWeight
  if (leftWeight < minWeight || rightWeight < minWeight) return true
  let left: f64 = 0
  let right: f64 = 0
  for (let k: usize = 0; k < <usize>classes; k++) {
    const l = load<f64>(leftAt + (k << 3))
    const r = load<f64>(totalAt + (k << 3)) - l
    if (isEntropy) {
      left -= bitsOf(l, leftWeight)
      right -= bitsOf(r, rightWeight)
    } else {
      left += l * l
      right += r * r
    }
  }
  if (!isEntropy) {
    left = 1 - left / (leftWeight * leftWeight)
    right = 1 - right / (rightWeight * rightWeight)
  }
  const proxy = -rightWeight * right - leftWeight * left
  if (!(proxy > bestProxy)) return true
  keepSplit(proxy, feature, start, threshold, missing > 0 ? missingFirst : leftRows > rightRows)
  bestMissing = missing
  leftImpurityOfBest = left
  rightImpurityOfBest = right
  leftWeightOfBest = leftWeight
  return true
}

// ---- The split ----

/** Brings the rows into the order of the split. */
export function closeScattered(): void {
  const column = nearColumn(bestFeature)
  const n = end - start
  const third = (<usize>n) << 2
  const cut = floor32(bestThreshold)
  const missingFirst = i32(bestMissing > 0 && missingLeft)
  const samples = samplesAt
  const wholes = wholeAt
  const codes = onesAt
  let left = (<usize>start) << 2
  let right = spareAt
  for (let p = (<usize>start) << 2; p < (<usize>end) << 2; p += 4) {
    const row = load<u32>(samples + p)
    const whole = load<i32>(wholes + p)
    const ones = load<i32>(codes + p)
    const value = load<f32>(column + ((<usize>row) << 2))
    // Both places are written and one of them kept: no branch to mispredict.
    store<u32>(samples + left, row)
    store<i32>(wholes + left, whole)
    store<i32>(codes + left, ones)
    store<u32>(right, row)
    store<i32>(right + third, whole)
    store<i32>(right + 2 * third, ones)
    const side = <usize>(i32(value <= cut) | (missingFirst & i32(isMissing(value))))
    left += side << 2
    right += (1 - side) << 2
  }
  const bytes = right - spareAt
  memory.copy(samplesAt + left, spareAt, bytes)
  memory.copy(wholeAt + left, spareAt + third, bytes)
  memory.copy(onesAt + left, spareAt + 2 * third, bytes)
  placeSplit(<i32>(left >>> 2), bestThreshold, missingLeft)
  setChildren(leftImpurityOfBest, rightImpurityOfBest, leftWeightOfBest, nodeWeight - leftWeightOfBest)
}

// The best cut of a node so far: which cuts a tree may have, what is kept of one, and the division of the rows by it.

import { nearColumn } from '../near'
import { bestFeature, end, keepSplit, missingLeft, nearlyEqual, nodeWeight, placeSplit, setChildren, start } from '../split'
import { fromLeft, missing, missingRank } from './keys'
import { apartAt, keysAt, offsetsAt, samplesAt, spareAt, tagsAt, valuesAt, wide } from './layout'

let bestRank: i32 = -1
let bestAfter: i32 = -1
let bestLeftImpurity: f64 = 0
let bestRightImpurity: f64 = 0
let bestLeftWeight: f64 = 0
let bestMissing: i32 = 0
let bestMissingRank: i32 = -1

/** Whether a tree tells the values of two ranks apart. */
export function areApart(value: usize, before: i32, after: i32): bool {
  return load<f32>(value + ((<usize>after) << 2)) > load<f32>(value + ((<usize>before) << 2)) + nearlyEqual
}

/** Whether a tree tells the values on the two sides of a cut apart; asked last, because it reads far from all else. */
export function areCuttable(feature: i32, before: i32, after: i32): bool {
  if (after < 0 || load<i32>(apartAt + ((<usize>feature) << 2)) !== 0) return true
  return areApart(valuesAt + ((<usize>load<u32>(offsetsAt + ((<usize>feature) << 2))) << 2), before, after)
}

export function keep(proxy: f64, feature: i32, before: i32, after: i32, left: f64, right: f64, leftWeight: f64): void {
  keepSplit(proxy, feature, start, 0, missing > 0 && fromLeft)
  bestRank = before
  bestAfter = after
  bestLeftImpurity = left
  bestRightImpurity = right
  bestLeftWeight = leftWeight
  bestMissing = missing
  bestMissingRank = missingRank
}

function moveRows<T>(): i32 {
  const rank = nearColumn(bestFeature)
  const missingToo = missingLeft && bestMissing > 0 ? bestMissingRank : -1
  let left = (<usize>start) << 2
  let right: usize = 0
  for (let p = (<usize>start) << 2; p < (<usize>end) << 2; p += 4) {
    const row = load<u32>(samplesAt + p)
    const tag = load<i32>(tagsAt + p)
    const r = <i32>load<T>(rank + <usize>row * sizeof<T>())
    // Both places are written and one of them kept: no branch to mispredict.
    store<u32>(samplesAt + left, row)
    store<i32>(tagsAt + left, tag)
    store<u32>(keysAt + right, row)
    store<i32>(spareAt + right, tag)
    const goesLeft = <usize>(i32(r <= bestRank) | i32(r === missingToo))
    left += goesLeft << 2
    right += (1 - goesLeft) << 2
  }
  memory.copy(samplesAt + left, keysAt, right)
  memory.copy(tagsAt + left, spareAt, right)
  return <i32>(left >>> 2)
}

/** The middle of two neighbours; never the upper one itself; infinite when all values lie to the left. */
function threshold(): f64 {
  if (bestAfter < 0) return Infinity
  const value = valuesAt + ((<usize>load<u32>(offsetsAt + ((<usize>bestFeature) << 2))) << 2)
  const lower = <f64>load<f32>(value + ((<usize>bestRank) << 2))
  const upper = <f64>load<f32>(value + ((<usize>bestAfter) << 2))
  const middle = lower / 2 + upper / 2
  return middle === upper || middle - middle !== 0 ? lower : middle
}

/** Brings the rows into the order of the split. */
export function closeCounted(): void {
  const middle = wide ? moveRows<i32>() : moveRows<u16>()
  placeSplit(middle, threshold(), bestMissing > 0 ? missingLeft : middle - start > end - middle)
  setChildren(bestLeftImpurity, bestRightImpurity, bestLeftWeight, nodeWeight - bestLeftWeight)
}

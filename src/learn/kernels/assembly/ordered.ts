// Finds the split of a node on rows kept in scikit-learn's order, because sums of real numbers depend on it: any criterion of sums, any weights,
// best or random cuts. The plain twins are ../sorted-splitter.ts and the criteria of ../../tree/; a test compares them.

import { columnCount } from './draws'
import { forgetFew, mostFew } from './ordered/few-rows'
import { criterion, hasMissing, isListed, isRandom, isWeighted, rows, samplesAt, termsAt, weightsAt, yAt } from './ordered/layout'
import { divideSamples, leaveList, takeLists, tryList } from './ordered/lists'
import { divide, randomCut, spread } from './ordered/random-cuts'
import { approachRows, columnOf, placeRows } from './ordered/rows'
import { bestCut, sortByFeature } from './ordered/sorts'
import { impurityOfChildren, leftImpurity, leftWeight, reset, rightImpurity, rightWeight, sumNode, update } from './ordered/sums'
import {
  bestFeature,
  bestPos,
  bestThreshold,
  end,
  isMissing,
  minLeaf,
  minWeight,
  missingLeft,
  setChildren,
  squaredError,
  start,
} from './split'

let treeWeight: f64 = 0
/** Whether rows weigh 1, any of them may be a leaf, and targets are what is summed. */
let arePlain: bool = false
/** Whether the rows of the node are in the hands of ordered/few-rows.ts. */
let areFew: bool = false
/** The feature looked at last. */
let lookedAt: i32 = -1

export function weightOfOrdered(): f64 {
  return treeWeight
}

/** The rows that have a weight, in order. @returns how many */
export function takeOrdered(isDepthFirst: bool): i32 {
  let n = 0
  treeWeight = 0
  for (let i: usize = 0; i < <usize>rows; i++) {
    const w = isWeighted ? load<f64>(weightsAt + (i << 3)) : 1
    treeWeight += w
    store<f64>(termsAt + (i << 4), w * load<f64>(yAt + (i << 3)))
    store<f64>(termsAt + (i << 4), w, 8)
    if (w === 0) continue
    store<u32>(samplesAt + ((<usize>n) << 2), <u32>i)
    n++
  }
  placeRows(isDepthFirst)
  arePlain = criterion === squaredError && !isWeighted && !hasMissing && minLeaf === 1 && minWeight <= 1
  leaveList()
  forgetFew()
  if (isListed) takeLists(n)
  return n
}

export function enterOrdered(known: i32): void {
  approachRows(known)
  sumNode()
}

/** Looks at all features of a node are worth a look at one of so many or more. */
const looksPerFeature = 3

/** @param most features to look at @returns whether `searchFew` looks at them, instead of `tryOrdered` at one after the other */
export function openOrdered(most: i32): bool {
  lookedAt = -1
  leaveList()
  areFew = isRandom && arePlain && end - start <= mostFew && most * looksPerFeature >= columnCount()
  return areFew
}

/** Tries the cuts of a feature; false when it is constant in the node. */
export function tryOrdered(feature: i32): bool {
  lookedAt = feature
  if (isRandom) {
    if (!spread(feature)) return false
    randomCut(feature)
    return true
  }
  if (isListed) return tryList(feature)
  if (!sortByFeature(feature)) return false
  bestCut(feature)
  return true
}

/** Brings the rows into the order of the split and measures it. */
export function closeOrdered(): void {
  if (isListed) divideSamples()
  else if (!isRandom) partition()
  else if (!areFew && lookedAt !== bestFeature) {
    if (hasMissing) partition()
    else {
      spread(bestFeature)
      divide(bestThreshold)
    }
  }
  reset()
  update(bestPos)
  impurityOfChildren()
  setChildren(leftImpurity, rightImpurity, leftWeight, rightWeight)
}

function partition(): void {
  const column = columnOf(bestFeature)
  let a = start
  let b = end
  while (a < b) {
    const at = samplesAt + ((<usize>a) << 2)
    const row = load<u32>(at)
    const value = load<f32>(column + ((<usize>row) << 2))
    if (isMissing(value) ? missingLeft : <f64>value <= bestThreshold) a++
    else {
      b--
      const other = samplesAt + ((<usize>b) << 2)
      store<u32>(at, load<u32>(other))
      store<u32>(other, row)
    }
  }
}

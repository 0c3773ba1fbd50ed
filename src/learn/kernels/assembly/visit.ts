// One node: its rows, its features drawn as scikit-learn draws them, and the best split that one of the searches finds. The plain twins are
// ../grow-tree.ts and ../../tree/build-tree.ts.

import { enterCounted, impurityOfCounted, takeCounted, tryCounted, valuesOfCounted } from './counted'
import { closeCounted } from './counted/best-cut'
import { columnCount, featureAt, keepConstants, randInt, swapFeatures } from './draws'
import { closeOrdered, enterOrdered, openOrdered, takeOrdered, tryOrdered, weightOfOrdered } from './ordered'
import { searchFew } from './ordered/few-cuts'
import { divideLists } from './ordered/lists'
import { impurityOfOrdered, sumNode, valuesOfOrdered } from './ordered/sums'
import { closeScattered, enterScattered, impurityOfScattered, takeScattered, tryScattered, valuesOfScattered } from './scattered'
import {
  bestFeature,
  bestPos,
  enterRows,
  epsilon,
  leftImpurity,
  leftWeight,
  nodeWeight,
  noSplit,
  rightImpurity,
  rightWeight,
  end as rowEnd,
  start as rowStart,
  setLeaf,
} from './split'

const counted: i32 = 0
const scattered: i32 = 2

let search: i32 = 0

export function laySearch(kind: i32): void {
  search = kind
}

// ---- The searches under one name ----

export function take(isDepthFirst: bool): i32 {
  if (search === counted) return takeCounted(isDepthFirst)
  return search === scattered ? takeScattered(isDepthFirst) : takeOrdered(isDepthFirst)
}

function enter(known: i32): void {
  if (search === counted) enterCounted()
  else if (search === scattered) enterScattered()
  else enterOrdered(known)
}

function impurityOfNode(): f64 {
  if (search === counted) return impurityOfCounted()
  return search === scattered ? impurityOfScattered() : impurityOfOrdered()
}

function tryFeature(feature: i32): bool {
  if (search === counted) return tryCounted(feature)
  return search === scattered ? tryScattered(feature) : tryOrdered(feature)
}

function close(): void {
  if (search === counted) closeCounted()
  else if (search === scattered) closeScattered()
  else closeOrdered()
}

export function storeValues(into: usize): void {
  if (search === counted) valuesOfCounted(into)
  else if (search === scattered) valuesOfScattered(into)
  else valuesOfOrdered(into)
}

// ---- One node ----

let maxFeatures: i32 = 0
let maxDepth: i32 = 0
let minSplit: i32 = 0
let minLeaf: i32 = 0
let minWeight: f64 = 0
let minDecrease: f64 = 0
let treeWeight: f64 = 0
/** Rows times features looked at since the step began. */
export let work: f64 = 0
/** Features constant in the node and in all below it. */
export let constants: i32 = 0
export let impurity: f64 = 0
export let improvement: f64 = 0

/** Begins a tree. */
export function setLimits(features: i32, depth: i32, samplesOfSplit: i32, samplesOfLeaf: i32, weightOfLeaf: f64, decrease: f64): void {
  maxFeatures = features
  maxDepth = depth
  minSplit = samplesOfSplit
  minLeaf = samplesOfLeaf
  minWeight = weightOfLeaf
  minDecrease = decrease
  setLeaf(samplesOfLeaf, weightOfLeaf)
}

/** Begins a step. */
export function rest(): void {
  work = 0
}

function isLeaf(size: i32, weight: f64, ownImpurity: f64, depth: i32): bool {
  return depth >= maxDepth || size < minSplit || size < 2 * minLeaf || weight < 2 * minWeight || ownImpurity <= epsilon
}

/** Draws features and tries them. @returns how many are constant and were not known to be */
function lookAtFeatures(known: i32): i32 {
  let free = columnCount()
  let found = 0
  let drawn = 0
  let visited = 0
  while (free > constants && (visited < maxFeatures || visited <= found + drawn)) {
    visited++
    let at = randInt(drawn, free - found)
    if (at < known) {
      swapFeatures(drawn, at)
      drawn++
      continue
    }
    at += found
    work += <f64>(rowEnd - rowStart)
    if (!tryFeature(featureAt(at))) {
      swapFeatures(at, constants)
      found++
      constants++
      continue
    }
    free--
    swapFeatures(free, at)
  }
  return found
}

function lookAtFew(known: i32): i32 {
  const found = searchFew(known, maxFeatures)
  constants += found
  work += <f64>((rowEnd - rowStart) * columnCount())
  return found
}

/** Whether a child of the node visited last is a leaf that `enterLeaf` can enter. */
export function isKnownLeaf(size: i32, weight: f64, ownImpurity: f64, depth: i32): bool {
  return search !== counted && search !== scattered && isLeaf(size, weight, ownImpurity, depth)
}

/** Enters a child of the node visited last: its rows are where those of the node are. */
export function enterLeaf(start: i32, end: i32): void {
  enterRows(start, end)
  sumNode()
}

/** Looks for the split of samples[start, end). @returns whether there is none */
export function visit(start: i32, end: i32, depth: i32, known: i32, parentsImpurity: f64, isRoot: bool): bool {
  enterRows(start, end)
  enter(known)
  impurity = isRoot ? impurityOfNode() : parentsImpurity
  if (isRoot) treeWeight = search === counted || search === scattered ? nodeWeight : weightOfOrdered()
  constants = known
  if (isLeaf(end - start, nodeWeight, impurity, depth)) return true
  noSplit()
  const isOrdered = search !== counted && search !== scattered
  const found = isOrdered && openOrdered(maxFeatures) ? lookAtFew(known) : lookAtFeatures(known)
  if (bestFeature < 0) {
    keepConstants(known, found)
    return true
  }
  close()
  keepConstants(known, found)
  improvement =
    (nodeWeight / treeWeight) * (impurity - (rightWeight / nodeWeight) * rightImpurity - (leftWeight / nodeWeight) * leftImpurity)
  if (improvement + epsilon < minDecrease) return true
  if (isOrdered) {
    const leaves =
      isLeaf(bestPos - start, leftWeight, leftImpurity, depth + 1) && isLeaf(end - bestPos, rightWeight, rightImpurity, depth + 1)
    if (!leaves) divideLists(constants)
  }
  return false
}

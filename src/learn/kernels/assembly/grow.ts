// Grows a tree, depth first or best first, by one of the searches for the split of a node. The plain twins are ../grow-tree.ts and ../../tree/build-tree.ts.
// A tree grows in steps of bounded work, so that a fit can be stopped inside a tree.

import { enterCounted, impurityOfCounted, takeCounted, tryCounted, valuesOfCounted } from './counted'
import { closeCounted } from './counted/best-cut'
import { columnCount, featureAt, keepConstants, randInt, seedDraws, swapFeatures } from './draws'
import { addNode, clearNodes, packNodes, sendMissing, splitNode, valuesOf } from './nodes'
import { closeOrdered, enterOrdered, openOrdered, takeOrdered, tryOrdered, weightOfOrdered } from './ordered'
import { divideLists } from './ordered/lists'
import { impurityOfOrdered, valuesOfOrdered } from './ordered/sums'
import { closeScattered, enterScattered, impurityOfScattered, takeScattered, tryScattered, valuesOfScattered } from './scattered'
import {
  bestFeature,
  bestPos,
  bestThreshold,
  enterRows,
  epsilon,
  leftImpurity,
  leftWeight,
  missingLeft,
  nodeWeight,
  noSplit,
  rightImpurity,
  rightWeight,
  setLeaf,
} from './split'

const counted: i32 = 0
const scattered: i32 = 2

let search: i32 = 0
/** Frames of 32 bytes, or nodes of 64 bytes and a heap of i32. */
let stackAt: usize = 0
let heapAt: usize = 0

export function layGrowth(kind: i32, stack: usize, heap: usize): void {
  search = kind
  stackAt = stack
  heapAt = heap
}

// ---- The searches under one name ----

function take(isDepthFirst: bool): i32 {
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

function storeValues(into: usize): void {
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
let work: f64 = 0
/** Features constant in the node and in all below it. */
let constants: i32 = 0
let impurity: f64 = 0
let improvement: f64 = 0

function isLeaf(size: i32, weight: f64, ownImpurity: f64, depth: i32): bool {
  return depth >= maxDepth || size < minSplit || size < 2 * minLeaf || weight < 2 * minWeight || ownImpurity <= epsilon
}

/** Looks for the split of samples[start, end). @returns whether there is none */
function visit(start: i32, end: i32, depth: i32, known: i32, parentsImpurity: f64, isRoot: bool): bool {
  enterRows(start, end)
  enter(known)
  impurity = isRoot ? impurityOfNode() : parentsImpurity
  if (isRoot) treeWeight = search === counted || search === scattered ? nodeWeight : weightOfOrdered()
  constants = known
  if (isLeaf(end - start, nodeWeight, impurity, depth)) return true
  noSplit()
  if (search !== counted && search !== scattered) openOrdered()
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
    work += <f64>(end - start)
    if (!tryFeature(featureAt(at))) {
      swapFeatures(at, constants)
      found++
      constants++
      continue
    }
    free--
    swapFeatures(free, at)
  }
  if (bestFeature < 0) {
    keepConstants(known, found)
    return true
  }
  close()
  keepConstants(known, found)
  improvement =
    (nodeWeight / treeWeight) * (impurity - (rightWeight / nodeWeight) * rightImpurity - (leftWeight / nodeWeight) * leftImpurity)
  if (improvement + epsilon < minDecrease) return true
  if (search !== counted && search !== scattered) {
    const leaves =
      isLeaf(bestPos - start, leftWeight, leftImpurity, depth + 1) && isLeaf(end - bestPos, rightWeight, rightImpurity, depth + 1)
    if (!leaves) divideLists(constants)
  }
  return false
}

// ---- The tree ----

let top: usize = 0
let bestFirst: bool = false
let splitsLeft: i32 = 0

/** Begins a tree; `step` grows it. @param maxLeaves grows best first up to so many leaves; 0: depth first @returns -1 when a weight does not fit */
export function begin(
  seed: u32,
  features: i32,
  depth: i32,
  samplesOfSplit: i32,
  samplesOfLeaf: i32,
  weightOfLeaf: f64,
  decrease: f64,
  maxLeaves: i32,
): i32 {
  maxFeatures = features
  maxDepth = depth
  minSplit = samplesOfSplit
  minLeaf = samplesOfLeaf
  minWeight = weightOfLeaf
  minDecrease = decrease
  setLeaf(samplesOfLeaf, weightOfLeaf)
  seedDraws(seed)
  const n = take(maxLeaves <= 0)
  if (n < 0) return -1
  clearNodes()
  bestFirst = maxLeaves > 0
  top = stackAt
  work = 0
  if (bestFirst) {
    heapSize = 0

    splitsLeft = maxLeaves - 1
    push(wait(0, n, 0, -1, false, 0))
  } else pushFrame(0, n, 0, -1, false, 0, 0)
  return 0
}

/** Grows on for about so much work. @returns the number of nodes, packed, when the tree is done; else -2 */
export function step(most: f64): i32 {
  work = 0
  const done = bestFirst ? growBestFirst(most) : growDepthFirst(most)
  return done ? packNodes() : -2
}

function pushFrame(start: i32, end: i32, depth: i32, parent: i32, isLeft: bool, known: i32, ownImpurity: f64): void {
  store<i32>(top, start)
  store<i32>(top, end, 4)
  store<i32>(top, depth, 8)
  store<i32>(top, parent, 12)
  store<i32>(top, isLeft ? 1 : 0, 16)
  store<i32>(top, known, 20)
  store<f64>(top, ownImpurity, 24)
  top += 32
}

function growDepthFirst(most: f64): bool {
  while (top > stackAt) {
    if (work > most) return false
    top -= 32
    const start = load<i32>(top)
    const end = load<i32>(top, 4)
    const depth = load<i32>(top, 8)
    const parent = load<i32>(top, 12)
    const leaf = visit(start, end, depth, load<i32>(top, 20), load<f64>(top, 24), parent < 0)
    const node = addNode(parent, load<i32>(top, 16) !== 0, impurity, nodeWeight, end - start)
    storeValues(valuesOf(node))
    if (leaf) continue
    splitNode(node, bestFeature, bestThreshold)
    sendMissing(node, missingLeft)
    pushFrame(bestPos, end, depth + 1, node, false, constants, rightImpurity)
    pushFrame(start, bestPos, depth + 1, node, true, constants, leftImpurity)
  }
  return true
}

// ---- Best first: a heap with the moves of the C++ library, because equal improvements must leave it in the same order ----

let heapSize: i32 = 0

function nodeAt(i: i32): usize {
  return stackAt + ((<usize>i) << 6)
}

function improvementOf(i: i32): f64 {
  return load<f64>(nodeAt(i), 24)
}

/** Adds a node that may become a split. @returns its place among those that wait */
function wait(start: i32, end: i32, depth: i32, parent: i32, isLeft: bool, parentsImpurity: f64): i32 {
  const leaf = visit(start, end, depth, 0, parentsImpurity, parent < 0)
  const node = addNode(parent, isLeft, impurity, nodeWeight, end - start)
  storeValues(valuesOf(node))
  if (!leaf) sendMissing(node, missingLeft)
  const at = nodeAt(node)
  store<i32>(at, start)
  store<i32>(at, end, 4)
  store<i32>(at, leaf ? end : bestPos, 8)
  store<i32>(at, depth, 12)
  store<i32>(at, leaf ? 1 : 0, 16)
  store<i32>(at, bestFeature, 20)
  store<f64>(at, leaf ? 0.0 : improvement, 24)
  store<f64>(at, leaf ? impurity : leftImpurity, 32)
  store<f64>(at, leaf ? impurity : rightImpurity, 40)
  store<f64>(at, bestThreshold, 48)
  return node
}

function growBestFirst(most: f64): bool {
  while (heapSize > 0) {
    if (work > most) return false
    const node = pop()
    const at = nodeAt(node)
    if (load<i32>(at, 16) !== 0 || splitsLeft <= 0) continue
    splitsLeft--
    splitNode(node, load<i32>(at, 20), load<f64>(at, 48))
    const depth = load<i32>(at, 12) + 1
    const pos = load<i32>(at, 8)
    const left = wait(load<i32>(at), pos, depth, node, true, load<f64>(at, 32))
    const right = wait(pos, load<i32>(at, 4), depth, node, false, load<f64>(at, 40))
    push(left)
    push(right)
  }
  return true
}

function heapGet(i: i32): i32 {
  return load<i32>(heapAt + ((<usize>i) << 2))
}

function heapSet(i: i32, node: i32): void {
  store<i32>(heapAt + ((<usize>i) << 2), node)
}

function push(node: i32): void {
  heapSize++
  siftUp(heapSize - 1, node)
}

function siftUp(from: i32, node: i32): void {
  const own = improvementOf(node)
  let hole = from
  while (hole > 0) {
    const parent = (hole - 1) >> 1
    if (!(improvementOf(heapGet(parent)) < own)) break
    heapSet(hole, heapGet(parent))
    hole = parent
  }
  heapSet(hole, node)
}

function pop(): i32 {
  const best = heapGet(0)
  heapSize--
  if (heapSize === 0) return best
  const node = heapGet(heapSize)
  let hole = 0
  let child = 0
  // The hole sinks to the bottom along the larger children, then the last item rises from there.
  while (child < (heapSize - 1) >> 1) {
    child = 2 * (child + 1)
    if (improvementOf(heapGet(child)) < improvementOf(heapGet(child - 1))) child--
    heapSet(hole, heapGet(child))
    hole = child
  }
  if ((heapSize & 1) === 0 && child === (heapSize - 2) >> 1) {
    child = 2 * (child + 1)
    heapSet(hole, heapGet(child - 1))
    hole = child - 1
  }
  siftUp(hole, node)
  return best
}

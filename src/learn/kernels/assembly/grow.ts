// Grows a tree, depth first or best first, in steps of bounded work, so that a fit can be stopped inside a tree. The plain twins are ../grow-tree.ts and
// ../../tree/build-tree.ts.

import { beginBestFirst, growBestFirst, layBestFirst } from './best-first'
import { seedDraws } from './draws'
import { addNode, clearNodes, packNodes, sendMissing, splitNode, valuesOf } from './nodes'
import { bestFeature, bestPos, bestThreshold, leftImpurity, leftWeight, missingLeft, nodeWeight, rightImpurity, rightWeight } from './split'
import { constants, enterLeaf, impurity, isKnownLeaf, laySearch, rest, setLimits, storeValues, take, visit, work } from './visit'

/** Frames of 32 bytes: the nodes that wait, the next one last. */
let stackAt: usize = 0

export function layGrowth(kind: i32, stack: usize, heap: usize): void {
  laySearch(kind)
  stackAt = stack
  layBestFirst(stack, heap)
}

let top: usize = 0
let bestFirst: bool = false

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
  setLimits(features, depth, samplesOfSplit, samplesOfLeaf, weightOfLeaf, decrease)
  seedDraws(seed)
  const n = take(maxLeaves <= 0)
  if (n < 0) return -1
  clearNodes()
  bestFirst = maxLeaves > 0
  top = stackAt
  rest()
  if (bestFirst) beginBestFirst(n, maxLeaves)
  else pushFrame(0, n, 0, -1, false, 0, 0)
  return 0
}

/** Grows on for about so much work. @returns the number of nodes, packed, when the tree is done; else -2 */
export function step(most: f64): i32 {
  rest()
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
    const middle = bestPos
    const ofRight = rightImpurity
    const isRightLeaf = isKnownLeaf(end - middle, rightWeight, ofRight, depth + 1)
    if (isKnownLeaf(middle - start, leftWeight, leftImpurity, depth + 1)) {
      addLeaf(start, middle, node, true, leftImpurity)
      if (isRightLeaf) addLeaf(middle, end, node, false, ofRight)
      else pushFrame(middle, end, depth + 1, node, false, constants, ofRight)
      continue
    }
    pushFrame(middle, end, depth + 1, node, false, constants, ofRight)
    pushFrame(start, middle, depth + 1, node, true, constants, leftImpurity)
  }
  return true
}

/** A node whose values are all that is asked for. */
function addLeaf(start: i32, end: i32, parent: i32, isLeft: bool, ownImpurity: f64): void {
  enterLeaf(start, end)
  storeValues(valuesOf(addNode(parent, isLeft, ownImpurity, nodeWeight, end - start)))
}

// Grows a tree best first: the next node to split is the one whose split improves most. A heap with the moves of the C++ library, because equal
// improvements must leave it in the same order.

import { addNode, sendMissing, splitNode, valuesOf } from './nodes'
import { bestFeature, bestPos, bestThreshold, leftImpurity, missingLeft, nodeWeight, rightImpurity } from './split'
import { improvement, impurity, storeValues, visit, work } from './visit'

/** Nodes of 64 bytes, and a heap of i32. */
let nodesAt: usize = 0
let heapAt: usize = 0
let heapSize: i32 = 0
let splitsLeft: i32 = 0

export function layBestFirst(nodes: usize, heap: usize): void {
  nodesAt = nodes
  heapAt = heap
}

/** Looks at the root, of `n` rows. */
export function beginBestFirst(n: i32, maxLeaves: i32): void {
  heapSize = 0
  splitsLeft = maxLeaves - 1
  push(wait(0, n, 0, -1, false, 0))
}

function nodeAt(i: i32): usize {
  return nodesAt + ((<usize>i) << 6)
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

/** Splits nodes for about so much work. @returns whether the tree is done */
export function growBestFirst(most: f64): bool {
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

import { SortedSplitter, type SplitterOptions } from '../kernels/sorted-splitter.ts'
import { SparseSplitter } from '../kernels/sparse-splitter.ts'
import type { Criterion } from './criterion.ts'
import { type Bounds, boundsBelow, clipValue, unbounded } from './monotonic.ts'
import { NodeList } from './node-list.ts'
import type { Tree } from './tree.ts'

export interface BuildOptions extends SplitterOptions {
  readonly minSamplesSplit: number
  readonly maxDepth: number
  readonly minImpurityDecrease: number
  /** Grows best first up to so many leaves; absent: depth first. */
  readonly maxLeafNodes?: number
  /** The rows stand in the order of scikit-learn's sparse trees. */
  readonly sparse?: boolean
}

const epsilon = Number.EPSILON

/** A node that waits to become a split, with what its own split would be. */
interface Waiting {
  readonly node: number
  readonly start: number
  readonly end: number
  readonly depth: number
  readonly leaf: boolean
  readonly pos: number
  readonly improvement: number
  readonly leftImpurity: number
  readonly rightImpurity: number
  readonly feature: number
  readonly threshold: number
  readonly missingGoesLeft: boolean
  readonly bounds: Bounds
  readonly middle: number
}

/**
 * Grows a tree by any criterion, with real row weights and missing values.
 *
 * @param columns float32 columns, NaN for missing
 * @param weights absent: every row weighs 1; rows of weight 0 take no part
 * Source: scikit-learn 1.9 `DepthFirstTreeBuilder` and `BestFirstTreeBuilder`, behaviour.
 */
export function buildTree(
  columns: readonly Float32Array[],
  criterion: Criterion,
  weights: Float64Array | undefined,
  options: BuildOptions,
): Tree {
  const splitter = new (options.sparse ? SparseSplitter : SortedSplitter)(columns, criterion, weights, options)
  const nodes = new NodeList(criterion.outputs)
  if (options.maxLeafNodes === undefined) growDepthFirst(splitter, criterion, nodes, options)
  else growBestFirst(splitter, criterion, nodes, options, options.maxLeafNodes)
  return nodes.tree()
}

/** Looks at one node; its split, if it has one, is then the splitter's. */
function visit(
  splitter: SortedSplitter,
  criterion: Criterion,
  options: BuildOptions,
  start: number,
  end: number,
  depth: number,
  parentsImpurity: number,
  constants: number,
  bounds: Bounds,
): { readonly leaf: boolean; readonly impurity: number } {
  criterion.enter(splitter.samples, start, end)
  const impurity = Number.isNaN(parentsImpurity) ? criterion.nodeImpurity() : parentsImpurity
  const n = end - start
  const leaf =
    depth >= options.maxDepth ||
    n < options.minSamplesSplit ||
    n < 2 * options.minSamplesLeaf ||
    criterion.nodeWeight < 2 * options.minWeightLeaf ||
    impurity <= epsilon
  if (leaf) return { leaf, impurity }
  splitter.bounds = bounds
  splitter.split(start, end, impurity, constants)
  return { leaf: splitter.pos >= end || splitter.improvement + epsilon < options.minImpurityDecrease, impurity }
}

function addNode(
  nodes: NodeList,
  criterion: Criterion,
  { parent, isLeft, impurity, samples, bounds }: { parent: number; isLeft: boolean; impurity: number; samples: number; bounds?: Bounds },
): number {
  const node = nodes.add(parent, isLeft, impurity, samples, criterion.nodeWeight)
  criterion.nodeValue(nodes.value, node * criterion.outputs)
  if (bounds) clipValue(nodes.value, node * criterion.outputs, criterion.outputs, bounds)
  return node
}

/** Values are moved into their bounds wherever there are constraints: that rounds the second of two classes anew. */
const clipping =
  ({ monotonic }: BuildOptions) =>
  (bounds: Bounds) =>
    monotonic ? { bounds } : {}

function growDepthFirst(splitter: SortedSplitter, criterion: Criterion, nodes: NodeList, options: BuildOptions): void {
  interface Todo {
    readonly start: number
    readonly end: number
    readonly depth: number
    readonly parent: number
    readonly isLeft: boolean
    readonly impurity: number
    readonly constants: number
    readonly bounds: Bounds
  }
  const root = { start: 0, end: splitter.count, depth: 0, parent: -1, isLeft: false, impurity: Number.NaN, constants: 0, bounds: unbounded }
  const stack: Todo[] = [root]
  const clip = clipping(options)
  for (let todo = stack.pop(); todo; todo = stack.pop()) {
    const { start, end, depth, parent, isLeft, bounds } = todo
    const { leaf, impurity } = visit(splitter, criterion, options, start, end, depth, todo.impurity, todo.constants, bounds)
    const node = addNode(nodes, criterion, { parent, isLeft, impurity, samples: end - start, ...clip(bounds) })
    if (leaf) continue
    const { pos, constants, leftImpurity, rightImpurity } = splitter
    nodes.split(node, splitter.feature, splitter.threshold, splitter.missingGoesLeft)
    const below = { depth: depth + 1, parent: node, constants }
    const [ofLeft, ofRight] = boundsBelow(options.monotonic?.[splitter.feature] ?? 0, bounds, criterion.middleValue())
    stack.push({ ...below, start: pos, end, isLeft: false, impurity: rightImpurity, bounds: ofRight })
    stack.push({ ...below, start, end: pos, isLeft: true, impurity: leftImpurity, bounds: ofLeft })
  }
}

function growBestFirst(splitter: SortedSplitter, criterion: Criterion, nodes: NodeList, options: BuildOptions, maxLeafNodes: number): void {
  const heap: Waiting[] = []
  const clip = clipping(options)
  const wait = (
    start: number,
    end: number,
    depth: number,
    parent: number,
    isLeft: boolean,
    parentsImpurity: number,
    bounds: Bounds,
  ): Waiting => {
    const { leaf, impurity } = visit(splitter, criterion, options, start, end, depth, parentsImpurity, 0, bounds)
    const node = addNode(nodes, criterion, { parent, isLeft, impurity, samples: end - start, ...clip(bounds) })
    const common = { node, start, end, depth, leaf, bounds, middle: leaf ? 0 : criterion.middleValue() }
    if (leaf) {
      const none = { improvement: 0, leftImpurity: impurity, rightImpurity: impurity, feature: -2, threshold: -2, missingGoesLeft: false }
      return { ...common, ...none, pos: end }
    }
    nodes.sendMissing(node, splitter.missingGoesLeft)
    const { pos, improvement, leftImpurity, rightImpurity, feature, threshold, missingGoesLeft } = splitter
    return { ...common, pos, improvement, leftImpurity, rightImpurity, feature, threshold, missingGoesLeft }
  }
  push(heap, wait(0, splitter.count, 0, -1, false, Number.NaN, unbounded))
  let splitsLeft = maxLeafNodes - 1
  for (let best = pop(heap); best; best = pop(heap)) {
    if (best.leaf || splitsLeft <= 0) continue
    splitsLeft--
    const { node, start, pos, end, depth } = best
    nodes.split(node, best.feature, best.threshold, best.missingGoesLeft)
    const [ofLeft, ofRight] = boundsBelow(options.monotonic?.[best.feature] ?? 0, best.bounds, best.middle)
    const left = wait(start, pos, depth + 1, node, true, best.leftImpurity, ofLeft)
    const right = wait(pos, end, depth + 1, node, false, best.rightImpurity, ofRight)
    push(heap, left)
    push(heap, right)
  }
}

/** Binary max-heap by improvement with the moves of the C++ library: equal improvements must leave it in the same order. */
function push(heap: Waiting[], item: Waiting): void {
  heap.push(item)
  siftUp(heap, heap.length - 1, item)
}

function siftUp(heap: Waiting[], from: number, item: Waiting): void {
  let hole = from
  while (hole > 0) {
    const parent = (hole - 1) >> 1
    if (!(heap[parent].improvement < item.improvement)) break
    heap[hole] = heap[parent]
    hole = parent
  }
  heap[hole] = item
}

function pop(heap: Waiting[]): Waiting | undefined {
  if (heap.length < 2) return heap.pop()
  const top = heap[0]
  const item = heap.pop()!
  const size = heap.length
  let hole = 0
  let child = 0
  // The hole sinks to the bottom along the larger children, then the last item rises from there.
  while (child < (size - 1) >> 1) {
    child = 2 * (child + 1)
    if (heap[child].improvement < heap[child - 1].improvement) child--
    heap[hole] = heap[child]
    hole = child
  }
  if ((size & 1) === 0 && child === (size - 2) >> 1) {
    child = 2 * (child + 1)
    heap[hole] = heap[child - 1]
    hole = child - 1
  }
  siftUp(heap, hole, item)
  return top
}

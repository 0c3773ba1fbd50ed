import type { HistogramKernel } from '../../kernels/histogram-kernel.ts'
import { pairwiseSum } from '../../pairwise-sum.ts'
import { boundsBelow, unbounded } from '../../tree/monotonic.ts'
import type { BinMapper, BinnedColumns } from './bins.ts'
import { type Allowed, allowedAtRoot, allowedBelow } from './constraints.ts'
import { findSplit } from './find-split.ts'
import { pop, push } from './gain-heap.ts'
import { HistogramBuilder, type NodeHistogram } from './histogram.ts'
import { HistogramTree } from './histogram-tree.ts'
import { PlainRows } from './plain-rows.ts'
import type { NodeSums, Split, SplitOptions } from './split.ts'

export interface HistogramGrowth extends SplitOptions {
  readonly maxLeafNodes: number
  readonly maxDepth: number
  readonly learningRate: number
  /** Groups of columns that may act together; absent: all. */
  readonly groups?: readonly ReadonlySet<number>[]
}

interface GrowingNode extends NodeSums {
  bounds: NonNullable<NodeSums['bounds']>
  readonly depth: number
  readonly start: number
  readonly end: number
  value: number
  split?: Split
  /** Missing values of other rows go with most rows, where training had none. */
  missingGoesLeft: boolean
  left?: GrowingNode
  right?: GrowingNode
  histogram?: NodeHistogram
}

export interface GrownLeaf {
  readonly rows: Uint32Array
  /** Where its rows are among the samples. */
  readonly start: number
  readonly value: number
  readonly node: number
}

export interface GrownTree {
  readonly tree: HistogramTree
  /** Sets each leaf's value from its rows, before the tree is used. */
  readonly leaves: readonly GrownLeaf[]
}

/**
 * Grows one tree best first on binned columns.
 *
 * @param hessians absent: all are 1
 * @param kernel of these columns; absent: without WebAssembly
 * @param leafValue value of a leaf from its rows, where the loss has no derivative to trust; it is then shrunk by the learning rate
 * Source: scikit-learn 1.9 `TreeGrower`; Ke et al., LightGBM, 2017.
 */
export function growHistogramTree(
  binned: BinnedColumns,
  mapper: BinMapper,
  gradients: Float32Array,
  hessians: Float32Array | undefined,
  options: HistogramGrowth,
  leafValue?: (rows: Uint32Array) => number,
  kernel?: HistogramKernel,
): GrownTree {
  const { minSamplesLeaf, maxDepth, maxLeafNodes, binsPerColumn } = options
  kernel?.begin()
  const plain = kernel ? undefined : new PlainRows(binned, new HistogramBuilder(binned, binsPerColumn, gradients, hessians))
  const builder = kernel ?? plain!
  const { samples } = builder
  const heap: GrowingNode[] = []
  const leaves: GrowingNode[] = []
  const finish = (node: GrowingNode) => {
    if (node.histogram) builder.release(node.histogram)
    node.histogram = undefined
    leaves.push(node)
  }
  const lookForSplit = (node: GrowingNode) => {
    node.split = findSplit(node.histogram!, node, options, kernel)
    if (node.split) push(heap, node)
    else finish(node)
  }

  const histogram = builder.of(0, binned.rows)
  const allowed: Allowed | undefined = options.groups && allowedAtRoot(options.groups)
  const summed = histogram.column(allowed?.columns[0] ?? 0)
  const root: GrowingNode = {
    depth: 0,
    start: 0,
    end: binned.rows,
    samples: binned.rows,
    gradients: pairwiseSum(summed.gradients),
    hessians: hessians ? pairwiseSum(summed.hessians) : binned.rows,
    value: 0,
    missingGoesLeft: false,
    bounds: unbounded,
    ...(allowed ? { allowed } : {}),
    histogram,
  }
  if (root.samples < 2 * minSamplesLeaf || root.hessians < 1e-3) finish(root)
  else lookForSplit(root)

  for (let node = pop(heap); node; node = pop(heap)) {
    const split = node.split!
    const middle = builder.divide(split.column, node.start, node.end, sideOf(split, options.missingBin))
    const leafCount = leaves.length + heap.length + 2
    const depth = node.depth + 1
    const below = node.allowed ? { allowed: allowedBelow(node.allowed, split.column) } : {}
    const child = (sums: NodeSums, start: number, end: number): GrowingNode => ({
      ...sums,
      ...below,
      bounds: unbounded,
      samples: end - start,
      depth,
      start,
      end,
      missingGoesLeft: false,
    })
    const left = child(split.left, node.start, middle)
    const right = child(split.right, middle, node.end)
    node.left = left
    node.right = right
    node.missingGoesLeft = options.hasMissing[split.column] ? split.missingGoesLeft : left.samples > right.samples
    if (leafCount === maxLeafNodes) {
      finish(left)
      finish(right)
      while (heap.length) finish(heap.pop()!)
      release(builder, node)
      break
    }
    if (depth === maxDepth) {
      finish(left)
      finish(right)
      release(builder, node)
      continue
    }
    const sign = options.monotonic?.[split.column] ?? 0
    ;[left.bounds, right.bounds] = boundsBelow(sign, node.bounds, (left.value + right.value) / 2)
    const splitLeft = left.samples >= 2 * minSamplesLeaf
    const splitRight = right.samples >= 2 * minSamplesLeaf
    if (!splitLeft) finish(left)
    if (!splitRight) finish(right)
    if (!splitLeft && !splitRight) {
      release(builder, node)
      continue
    }
    const [small, large] = left.samples < right.samples ? [left, right] : [right, left]
    small.histogram = builder.of(small.start, small.end)
    large.histogram = builder.subtract(node.histogram!, small.histogram)
    node.histogram = undefined
    if (splitLeft) lookForSplit(left)
    if (splitRight) lookForSplit(right)
    if (!splitLeft) release(builder, left)
    if (!splitRight) release(builder, right)
  }
  for (const leaf of leaves) {
    leaf.value = options.learningRate * (leafValue ? leafValue(samples.subarray(leaf.start, leaf.end)) : leaf.value)
  }
  return treeOf(root, samples, mapper, options)
}

function release(builder: Pick<HistogramKernel, 'release'>, node: GrowingNode): void {
  if (node.histogram) builder.release(node.histogram)
  node.histogram = undefined
}

/** Which bins go left. */
const sideOf =
  ({ bin, leftBins, missingGoesLeft }: Split, missingBin: number) =>
  (own: number): boolean =>
    leftBins ? leftBins[own] === 1 : own <= bin || (missingGoesLeft && own === missingBin)

function treeOf(root: GrowingNode, samples: Uint32Array, mapper: BinMapper, options: HistogramGrowth): GrownTree {
  const tree = new HistogramTree()
  const leaves: GrownLeaf[] = []
  const add = (node: GrowingNode): number => {
    const { left, right, split } = node
    if (!left || !right || !split) {
      const at = tree.addLeaf(node.value, node.samples)
      leaves.push({ rows: samples.subarray(node.start, node.end), start: node.start, value: node.value, node: at })
      return at
    }
    // All missing values to the right: any number goes left.
    const cut = split.bin === mapper.counts[split.column] - 1 ? Number.POSITIVE_INFINITY : mapper.thresholds[split.column][split.bin]
    const at = tree.addSplit(
      split.column,
      options.isCategorical[split.column] ? Number.NaN : cut,
      node.missingGoesLeft,
      split.leftBins,
      node.samples,
    )
    const leftAt = add(left)
    const rightAt = add(right)
    tree.join(at, leftAt, rightAt)
    return at
  }
  add(root)
  return { tree, leaves }
}

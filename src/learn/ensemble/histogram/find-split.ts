import type { HistogramKernel } from '../../kernels/histogram-kernel.ts'
import type { RandomGenerator } from '../../random-generator.ts'
import { type Bounds, unbounded } from '../../tree/monotonic.ts'
import type { Allowed } from './constraints.ts'
import type { ColumnSums, NodeHistogram } from './histogram.ts'

export interface SplitOptions {
  readonly binsPerColumn: number
  readonly missingBin: number
  /** Per column: bins without the one for missing values. */
  readonly binCounts: readonly number[]
  readonly hasMissing: Uint8Array
  readonly isCategorical: Uint8Array
  readonly minSamplesLeaf: number
  readonly l2: number
  /** All hessians are 1 and are not in the histogram. */
  readonly constantHessian: boolean
  /** Per column the sign that values must have along it; 0 for any. */
  readonly monotonic?: Int8Array
  /** Draws the columns that each node looks at; absent: all. */
  readonly subsample?: ColumnSample
}

/** A share of the columns, drawn anew for each node. */
export interface ColumnSample {
  readonly share: number
  readonly random: RandomGenerator
}

/** What a node is before its split. */
export interface NodeSums {
  readonly samples: number
  readonly gradients: number
  readonly hessians: number
  readonly value: number
  /** What the values of its children may be. */
  readonly bounds?: Bounds
  /** Absent: all columns. */
  readonly allowed?: Allowed
}

export interface Split {
  readonly gain: number
  readonly column: number
  /** Last bin that goes left. */
  readonly bin: number
  readonly missingGoesLeft: boolean
  /** Bins that go left; numbers go by `bin`. */
  readonly leftBins?: Uint8Array
  readonly left: NodeSums
  readonly right: NodeSums
}

const minHessian = 1e-3
/** Categories need about so many rows to be sorted by their gradients. */
const categorySupport = 10

/**
 * The best split of a node over all columns; undefined when none gains.
 *
 * Source: scikit-learn 1.9 `_hist_gradient_boosting.splitting.Splitter`: gains are written as there, the first best wins.
 */
export function findSplit(histogram: NodeHistogram, node: NodeSums, options: SplitOptions, kernel?: HistogramKernel): Split | undefined {
  const columns = columnsFor(node, options)
  const cut = kernel?.bestCut(histogram, node, options, numbersAmong(columns, options))
  const ofNumbers = cut && splitFrom(cut, node, options, cut.column, {})
  if (kernel && !options.isCategorical.includes(1)) return ofNumbers
  let best: Split | undefined
  for (const column of columns) {
    const found = options.isCategorical[column]
      ? splitByCategory(histogram.column(column), node, options, column)
      : !kernel
        ? splitByNumber(histogram.column(column), node, options, column)
        : column === cut?.column
          ? ofNumbers
          : undefined
    if (found && (!best || found.gain > best.gain)) best = found
  }
  return best
}

/** The columns that are no categories. */
function numbersAmong(columns: readonly number[], { isCategorical }: SplitOptions): readonly number[] {
  if (!isCategorical.includes(1)) return columns
  return columns.filter(column => !isCategorical[column])
}

function columnsFor({ allowed }: NodeSums, { binCounts, subsample }: SplitOptions): readonly number[] {
  const columns = allowed?.columns ?? everyOf(binCounts)
  if (!subsample) return columns
  const drawn = Uint8Array.from(columns, (_, i) => (i < Math.max(1, Math.ceil(subsample.share * columns.length)) ? 1 : 0))
  subsample.random.shuffle(drawn)
  return columns.filter((_, i) => drawn[i])
}

const everyColumn = new WeakMap<readonly number[], readonly number[]>()

/** All columns; the same list each time. */
function everyOf(binCounts: readonly number[]): readonly number[] {
  let known = everyColumn.get(binCounts)
  if (!known) everyColumn.set(binCounts, (known = Array.from(binCounts.keys())))
  return known
}

function newtonStep(gradients: number, hessians: number, l2: number, { lower, upper }: Bounds): number {
  const value = -gradients / (hessians + l2 + 1e-15)
  return value < lower ? lower : value > upper ? upper : value
}

/** A running cut: what lies to the left of it. */
interface Cut {
  gain: number
  at: number
  gradients: number
  hessians: number
  samples: number
  fromRight: boolean
}

function splitFrom(cut: Readonly<Cut>, node: NodeSums, { l2 }: SplitOptions, column: number, more: Partial<Split>): Split {
  const { bounds = unbounded } = node
  const right = { gradients: node.gradients - cut.gradients, hessians: node.hessians - cut.hessians, samples: node.samples - cut.samples }
  return {
    gain: cut.gain,
    column,
    bin: cut.at,
    missingGoesLeft: cut.fromRight,
    left: {
      samples: cut.samples,
      gradients: cut.gradients,
      hessians: cut.hessians,
      value: newtonStep(cut.gradients, cut.hessians, l2, bounds),
    },
    right: { ...right, value: newtonStep(right.gradients, right.hessians, l2, bounds) },
    ...more,
  }
}

/** -1 where the values of the children would break the constraint of the column. */
function gainOf(
  { gradients, value, bounds = unbounded }: NodeSums,
  [leftGradients, leftHessians, rightGradients, rightHessians]: readonly [number, number, number, number],
  l2: number,
  sign: number,
) {
  const left = newtonStep(leftGradients, leftHessians, l2, bounds)
  const right = newtonStep(rightGradients, rightHessians, l2, bounds)
  if ((sign > 0 && left > right) || (sign < 0 && left < right)) return -1
  let gain = gradients * value
  gain -= leftGradients * left
  gain -= rightGradients * right
  return gain
}

/** Scans the bins from the left with missing values on the right, then, where there are some, from the right with them on the left. */
function splitByNumber(histogram: ColumnSums, node: NodeSums, options: SplitOptions, column: number): Split | undefined {
  const { binCounts, hasMissing, minSamplesLeaf, l2, constantHessian } = options
  const sign = options.monotonic?.[column] ?? 0
  const { gradients, hessians, counts } = histogram
  const best: Cut = { gain: -1, at: -1, gradients: 0, hessians: 0, samples: 0, fromRight: false }
  const consider = (gain: number, at: number, g: number, h: number, n: number, fromRight: boolean) => {
    if (!(gain > best.gain && gain > 0)) return
    best.gain = gain
    best.at = at
    best.gradients = g
    best.hessians = h
    best.samples = n
    best.fromRight = fromRight
  }
  let g = 0
  let h = 0
  let n = 0
  for (let bin = 0; bin < binCounts[column] - 1 + hasMissing[column]; bin++) {
    n += counts[bin]
    h += constantHessian ? counts[bin] : hessians[bin]
    g += gradients[bin]
    if (n < minSamplesLeaf) continue
    if (node.samples - n < minSamplesLeaf) break
    if (h < minHessian) continue
    if (node.hessians - h < minHessian) break
    consider(gainOf(node, [g, h, node.gradients - g, node.hessians - h], l2, sign), bin, g, h, n, false)
  }
  if (hasMissing[column]) {
    g = 0
    h = 0
    n = 0
    for (let bin = binCounts[column] - 2; bin >= 0; bin--) {
      n += counts[bin + 1]
      h += constantHessian ? counts[bin + 1] : hessians[bin + 1]
      g += gradients[bin + 1]
      if (n < minSamplesLeaf) continue
      if (node.samples - n < minSamplesLeaf) break
      if (h < minHessian) continue
      if (node.hessians - h < minHessian) break
      const leftGradients = node.gradients - g
      const leftHessians = node.hessians - h
      consider(gainOf(node, [leftGradients, leftHessians, g, h], l2, sign), bin, leftGradients, leftHessians, node.samples - n, true)
    }
  }
  return best.at < 0 ? undefined : splitFrom(best, node, options, column, {})
}

/** Sorts the categories by their mean gradient and cuts the order, from either end up to its middle. */
function splitByCategory(histogram: ColumnSums, node: NodeSums, options: SplitOptions, column: number): Split | undefined {
  const { binCounts, hasMissing, minSamplesLeaf, missingBin, l2, constantHessian } = options
  const { gradients, hessians, counts } = histogram
  const hessianAt = (bin: number) => (constantHessian ? counts[bin] : hessians[bin])
  const factor = node.samples / node.hessians
  const bins = Array.from({ length: binCounts[column] }, (_, bin) => bin)
  if (hasMissing[column]) bins.push(missingBin)
  const used = bins
    .filter(bin => hessianAt(bin) * factor >= categorySupport)
    .map(bin => ({ bin, value: gradients[bin] / (hessianAt(bin) + categorySupport) }))
  if (used.length <= 1) return undefined
  const sorted = mergeSort(used)
  const best: Cut = { gain: -1, at: -1, gradients: 0, hessians: 0, samples: 0, fromRight: false }
  for (const fromRight of [false, true]) {
    const middle = ((sorted.length + 1) >> 1) - (fromRight ? 1 : 0)
    let g = 0
    let h = 0
    let n = 0
    for (let i = 0; i < middle; i++) {
      const at = fromRight ? sorted.length - 1 - i : i
      const { bin } = sorted[at]
      n += counts[bin]
      h += hessianAt(bin)
      g += gradients[bin]
      if (n < minSamplesLeaf || h < minHessian) continue
      if (node.samples - n < minSamplesLeaf || node.hessians - h < minHessian) break
      const gain = gainOf(node, [g, h, node.gradients - g, node.hessians - h], l2, 0)
      if (gain > best.gain && gain > 0) Object.assign(best, { gain, at, gradients: g, hessians: h, samples: n, fromRight })
    }
  }
  if (best.at < 0) return undefined
  const leftBins = new Uint8Array(256)
  for (const { bin } of best.fromRight ? sorted.slice(best.at) : sorted.slice(0, best.at + 1)) leftBins[bin] = 1
  return splitFrom(best, node, options, column, {
    bin: 0,
    leftBins,
    missingGoesLeft: hasMissing[column] === 1 && leftBins[missingBin] === 1,
  })
}

interface Category {
  readonly bin: number
  readonly value: number
}

/** The C library's merge sort with scikit-learn's comparison, for which equal values are greater than each other. */
function mergeSort(items: readonly Category[]): readonly Category[] {
  if (items.length < 2) return items
  const half = items.length >> 1
  const first = mergeSort(items.slice(0, half))
  const second = mergeSort(items.slice(half))
  const merged: Category[] = []
  let a = 0
  let b = 0
  while (a < first.length && b < second.length) merged.push(first[a].value < second[b].value ? first[a++] : second[b++])
  return [...merged, ...first.slice(a), ...second.slice(b)]
}

import type { HistogramKernel } from '../../kernels/histogram-kernel.ts'
import type { ColumnSums, NodeHistogram } from './histogram.ts'
import { type Cut, gainOf, minHessian, type NodeSums, type Split, type SplitOptions, splitFrom } from './split.ts'
import { splitByCategory } from './split-by-category.ts'

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

import type { ColumnSums } from './histogram.ts'
import { type Cut, gainOf, minHessian, type NodeSums, type Split, type SplitOptions, splitFrom } from './split.ts'

/** Categories need about so many rows to be sorted by their gradients. */
const categorySupport = 10

/** Sorts the categories by their mean gradient and cuts the order, from either end up to its middle. */
export function splitByCategory(histogram: ColumnSums, node: NodeSums, options: SplitOptions, column: number): Split | undefined {
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

// The best cut between bins of a node. The plain twin is ../../../ensemble/histogram/find-split.ts.

import { binCountsAt, binsPerColumn, columns, cutAt, hasHessians, hasMissingAt, looksAt, runningAt, runningRowsAt } from './layout'

const minHessian: f64 = 1e-3
/** A cut that is worse by more is the worse one, whatever was rounded. */
const surely: f64 = 1 - 1e-9

let nodeSamples: i32 = 0
let nodeGradients: f64 = 0
let nodeHessians: f64 = 0
let nodeGain: f64 = 0
let minSamplesLeaf: i32 = 0
let l2: f64 = 0
let bestGain: f64 = 0
let bestAt: i32 = 0
let bestGradients: f64 = 0
let bestHessians: f64 = 0
let bestSamples: i32 = 0
let bestFromRight: bool = false

function newtonStep(gradients: f64, hessians: f64): f64 {
  return -gradients / (hessians + l2 + 1e-15)
}

function consider(at: i32, g: f64, h: f64, n: i32, fromRight: bool): void {
  const leftGradients = fromRight ? nodeGradients - g : g
  const leftHessians = fromRight ? nodeHessians - h : h
  const rightGradients = fromRight ? g : nodeGradients - g
  const rightHessians = fromRight ? h : nodeHessians - h
  let gain = nodeGain
  gain -= leftGradients * newtonStep(leftGradients, leftHessians)
  gain -= rightGradients * newtonStep(rightGradients, rightHessians)
  if (!(gain > bestGain && gain > 0)) return
  bestGain = gain
  bestAt = at
  bestGradients = leftGradients
  bestHessians = leftHessians
  bestSamples = fromRight ? nodeSamples - n : n
  bestFromRight = fromRight
}

/** The best cut of the columns that are looked at, as if all were of numbers. @returns its column; -1 where there is none */
export function bestCut(
  histogram: usize,
  samples: i32,
  gradients: f64,
  hessians: f64,
  value: f64,
  leastRows: i32,
  regularization: f64,
): i32 {
  nodeSamples = samples
  nodeGradients = gradients
  nodeHessians = hessians
  nodeGain = gradients * value
  minSamplesLeaf = leastRows
  l2 = regularization
  bestGain = -1
  let best = -1
  const length = columns * binsPerColumn
  for (let j: usize = 0; j < columns; j++) {
    if (load<u8>(looksAt + j) === 0) continue
    const sums = histogram + ((j * binsPerColumn) << 4)
    const counts = histogram + (length << 4) + ((j * binsPerColumn) << 2)
    const bins = load<i32>(binCountsAt + (j << 2))
    const missing = load<i32>(hasMissingAt + (j << 2))
    bestAt = -1
    if (hasHessians) scan<bool>(sums, counts, 0, 1, bins - 1 + missing, false)
    else scan<i32>(sums, counts, 0, 1, bins - 1 + missing, false)
    if (missing !== 0) {
      if (hasHessians) scan<bool>(sums, counts, bins - 1, -1, bins - 1, true)
      else scan<i32>(sums, counts, bins - 1, -1, bins - 1, true)
    }
    if (bestAt < 0) continue
    best = <i32>j
    store<f64>(cutAt, bestGain)
    store<f64>(cutAt, <f64>bestAt, 8)
    store<f64>(cutAt, bestGradients, 16)
    store<f64>(cutAt, bestHessians, 24)
    store<f64>(cutAt, <f64>bestSamples, 32)
    store<f64>(cutAt, bestFromRight ? 1 : 0, 40)
  }
  return best
}

/**
 * Tries the cuts behind each of `most` bins from `first` on, one way or the other.
 *
 * H: bool where rows are counted beside hessians, i32 where their sum is the number of rows.
 */
function scan<H>(sums: usize, counts: usize, first: i32, step: i32, most: i32, fromRight: bool): void {
  let running = f64x2.splat(0)
  let n: i32 = 0
  let from: i32 = -1
  let to: i32 = most
  for (let i = 0; i < most; i++) {
    const bin = <usize>(first + i * step)
    running = f64x2.add(running, v128.load(sums + (bin << 4)))
    const h = f64x2.extract_lane(running, 1)
    n = isBoolean<H>() ? n + load<i32>(counts + (bin << 2)) : <i32>h
    v128.store(runningAt + ((<usize>i) << 4), running)
    if (isBoolean<H>()) store<i32>(runningRowsAt + ((<usize>i) << 2), n)
    if (n < minSamplesLeaf) continue
    if (nodeSamples - n < minSamplesLeaf) {
      to = i
      break
    }
    if (h < minHessian) continue
    if (nodeHessians - h < minHessian) {
      to = i
      break
    }
    if (from < 0) from = i
  }
  if (from < 0) return
  v128.store(runningAt + ((<usize>to) << 4), v128.load(runningAt + ((<usize>(to - 1)) << 4)))
  const gradients = f64x2.splat(nodeGradients)
  const hessians = f64x2.splat(nodeHessians)
  const more = f64x2.splat(l2 + 1e-15)
  let bar = f64x2.splat((max(bestGain, 0) - nodeGain) * surely)
  for (let i = from; i < to; i += 2) {
    const at = runningAt + ((<usize>i) << 4)
    const one = v128.load(at)
    const two = v128.load(at, 16)
    const g = v128.shuffle<f64>(one, two, 0, 2)
    const h = v128.shuffle<f64>(one, two, 1, 3)
    const other = f64x2.sub(gradients, g)
    const hHere = f64x2.add(h, more)
    const hThere = f64x2.add(f64x2.sub(hessians, h), more)
    const merit = f64x2.add(f64x2.mul(f64x2.mul(g, g), hThere), f64x2.mul(f64x2.mul(other, other), hHere))
    // Without divisions: most cuts are surely not the best. What is no number is looked at in full.
    const worse = i64x2.bitmask(f64x2.lt(merit, f64x2.mul(bar, f64x2.mul(hHere, hThere))))
    if (worse === 3) continue
    for (let k = i; k < min(i + 2, to); k++) {
      const place = runningAt + ((<usize>k) << 4)
      const own = load<f64>(place, 8)
      if (own < minHessian) continue
      const rows = isBoolean<H>() ? load<i32>(runningRowsAt + ((<usize>k) << 2)) : <i32>own
      consider(fromRight ? first - 1 - k : k, load<f64>(place), own, rows, fromRight)
    }
    bar = f64x2.splat((max(bestGain, 0) - nodeGain) * surely)
  }
}

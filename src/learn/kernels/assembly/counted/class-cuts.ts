// Finds and tries the cuts of a feature where there are more than two classes: along sorted keys, or by sums per rank.

import { bitsOf } from '../logarithm'
import { bestProxy, end, minLeaf, minWeight, nodeWeight, start } from '../split'
import { areCuttable, keep } from './best-cut'
import { count, fromLeft, high, low, missing } from './keys'
import { classBits, classes, histogramAt, isEntropy, keysAt, leftAt, missingAt, rowsAtRankAt, shift, totalAt, xlog, xlogs } from './layout'

export function tryCut(feature: i32, before: i32, after: i32, leftWeight: f64): void {
  const rightWeight = nodeWeight - leftWeight
  if (leftWeight < minWeight || rightWeight < minWeight) return
  if (isEntropy) {
    tryBitsCut(feature, before, after, leftWeight, rightWeight)
    return
  }
  let leftSquares: f64 = 0
  let rightSquares: f64 = 0
  for (let k = 0; k < classes; k++) {
    const l = load<f64>(leftAt + ((<usize>k) << 3))
    const r = load<f64>(totalAt + ((<usize>k) << 3)) - l
    leftSquares += l * l
    rightSquares += r * r
  }
  const bar = bestProxy + nodeWeight - 1e-9 * nodeWeight
  if (leftSquares * rightWeight + rightSquares * leftWeight < bar * (leftWeight * rightWeight)) return
  const leftImpurity = 1 - leftSquares / (leftWeight * leftWeight)
  const rightImpurity = 1 - rightSquares / (rightWeight * rightWeight)
  const proxy = -rightWeight * rightImpurity - leftWeight * leftImpurity
  if (proxy > bestProxy && areCuttable(feature, before, after)) keep(proxy, feature, before, after, leftImpurity, rightImpurity, leftWeight)
}

function tryBitsCut(feature: i32, before: i32, after: i32, leftWeight: f64, rightWeight: f64): void {
  if (nodeWeight <= <f64>xlogs) {
    let about = -xlog(leftWeight) - xlog(rightWeight)
    for (let k: usize = 0; k < <usize>classes; k++) {
      const l = load<f64>(leftAt + (k << 3))
      about += xlog(l) + xlog(load<f64>(totalAt + (k << 3)) - l)
    }
    if (about < bestProxy - 1e-9 * (1 + xlog(nodeWeight))) return
  }
  let leftImpurity: f64 = 0
  let rightImpurity: f64 = 0
  for (let k: usize = 0; k < <usize>classes; k++) {
    const l = load<f64>(leftAt + (k << 3))
    leftImpurity -= bitsOf(l, leftWeight)
    rightImpurity -= bitsOf(load<f64>(totalAt + (k << 3)) - l, rightWeight)
  }
  const proxy = -rightWeight * rightImpurity - leftWeight * leftImpurity
  if (proxy > bestProxy && areCuttable(feature, before, after)) keep(proxy, feature, before, after, leftImpurity, rightImpurity, leftWeight)
}

export function scanKeys(feature: i32, keys: usize): void {
  const tagMask = (1 << shift) - 1
  const classMask = (1 << classBits) - 1
  const before = fromLeft ? missing : 0
  const first = minLeaf - before
  const last = end - start - minLeaf - before
  let leftWeight: f64 = 0
  if (fromLeft) {
    memory.copy(leftAt, missingAt, (<usize>classes) << 3)
    for (let k: usize = 0; k < <usize>classes; k++) leftWeight += load<f64>(missingAt + (k << 3))
  } else memory.fill(leftAt, 0, (<usize>classes) << 3)
  let previous = load<i32>(keys) >>> shift
  for (let p = 0; p < count; p++) {
    const key = load<i32>(keys + ((<usize>p) << 2))
    const r = key >>> shift
    if (r !== previous) {
      if (p >= first && p <= last) tryCut(feature, previous, r, leftWeight)
      previous = r
    }
    const w = <f64>((key & tagMask) >>> classBits)
    const at = leftAt + ((<usize>(key & classMask)) << 3)
    store<f64>(at, load<f64>(at) + w)
    leftWeight += w
  }
}

export function scanHistogram(feature: i32): void {
  const tagMask = (1 << shift) - 1
  const classMask = (1 << classBits) - 1
  const stride = (<usize>classes) << 2
  const base = histogramAt - <usize>low * stride
  const baseRows = rowsAtRankAt - ((<usize>low) << 2)
  for (let p = 0; p < count; p++) {
    const key = load<i32>(keysAt + ((<usize>p) << 2))
    const r = key >>> shift
    const at = base + <usize>r * stride + ((<usize>(key & classMask)) << 2)
    store<i32>(at, load<i32>(at) + ((key & tagMask) >>> classBits))
    const slot = baseRows + ((<usize>r) << 2)
    store<i32>(slot, load<i32>(slot) + 1)
  }
  memory.fill(leftAt, 0, (<usize>classes) << 3)
  let leftWeight: f64 = 0
  let leftRows: i32 = 0
  let previous = low
  for (let r = low; r <= high; r++) {
    const slot = baseRows + ((<usize>r) << 2)
    const own = load<i32>(slot)
    if (own === 0) continue
    if (r !== low && leftRows >= minLeaf && count - leftRows >= minLeaf) {
      tryCut(feature, previous, r, leftWeight)
    }
    const at = base + <usize>r * stride
    for (let k = 0; k < classes; k++) {
      const w = <f64>load<i32>(at + ((<usize>k) << 2))
      const sum = leftAt + ((<usize>k) << 3)
      store<f64>(sum, load<f64>(sum) + w)
      leftWeight += w
    }
    memory.fill(at, 0, stride)
    store<i32>(slot, 0)
    leftRows += own
    previous = r
  }
}

// Best cuts along sorted lists: each column is a list of values and rows in ascending order, which splits divide.

import { columnCount, featureAt } from '../draws'
import { introsortTies } from '../introsort'
import { bestFeature, bestPos, bestProxy, end, keepSplit, minLeaf, minWeight, nearlyEqual, nodeWeight, squaredError, start } from '../split'
import {
  criterion,
  isListed,
  isWeighted,
  listOf,
  listsAt,
  pairsAt,
  rows,
  samplesAt,
  sidesAt,
  sortedAt,
  sparePairsAt,
  tiesAt,
  valuesAt,
  weightsAt,
} from './layout'
import { terms } from './rows'
import { bestCut, readValues } from './sorts'
import { nodeSum } from './sums'

/** The feature in whose list the rows of the node stand in order; -1: their order is in the samples. */
let inListOf: i32 = -1

export function takeLists(n: i32): void {
  const width = columnCount()
  if (n === rows) {
    memory.copy(listsAt, sortedAt, (<usize>width * <usize>rows) << 3)
    return
  }
  for (let j = 0; j < width; j++) {
    const from = sortedAt + ((<usize>j * <usize>rows) << 3)
    let to = listOf(j)
    for (let p: usize = 0; p < <usize>rows; p++) {
      const pair = load<u64>(from + (p << 3))
      store<u64>(to, pair)
      to += (<usize>i32(load<f64>(weightsAt + ((<usize>(pair >>> 32)) << 3)) !== 0)) << 3
    }
  }
}

/** The order of the node's rows is in the samples. */
export function leaveList(): void {
  inListOf = -1
}

/** Writes the order of the rows down. */
function takeOrder(): void {
  if (inListOf < 0) return
  const list = listOf(inListOf)
  for (let p = start; p < end; p++) store<u32>(samplesAt + ((<usize>p) << 2), load<u32>(list + ((<usize>p) << 3), 4))
  inListOf = -1
}

export function tryList(feature: i32): bool {
  const list = listOf(feature)
  const first = load<f32>(list + ((<usize>start) << 3))
  const last = load<f32>(list + ((<usize>(end - 1)) << 3))
  // Equal values stay where they are.
  if (first === last) return false
  if (load<i32>(tiesAt + ((<usize>feature) << 2)) !== 0) {
    const ties = findTies(list)
    if (ties > 0) settleTies(feature, list, ties)
  }
  inListOf = feature
  if (!(last > first + nearlyEqual)) return false
  if (criterion === squaredError) {
    if (isWeighted) scanList<f64>(feature, list)
    else scanList<i32>(feature, list)
  } else {
    takeOrder()
    for (let p = start; p < end; p++) store<f32>(valuesAt + ((<usize>p) << 2), load<f32>(list + ((<usize>p) << 3)))
    bestCut(feature)
  }
  return true
}

/** Writes the places whose value is that of the place before. @returns how many */
function findTies(list: usize): i32 {
  let to = sparePairsAt
  const last = <usize>end
  let previous = load<f32>(list + ((<usize>start) << 3))
  for (let p = <usize>start + 1; p < last; p++) {
    const value = load<f32>(list + (p << 3))
    store<u32>(to, <u32>p)
    to += (<usize>i32(value === previous)) << 2
    previous = value
  }
  return <i32>((to - sparePairsAt) >>> 2)
}

/** In a list only the order of equal values is open: sorts as far as it takes to know it. */
function settleTies(feature: i32, list: usize, ties: i32): void {
  takeOrder()
  readValues(feature)
  const n = end - start
  const places = sparePairsAt
  introsortTies(start, n, 2 * (31 - clz(n)), places, ties)
  for (let t: usize = 0; t < <usize>ties; t++) {
    const p = <usize>load<u32>(places + (t << 2))
    store<u32>(list + (p << 3), load<u32>(samplesAt + (p << 2)), 4)
    store<u32>(list + (p << 3) - 8, load<u32>(samplesAt + (p << 2) - 4), 4)
  }
}

/** `bestCut` by squared error, on a list. W: f64 where rows have weights, i32 where each weighs 1. */
function scanList<W>(feature: i32, list: usize): void {
  const near = terms
  const whole = nodeWeight
  const all = nodeSum
  const least = minWeight
  const last = end
  let best = bestProxy
  let sum: f64 = 0
  let weight: f64 = 0
  let bar = best * (1 - 1e-9)
  let from = start
  const lastCut = last - minLeaf
  const firstCut = start + minLeaf
  let previous = load<f32>(list + ((<usize>start) << 3))
  for (let p = start + 1; p < last; p++) {
    const at = list + ((<usize>p) << 3)
    const term = near + ((<usize>load<u32>(at - 4)) << 4)
    sum += load<f64>(term)
    weight += isInteger<W>() ? 1 : load<f64>(term, 8)
    const value = load<f32>(at)
    const below = previous
    previous = value
    if (value <= below + nearlyEqual) continue
    if (p < firstCut || p > lastCut) continue
    if (p - from > last - p) {
      // From the nearer end, as `update` does.
      sum = all
      weight = whole
      for (let q = last - 1; q >= p; q--) {
        const other = near + ((<usize>load<u32>(list + ((<usize>q) << 3), 4)) << 4)
        sum -= load<f64>(other)
        weight -= isInteger<W>() ? 1 : load<f64>(other, 8)
      }
    }
    from = p
    const rightWeight = whole - weight
    if (weight < least || rightWeight < least) continue
    // Without divisions: a cut that is worse by more than any rounding is not looked at further.
    const rightSum = all - sum
    if (sum * sum * rightWeight + rightSum * rightSum * weight < bar * (weight * rightWeight)) continue
    const own = (sum * sum) / weight + (rightSum * rightSum) / rightWeight
    if (!(own > best)) continue
    keepSplit(own, feature, p, <f64>below / 2 + <f64>value / 2, p - start > last - p)
    best = own
    bar = own * (1 - 1e-9)
  }
}

/** `partition`, by the list of the feature. */
export function divideSamples(): void {
  const list = listOf(bestFeature)
  for (let p = start; p < end; p++) store<u8>(sidesAt + <usize>load<u32>(list + ((<usize>p) << 3), 4), p < bestPos ? 1 : 0)
  takeOrder()
  const sides = sidesAt
  let a = samplesAt + ((<usize>start) << 2)
  let b = samplesAt + ((<usize>end) << 2)
  let row = load<u32>(a)
  while (a < b) {
    const left = <usize>load<u8>(sides + <usize>row)
    const back = b - 4
    const to = back + ((a - back) & (0 - left))
    const next = load<u32>(to + (left << 2))
    store<u32>(to, row)
    a += left << 2
    b = back + (left << 2)
    row = next
  }
}

/** Divides the lists of the features that may still vary below the node: all but the first `constants`. */
export function divideLists(constants: i32): void {
  if (!isListed) return
  const width = columnCount()
  const sides = sidesAt
  const spare = pairsAt
  const from = (<usize>start) << 3
  const to = (<usize>end) << 3
  for (let j = constants; j < width; j++) {
    const feature = featureAt(j)
    if (feature === bestFeature) continue
    const list = listOf(feature)
    let left = list + from
    let right = spare
    for (let at = list + from; at < list + to; at += 8) {
      const pair = load<u64>(at)
      const side = <usize>load<u8>(sides + <usize>(pair >>> 32))
      store<u64>(left, pair)
      store<u64>(right, pair)
      left += side << 3
      right += (1 - side) << 3
    }
    memory.copy(left, spare, right - spare)
  }
}

// Finds the best cut of a node by the ranks of its values: classes whose rows have small integer weights. Their sums are exact, so the order of
// rows does not matter. The plain twins are ../grow-tree.ts with its searches, and ../sorted-splitter.ts.

import { bitsOf } from './logarithm'
import { clearNear, enterNear, leaveNear, nearColumn } from './near'
import {
  bestFeature,
  bestProxy,
  end,
  entropy,
  keepSplit,
  minLeaf,
  minWeight,
  missingLeft,
  nearlyEqual,
  nodeWeight,
  placeSplit,
  setChildren,
  setNodeWeight,
  start,
} from './split'

/** Nodes up to this size are sorted by insertion, and up to the next one by counting how many keys are smaller. */
const veryFewKeys: i32 = 4
const fewKeys: i32 = 64
const radixBits: i32 = 11

// What does not change between trees.
let rows: i32 = 0
let classes: i32 = 0
let classBits: i32 = 0
let shift: i32 = 0
let wide: bool = false
let isEntropy: bool = false
let valuesAt: usize = 0
let offsetsAt: usize = 0
let apartAt: usize = 0
let missingRanksAt: usize = 0
let codesAt: usize = 0
let countsAt: usize = 0
let samplesAt: usize = 0
let tagsAt: usize = 0
let keysAt: usize = 0
let spareAt: usize = 0
let histogramAt: usize = 0
let rowsAtRankAt: usize = 0
let radixAt: usize = 0
let totalAt: usize = 0
let leftAt: usize = 0
let missingAt: usize = 0
/** k * log2(k) for weights up to `xlogs`. */
let xlogsAt: usize = 0
let xlogs: i32 = 0

/** Takes the layout: one i32 per value at `at`, in the order of the caller's list. */
export function layCounted(at: usize): void {
  rows = load<i32>(at)
  classes = load<i32>(at, 4)
  classBits = load<i32>(at, 8)
  shift = load<i32>(at, 12)
  wide = load<i32>(at, 16) !== 0
  isEntropy = load<i32>(at, 20) === entropy
  valuesAt = load<u32>(at, 28)
  offsetsAt = load<u32>(at, 32)
  apartAt = load<u32>(at, 36)
  missingRanksAt = load<u32>(at, 40)
  codesAt = load<u32>(at, 44)
  countsAt = load<u32>(at, 48)
  samplesAt = load<u32>(at, 52)
  tagsAt = load<u32>(at, 56)
  keysAt = load<u32>(at, 60)
  spareAt = load<u32>(at, 64)
  histogramAt = load<u32>(at, 68)
  rowsAtRankAt = load<u32>(at, 72)
  radixAt = load<u32>(at, 76)
  totalAt = load<u32>(at, 80)
  leftAt = load<u32>(at, 84)
  missingAt = load<u32>(at, 88)
  xlogsAt = load<u32>(at, 92)
  xlogs = load<i32>(at, 96)
  cutsAt = load<u32>(at, 100)
  meritsAt = load<u32>(at, 104)
  placesAt = load<u32>(at, 108)
  bitsAt = load<u32>(at, 112)
  mostEqualAt = load<u32>(at, 116)
}

/** Rows that were drawn, in order, each with its weight and class. @returns how many, or -1 when a weight does not fit into a key */
export function takeCounted(isDepthFirst: bool): i32 {
  clearNear(isDepthFirst)
  const largest = (1 << (shift - classBits)) - 1
  let n = 0
  mostWeight = 1
  for (let i = 0; i < rows; i++) {
    const w = load<i32>(countsAt + ((<usize>i) << 2))
    if (w === 0) continue
    if (w > largest) return -1
    mostWeight = max(mostWeight, w)
    const at = (<usize>n) << 2
    store<i32>(samplesAt + at, i)
    store<i32>(tagsAt + at, (w << classBits) | load<i32>(codesAt + ((<usize>i) << 2)))
    n++
  }
  return n
}

export function enterCounted(): void {
  leaveNear()
  enterNear(samplesAt)
  if (classes === 2) {
    let all: i32 = 0
    let ones: i32 = 0
    for (let p = start; p < end; p++) {
      const tag = load<i32>(tagsAt + ((<usize>p) << 2))
      const w = tag >>> 1
      all += w
      ones += w & -(tag & 1)
    }
    store<f64>(totalAt, <f64>(all - ones))
    store<f64>(totalAt, <f64>ones, 8)
    setNodeWeight(<f64>all)
    return
  }
  const classMask = (1 << classBits) - 1
  memory.fill(totalAt, 0, (<usize>classes) << 3)
  let weight: f64 = 0
  for (let p = start; p < end; p++) {
    const tag = load<i32>(tagsAt + ((<usize>p) << 2))
    const at = totalAt + ((<usize>(tag & classMask)) << 3)
    const w = <f64>(tag >>> classBits)
    store<f64>(at, load<f64>(at) + w)
    weight += w
  }
  setNodeWeight(weight)
}

export function impurityOfCounted(): f64 {
  return impurityOf(totalAt, nodeWeight)
}

function impurityOf(sums: usize, weight: f64): f64 {
  if (isEntropy) {
    let bits: f64 = 0
    for (let k: usize = 0; k < <usize>classes; k++) bits -= bitsOf(load<f64>(sums + (k << 3)), weight)
    return bits
  }
  let squares: f64 = 0
  for (let k: usize = 0; k < <usize>classes; k++) {
    const own = load<f64>(sums + (k << 3))
    squares += own * own
  }
  return 1 - squares / (weight * weight)
}

export function valuesOfCounted(into: usize): void {
  for (let k: usize = 0; k < <usize>classes; k++) store<f64>(into + (k << 3), load<f64>(totalAt + (k << 3)) / nodeWeight)
}

// ---- A feature of the node ----

let bestRank: i32 = -1
let bestAfter: i32 = -1
let bestLeftImpurity: f64 = 0
let bestRightImpurity: f64 = 0
let bestLeftWeight: f64 = 0
/** Rows whose value is there, their least and their largest rank, and rows whose value is missing. */
let count: i32 = 0
let low: i32 = 0
let high: i32 = 0
let missing: i32 = 0
let missingRank: i32 = -1
/** Whether missing rows lie left of all cuts. */
let fromLeft: bool = false

function gather<T>(feature: i32): void {
  const rank = nearColumn(feature)
  let least: i32 = i32.MAX_VALUE
  let most: i32 = -1
  let key = keysAt
  for (let p = start; p < end; p++) {
    const at = (<usize>p) << 2
    const r = <i32>load<T>(rank + <usize>load<u32>(samplesAt + at) * sizeof<T>())
    store<i32>(key, (r << shift) | load<i32>(tagsAt + at))
    key += 4
    least = min(least, r)
    most = max(most, r)
  }
  count = end - start
  low = least
  high = most
}

/** Leaves only the keys of rows whose value is there, and counts the others. */
function takeMissingOut(): void {
  const classMask = (1 << classBits) - 1
  const tagMask = (1 << shift) - 1
  memory.fill(missingAt, 0, (<usize>classes) << 3)
  let present = 0
  let most: i32 = -1
  for (let p = 0; p < count; p++) {
    const key = load<i32>(keysAt + ((<usize>p) << 2))
    const r = key >>> shift
    if (r === missingRank) {
      const at = missingAt + ((<usize>(key & classMask)) << 3)
      store<f64>(at, load<f64>(at) + <f64>((key & tagMask) >>> classBits))
      continue
    }
    store<i32>(keysAt + ((<usize>present) << 2), key)
    present++
    most = max(most, r)
  }
  missing = count - present
  count = present
  high = most
}

/** Tries each cut of a feature; false when it is constant in the node. */
export function tryCounted(feature: i32): bool {
  if (wide) gather<i32>(feature)
  else gather<u16>(feature)
  missing = 0
  fromLeft = false
  missingRank = load<i32>(missingRanksAt + ((<usize>feature) << 2))
  if (high === missingRank) {
    takeMissingOut()
    if (count === 0) return false
  }
  const value = valuesAt + ((<usize>load<u32>(offsetsAt + ((<usize>feature) << 2))) << 2)
  if (missing === 0 && !areApart(value, low, high)) return false
  if (count <= veryFewKeys) {
    sortByInsertion()
    scan(feature, keysAt)
  } else if (count <= fewKeys) scan(feature, sortByCounting())
  else if (classes === 2 && fitsBits(feature)) scanBinaryBits(feature)
  else if (high - low < 4 * count && missing === 0) {
    if (classes === 2) scanBinaryHistogram(feature)
    else scanHistogram(feature)
  } else scan(feature, high > low ? sortByRadix() : keysAt)
  return true
}

/** Words of ranks are looked through in less time than so many rows are sorted. */
const ranksPerRow: i32 = 32

function fitsBits(feature: i32): bool {
  return (
    high - low < ranksPerRow * count &&
    missing === 0 &&
    minLeaf === 1 &&
    load<i32>(mostEqualAt + ((<usize>feature) << 2)) <= 255 / mostWeight
  )
}

function scan(feature: i32, keys: usize): void {
  if (classes === 2) scanBinaryKeys(feature, keys)
  else scanKeys(feature, keys)
  if (missing === 0) return
  if (count >= minLeaf && missing >= minLeaf) cutMissingOff(feature)
  fromLeft = true
  if (classes === 2) scanBinaryKeys(feature, keys)
  else scanKeys(feature, keys)
}

/** All values to the left, all missing ones to the right. */
function cutMissingOff(feature: i32): void {
  let leftWeight: f64 = 0
  for (let k: usize = 0; k < <usize>classes; k++) {
    const own = load<f64>(totalAt + (k << 3)) - load<f64>(missingAt + (k << 3))
    store<f64>(leftAt + (k << 3), own)
    leftWeight += own
  }
  if (classes === 2) tryBinaryCut(feature, high, -1, load<f64>(leftAt), load<f64>(leftAt, 8))
  else tryCut(feature, high, -1, leftWeight)
}

function sortByInsertion(): void {
  for (let i = 1; i < count; i++) {
    const key = load<i32>(keysAt + ((<usize>i) << 2))
    let at = keysAt + ((<usize>(i - 1)) << 2)
    while (at >= keysAt && load<i32>(at) > key) {
      store<i32>(at, load<i32>(at), 4)
      at -= 4
    }
    store<i32>(at, key, 4)
  }
}

/** Counts for each key, four at a time, how many are smaller: no branch depends on a key. @returns where the sorted keys are */
function sortByCounting(): usize {
  const keys = keysAt
  const sorted = spareAt
  const bytes = (<usize>count) << 2
  memory.fill(sorted, 0, bytes)
  // Fills the last vector; whatever these lanes say is not read.
  v128.store(keys + bytes, i32x4.splat(0))
  for (let i: usize = 0; i < bytes; i += 16) {
    const own = v128.load(keys + i)
    let smaller = i32x4.splat(0)
    for (let j: usize = 0; j < bytes; j += 4) smaller = i32x4.sub(smaller, i32x4.gt_s(own, v128.load32_splat(keys + j)))
    const left = bytes - i
    store<i32>(sorted + ((<usize>i32x4.extract_lane(smaller, 0)) << 2), i32x4.extract_lane(own, 0))
    if (left > 4) store<i32>(sorted + ((<usize>i32x4.extract_lane(smaller, 1)) << 2), i32x4.extract_lane(own, 1))
    if (left > 8) store<i32>(sorted + ((<usize>i32x4.extract_lane(smaller, 2)) << 2), i32x4.extract_lane(own, 2))
    if (left > 12) store<i32>(sorted + ((<usize>i32x4.extract_lane(smaller, 3)) << 2), i32x4.extract_lane(own, 3))
  }
  // Equal keys have one place, and no key is 0.
  let previous: i32 = 0
  for (let at = sorted; at < sorted + bytes; at += 4) {
    const key = load<i32>(at)
    previous = max(key, previous)
    store<i32>(at, previous)
  }
  return sorted
}

/** Least significant digits first, on the rank bits that differ in the node. @returns where the sorted keys are */
function sortByRadix(): usize {
  let from = keysAt
  let to = spareAt
  let bits = 32 - clz(high - low)
  const base = low << shift
  let digit = shift
  // Few keys need small digits: clearing and adding up a large table would cost more than the keys.
  const most = count < 1024 ? 8 : radixBits
  const passes = (bits + most - 1) / most
  const step = (bits + passes - 1) / passes
  const mask = (1 << step) - 1
  while (bits > 0) {
    memory.fill(radixAt, 0, (<usize>4) << step)
    for (let i = 0; i < count; i++) {
      const slot = radixAt + ((<usize>(((load<i32>(from + ((<usize>i) << 2)) - base) >>> digit) & mask)) << 2)
      store<i32>(slot, load<i32>(slot) + 1)
    }
    let sum = 0
    for (let d = 0; d <= mask; d++) {
      const slot = radixAt + ((<usize>d) << 2)
      const own = load<i32>(slot)
      store<i32>(slot, sum)
      sum += own
    }
    for (let i = 0; i < count; i++) {
      const key = load<i32>(from + ((<usize>i) << 2))
      const slot = radixAt + ((<usize>(((key - base) >>> digit) & mask)) << 2)
      const at = load<i32>(slot)
      store<i32>(slot, at + 1)
      store<i32>(to + ((<usize>at) << 2), key)
    }
    const kept = from
    from = to
    to = kept
    digit += step
    bits -= step
  }
  return from
}

/** Whether a tree tells the values of two ranks apart. */
function areApart(value: usize, before: i32, after: i32): bool {
  return load<f32>(value + ((<usize>after) << 2)) > load<f32>(value + ((<usize>before) << 2)) + nearlyEqual
}

/** Whether a tree tells the values on the two sides of a cut apart; asked last, because it reads far from all else. */
function areCuttable(feature: i32, before: i32, after: i32): bool {
  if (after < 0 || load<i32>(apartAt + ((<usize>feature) << 2)) !== 0) return true
  return areApart(valuesAt + ((<usize>load<u32>(offsetsAt + ((<usize>feature) << 2))) << 2), before, after)
}

function xlog(weight: f64): f64 {
  return load<f64>(xlogsAt + ((<usize>(<i32>weight)) << 3))
}

function tryBinaryCutAt(feature: i32, cut: usize): void {
  const place = placesAt + (cut << 2)
  const own = cutsAt + (cut << 3)
  const before = placesAreRanks ? load<i32>(place) : load<i32>(<usize>load<u32>(place)) >>> shift
  const after = placesAreRanks ? load<i32>(place, 4) : load<i32>(<usize>load<u32>(place), 4) >>> shift
  if (!tryBinaryCut(feature, before, after, <f64>load<i32>(own), <f64>load<i32>(own, 4))) refused = true
}

/** @returns whether it is a cut that a tree may have */
function tryBinaryCut(feature: i32, before: i32, after: i32, left0: f64, left1: f64): bool {
  const leftWeight = left0 + left1
  const rightWeight = nodeWeight - leftWeight
  if (leftWeight < minWeight || rightWeight < minWeight) return false
  const right0 = load<f64>(totalAt) - left0
  const right1 = load<f64>(totalAt, 8) - left1
  let leftImpurity: f64
  let rightImpurity: f64
  if (isEntropy) {
    if (nodeWeight <= <f64>xlogs) {
      // By table: a cut that is worse by more than any rounding is not looked at further.
      const about = xlog(left0) + xlog(left1) - xlog(leftWeight) + xlog(right0) + xlog(right1) - xlog(rightWeight)
      if (about < bestProxy - 1e-9 * (1 + xlog(nodeWeight))) return true
    }
    leftImpurity = 0.0 - bitsOf(left0, leftWeight) - bitsOf(left1, leftWeight)
    rightImpurity = 0.0 - bitsOf(right0, rightWeight) - bitsOf(right1, rightWeight)
  } else {
    leftImpurity = 1 - (left0 * left0 + left1 * left1) / (leftWeight * leftWeight)
    rightImpurity = 1 - (right0 * right0 + right1 * right1) / (rightWeight * rightWeight)
  }
  const proxy = -rightWeight * rightImpurity - leftWeight * leftImpurity
  if (!(proxy > bestProxy)) return true
  if (!areCuttable(feature, before, after)) return false
  keep(proxy, feature, before, after, leftImpurity, rightImpurity, leftWeight)
  return true
}

function tryCut(feature: i32, before: i32, after: i32, leftWeight: f64): void {
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

function keep(proxy: f64, feature: i32, before: i32, after: i32, left: f64, right: f64, leftWeight: f64): void {
  keepSplit(proxy, feature, start, 0, missing > 0 && fromLeft)
  bestRank = before
  bestAfter = after
  bestLeftImpurity = left
  bestRightImpurity = right
  bestLeftWeight = leftWeight
  bestMissing = missing
  bestMissingRank = missingRank
}

let bestMissing: i32 = 0
let bestMissingRank: i32 = -1

/** Cuts of two classes as they are found: u64 of the weights left of it; and f32 of how good it about is. */
let cutsAt: usize = 0
let meritsAt: usize = 0
/** Of each cut: where its last key is, or the rank of it. */
let placesAt: usize = 0
let placesAreRanks: bool = false
/** A bit per rank. */
let bitsAt: usize = 0
/** Per column: how many rows share a value at most. */
let mostEqualAt: usize = 0
/** The largest weight of a row of this tree. */
let mostWeight: i32 = 0
/** A cut that looked best was none. */
let refused: bool = false

function scanBinaryKeys(feature: i32, keys: usize): void {
  const tagMask = (1 << shift) - 1
  const bits = shift
  const before = fromLeft ? missing : 0
  let left0: i32 = fromLeft ? <i32>load<f64>(missingAt) : 0
  let left1: i32 = fromLeft ? <i32>load<f64>(missingAt, 8) : 0
  const last = keys + ((<usize>(count - 1)) << 2)
  const cuts = cutsAt
  let to = cuts
  // Where a cut lies among the keys: only the last key of a rank has one behind it, and the others are written over.
  const toPlace = placesAt - cuts / 2
  let key = load<i32>(keys)
  for (let at = keys; at < last; at += 4) {
    const w = (key & tagMask) >>> 1
    const one = w & -(key & 1)
    left1 += one
    left0 += w - one
    const next = load<i32>(at, 4)
    store<u64>(to, <u64>(<u32>left0) | ((<u64>(<u32>left1)) << 32))
    store<u32>(toPlace + to / 2, <u32>at)
    to += (<usize>i32(key >>> bits !== next >>> bits)) << 3
    key = next
  }
  let first: usize = 0
  let end4 = (to - cuts) >>> 3
  if (minLeaf > 1) {
    const least = keys + ((<usize>max(0, minLeaf - before - 1)) << 2)
    const most = keys + ((<usize>max(0, end - start - minLeaf - before)) << 2)
    while (first < end4 && <usize>load<u32>(placesAt + (first << 2)) < least) first++
    while (end4 > first && <usize>load<u32>(placesAt + (end4 << 2) - 4) >= most) end4--
  }
  tryBinaryCuts(feature, first, end4)
}

/** About the largest merit of the cuts; a merit is `proxy` + the weight of the node, to six digits. */
function weighCuts(first: usize, last: usize): f32 {
  const cuts = cutsAt
  const merits = meritsAt
  const total0 = i32x4.splat(<i32>load<f64>(totalAt))
  const total1 = i32x4.splat(<i32>load<f64>(totalAt, 8))
  let most = f32x4.splat(0)
  // Lanes behind the last cut repeat it.
  const lastCut = load<u64>(cuts + (last << 3) - 8)
  store<u64>(cuts + (last << 3), lastCut)
  store<u64>(cuts + (last << 3), lastCut, 8)
  store<u64>(cuts + (last << 3), lastCut, 16)
  for (let i = first; i < last; i += 4) {
    const a = v128.load(cuts + (i << 3))
    const b = v128.load(cuts + (i << 3), 16)
    const own0 = v128.shuffle<i32>(a, b, 0, 2, 4, 6)
    const own1 = v128.shuffle<i32>(a, b, 1, 3, 5, 7)
    const left0 = f32x4.convert_i32x4_s(own0)
    const left1 = f32x4.convert_i32x4_s(own1)
    const right0 = f32x4.convert_i32x4_s(i32x4.sub(total0, own0))
    const right1 = f32x4.convert_i32x4_s(i32x4.sub(total1, own1))
    const left = f32x4.div(f32x4.add(f32x4.mul(left0, left0), f32x4.mul(left1, left1)), f32x4.add(left0, left1))
    const right = f32x4.div(f32x4.add(f32x4.mul(right0, right0), f32x4.mul(right1, right1)), f32x4.add(right0, right1))
    const merit = f32x4.add(left, right)
    v128.store(merits + (i << 2), merit)
    most = f32x4.pmax(most, merit)
  }
  const two = f32x4.pmax(most, v128.shuffle<i32>(most, most, 2, 3, 0, 1))
  return max(f32x4.extract_lane(two, 0), f32x4.extract_lane(two, 1))
}

/** A merit that is smaller by more is the smaller one, whatever was rounded. */
const surely: f64 = 1 - 2e-6

function tryBinaryCuts(feature: i32, first: usize, last: usize): void {
  if (first >= last) return
  if (isEntropy) {
    for (let i = first; i < last; i++) tryBinaryCutAt(feature, i)
    return
  }
  const most = <f64>weighCuts(first, last)
  const bar = (bestProxy + nodeWeight) * surely
  if (most < bar) return
  refused = false
  tryMerits(feature, first, last, max(bar, most * surely))
  // The best cut was none: another one may be the best.
  if (refused) tryMerits(feature, first, last, (bestProxy + nodeWeight) * surely)
}

function tryMerits(feature: i32, first: usize, last: usize, bar: f64): void {
  const four = f32x4.splat(<f32>bar)
  for (let i = first; i < last; i += 4) {
    let passed = i32x4.bitmask(f32x4.ge(v128.load(meritsAt + (i << 2)), four))
    while (passed !== 0) {
      const at = i + <usize>ctz(passed)
      passed &= passed - 1
      if (at < last) tryBinaryCutAt(feature, at)
    }
  }
}

function scanKeys(feature: i32, keys: usize): void {
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

/** By a bit per rank, and a byte per class of its weight: for nodes whose ranks lie close together. */
function scanBinaryBits(feature: i32): void {
  const tagMask = (1 << shift) - 1
  const firstWord = low >>> 6
  const words = bitsAt - ((<usize>firstWord) << 3)
  const weights = histogramAt
  memory.fill(bitsAt, 0, (<usize>((high >>> 6) - firstWord + 1)) << 3)
  const last = keysAt + ((<usize>count) << 2)
  for (let at = keysAt; at < last; at += 4) {
    const key = load<i32>(at)
    const r = key >>> shift
    const own = weights + ((<usize>r) << 1)
    store<u16>(own, load<u16>(own) + <u16>(((key & tagMask) >>> 1) << ((key & 1) << 3)))
    const word = words + ((<usize>(r >>> 6)) << 3)
    store<u64>(word, load<u64>(word) | ((<u64>1) << (<u64>r & 63)))
  }
  // Eight ranks of a word at a time, whether there are so many or not: those behind its last one are written over.
  let to = placesAt
  for (let w = firstWord; w <= high >>> 6; w++) {
    let word = load<u64>(words + ((<usize>w) << 3))
    const first = w << 6
    const next = to + ((<usize>popcnt(word)) << 2)
    while (word !== 0) {
      for (let i: usize = 0; i < 32; i += 4) {
        store<i32>(to + i, first + <i32>ctz(word))
        word &= word - 1
      }
      to += 32
    }
    to = next
  }
  let left0: i32 = 0
  let left1: i32 = 0
  let cut = cutsAt
  for (let place = placesAt; place < to; place += 4) {
    const own = weights + ((<usize>load<u32>(place)) << 1)
    const both = <i32>load<u16>(own)
    store<u16>(own, 0)
    left0 += both & 255
    left1 += both >>> 8
    store<u64>(cut, <u64>(<u32>left0) | ((<u64>(<u32>left1)) << 32))
    cut += 8
  }
  placesAreRanks = true
  tryBinaryCuts(feature, 0, ((to - placesAt) >>> 2) - 1)
  placesAreRanks = false
}

/** Per rank from `low` on: weight of class 0 and of class 1, rows. Cleared behind the scan. */
function scanBinaryHistogram(feature: i32): void {
  const tagMask = (1 << shift) - 1
  const countRows = minLeaf > 1
  const base = histogramAt - ((<usize>low) << 3)
  const baseRows = rowsAtRankAt - ((<usize>low) << 2)
  for (let p = 0; p < count; p++) {
    const key = load<i32>(keysAt + ((<usize>p) << 2))
    const r = key >>> shift
    const at = base + ((<usize>r) << 3) + ((<usize>(key & 1)) << 2)
    store<i32>(at, load<i32>(at) + ((key & tagMask) >>> 1))
    if (countRows) {
      const slot = baseRows + ((<usize>r) << 2)
      store<i32>(slot, load<i32>(slot) + 1)
    }
  }
  let left0: i32 = 0
  let left1: i32 = 0
  let leftRows: i32 = 0
  let previous = low
  let cuts: usize = 0
  for (let r = low; r <= high; r++) {
    const at = base + ((<usize>r) << 3)
    const both = load<u64>(at)
    if (both === 0) continue
    if (r !== low && (!countRows || (leftRows >= minLeaf && count - leftRows >= minLeaf))) {
      store<u64>(cutsAt + (cuts << 3), <u64>(<u32>left0) | ((<u64>(<u32>left1)) << 32))
      store<i32>(placesAt + (cuts << 2), previous)
      store<i32>(placesAt + (cuts << 2), r, 4)
      cuts++
    }
    left0 += <i32>both
    left1 += <i32>(both >>> 32)
    store<u64>(at, 0)
    if (countRows) {
      const slot = baseRows + ((<usize>r) << 2)
      leftRows += load<i32>(slot)
      store<i32>(slot, 0)
    }
    previous = r
  }
  placesAreRanks = true
  tryBinaryCuts(feature, 0, cuts)
  placesAreRanks = false
}

function scanHistogram(feature: i32): void {
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

// ---- The split ----

function moveRows<T>(): i32 {
  const rank = nearColumn(bestFeature)
  const missingToo = missingLeft && bestMissing > 0 ? bestMissingRank : -1
  let left = (<usize>start) << 2
  let right: usize = 0
  for (let p = (<usize>start) << 2; p < (<usize>end) << 2; p += 4) {
    const row = load<u32>(samplesAt + p)
    const tag = load<i32>(tagsAt + p)
    const r = <i32>load<T>(rank + <usize>row * sizeof<T>())
    // Both places are written and one of them kept: no branch to mispredict.
    store<u32>(samplesAt + left, row)
    store<i32>(tagsAt + left, tag)
    store<u32>(keysAt + right, row)
    store<i32>(spareAt + right, tag)
    const goesLeft = <usize>(i32(r <= bestRank) | i32(r === missingToo))
    left += goesLeft << 2
    right += (1 - goesLeft) << 2
  }
  memory.copy(samplesAt + left, keysAt, right)
  memory.copy(tagsAt + left, spareAt, right)
  return <i32>(left >>> 2)
}

/** The middle of two neighbours; never the upper one itself; infinite when all values lie to the left. */
function threshold(): f64 {
  if (bestAfter < 0) return Infinity
  const value = valuesAt + ((<usize>load<u32>(offsetsAt + ((<usize>bestFeature) << 2))) << 2)
  const lower = <f64>load<f32>(value + ((<usize>bestRank) << 2))
  const upper = <f64>load<f32>(value + ((<usize>bestAfter) << 2))
  const middle = lower / 2 + upper / 2
  return middle === upper || middle - middle !== 0 ? lower : middle
}

/** Brings the rows into the order of the split. */
export function closeCounted(): void {
  const middle = wide ? moveRows<i32>() : moveRows<u16>()
  placeSplit(middle, threshold(), bestMissing > 0 ? missingLeft : middle - start > end - middle)
  setChildren(bestLeftImpurity, bestRightImpurity, bestLeftWeight, nodeWeight - bestLeftWeight)
}

// Finds the split of a node on rows kept in scikit-learn's order, because sums of real numbers depend on it: any criterion of sums, any weights,
// best or random cuts. The plain twins are ../sorted-splitter.ts and the criteria of ../../tree/; a test compares them.

import { divideRows, leastCell, leftBits, mostCell, readCells } from './divide'
import { columnCount, featureAt, nextRandom, randInt } from './draws'
import { divideEight, fourCells, giveFew, mostFew, sumOfLeft, takeFew } from './few-rows'
import { introsort, introsortTies, swap, valueAt } from './introsort'
import { bitsOf, log, log2 } from './logarithm'
import { clearNear, enterNear, leaveNear, level, nearColumn, originalsOfNear, roomOfNear } from './near'
import {
  bestFeature,
  bestPos,
  bestProxy,
  bestThreshold,
  end,
  entropy,
  floor32,
  gini,
  isMissing,
  keepSplit,
  minLeaf,
  minWeight,
  missingLeft,
  nearlyEqual,
  nodeWeight,
  poisson,
  setChildren,
  setNodeWeight,
  squaredError,
  start,
} from './split'

const radixBits: i32 = 11
const nearlyNothing: f64 = 10 * 2.220446049250313e-16

let rows: i32 = 0
/** Classes, or 1. */
let outputs: i32 = 0
let criterion: i32 = 0
let isRandom: bool = false
let isWeighted: bool = false
/** Whether each column is kept as a list of values and rows in ascending order, which splits divide. */
let isListed: bool = false
let hasMissing: bool = false
/** float32 columns. */
let xAt: usize = 0
/** Ranks of the columns, for best cuts without lists. */
let ranksAt: usize = 0
/** Per column: whether most rows have a value of their own. */
let distinctAt: usize = 0
/** Per column: whether some rows share a value. */
let tiesAt: usize = 0
/** The lists of all rows: pairs of f32 and u32. */
let sortedAt: usize = 0
/** The lists of the rows of this tree. */
let listsAt: usize = 0
/** Per row: 1 where it goes left. */
let sidesAt: usize = 0
/** Targets or class codes as f64. */
let yAt: usize = 0
let weightsAt: usize = 0
/** Per row: weight times target, and weight. */
let termsAt: usize = 0
/** Room for the rows of a small node: see `moveIn`. */
let localRowsAt: usize = 0
let originalsAt: usize = 0
let localTermsAt: usize = 0
let localTargetsAt: usize = 0
/** Nodes of so many rows or fewer move in; 0: none. */
let mostLocal: i32 = 0
let samplesAt: usize = 0
let valuesAt: usize = 0
let pairsAt: usize = 0
let sparePairsAt: usize = 0
let radixAt: usize = 0
let totalAt: usize = 0
let leftAt: usize = 0

/** Takes the layout: one i32 per value at `at`, in the order of the caller's list. */
export function layOrdered(at: usize): void {
  rows = load<i32>(at)
  outputs = load<i32>(at, 4)
  criterion = load<i32>(at, 8)
  isRandom = load<i32>(at, 12) !== 0
  isWeighted = load<i32>(at, 16) !== 0
  isListed = load<i32>(at, 20) !== 0
  hasMissing = load<i32>(at, 24) !== 0
  xAt = load<u32>(at, 28)
  ranksAt = load<u32>(at, 32)
  distinctAt = load<u32>(at, 36)
  tiesAt = load<u32>(at, 40)
  sortedAt = load<u32>(at, 44)
  listsAt = load<u32>(at, 48)
  sidesAt = load<u32>(at, 52)
  yAt = load<u32>(at, 56)
  weightsAt = load<u32>(at, 60)
  termsAt = load<u32>(at, 64)
  samplesAt = load<u32>(at, 68)
  valuesAt = load<u32>(at, 72)
  pairsAt = load<u32>(at, 76)
  sparePairsAt = load<u32>(at, 80)
  radixAt = load<u32>(at, 84)
  totalAt = load<u32>(at, 88)
  leftAt = load<u32>(at, 92)
  localRowsAt = load<u32>(at, 96)
  originalsAt = load<u32>(at, 100)
  localTermsAt = load<u32>(at, 104)
  localTargetsAt = load<u32>(at, 108)
  mostLocal = load<i32>(at, 112)
}

function ofClasses(): bool {
  return criterion === gini || criterion === entropy
}

/** Each row weighs 1 and targets are summed: then products are targets, and weights are numbers of rows. */
function weighsRowsAlike(): bool {
  return !isWeighted && !ofClasses()
}

function sampleAt(p: i32): usize {
  return <usize>load<u32>(samplesAt + ((<usize>p) << 2))
}

function weightOf(i: usize): f64 {
  return load<f64>(terms + (i << 4), 8)
}

function targetOf(i: usize): f64 {
  return load<f64>(targets + (i << 3))
}

function productOf(i: usize): f64 {
  return load<f64>(terms + (i << 4))
}

// ---- The rows of a tree ----

let treeWeight: f64 = 0
// What is read of a row: of all rows, or of those that have moved in.
let terms: usize = 0
let targets: usize = 0

export function weightOfOrdered(): f64 {
  return treeWeight
}

function columnOf(feature: i32): usize {
  return isRandom ? nearColumn(feature) : xAt + ((<usize>feature * <usize>rows) << 2)
}

/** The rows that have a weight, in order. @returns how many */
export function takeOrdered(isDepthFirst: bool): i32 {
  let n = 0
  treeWeight = 0
  for (let i: usize = 0; i < <usize>rows; i++) {
    const w = isWeighted ? load<f64>(weightsAt + (i << 3)) : 1
    treeWeight += w
    store<f64>(termsAt + (i << 4), w * load<f64>(yAt + (i << 3)))
    store<f64>(termsAt + (i << 4), w, 8)
    if (w === 0) continue
    store<u32>(samplesAt + ((<usize>n) << 2), <u32>i)
    n++
  }
  canMoveIn = isDepthFirst && mostLocal > 0
  moveOut()
  clearNear(isDepthFirst)
  arePlain = criterion === squaredError && !isWeighted && !hasMissing && minLeaf === 1 && minWeight <= 1
  inListOf = -1
  if (isListed) takeLists(n)
  return n
}

// ---- Moving in: the rows of a small node, and of all nodes below it, are near each other in memory ----

/** Fewer rows than this are done before they have moved. */
const fewLocal: i32 = 16
/** Where columns are lists: the nodes below the one that has moved in end here; 0: none has. */
let localEnd: i32 = 0
let canMoveIn: bool = false

/** Reads rows where they are at this level of copies. */
function readAtLevel(): void {
  terms = level > 0 ? roomOfNear(0) : termsAt
  targets = level > 0 ? roomOfNear(1) : yAt
}

/** Columns are copied when they are asked for; what else is read of a row, now. */
function enterCopies(): void {
  leaveNear()
  readAtLevel()
  if (!enterNear(samplesAt)) return
  const n = <usize>(end - start)
  const originals = originalsOfNear()
  const ownTerms = roomOfNear(0)
  const ownTargets = roomOfNear(1)
  for (let i: usize = 0; i < n; i++) {
    const row = <usize>load<u32>(originals + (i << 2))
    v128.store(ownTerms + (i << 4), v128.load(terms + (row << 4)))
    store<f64>(ownTargets + (i << 3), load<f64>(targets + (row << 3)))
  }
  readAtLevel()
}

/** Where columns are lists: numbers the rows of the node from 0; its first `known` features are not read below it. */
function moveIn(known: i32): void {
  const n = <usize>(end - start)
  const samples = samplesAt + ((<usize>start) << 2)
  for (let i: usize = 0; i < n; i++) {
    const row = <usize>load<u32>(samples + (i << 2))
    store<u32>(localRowsAt + (row << 2), <u32>i)
    store<u32>(originalsAt + (i << 2), <u32>row)
    v128.store(localTermsAt + (i << 4), v128.load(termsAt + (row << 4)))
    store<f64>(localTargetsAt + (i << 3), load<f64>(yAt + (row << 3)))
    store<u32>(samples + (i << 2), <u32>i)
  }
  const width = columnCount()
  for (let j = known; j < width; j++) {
    const list = listOf(featureAt(j))
    for (let p = <usize>start; p < <usize>end; p++) {
      const row = <usize>load<u32>(list + (p << 3), 4)
      store<u32>(list + (p << 3), load<u32>(localRowsAt + (row << 2)), 4)
    }
  }
  localEnd = end
  terms = localTermsAt
  targets = localTargetsAt
}

function moveOut(): void {
  localEnd = 0
  terms = termsAt
  targets = yAt
}

function listOf(feature: i32): usize {
  return listsAt + ((<usize>feature * <usize>rows) << 3)
}

function takeLists(n: i32): void {
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

// ---- The criterion: sums of the node, and of what lies left of a moving cut ----

let pos: i32 = 0
let leftWeight: f64 = 0
let rightWeight: f64 = 0
let nodeSum: f64 = 0
let leftSum: f64 = 0
let squares: f64 = 0
let leftImpurity: f64 = 0
let rightImpurity: f64 = 0

export function enterOrdered(known: i32): void {
  if (isRandom) enterCopies()
  if (localEnd > 0 && start >= localEnd) moveOut()
  const n = end - start
  if (canMoveIn && localEnd === 0 && n <= mostLocal && n >= fewLocal) moveIn(known)
  let weight: f64 = 0
  if (weighsRowsAlike()) {
    let sum: f64 = 0
    let sumOfSquares: f64 = 0
    const near = targets
    const last = samplesAt + ((<usize>end) << 2)
    for (let at = samplesAt + ((<usize>start) << 2); at < last; at += 4) {
      const y = load<f64>(near + ((<usize>load<u32>(at)) << 3))
      sum += y
      sumOfSquares += y * y
    }
    nodeSum = sum
    squares = sumOfSquares
    weight = <f64>n
  } else if (!ofClasses()) {
    let sum: f64 = 0
    let sumOfSquares: f64 = 0
    for (let p = start; p < end; p++) {
      const i = sampleAt(p)
      const wy = productOf(i)
      sum += wy
      sumOfSquares += wy * targetOf(i)
      weight += weightOf(i)
    }
    nodeSum = sum
    squares = sumOfSquares
  } else {
    memory.fill(totalAt, 0, (<usize>outputs) << 3)
    for (let p = start; p < end; p++) {
      const i = sampleAt(p)
      const at = totalAt + ((<usize>(<i32>targetOf(i))) << 3)
      const w = weightOf(i)
      store<f64>(at, load<f64>(at) + w)
      weight += w
    }
  }
  setNodeWeight(weight)
}

function reset(): void {
  pos = start
  leftWeight = 0
  rightWeight = nodeWeight
  if (ofClasses()) memory.fill(leftAt, 0, (<usize>outputs) << 3)
  else leftSum = 0
}

/** Moves rows from the nearer end, as scikit-learn does. */
function update(to: i32): void {
  if (weighsRowsAlike() && pos === start) {
    updateSums(to)
    return
  }
  const classes = ofClasses()
  if (to - pos <= end - to) {
    for (let p = pos; p < to; p++) {
      const i = sampleAt(p)
      const w = weightOf(i)
      if (!classes) leftSum += productOf(i)
      else {
        const at = leftAt + ((<usize>(<i32>targetOf(i))) << 3)
        store<f64>(at, load<f64>(at) + w)
      }
      leftWeight += w
    }
  } else {
    leftWeight = nodeWeight
    if (classes) memory.copy(leftAt, totalAt, (<usize>outputs) << 3)
    else leftSum = nodeSum
    for (let p = end - 1; p >= to; p--) {
      const i = sampleAt(p)
      const w = weightOf(i)
      if (!classes) leftSum -= productOf(i)
      else {
        const at = leftAt + ((<usize>(<i32>targetOf(i))) << 3)
        store<f64>(at, load<f64>(at) - w)
      }
      leftWeight -= w
    }
  }
  rightWeight = nodeWeight - leftWeight
  pos = to
}

function classImpurityOfChildren(): void {
  let left: f64 = 0
  let right: f64 = 0
  if (criterion === entropy) {
    for (let k: usize = 0; k < <usize>outputs; k++) {
      const l = load<f64>(leftAt + (k << 3))
      left -= bitsOf(l, leftWeight)
      right -= bitsOf(load<f64>(totalAt + (k << 3)) - l, rightWeight)
    }
    leftImpurity = left
    rightImpurity = right
    return
  }
  for (let k: usize = 0; k < <usize>outputs; k++) {
    const l = load<f64>(leftAt + (k << 3))
    const r = load<f64>(totalAt + (k << 3)) - l
    left += l * l
    right += r * r
  }
  leftImpurity = 1 - left / (leftWeight * leftWeight)
  rightImpurity = 1 - right / (rightWeight * rightWeight)
}

/** The larger, the better the cut. */
function proxy(): f64 {
  if (ofClasses()) {
    classImpurityOfChildren()
    return -rightWeight * rightImpurity - leftWeight * leftImpurity
  }
  const rightSum = nodeSum - leftSum
  if (criterion === squaredError) return (leftSum * leftSum) / leftWeight + (rightSum * rightSum) / rightWeight
  if (leftSum <= nearlyNothing || rightSum <= nearlyNothing) return -Infinity
  const ofLeft = 0.0 - leftSum * log2(leftSum / leftWeight)
  const ofRight = 0.0 - rightSum * log2(rightSum / rightWeight)
  return -ofLeft - ofRight
}

/** Half the Poisson deviance of samples[from, to). */
function poissonLoss(from: i32, to: i32, sum: f64, weight: f64): f64 {
  if (sum <= nearlyNothing) return Infinity
  const mean = sum / weight
  let loss: f64 = 0
  for (let p = from; p < to; p++) {
    const i = sampleAt(p)
    const y = targetOf(i)
    loss += weightOf(i) * (y === 0 ? 0.0 : y * log(y / mean))
  }
  return loss / weight
}

export function impurityOfOrdered(): f64 {
  if (criterion === squaredError) {
    const mean = nodeSum / nodeWeight
    return squares / nodeWeight - mean * mean
  }
  if (criterion === poisson) return poissonLoss(start, end, nodeSum, nodeWeight)
  let sum: f64 = 0
  if (criterion === entropy) {
    for (let k: usize = 0; k < <usize>outputs; k++) sum -= bitsOf(load<f64>(totalAt + (k << 3)), nodeWeight)
    return sum
  }
  for (let k: usize = 0; k < <usize>outputs; k++) {
    const own = load<f64>(totalAt + (k << 3))
    sum += own * own
  }
  return 1 - sum / (nodeWeight * nodeWeight)
}

function impurityOfChildren(): void {
  if (ofClasses()) {
    classImpurityOfChildren()
    return
  }
  if (criterion === poisson) {
    leftImpurity = poissonLoss(start, pos, leftSum, leftWeight)
    rightImpurity = poissonLoss(pos, end, nodeSum - leftSum, rightWeight)
    return
  }
  let left: f64 = 0
  if (isWeighted) {
    for (let p = start; p < pos; p++) {
      const i = sampleAt(p)
      left += productOf(i) * targetOf(i)
    }
  } else {
    for (let p = start; p < pos; p++) {
      const y = targetOf(sampleAt(p))
      left += y * y
    }
  }
  const right = squares - left
  const leftMean = leftSum / leftWeight
  const rightMean = (nodeSum - leftSum) / rightWeight
  leftImpurity = left / leftWeight - leftMean * leftMean
  rightImpurity = right / rightWeight - rightMean * rightMean
}

export function valuesOfOrdered(into: usize): void {
  if (!ofClasses()) store<f64>(into, nodeSum / nodeWeight)
  else for (let k: usize = 0; k < <usize>outputs; k++) store<f64>(into + (k << 3), load<f64>(totalAt + (k << 3)) / nodeWeight)
}

// ---- A feature of the node ----

/** The feature looked at last. */
let lookedAt: i32 = -1
/** The feature in whose list the rows of the node stand in order; -1: their order is in the samples. */
let inListOf: i32 = -1
let missing: i32 = 0

export function openOrdered(): void {
  lookedAt = -1
  inListOf = -1
  const n = end - start
  areFew = isRandom && arePlain && n <= mostFew
  if (areFew && n > 2) takeFew(samplesAt + ((<usize>start) << 2), n, targets)
}

/** Tries the cuts of a feature; false when it is constant in the node. */
export function tryOrdered(feature: i32): bool {
  lookedAt = feature
  if (isRandom) {
    if (areFew) return end - start === 2 ? tryPair(feature) : tryFew(feature)
    if (!spread(feature)) return false
    randomCut(feature)
    return true
  }
  if (isListed) return tryList(feature)
  if (!sortByFeature(feature)) return false
  bestCut(feature)
  return true
}

/** Writes the order of the rows down. */
function takeOrder(): void {
  if (inListOf < 0) return
  const list = listOf(inListOf)
  for (let p = start; p < end; p++) store<u32>(samplesAt + ((<usize>p) << 2), load<u32>(list + ((<usize>p) << 3), 4))
  inListOf = -1
}

function tryList(feature: i32): bool {
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

function readValues(feature: i32): void {
  const column = columnOf(feature)
  if (localEnd > 0 && isListed) {
    for (let p = start; p < end; p++) {
      const row = <usize>load<u32>(originalsAt + (sampleAt(p) << 2))
      store<f32>(valuesAt + ((<usize>p) << 2), load<f32>(column + (row << 2)))
    }
    return
  }
  for (let p = start; p < end; p++) store<f32>(valuesAt + ((<usize>p) << 2), load<f32>(column + (sampleAt(p) << 2)))
}

/** Sorts the node's rows by a feature, missing values last; false when it is constant. */
function sortByFeature(feature: i32): bool {
  missing = 0
  const n = end - start
  if (n > 24 && !hasMissing && load<i32>(distinctAt + ((<usize>feature) << 2)) !== 0 && sortByRank(feature)) {
    return valueAt(end - 1) > valueAt(start) + nearlyEqual
  }
  if (hasMissing) moveMissingBack(feature)
  else readValues(feature)
  const present = n - missing
  if (present === 0) return false
  introsort(start, present, 2 * (31 - clz(present)))
  return missing > 0 || valueAt(end - 1) > valueAt(start) + nearlyEqual
}

/** Reads the values of a feature, and swaps rows without one to the end as scikit-learn does. */
function moveMissingBack(feature: i32): void {
  const column = columnOf(feature)
  let last = end - 1
  let p = start
  while (p <= last) {
    const lastRow = load<u32>(samplesAt + ((<usize>last) << 2))
    const lastValue = load<f32>(column + ((<usize>lastRow) << 2))
    if (isMissing(lastValue)) {
      last--
      continue
    }
    const row = load<u32>(samplesAt + ((<usize>p) << 2))
    const value = load<f32>(column + ((<usize>row) << 2))
    if (isMissing(value)) {
      store<u32>(samplesAt + ((<usize>last) << 2), row)
      store<u32>(samplesAt + ((<usize>p) << 2), lastRow)
      store<f32>(valuesAt + ((<usize>p) << 2), lastValue)
      last--
    } else store<f32>(valuesAt + ((<usize>p) << 2), value)
    p++
  }
  missing = end - 1 - last
}

/** Missing rows from behind the others to before them; both keep their order. */
function moveMissingFront(): void {
  const bytes = (<usize>missing) << 2
  const present = (<usize>(end - start - missing)) << 2
  const samples = samplesAt + ((<usize>start) << 2)
  const values = valuesAt + ((<usize>start) << 2)
  memory.copy(pairsAt, samples + present, bytes)
  memory.copy(samples + bytes, samples, present)
  memory.copy(samples, pairsAt, bytes)
  memory.copy(values + bytes, values, present)
  memory.fill(values, 0xff, bytes)
}

/** Where no two rows share a value, their order is the same however it is found: here by ranks, least significant digits first. Else false. */
function sortByRank(feature: i32): bool {
  const rank = ranksAt + <usize>feature * <usize>rows * 4
  const n = end - start
  let least: i32 = i32.MAX_VALUE
  let most: i32 = -1
  for (let q = 0; q < n; q++) {
    const row = sampleAt(start + q)
    const r = load<i32>(rank + (row << 2))
    store<u64>(pairsAt + ((<usize>q) << 3), ((<u64>r) << 32) | <u64>row)
    if (r < least) least = r
    if (r > most) most = r
  }
  if (most === least) return false
  let bits = 32 - clz(most - least)
  const largest = n < 1024 ? 8 : radixBits
  const passes = (bits + largest - 1) / largest
  const step = (bits + passes - 1) / passes
  const mask = (1 << step) - 1
  let digit = 0
  let from = pairsAt
  let to = sparePairsAt
  while (bits > 0) {
    memory.fill(radixAt, 0, (<usize>4) << step)
    for (let q = 0; q < n; q++) {
      const r = load<i32>(from + ((<usize>q) << 3), 4) - least
      const slot = radixAt + ((<usize>((r >>> digit) & mask)) << 2)
      store<i32>(slot, load<i32>(slot) + 1)
    }
    let sum = 0
    for (let d = 0; d <= mask; d++) {
      const slot = radixAt + ((<usize>d) << 2)
      const own = load<i32>(slot)
      store<i32>(slot, sum)
      sum += own
    }
    for (let q = 0; q < n; q++) {
      const pair = load<u64>(from + ((<usize>q) << 3))
      const r = <i32>(pair >>> 32) - least
      const slot = radixAt + ((<usize>((r >>> digit) & mask)) << 2)
      const at = load<i32>(slot)
      store<i32>(slot, at + 1)
      store<u64>(to + ((<usize>at) << 3), pair)
    }
    const kept = from
    from = to
    to = kept
    digit += step
    bits -= step
  }
  for (let q = 1; q < n; q++) if (load<i32>(from + ((<usize>q) << 3), 4) === load<i32>(from + ((<usize>q) << 3) - 8, 4)) return false
  const column = columnOf(feature)
  for (let q = 0; q < n; q++) {
    const row = load<u32>(from + ((<usize>q) << 3))
    const at = (<usize>(start + q)) << 2
    store<u32>(samplesAt + at, row)
    store<f32>(valuesAt + at, load<f32>(column + ((<usize>row) << 2)))
  }
  return true
}

function bestCut(feature: i32): void {
  for (let side = 0; side < (missing > 0 ? 2 : 1); side++) {
    const missingFirst = side === 1
    if (missingFirst) moveMissingFront()
    reset()
    const presentEnd = missingFirst ? end : end - missing
    let p = missingFirst ? start + missing : start
    while (p < presentEnd) {
      p++
      while (p < presentEnd && valueAt(p) <= valueAt(p - 1) + nearlyEqual) p++
      if (p >= end) break
      if (p - start < minLeaf || end - p < minLeaf) continue
      update(p)
      if (leftWeight < minWeight || rightWeight < minWeight) continue
      if (criterion === squaredError) {
        // Without divisions: a cut that is worse by more than any rounding is not looked at further.
        const rightSum = nodeSum - leftSum
        const bar = bestProxy * (1 - 1e-9)
        if (leftSum * leftSum * rightWeight + rightSum * rightSum * leftWeight < bar * (leftWeight * rightWeight)) continue
      }
      const own = proxy()
      if (!(own > bestProxy)) continue
      const cutsMissingOff = p === presentEnd && !missingFirst
      const threshold = cutsMissingOff ? Infinity : <f64>valueAt(p - 1) / 2 + <f64>valueAt(p) / 2
      keepSplit(own, feature, p, threshold, missing > 0 ? missingFirst : p - start > end - p)
    }
  }
}

// ---- Random cuts ----

let low: f32 = 0
let high: f32 = 0

/** Reads a feature and its range; false when it is constant. */
function spread(feature: i32): bool {
  const column = columnOf(feature)
  missing = 0
  if (!hasMissing) {
    readCells(column, samplesAt + ((<usize>start) << 2), <usize>(end - start), valuesAt)
    low = leastCell
    high = mostCell
    return high > low + nearlyEqual
  }
  let least: f32 = Infinity
  let most: f32 = -Infinity
  for (let p = start; p < end; p++) {
    const value = load<f32>(column + (sampleAt(p) << 2))
    store<f32>(valuesAt + ((<usize>p) << 2), value)
    if (isMissing(value)) {
      missing++
      continue
    }
    if (value < least) least = value
    if (value > most) most = value
  }
  low = least
  high = most
  return missing < end - start && (missing > 0 || most > least + nearlyEqual)
}

function randomCut(feature: i32): void {
  let threshold = ((<f64>high - <f64>low) * <f64>nextRandom()) / 2147483647 + <f64>low
  const missingFirst = missing > 0 && randInt(0, 2) === 1
  if (threshold === <f64>high) threshold = <f64>low
  const isWalked = !hasMissing && weighsRowsAlike() && end - start <= fewSteps
  const b = isWalked ? walk(threshold) : hasMissing ? divideMissing(threshold, missingFirst) : divide(threshold)
  if (b - start < minLeaf || end - b < minLeaf) return
  if (!isWalked) {
    reset()
    update(b)
  }
  if (leftWeight < minWeight || rightWeight < minWeight) return
  const own = proxy()
  if (!(own > bestProxy)) return
  keepSplit(own, feature, b, threshold, missing > 0 ? missingFirst : b - start > end - b)
}

/** Whether rows weigh 1, any of them may be a leaf, and targets are what is summed. */
let arePlain: bool = false
/** Whether the rows of the node are in the hands of few-rows.ts, or are two. */
let areFew: bool = false

/** `spread` and `randomCut` for up to eight rows. */
function tryFew(feature: i32): bool {
  const column = columnOf(feature)
  const n = end - start
  const first = fourCells(column, 0)
  const second = n > 4 ? fourCells(column, 4) : first
  const least4 = f32x4.pmin(first, second)
  const most4 = f32x4.pmax(first, second)
  const least2 = f32x4.pmin(least4, v128.shuffle<i32>(least4, least4, 2, 3, 0, 1))
  const most2 = f32x4.pmax(most4, v128.shuffle<i32>(most4, most4, 2, 3, 0, 1))
  const least = f32x4.extract_lane(f32x4.pmin(least2, v128.shuffle<i32>(least2, least2, 1, 0, 3, 2)), 0)
  const most = f32x4.extract_lane(f32x4.pmax(most2, v128.shuffle<i32>(most2, most2, 1, 0, 3, 2)), 0)
  if (!(most > least + nearlyEqual)) return false
  const drawn = ((<f64>most - <f64>least) * <f64>nextRandom()) / 2147483647 + <f64>least
  const threshold = drawn === <f64>most ? <f64>least : drawn
  const left = divideEight(first, second, floor32(threshold), n)
  const sum = sumOfLeft(left, n, nodeSum)
  const rest = nodeSum - sum
  const own = (sum * sum) / <f64>left + (rest * rest) / <f64>(n - left)
  if (own > bestProxy) keepSplit(own, feature, start + left, threshold, left > n - left)
  return true
}

/** `spread` and `randomCut` for two rows of weight 1: whatever is drawn, the smaller value goes left. */
function tryPair(feature: i32): bool {
  const column = columnOf(feature)
  const at = samplesAt + ((<usize>start) << 2)
  const rows2 = load<u64>(at)
  const first = v128.load32_zero(column + ((<usize>(<u32>rows2)) << 2))
  const second = v128.load32_zero(column + ((<usize>(rows2 >>> 32)) << 2))
  // Which value is smaller nobody can predict: no branch depends on it.
  const least = f32x4.extract_lane(f32x4.pmin(first, second), 0)
  const most = f32x4.extract_lane(f32x4.pmax(first, second), 0)
  if (!(most > least + nearlyEqual)) return false
  const drawn = nextRandom()
  const inOrder = rotr(rows2, <u64>(<u32>i32x4.extract_lane(f32x4.gt(first, second), 0)) & 32)
  store<u64>(at, inOrder)
  const left = load<f64>(targets + ((<usize>(<u32>inOrder)) << 3))
  const right = nodeSum - left
  const own = left * left + right * right
  if (!(own > bestProxy)) return true
  const threshold = ((<f64>most - <f64>least) * <f64>drawn) / 2147483647 + <f64>least
  keepSplit(own, feature, start + 1, threshold === <f64>most ? <f64>least : threshold, false)
  return true
}

/** Brings the rows whose cells have been read into the order of a cut. @returns where its right part begins */
function divide(threshold: f64): i32 {
  return start + <i32>divideRows(samplesAt + ((<usize>start) << 2), <usize>(end - start), valuesAt, floor32(threshold))
}

/** So few rows are walked through one by one. */
const fewSteps: i32 = 16

/** `divide` and `updateSums` at once: the walk comes to the rows in the order in which `update` adds or subtracts them. No branch depends on a value. */
function walk(threshold: f64): i32 {
  const n = end - start
  const samples = samplesAt + ((<usize>start) << 2)
  const copies = pairsAt
  for (let i: usize = 0; i < <usize>n; i++) store<u32>(copies + (i << 2), load<u32>(samples + (i << 2)))
  const lefts = leftBits(valuesAt, n, floor32(threshold))
  const near = targets
  let front = 0
  let back = n
  let at = 0
  let sum: f64 = 0
  let rest = nodeSum
  for (let i = 0; i < n; i++) {
    const row = <usize>load<u32>(copies + ((<usize>at) << 2))
    const left = <i32>(lefts >>> at) & 1
    back--
    store<u32>(samples + ((<usize>(back + ((front - back) & -left))) << 2), <u32>row)
    const own = load<u64>(near + (row << 3))
    const mask: u64 = 0 - <u64>left
    sum += reinterpret<f64>(own & mask)
    rest -= reinterpret<f64>(own & ~mask)
    front += left
    back += left
    at = back + ((front - back) & -left)
  }
  const far: u64 = 0 - <u64>i32(front > n - front)
  leftSum = reinterpret<f64>((reinterpret<u64>(sum) & ~far) | (reinterpret<u64>(rest) & far))
  leftWeight = <f64>front
  rightWeight = nodeWeight - leftWeight
  pos = start + front
  return pos
}

/** `update` from the start, where each row weighs 1: then the product is the target. */
function updateSums(to: i32): void {
  const near = targets
  const samples = samplesAt
  const middle = samples + ((<usize>to) << 2)
  let sum: f64 = 0
  if (to - start <= end - to) {
    for (let at = samples + ((<usize>start) << 2); at < middle; at += 4) sum += load<f64>(near + ((<usize>load<u32>(at)) << 3))
  } else {
    sum = nodeSum
    for (let at = samples + ((<usize>end) << 2) - 4; at >= middle; at -= 4) sum -= load<f64>(near + ((<usize>load<u32>(at)) << 3))
  }
  leftSum = sum
  leftWeight = <f64>(to - start)
  rightWeight = nodeWeight - leftWeight
  pos = to
}

function divideMissing(threshold: f64, missingFirst: bool): i32 {
  let a = start
  let b = end
  while (a < b) {
    const value = valueAt(a)
    if (isMissing(value) ? missingFirst : <f64>value <= threshold) a++
    else {
      b--
      swap(a, b)
    }
  }
  return b
}

// ---- The split ----

/** Brings the rows into the order of the split and measures it. */
export function closeOrdered(): void {
  if (isListed) divideSamples()
  else if (!isRandom) partition()
  else if (areFew && end - start > 2) {
    const n = end - start
    if (lookedAt !== bestFeature) {
      const column = columnOf(bestFeature)
      divideEight(fourCells(column, 0), fourCells(column, 4), floor32(bestThreshold), n)
    }
    giveFew(samplesAt + ((<usize>start) << 2), n)
  } else if (lookedAt !== bestFeature) {
    if (hasMissing) partition()
    else {
      spread(bestFeature)
      divide(bestThreshold)
    }
  }
  reset()
  update(bestPos)
  impurityOfChildren()
  setChildren(leftImpurity, rightImpurity, leftWeight, rightWeight)
}

function partition(): void {
  const column = columnOf(bestFeature)
  let a = start
  let b = end
  while (a < b) {
    const at = samplesAt + ((<usize>a) << 2)
    const row = load<u32>(at)
    const value = load<f32>(column + ((<usize>row) << 2))
    if (isMissing(value) ? missingLeft : <f64>value <= bestThreshold) a++
    else {
      b--
      const other = samplesAt + ((<usize>b) << 2)
      store<u32>(at, load<u32>(other))
      store<u32>(other, row)
    }
  }
}

/** `partition`, by the list of the feature. */
function divideSamples(): void {
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

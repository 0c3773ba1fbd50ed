// Grows a tree depth first by squared error or by Gini impurity on rows kept in scikit-learn's order: sums of real numbers depend on it.
// The plain twins are ../sorted-splitter.ts and ../../tree/build-tree.ts; a test compares them.

const radixBits: i32 = 11
const epsilon: f64 = 2.220446049250313e-16
const nearlyEqual: f32 = 1e-7
const squaredError: i32 = 0

let rows: i32 = 0
let width: i32 = 0
/** Classes, or 1. */
let outputs: i32 = 0
let criterion: i32 = 0
let isRandom: bool = false
let isWeighted: bool = false
/** float32 columns. */
let xAt: usize = 0
/** Ranks of the columns, for the best splitter. */
let ranksAt: usize = 0
/** Per column: whether most rows have a value of their own. */
let distinctAt: usize = 0
/** Targets or class codes as f64. */
let yAt: usize = 0
let weightsAt: usize = 0
let samplesAt: usize = 0
let valuesAt: usize = 0
let pairsAt: usize = 0
let sparePairsAt: usize = 0
let radixAt: usize = 0
let featuresAt: usize = 0
let constantsAt: usize = 0
let totalAt: usize = 0
let leftAt: usize = 0
let stackAt: usize = 0
let nodesAt: usize = 0
let capacity: i32 = 0

/** Takes the layout: one i32 per value at `at`, in the order of the caller's list. */
export function setUpSorted(at: usize): void {
  rows = load<i32>(at)
  width = load<i32>(at, 4)
  outputs = load<i32>(at, 8)
  criterion = load<i32>(at, 12)
  isRandom = load<i32>(at, 16) !== 0
  isWeighted = load<i32>(at, 20) !== 0
  xAt = load<u32>(at, 24)
  ranksAt = load<u32>(at, 28)
  distinctAt = load<u32>(at, 32)
  yAt = load<u32>(at, 36)
  weightsAt = load<u32>(at, 40)
  samplesAt = load<u32>(at, 44)
  valuesAt = load<u32>(at, 48)
  pairsAt = load<u32>(at, 52)
  sparePairsAt = load<u32>(at, 56)
  radixAt = load<u32>(at, 60)
  featuresAt = load<u32>(at, 64)
  constantsAt = load<u32>(at, 68)
  totalAt = load<u32>(at, 72)
  leftAt = load<u32>(at, 76)
  stackAt = load<u32>(at, 80)
  nodesAt = load<u32>(at, 84)
  capacity = load<i32>(at, 88)
}

// ---- The criterion: sums of the node, and of what lies left of a moving cut ----

let start: i32 = 0
let end: i32 = 0
let pos: i32 = 0
let nodeWeight: f64 = 0
let leftWeight: f64 = 0
let rightWeight: f64 = 0
let nodeSum: f64 = 0
let leftSum: f64 = 0
let squares: f64 = 0
let leftImpurity: f64 = 0
let rightImpurity: f64 = 0

function sampleAt(p: i32): usize {
  return <usize>load<u32>(samplesAt + ((<usize>p) << 2))
}

function weightOf(i: usize): f64 {
  return isWeighted ? load<f64>(weightsAt + (i << 3)) : 1
}

function enter(): void {
  let weight: f64 = 0
  if (criterion === squaredError) {
    let sum: f64 = 0
    let sumOfSquares: f64 = 0
    for (let p = start; p < end; p++) {
      const i = sampleAt(p)
      const y = load<f64>(yAt + (i << 3))
      const w = weightOf(i)
      const wy = w * y
      sum += wy
      sumOfSquares += wy * y
      weight += w
    }
    nodeSum = sum
    squares = sumOfSquares
  } else {
    memory.fill(totalAt, 0, (<usize>outputs) << 3)
    for (let p = start; p < end; p++) {
      const i = sampleAt(p)
      const at = totalAt + ((<usize>(<i32>load<f64>(yAt + (i << 3)))) << 3)
      const w = weightOf(i)
      store<f64>(at, load<f64>(at) + w)
      weight += w
    }
  }
  nodeWeight = weight
  reset()
}

function reset(): void {
  pos = start
  leftWeight = 0
  rightWeight = nodeWeight
  if (criterion === squaredError) leftSum = 0
  else memory.fill(leftAt, 0, (<usize>outputs) << 3)
}

/** Moves rows from the nearer end, as scikit-learn does. */
function update(to: i32): void {
  if (to - pos <= end - to) {
    for (let p = pos; p < to; p++) {
      const i = sampleAt(p)
      const w = weightOf(i)
      if (criterion === squaredError) leftSum += w * load<f64>(yAt + (i << 3))
      else {
        const at = leftAt + ((<usize>(<i32>load<f64>(yAt + (i << 3)))) << 3)
        store<f64>(at, load<f64>(at) + w)
      }
      leftWeight += w
    }
  } else {
    leftWeight = nodeWeight
    if (criterion === squaredError) leftSum = nodeSum
    else memory.copy(leftAt, totalAt, (<usize>outputs) << 3)
    for (let p = end - 1; p >= to; p--) {
      const i = sampleAt(p)
      const w = weightOf(i)
      if (criterion === squaredError) leftSum -= w * load<f64>(yAt + (i << 3))
      else {
        const at = leftAt + ((<usize>(<i32>load<f64>(yAt + (i << 3)))) << 3)
        store<f64>(at, load<f64>(at) - w)
      }
      leftWeight -= w
    }
  }
  rightWeight = nodeWeight - leftWeight
  pos = to
}

function giniOfChildren(): void {
  let left: f64 = 0
  let right: f64 = 0
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
  if (criterion === squaredError) {
    const rightSum = nodeSum - leftSum
    return (leftSum * leftSum) / leftWeight + (rightSum * rightSum) / rightWeight
  }
  giniOfChildren()
  return -rightWeight * rightImpurity - leftWeight * leftImpurity
}

function impurityOfNode(): f64 {
  if (criterion === squaredError) {
    const mean = nodeSum / nodeWeight
    return squares / nodeWeight - mean * mean
  }
  let sum: f64 = 0
  for (let k: usize = 0; k < <usize>outputs; k++) {
    const own = load<f64>(totalAt + (k << 3))
    sum += own * own
  }
  return 1 - sum / (nodeWeight * nodeWeight)
}

function impurityOfChildren(): void {
  if (criterion !== squaredError) {
    giniOfChildren()
    return
  }
  let left: f64 = 0
  for (let p = start; p < pos; p++) {
    const i = sampleAt(p)
    const y = load<f64>(yAt + (i << 3))
    left += weightOf(i) * y * y
  }
  const right = squares - left
  const leftMean = leftSum / leftWeight
  const rightMean = (nodeSum - leftSum) / rightWeight
  leftImpurity = left / leftWeight - leftMean * leftMean
  rightImpurity = right / rightWeight - rightMean * rightMean
}

// ---- Sorting values and rows together: the moves of ../simultaneous-sort.ts ----

function valueAt(p: i32): f32 {
  return load<f32>(valuesAt + ((<usize>p) << 2))
}

function swap(i: i32, j: i32): void {
  const a = (<usize>i) << 2
  const b = (<usize>j) << 2
  const value = load<f32>(valuesAt + a)
  store<f32>(valuesAt + a, load<f32>(valuesAt + b))
  store<f32>(valuesAt + b, value)
  const row = load<u32>(samplesAt + a)
  store<u32>(samplesAt + a, load<u32>(samplesAt + b))
  store<u32>(samplesAt + b, row)
}

function medianOfThree(a: f32, b: f32, c: f32): f32 {
  if (a < b) return b < c ? b : a < c ? c : a
  return b < c ? (a < c ? a : c) : b
}

function introsort(first: i32, n: i32, depthLeft: i32): void {
  let from = first
  let count = n
  let depth = depthLeft
  while (count > 15) {
    if (depth <= 0) {
      heapsort(from, count)
      return
    }
    depth--
    const pivot = medianOfThree(valueAt(from), valueAt(from + (count >> 1)), valueAt(from + count - 1))
    let at = from
    let low = from
    let high = from + count
    while (at < high) {
      const value = valueAt(at)
      if (value < pivot) {
        swap(at, low)
        at++
        low++
      } else if (value > pivot) {
        high--
        swap(at, high)
      } else at++
    }
    introsort(from, low - from, depth)
    count -= high - from
    from = high
  }
  for (let i = from + 1; i < from + count; i++) {
    const value = valueAt(i)
    const row = load<u32>(samplesAt + ((<usize>i) << 2))
    let j = i
    while (j > from && valueAt(j - 1) > value) {
      const at = (<usize>j) << 2
      store<f32>(valuesAt + at, valueAt(j - 1))
      store<u32>(samplesAt + at, load<u32>(samplesAt + at - 4))
      j--
    }
    store<f32>(valuesAt + ((<usize>j) << 2), value)
    store<u32>(samplesAt + ((<usize>j) << 2), row)
  }
}

function heapsort(from: i32, count: i32): void {
  for (let root = (count - 2) >> 1; root >= 0; root--) siftDown(from, root, count)
  for (let last = count - 1; last > 0; last--) {
    swap(from, from + last)
    siftDown(from, 0, last)
  }
}

function siftDown(from: i32, first: i32, count: i32): void {
  let root = first
  while (true) {
    const child = 2 * root + 1
    let largest = root
    if (child < count && valueAt(from + largest) < valueAt(from + child)) largest = child
    if (child + 1 < count && valueAt(from + largest) < valueAt(from + child + 1)) largest = child + 1
    if (largest === root) return
    swap(from + root, from + largest)
    root = largest
  }
}

// ---- Splits ----

let random: u32 = 0
let bestProxy: f64 = 0
let bestPos: i32 = 0
let bestFeature: i32 = 0
let bestThreshold: f64 = 0
let minLeaf: i32 = 1
let minWeight: f64 = 0

function nextRandom(): u32 {
  let x = random === 0 ? 1 : random
  x ^= x << 13
  x ^= x >>> 17
  x ^= x << 5
  random = x
  return x & 0x7fffffff
}

function randInt(from: i32, to: i32): i32 {
  return from + <i32>(nextRandom() % <u32>(to - from))
}

function swapFeatures(i: i32, j: i32): void {
  const a = featuresAt + ((<usize>i) << 2)
  const b = featuresAt + ((<usize>j) << 2)
  const kept = load<i32>(a)
  store<i32>(a, load<i32>(b))
  store<i32>(b, kept)
}

/** Sorts the node's rows by a feature; false when it is constant. */
function sortByFeature(feature: i32): bool {
  const n = end - start
  if (n > 24 && load<i32>(distinctAt + ((<usize>feature) << 2)) !== 0 && sortByRank(feature)) {
    return valueAt(end - 1) > valueAt(start) + nearlyEqual
  }
  const column = xAt + <usize>feature * <usize>rows * 4
  for (let p = start; p < end; p++) store<f32>(valuesAt + ((<usize>p) << 2), load<f32>(column + (sampleAt(p) << 2)))
  introsort(start, n, 2 * (31 - clz(n)))
  return valueAt(end - 1) > valueAt(start) + nearlyEqual
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
  const column = xAt + <usize>feature * <usize>rows * 4
  for (let q = 0; q < n; q++) {
    const row = load<u32>(from + ((<usize>q) << 3))
    const at = (<usize>(start + q)) << 2
    store<u32>(samplesAt + at, row)
    store<f32>(valuesAt + at, load<f32>(column + ((<usize>row) << 2)))
  }
  return true
}

function bestCut(feature: i32): void {
  reset()
  let p = start
  while (p < end) {
    p++
    while (p < end && valueAt(p) <= valueAt(p - 1) + nearlyEqual) p++
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
    bestProxy = own
    bestPos = p
    bestFeature = feature
    bestThreshold = <f64>valueAt(p - 1) / 2 + <f64>valueAt(p) / 2
  }
}

let low: f32 = 0
let high: f32 = 0

/** Reads a feature and its range; false when it is constant. */
function spread(feature: i32): bool {
  const column = xAt + <usize>feature * <usize>rows * 4
  let least: f32 = Infinity
  let most: f32 = -Infinity
  for (let p = start; p < end; p++) {
    const value = load<f32>(column + (sampleAt(p) << 2))
    store<f32>(valuesAt + ((<usize>p) << 2), value)
    if (value < least) least = value
    if (value > most) most = value
  }
  low = least
  high = most
  return most > least + nearlyEqual
}

function randomCut(feature: i32): void {
  let threshold = ((<f64>high - <f64>low) * <f64>nextRandom()) / 2147483647 + <f64>low
  if (threshold === <f64>high) threshold = <f64>low
  let a = start
  let b = end
  while (a < b) {
    if (<f64>valueAt(a) <= threshold) a++
    else {
      b--
      swap(a, b)
    }
  }
  if (b - start < minLeaf || end - b < minLeaf) return
  reset()
  update(b)
  if (leftWeight < minWeight || rightWeight < minWeight) return
  const own = proxy()
  if (!(own > bestProxy)) return
  bestProxy = own
  bestPos = b
  bestFeature = feature
  bestThreshold = threshold
}

/** Brings the rows into the order of the split. */
function partition(): void {
  const column = xAt + <usize>bestFeature * <usize>rows * 4
  let a = start
  let b = end
  while (a < b) {
    const at = samplesAt + ((<usize>a) << 2)
    const row = load<u32>(at)
    if (<f64>load<f32>(column + ((<usize>row) << 2)) <= bestThreshold) a++
    else {
      b--
      const other = samplesAt + ((<usize>b) << 2)
      store<u32>(at, load<u32>(other))
      store<u32>(other, row)
    }
  }
}

/** As `grow`, with the rows and weights of the caller. @returns the number of nodes, packed at `nodesAt` as `grow` does */
export function growSorted(
  seed: u32,
  maxFeatures: i32,
  maxDepth: i32,
  minSamplesSplit: i32,
  minSamplesLeaf: i32,
  minWeightLeaf: f64,
  minImpurityDecrease: f64,
): i32 {
  random = seed
  minLeaf = minSamplesLeaf
  minWeight = minWeightLeaf
  for (let j = 0; j < width; j++) store<i32>(featuresAt + ((<usize>j) << 2), j)
  const thresholds = nodesAt
  const impurities = thresholds + ((<usize>capacity) << 3)
  const weights = impurities + ((<usize>capacity) << 3)
  const values = weights + ((<usize>capacity) << 3)
  const nodeFeatures = values + <usize>capacity * ((<usize>outputs) << 3)
  const lefts = nodeFeatures + ((<usize>capacity) << 2)
  const rights = lefts + ((<usize>capacity) << 2)
  const nodeRows = rights + ((<usize>capacity) << 2)
  const missing = nodeRows + ((<usize>capacity) << 2)
  let n = 0
  let totalWeight: f64 = 0
  for (let i = 0; i < rows; i++) {
    const w = weightOf(<usize>i)
    totalWeight += w
    if (w === 0) continue
    store<i32>(samplesAt + ((<usize>n) << 2), i)
    n++
  }
  let nodes = 0
  let top = stackAt
  store<i32>(top, 0)
  store<i32>(top, n, 4)
  store<i32>(top, 0, 8)
  store<i32>(top, -1, 12)
  store<i32>(top, 0, 16)
  store<i32>(top, 0, 20)
  store<f64>(top, 0, 24)
  top += 32
  while (top > stackAt) {
    top -= 32
    start = load<i32>(top)
    end = load<i32>(top, 4)
    const depth = load<i32>(top, 8)
    const parent = load<i32>(top, 12)
    const isLeft = load<i32>(top, 16) !== 0
    const known = load<i32>(top, 20)
    let impurity = load<f64>(top, 24)
    const size = end - start
    enter()
    if (parent < 0) impurity = impurityOfNode()
    let leaf =
      depth >= maxDepth || size < minSamplesSplit || size < 2 * minSamplesLeaf || nodeWeight < 2 * minWeightLeaf || impurity <= epsilon
    let constants = known
    if (!leaf) {
      bestProxy = -Infinity
      bestPos = end
      let lookedAt = -1
      let free = width
      let found = 0
      let drawn = 0
      let visited = 0
      while (free > constants && (visited < maxFeatures || visited <= found + drawn)) {
        visited++
        let at = randInt(drawn, free - found)
        if (at < known) {
          swapFeatures(drawn, at)
          drawn++
          continue
        }
        at += found
        const feature = load<i32>(featuresAt + ((<usize>at) << 2))
        lookedAt = feature
        const varies = isRandom ? spread(feature) : sortByFeature(feature)
        if (!varies) {
          swapFeatures(at, constants)
          found++
          constants++
          continue
        }
        free--
        swapFeatures(free, at)
        if (isRandom) randomCut(feature)
        else bestCut(feature)
      }
      if (bestPos >= end) leaf = true
      else {
        if (!isRandom || lookedAt !== bestFeature) partition()
        reset()
        update(bestPos)
        impurityOfChildren()
        const improvement =
          (nodeWeight / totalWeight) * (impurity - (rightWeight / nodeWeight) * rightImpurity - (leftWeight / nodeWeight) * leftImpurity)
        leaf = improvement + epsilon < minImpurityDecrease
      }
      memory.copy(featuresAt, constantsAt, (<usize>known) << 2)
      memory.copy(constantsAt + ((<usize>known) << 2), featuresAt + ((<usize>known) << 2), (<usize>found) << 2)
    }

    const node = nodes++
    const at4 = (<usize>node) << 2
    const at8 = (<usize>node) << 3
    if (parent >= 0) store<i32>((isLeft ? lefts : rights) + ((<usize>parent) << 2), node)
    store<f64>(impurities + at8, impurity)
    store<f64>(weights + at8, nodeWeight)
    store<i32>(nodeRows + at4, size)
    if (criterion === squaredError) store<f64>(values + at8, nodeSum / nodeWeight)
    else {
      for (let k = 0; k < outputs; k++) {
        const slot = values + ((<usize>node * <usize>outputs + <usize>k) << 3)
        store<f64>(slot, load<f64>(totalAt + ((<usize>k) << 3)) / nodeWeight)
      }
    }
    store<i32>(lefts + at4, -1)
    store<i32>(rights + at4, -1)
    store<u8>(missing + <usize>node, 0)
    if (leaf) {
      store<f64>(thresholds + at8, -2)
      store<i32>(nodeFeatures + at4, -2)
      continue
    }
    store<f64>(thresholds + at8, bestThreshold)
    store<i32>(nodeFeatures + at4, bestFeature)
    if (bestPos - start > end - bestPos) store<u8>(missing + <usize>node, 1)
    for (let side = 0; side < 2; side++) {
      const left = side === 1
      store<i32>(top, left ? start : bestPos)
      store<i32>(top, left ? bestPos : end, 4)
      store<i32>(top, depth + 1, 8)
      store<i32>(top, node, 12)
      store<i32>(top, left ? 1 : 0, 16)
      store<i32>(top, constants, 20)
      store<f64>(top, left ? leftImpurity : rightImpurity, 24)
      top += 32
    }
  }
  const wideBytes = (<usize>nodes) << 3
  const bytes = (<usize>nodes) << 2
  let out = thresholds + wideBytes
  memory.copy(out, impurities, wideBytes)
  out += wideBytes
  memory.copy(out, weights, wideBytes)
  out += wideBytes
  memory.copy(out, values, wideBytes * <usize>outputs)
  out += wideBytes * <usize>outputs
  memory.copy(out, nodeFeatures, bytes)
  out += bytes
  memory.copy(out, lefts, bytes)
  out += bytes
  memory.copy(out, rights, bytes)
  out += bytes
  memory.copy(out, nodeRows, bytes)
  out += bytes
  memory.copy(out, missing, <usize>nodes)
  return nodes
}

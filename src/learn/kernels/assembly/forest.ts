// Grows a classification tree by Gini impurity on ranks, and adds a tree's values to predictions: AssemblyScript, built by scripts/wasm.mjs.
// The plain twins are ../grow-tree.ts and ../../tree/tree.ts; a test compares them. All pointers are byte offsets that the caller lays out
// (../forest-kernel.ts); sums of small integer weights are exact, so the order of rows does not matter.

export { rankColumn } from './ranks'
export { growSorted, setUpSorted } from './sorted'

/** Nodes up to this size are sorted by insertion. */
const fewKeys: i32 = 40
const radixBits: i32 = 11
const epsilon: f64 = 2.220446049250313e-16
/** Values that are no further apart than this are one value for a tree. */
const nearlyEqual: f32 = 1e-7

// What does not change between trees.
let rows: i32 = 0
let width: i32 = 0
let classes: i32 = 0
let classBits: i32 = 0
let shift: i32 = 0
let wide: bool = false
let ranksAt: usize = 0
let valuesAt: usize = 0
let offsetsAt: usize = 0
let apartAt: usize = 0
let codesAt: usize = 0
let countsAt: usize = 0
let samplesAt: usize = 0
let tagsAt: usize = 0
let keysAt: usize = 0
let spareAt: usize = 0
let histogramAt: usize = 0
let rowsAtRankAt: usize = 0
let radixAt: usize = 0
let featuresAt: usize = 0
let constantsAt: usize = 0
let totalAt: usize = 0
let leftAt: usize = 0
let stackAt: usize = 0
let twisterAt: usize = 0
let nodesAt: usize = 0
let capacity: i32 = 0

/** Takes the layout: one i32 per value at `at`, in the order of the caller's list. */
export function setUp(at: usize): void {
  rows = load<i32>(at)
  width = load<i32>(at, 4)
  classes = load<i32>(at, 8)
  classBits = load<i32>(at, 12)
  shift = load<i32>(at, 16)
  wide = load<i32>(at, 20) !== 0
  ranksAt = load<u32>(at, 24)
  valuesAt = load<u32>(at, 28)
  offsetsAt = load<u32>(at, 32)
  apartAt = load<u32>(at, 36)
  codesAt = load<u32>(at, 40)
  countsAt = load<u32>(at, 44)
  samplesAt = load<u32>(at, 48)
  tagsAt = load<u32>(at, 52)
  keysAt = load<u32>(at, 56)
  spareAt = load<u32>(at, 60)
  histogramAt = load<u32>(at, 64)
  rowsAtRankAt = load<u32>(at, 68)
  radixAt = load<u32>(at, 72)
  featuresAt = load<u32>(at, 76)
  constantsAt = load<u32>(at, 80)
  totalAt = load<u32>(at, 84)
  leftAt = load<u32>(at, 88)
  stackAt = load<u32>(at, 92)
  twisterAt = load<u32>(at, 96)
  nodesAt = load<u32>(at, 100)
  capacity = load<i32>(at, 104)
}

// ---- Mersenne Twister, as numpy seeds it and draws bounded integers ----

let twisterNext: i32 = 624

function seedTwister(seed: u32): void {
  store<u32>(twisterAt, seed)
  let previous = seed
  for (let i = 1; i < 624; i++) {
    previous = 1812433253 * (previous ^ (previous >>> 30)) + <u32>i
    store<u32>(twisterAt + ((<usize>i) << 2), previous)
  }
  twisterNext = 624
}

function mixed(upper: u32, lower: u32): u32 {
  const y = (upper & 0x80000000) | (lower & 0x7fffffff)
  return (y >>> 1) ^ ((0 - (y & 1)) & 0x9908b0df)
}

function refill(): void {
  const at = twisterAt
  for (let i: usize = 0; i < 227; i++) {
    store<u32>(at + (i << 2), load<u32>(at + ((i + 397) << 2)) ^ mixed(load<u32>(at + (i << 2)), load<u32>(at + ((i + 1) << 2))))
  }
  for (let i: usize = 227; i < 623; i++) {
    store<u32>(at + (i << 2), load<u32>(at + ((i - 227) << 2)) ^ mixed(load<u32>(at + (i << 2)), load<u32>(at + ((i + 1) << 2))))
  }
  store<u32>(at + (623 << 2), load<u32>(at + (396 << 2)) ^ mixed(load<u32>(at + (623 << 2)), load<u32>(at)))
  twisterNext = 0
}

function draw(): u32 {
  if (twisterNext === 624) refill()
  let y = load<u32>(twisterAt + ((<usize>twisterNext) << 2))
  twisterNext++
  y ^= y >>> 11
  y ^= (y << 7) & 0x9d2c5680
  y ^= (y << 15) & 0xefc60000
  return y ^ (y >>> 18)
}

/** The first draw of a generator of this seed below the largest int32: the seed of a tree's own draws. The generator then starts anew. */
export function splitSeed(seed: u32): u32 {
  seedTwister(seed)
  let value = draw() & 0x7fffffff
  while (value > 2147483646) value = draw() & 0x7fffffff
  twisterNext = 0
  return value
}

/** Counts how often each row is drawn with replacement by the generator that `splitSeed` has seeded. */
export function bootstrap(draws: i32): void {
  memory.fill(countsAt, 0, (<usize>rows) << 2)
  const largest = <u32>(rows - 1)
  if (largest === 0) {
    store<i32>(countsAt, draws)
    return
  }
  let mask = largest
  mask |= mask >>> 1
  mask |= mask >>> 2
  mask |= mask >>> 4
  mask |= mask >>> 8
  mask |= mask >>> 16
  for (let i = 0; i < draws; i++) {
    let value = draw() & mask
    while (value > largest) value = draw() & mask
    const at = countsAt + ((<usize>value) << 2)
    store<i32>(at, load<i32>(at) + 1)
  }
}

// ---- Search for the best cut of one node ----

let bestProxy: f64 = 0
let bestFeature: i32 = -1
let bestRank: i32 = -1
let bestAfter: i32 = -1
let bestLeftImpurity: f64 = 0
let bestRightImpurity: f64 = 0
let bestLeftWeight: f64 = 0
let nodeWeight: f64 = 0
let minLeaf: i32 = 1
let minWeight: f64 = 0
let count: i32 = 0
let low: i32 = 0
let high: i32 = 0

function gather<T>(feature: i32, start: i32, end: i32): void {
  const rank = ranksAt + <usize>feature * <usize>rows * sizeof<T>()
  let least: i32 = i32.MAX_VALUE
  let most: i32 = -1
  let key = keysAt
  for (let p = start; p < end; p++) {
    const at = (<usize>p) << 2
    const r = <i32>load<T>(rank + <usize>load<u32>(samplesAt + at) * sizeof<T>())
    store<i32>(key, (r << shift) | load<i32>(tagsAt + at))
    key += 4
    if (r < least) least = r
    if (r > most) most = r
  }
  count = end - start
  low = least
  high = most
}

/** Reads a feature of the node; false when it is constant there. */
function look(feature: i32, start: i32, end: i32): bool {
  if (wide) gather<i32>(feature, start, end)
  else gather<u16>(feature, start, end)
  const value = valuesAt + ((<usize>load<u32>(offsetsAt + ((<usize>feature) << 2))) << 2)
  return load<f32>(value + ((<usize>high) << 2)) > load<f32>(value + ((<usize>low) << 2)) + nearlyEqual
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

function tryBinaryCut(feature: i32, before: i32, after: i32, left0: f64, left1: f64): void {
  const leftWeight = left0 + left1
  const rightWeight = nodeWeight - leftWeight
  if (leftWeight < minWeight || rightWeight < minWeight) return
  const right0 = load<f64>(totalAt) - left0
  const right1 = load<f64>(totalAt, 8) - left1
  const leftSquares = left0 * left0 + left1 * left1
  const rightSquares = right0 * right0 + right1 * right1
  // Without divisions: a cut that is worse by more than any rounding is not looked at further.
  const bar = bestProxy + nodeWeight - 1e-9 * nodeWeight
  if (leftSquares * rightWeight + rightSquares * leftWeight < bar * (leftWeight * rightWeight)) return
  const leftImpurity = 1 - leftSquares / (leftWeight * leftWeight)
  const rightImpurity = 1 - rightSquares / (rightWeight * rightWeight)
  const proxy = -rightWeight * rightImpurity - leftWeight * leftImpurity
  if (proxy > bestProxy) keep(proxy, feature, before, after, leftImpurity, rightImpurity, leftWeight)
}

function tryCut(feature: i32, before: i32, after: i32, leftWeight: f64): void {
  const rightWeight = nodeWeight - leftWeight
  if (leftWeight < minWeight || rightWeight < minWeight) return
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
  if (proxy > bestProxy) keep(proxy, feature, before, after, leftImpurity, rightImpurity, leftWeight)
}

function keep(proxy: f64, feature: i32, before: i32, after: i32, left: f64, right: f64, leftWeight: f64): void {
  bestProxy = proxy
  bestFeature = feature
  bestRank = before
  bestAfter = after
  bestLeftImpurity = left
  bestRightImpurity = right
  bestLeftWeight = leftWeight
}

/** Tries each cut of the feature looked at last. */
function cut(feature: i32): void {
  if (count <= fewKeys) {
    sortByInsertion()
    if (classes === 2) scanBinaryKeys(feature, keysAt)
    else scanKeys(feature, keysAt)
  } else if (high - low < 4 * count) {
    if (classes === 2) scanBinaryHistogram(feature)
    else scanHistogram(feature)
  } else {
    const sorted = sortByRadix()
    if (classes === 2) scanBinaryKeys(feature, sorted)
    else scanKeys(feature, sorted)
  }
}

function scanBinaryKeys(feature: i32, keys: usize): void {
  const value = valuesAt + ((<usize>load<u32>(offsetsAt + ((<usize>feature) << 2))) << 2)
  const apart = load<i32>(apartAt + ((<usize>feature) << 2)) !== 0
  const tagMask = (1 << shift) - 1
  const last = count - minLeaf
  let left0: i32 = 0
  let left1: i32 = 0
  let previous = load<i32>(keys) >>> shift
  for (let p = 0; p < count; p++) {
    const key = load<i32>(keys + ((<usize>p) << 2))
    const r = key >>> shift
    if (r !== previous) {
      if (p >= minLeaf && p <= last && (apart || areApart(value, previous, r))) tryBinaryCut(feature, previous, r, <f64>left0, <f64>left1)
      previous = r
    }
    const w = (key & tagMask) >>> 1
    const one = w & -(key & 1)
    left1 += one
    left0 += w - one
  }
}

function scanKeys(feature: i32, keys: usize): void {
  const value = valuesAt + ((<usize>load<u32>(offsetsAt + ((<usize>feature) << 2))) << 2)
  const tagMask = (1 << shift) - 1
  const classMask = (1 << classBits) - 1
  const last = count - minLeaf
  memory.fill(leftAt, 0, (<usize>classes) << 3)
  let leftWeight: f64 = 0
  let previous = load<i32>(keys) >>> shift
  for (let p = 0; p < count; p++) {
    const key = load<i32>(keys + ((<usize>p) << 2))
    const r = key >>> shift
    if (r !== previous) {
      if (p >= minLeaf && p <= last && areApart(value, previous, r)) tryCut(feature, previous, r, leftWeight)
      previous = r
    }
    const w = <f64>((key & tagMask) >>> classBits)
    const at = leftAt + ((<usize>(key & classMask)) << 3)
    store<f64>(at, load<f64>(at) + w)
    leftWeight += w
  }
}

/** Per rank from `low` on: weight of class 0 and of class 1, rows. Cleared behind the scan. */
function scanBinaryHistogram(feature: i32): void {
  const value = valuesAt + ((<usize>load<u32>(offsetsAt + ((<usize>feature) << 2))) << 2)
  const apart = load<i32>(apartAt + ((<usize>feature) << 2)) !== 0
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
  for (let r = low; r <= high; r++) {
    const at = base + ((<usize>r) << 3)
    const both = load<u64>(at)
    if (both === 0) continue
    if (r !== low) {
      const enough = !countRows || (leftRows >= minLeaf && count - leftRows >= minLeaf)
      if (enough && (apart || areApart(value, previous, r))) tryBinaryCut(feature, previous, r, <f64>left0, <f64>left1)
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
}

function scanHistogram(feature: i32): void {
  const value = valuesAt + ((<usize>load<u32>(offsetsAt + ((<usize>feature) << 2))) << 2)
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
    if (r !== low && leftRows >= minLeaf && count - leftRows >= minLeaf && areApart(value, previous, r)) {
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

// ---- Growth ----

let random: u32 = 0

function randInt(from: i32, to: i32): i32 {
  let x = random === 0 ? 1 : random
  x ^= x << 13
  x ^= x >>> 17
  x ^= x << 5
  random = x
  return from + <i32>((x & 0x7fffffff) % <u32>(to - from))
}

function swapFeatures(i: i32, j: i32): void {
  const a = featuresAt + ((<usize>i) << 2)
  const b = featuresAt + ((<usize>j) << 2)
  const kept = load<i32>(a)
  store<i32>(a, load<i32>(b))
  store<i32>(b, kept)
}

/** Rows that were drawn, in order, each with its weight and class. @returns how many, or -1 when a weight does not fit into a key */
function takeRows(): i32 {
  const largest = (1 << (shift - classBits)) - 1
  let n = 0
  for (let i = 0; i < rows; i++) {
    const w = load<i32>(countsAt + ((<usize>i) << 2))
    if (w === 0) continue
    if (w > largest) return -1
    const at = (<usize>n) << 2
    store<i32>(samplesAt + at, i)
    store<i32>(tagsAt + at, (w << classBits) | load<i32>(codesAt + ((<usize>i) << 2)))
    n++
  }
  return n
}

function moveRows<T>(feature: i32, start: i32, end: i32): i32 {
  const rank = ranksAt + <usize>feature * <usize>rows * sizeof<T>()
  let left = (<usize>start) << 2
  let right: usize = 0
  for (let p = (<usize>start) << 2; p < (<usize>end) << 2; p += 4) {
    const row = load<u32>(samplesAt + p)
    const tag = load<i32>(tagsAt + p)
    if (<i32>load<T>(rank + <usize>row * sizeof<T>()) <= bestRank) {
      store<u32>(samplesAt + left, row)
      store<i32>(tagsAt + left, tag)
      left += 4
    } else {
      store<u32>(keysAt + right, row)
      store<i32>(spareAt + right, tag)
      right += 4
    }
  }
  memory.copy(samplesAt + left, keysAt, right)
  memory.copy(tagsAt + left, spareAt, right)
  return <i32>(left >>> 2)
}

/** The middle of two neighbours; never the upper one itself. */
function threshold(): f64 {
  const value = valuesAt + ((<usize>load<u32>(offsetsAt + ((<usize>bestFeature) << 2))) << 2)
  const lower = <f64>load<f32>(value + ((<usize>bestRank) << 2))
  const upper = <f64>load<f32>(value + ((<usize>bestAfter) << 2))
  const middle = lower / 2 + upper / 2
  return middle === upper || middle - middle !== 0 ? lower : middle
}

/**
 * Grows a tree on the rows whose counts are not 0. @returns its number of nodes, -1 when a weight does not fit. The nodes lie packed at
 * `nodesAt`: thresholds, impurities, weights, values (f64), features, left and right children, rows (i32), directions of missing values (u8).
 */
export function grow(
  seed: u32,
  maxFeatures: i32,
  maxDepth: i32,
  minSamplesSplit: i32,
  minSamplesLeaf: i32,
  minWeightLeaf: f64,
  minImpurityDecrease: f64,
): i32 {
  const n = takeRows()
  if (n < 0) return -1
  random = seed
  minLeaf = minSamplesLeaf
  minWeight = minWeightLeaf
  for (let j = 0; j < width; j++) store<i32>(featuresAt + ((<usize>j) << 2), j)
  const thresholds = nodesAt
  const impurities = thresholds + ((<usize>capacity) << 3)
  const weights = impurities + ((<usize>capacity) << 3)
  const values = weights + ((<usize>capacity) << 3)
  const nodeFeatures = values + <usize>capacity * ((<usize>classes) << 3)
  const lefts = nodeFeatures + ((<usize>capacity) << 2)
  const rights = lefts + ((<usize>capacity) << 2)
  const nodeRows = rights + ((<usize>capacity) << 2)
  const missing = nodeRows + ((<usize>capacity) << 2)
  const classMask = (1 << classBits) - 1
  let nodes = 0
  let rootWeight: f64 = 0
  // A frame: start, end, depth, parent, whether left, constants, impurity.
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
    const start = load<i32>(top)
    const end = load<i32>(top, 4)
    const depth = load<i32>(top, 8)
    const parent = load<i32>(top, 12)
    const isLeft = load<i32>(top, 16) !== 0
    const known = load<i32>(top, 20)
    let impurity = load<f64>(top, 24)
    const size = end - start

    let weight: f64 = 0
    let squares: f64 = 0
    if (classes === 2) {
      let all: i32 = 0
      let ones: i32 = 0
      for (let p = start; p < end; p++) {
        const tag = load<i32>(tagsAt + ((<usize>p) << 2))
        const w = tag >>> 1
        all += w
        ones += w & -(tag & 1)
      }
      const total0 = <f64>(all - ones)
      const total1 = <f64>ones
      store<f64>(totalAt, total0)
      store<f64>(totalAt, total1, 8)
      weight = <f64>all
      squares = total0 * total0 + total1 * total1
    } else {
      memory.fill(totalAt, 0, (<usize>classes) << 3)
      for (let p = start; p < end; p++) {
        const tag = load<i32>(tagsAt + ((<usize>p) << 2))
        const at = totalAt + ((<usize>(tag & classMask)) << 3)
        store<f64>(at, load<f64>(at) + <f64>(tag >>> classBits))
      }
      for (let k = 0; k < classes; k++) {
        const own = load<f64>(totalAt + ((<usize>k) << 3))
        weight += own
        squares += own * own
      }
    }
    if (parent < 0) {
      impurity = 1 - squares / (weight * weight)
      rootWeight = weight
    }
    let leaf = depth >= maxDepth || size < minSamplesSplit || size < 2 * minSamplesLeaf || weight < 2 * minWeightLeaf || impurity <= epsilon
    let constants = known
    if (!leaf) {
      nodeWeight = weight
      bestProxy = -Infinity
      bestFeature = -1
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
        if (!look(feature, start, end)) {
          swapFeatures(at, constants)
          found++
          constants++
          continue
        }
        free--
        swapFeatures(free, at)
        cut(feature)
      }
      // Later nodes must find the known constant features where they were.
      memory.copy(featuresAt, constantsAt, (<usize>known) << 2)
      memory.copy(constantsAt + ((<usize>known) << 2), featuresAt + ((<usize>known) << 2), (<usize>found) << 2)
      if (bestFeature < 0) leaf = true
      else {
        const rightWeight = weight - bestLeftWeight
        const improvement =
          (weight / rootWeight) * (impurity - (rightWeight / weight) * bestRightImpurity - (bestLeftWeight / weight) * bestLeftImpurity)
        leaf = improvement + epsilon < minImpurityDecrease
      }
    }

    const node = nodes++
    const at4 = (<usize>node) << 2
    const at8 = (<usize>node) << 3
    if (parent >= 0) store<i32>((isLeft ? lefts : rights) + ((<usize>parent) << 2), node)
    store<f64>(impurities + at8, impurity)
    store<f64>(weights + at8, weight)
    store<i32>(nodeRows + at4, size)
    for (let k = 0; k < classes; k++) {
      store<f64>(values + ((<usize>node * <usize>classes + <usize>k) << 3), load<f64>(totalAt + ((<usize>k) << 3)) / weight)
    }
    store<i32>(lefts + at4, -1)
    store<i32>(rights + at4, -1)
    store<u8>(missing + <usize>node, 0)
    if (leaf) {
      store<f64>(thresholds + at8, -2)
      store<i32>(nodeFeatures + at4, -2)
      continue
    }
    const middle = wide ? moveRows<i32>(bestFeature, start, end) : moveRows<u16>(bestFeature, start, end)
    store<f64>(thresholds + at8, threshold())
    store<i32>(nodeFeatures + at4, bestFeature)
    if (middle - start > end - middle) store<u8>(missing + <usize>node, 1)
    for (let side = 0; side < 2; side++) {
      const left = side === 1
      store<i32>(top, left ? start : middle)
      store<i32>(top, left ? middle : end, 4)
      store<i32>(top, depth + 1, 8)
      store<i32>(top, node, 12)
      store<i32>(top, left ? 1 : 0, 16)
      store<i32>(top, constants, 20)
      store<f64>(top, left ? bestLeftImpurity : bestRightImpurity, 24)
      top += 32
    }
  }
  // Each part moves down to the end of the one before it.
  const wideBytes = (<usize>nodes) << 3
  const bytes = (<usize>nodes) << 2
  let out = thresholds + wideBytes
  memory.copy(out, impurities, wideBytes)
  out += wideBytes
  memory.copy(out, weights, wideBytes)
  out += wideBytes
  memory.copy(out, values, wideBytes * <usize>classes)
  out += wideBytes * <usize>classes
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

// ---- Prediction ----

/** NaN is neither below infinity nor not. */
function isMissing(cell: f32): bool {
  return !(cell <= Infinity)
}

/**
 * Adds the values of each row's leaf to `into` [rowCount, outputs].
 *
 * @param x float32 columns one behind the other
 */
export function addValues(
  x: usize,
  rowCount: i32,
  outputs: i32,
  thresholds: usize,
  values: usize,
  features: usize,
  lefts: usize,
  rights: usize,
  missing: usize,
  into: usize,
): void {
  for (let i = 0; i < rowCount; i++) {
    let node = 0
    let left = load<i32>(lefts)
    while (left >= 0) {
      const at = (<usize>node) << 2
      const cell = load<f32>(x + ((<usize>load<i32>(features + at) * <usize>rowCount + <usize>i) << 2))
      const goesLeft =
        <f64>cell <= load<f64>(thresholds + ((<usize>node) << 3)) || (isMissing(cell) && load<u8>(missing + <usize>node) === 1)
      node = goesLeft ? left : load<i32>(rights + at)
      left = load<i32>(lefts + ((<usize>node) << 2))
    }
    for (let k = 0; k < outputs; k++) {
      const slot = into + ((<usize>i * <usize>outputs + <usize>k) << 3)
      store<f64>(slot, load<f64>(slot) + load<f64>(values + ((<usize>node * <usize>outputs + <usize>k) << 3)))
    }
  }
}

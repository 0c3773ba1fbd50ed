// Boosting on binned columns: sums per bin, cuts between bins, rows of a node. The plain twins are in ../../ensemble/histogram/; a test compares them.
// All pointers are byte offsets that the caller lays out (../histogram-kernel.ts).

const minHessian: f64 = 1e-3

let rows: usize = 0
let columns: usize = 0
let binsPerColumn: usize = 0
let hasHessians: bool = false
/** u8, one column behind the other. */
let binsAt: usize = 0
let samplesAt: usize = 0
let spareAt: usize = 0
/** f32 per row, and in the order of a node's rows. */
let gradientsAt: usize = 0
let hessiansAt: usize = 0
let orderedGradientsAt: usize = 0
let orderedHessiansAt: usize = 0
/** Per column i32: bins without the one for missing values, and whether some are missing; u8 256: bins that go left. */
let binCountsAt: usize = 0
let hasMissingAt: usize = 0
let leftBinsAt: usize = 0
/** Per column, six f64: gain, last bin to the left, gradients, hessians and rows to the left, whether found from the right. */
let cutsAt: usize = 0

/** Takes the layout: one i32 per value at `at`, in the order of the caller's list. */
export function setUp(at: usize): void {
  rows = load<u32>(at)
  columns = load<u32>(at, 4)
  binsPerColumn = load<u32>(at, 8)
  hasHessians = load<i32>(at, 12) !== 0
  binsAt = load<u32>(at, 16)
  samplesAt = load<u32>(at, 20)
  spareAt = load<u32>(at, 24)
  gradientsAt = load<u32>(at, 28)
  hessiansAt = load<u32>(at, 32)
  orderedGradientsAt = load<u32>(at, 36)
  orderedHessiansAt = load<u32>(at, 40)
  binCountsAt = load<u32>(at, 44)
  hasMissingAt = load<u32>(at, 48)
  leftBinsAt = load<u32>(at, 52)
  cutsAt = load<u32>(at, 56)
}

/** All rows, in order. */
export function takeRows(): void {
  for (let i: usize = 0; i < rows; i++) store<u32>(samplesAt + (i << 2), <u32>i)
}

/** Adds up a node's rows, in their order, into gradients f64, hessians f64 and counts u32 per column and bin, which lie behind each other. */
export function addUp(start: usize, end: usize, histogram: usize): void {
  const length = columns * binsPerColumn
  const n = end - start
  memory.fill(histogram, 0, length * 20)
  const samples = samplesAt + (start << 2)
  const ordered = orderedGradientsAt
  const orderedHessians = orderedHessiansAt
  for (let q: usize = 0; q < n; q++) {
    const row = <usize>load<u32>(samples + (q << 2))
    store<f32>(ordered + (q << 2), load<f32>(gradientsAt + (row << 2)))
    if (hasHessians) store<f32>(orderedHessians + (q << 2), load<f32>(hessiansAt + (row << 2)))
  }
  for (let j: usize = 0; j < columns; j++) {
    const bins = binsAt + j * rows
    const gradients = histogram + ((j * binsPerColumn) << 3)
    const hessians = gradients + (length << 3)
    const counts = histogram + (length << 4) + ((j * binsPerColumn) << 2)
    if (hasHessians) {
      for (let q: usize = 0; q < n; q++) {
        const bin = <usize>load<u8>(bins + <usize>load<u32>(samples + (q << 2)))
        const at = bin << 3
        store<f64>(gradients + at, load<f64>(gradients + at) + <f64>load<f32>(ordered + (q << 2)))
        store<f64>(hessians + at, load<f64>(hessians + at) + <f64>load<f32>(orderedHessians + (q << 2)))
        const count = counts + (bin << 2)
        store<u32>(count, load<u32>(count) + 1)
      }
    } else {
      for (let q: usize = 0; q < n; q++) {
        const bin = <usize>load<u8>(bins + <usize>load<u32>(samples + (q << 2)))
        const at = bin << 3
        store<f64>(gradients + at, load<f64>(gradients + at) + <f64>load<f32>(ordered + (q << 2)))
        const count = counts + (bin << 2)
        store<u32>(count, load<u32>(count) + 1)
      }
    }
  }
}

/** The parent's sums without those of one child, in the parent's place. */
export function subtract(parent: usize, child: usize): void {
  const length = columns * binsPerColumn
  const wide = hasHessians ? length << 4 : length << 3
  let at: usize = 0
  for (; at + 16 <= wide; at += 16) v128.store(parent + at, f64x2.sub(v128.load(parent + at), v128.load(child + at)))
  for (; at < wide; at += 8) store<f64>(parent + at, load<f64>(parent + at) - load<f64>(child + at))
  for (let count = length << 4; count < length * 20; count += 4) {
    store<u32>(parent + count, load<u32>(parent + count) - load<u32>(child + count))
  }
}

// ---- Cuts ----

let nodeSamples: i32 = 0
let nodeGradients: f64 = 0
let nodeHessians: f64 = 0
let nodeGain: f64 = 0
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

/** The best cut of each column as if it were of numbers; its last bin is -1 where there is none. */
export function cutColumns(
  histogram: usize,
  samples: i32,
  gradients: f64,
  hessians: f64,
  value: f64,
  minSamplesLeaf: i32,
  regularization: f64,
): void {
  nodeSamples = samples
  nodeGradients = gradients
  nodeHessians = hessians
  nodeGain = gradients * value
  l2 = regularization
  const length = columns * binsPerColumn
  for (let j: usize = 0; j < columns; j++) {
    const gradientsOf = histogram + ((j * binsPerColumn) << 3)
    const hessiansOf = gradientsOf + (length << 3)
    const countsOf = histogram + (length << 4) + ((j * binsPerColumn) << 2)
    const bins = load<i32>(binCountsAt + (j << 2))
    const missing = load<i32>(hasMissingAt + (j << 2))
    bestGain = -1
    bestAt = -1
    let g: f64 = 0
    let h: f64 = 0
    let n: i32 = 0
    for (let bin = 0; bin < bins - 1 + missing; bin++) {
      const own = load<i32>(countsOf + ((<usize>bin) << 2))
      n += own
      h += hasHessians ? load<f64>(hessiansOf + ((<usize>bin) << 3)) : <f64>own
      g += load<f64>(gradientsOf + ((<usize>bin) << 3))
      if (n < minSamplesLeaf) continue
      if (nodeSamples - n < minSamplesLeaf) break
      if (h < minHessian) continue
      if (nodeHessians - h < minHessian) break
      consider(bin, g, h, n, false)
    }
    if (missing !== 0) {
      g = 0
      h = 0
      n = 0
      for (let bin = bins - 2; bin >= 0; bin--) {
        const own = load<i32>(countsOf + ((<usize>bin + 1) << 2))
        n += own
        h += hasHessians ? load<f64>(hessiansOf + ((<usize>bin + 1) << 3)) : <f64>own
        g += load<f64>(gradientsOf + ((<usize>bin + 1) << 3))
        if (n < minSamplesLeaf) continue
        if (nodeSamples - n < minSamplesLeaf) break
        if (h < minHessian) continue
        if (nodeHessians - h < minHessian) break
        consider(bin, g, h, n, true)
      }
    }
    const cut = cutsAt + j * 48
    store<f64>(cut, bestGain)
    store<f64>(cut, <f64>bestAt, 8)
    store<f64>(cut, bestGradients, 16)
    store<f64>(cut, bestHessians, 24)
    store<f64>(cut, <f64>bestSamples, 32)
    store<f64>(cut, bestFromRight ? 1 : 0, 40)
  }
}

/** Rows whose bin goes left first, both in their order. @returns where the right ones begin */
export function divide(column: usize, start: usize, end: usize): usize {
  const bins = binsAt + column * rows
  const goesLeft = leftBinsAt
  let left = samplesAt + (start << 2)
  let right = spareAt
  for (let at = left; at < samplesAt + (end << 2); at += 4) {
    const row = load<u32>(at)
    const side = <usize>load<u8>(goesLeft + <usize>load<u8>(bins + <usize>row))
    // Both places are written and one of them kept: no branch to mispredict.
    store<u32>(left, row)
    store<u32>(right, row)
    left += side << 2
    right += (1 - side) << 2
  }
  memory.copy(left, spareAt, right - spareAt)
  return (left - samplesAt) >>> 2
}

// ---- Bins ----

/** Sorts `n` f64 without NaN, ascending; zero has one sign afterwards. @param table 256 * 8 u32 */
export function sortNumbers(numbers: usize, spare: usize, n: usize, table: usize): void {
  memory.fill(table, 0, 256 * 8 * 4)
  for (let i: usize = 0; i < n; i++) {
    const bits = reinterpret<u64>(load<f64>(numbers + (i << 3)) + 0)
    const key = bits ^ (bits >>> 63 !== 0 ? u64.MAX_VALUE : 0x8000000000000000)
    store<u64>(numbers + (i << 3), key)
    for (let pass: usize = 0; pass < 8; pass++) {
      const slot = table + (pass << 10) + ((<usize>(key >>> ((<u64>pass) << 3)) & 255) << 2)
      store<u32>(slot, load<u32>(slot) + 1)
    }
  }
  let from = numbers
  let to = spare
  for (let pass: usize = 0; pass < 8; pass++) {
    const ends = table + (pass << 10)
    let sum: u32 = 0
    let isOne = false
    for (let d: usize = 0; d < 1024; d += 4) {
      const own = load<u32>(ends + d)
      isOne = isOne || own === <u32>n
      store<u32>(ends + d, sum)
      sum += own
    }
    if (isOne) continue
    for (let i: usize = 0; i < n; i++) {
      const key = load<u64>(from + (i << 3))
      const slot = ends + ((<usize>(key >>> ((<u64>pass) << 3)) & 255) << 2)
      const at = load<u32>(slot)
      store<u32>(slot, at + 1)
      store<u64>(to + ((<usize>at) << 3), key)
    }
    const kept = from
    from = to
    to = kept
  }
  for (let i: usize = 0; i < n; i++) {
    const key = load<u64>(from + (i << 3))
    store<u64>(numbers + (i << 3), key ^ (key >>> 63 !== 0 ? 0x8000000000000000 : u64.MAX_VALUE))
  }
}

/** The bin of each of `n` numbers: the first whose upper end is not below it; NaN has the bin for missing values. */
export function binNumbers(numbers: usize, n: usize, thresholds: usize, count: usize, missingBin: u8, bins: usize): void {
  for (let i: usize = 0; i < n; i++) {
    const value = load<f64>(numbers + (i << 3))
    if (!(value <= Infinity)) {
      store<u8>(bins + i, missingBin)
      continue
    }
    let first: usize = 0
    let length = count
    while (length > 0) {
      const half = length >>> 1
      const above = <usize>i32(load<f64>(thresholds + ((first + half) << 3)) < value)
      first += (half + 1) & (0 - above)
      length = (half & (above - 1)) | ((length - half - 1) & (0 - above))
    }
    store<u8>(bins + i, <u8>first)
  }
}

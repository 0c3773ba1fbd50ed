// TPE's mixture of product kernels: AssemblyScript with SIMD, built by scripts/wasm.mjs. The plain twins are in ../../samplers/tpe/ (parzen-estimator.ts,
// numeric-kernels.ts, discrete-log-pdf.ts, categorical-kernels.ts); a test compares them to the bit. All pointers are byte offsets that
// ../parzen-kernel.ts lays out; what is said there about a parameter's 64 bytes is read here.
import { exp, expPair, log } from './exp-log'
import { isCentral, logMass, logSqrt2Pi, truncatedNormalQuantiles } from './truncated-normal'

const categorical: i32 = 0
const continuous: i32 = 1
const discrete: i32 = 2
const parameterBytes: usize = 64

/** Terms of a sum smaller than the largest by e to this do not change it. */
const negligible: f64 = 80

function kindOf(d: usize): i32 {
  return load<i32>(d)
}
function choicesOf(d: usize): i32 {
  return load<i32>(d, 4)
}
/** Centres of the kernels; a categorical's rows. */
function muOf(d: usize): usize {
  return <usize>load<u32>(d, 8)
}
function sigmaOf(d: usize): usize {
  return <usize>load<u32>(d, 12)
}
/** Per row of a categorical: probability of another choice and of the row's own, then their logarithms. */
function rowsOf(d: usize): usize {
  return <usize>load<u32>(d, 12)
}
function isLog(d: usize): bool {
  return load<i32>(d, 16) !== 0
}
function lowOf(d: usize): f64 {
  return load<f64>(d, 24)
}
function highOf(d: usize): f64 {
  return load<f64>(d, 32)
}
function firstOf(d: usize): f64 {
  return load<f64>(d, 40)
}
function lastOf(d: usize): f64 {
  return load<f64>(d, 48)
}
function stepOf(d: usize): f64 {
  return load<f64>(d, 56)
}
function at8(base: usize, i: i32): usize {
  return base + ((<usize>i) << 3)
}
function at4(base: usize, i: i32): usize {
  return base + ((<usize>i) << 2)
}

/** numpy's sum. */
function pairwiseSum(values: usize, n: i32): f64 {
  if (n < 8) {
    let sum: f64 = 0
    for (let i: i32 = 0; i < n; i++) sum += load<f64>(at8(values, i))
    return sum
  }
  if (n <= 128) {
    let r01 = v128.load(values)
    let r23 = v128.load(values, 16)
    let r45 = v128.load(values, 32)
    let r67 = v128.load(values, 48)
    const whole = n - (n & 7)
    let i: i32 = 8
    for (; i < whole; i += 8) {
      const at = at8(values, i)
      r01 = f64x2.add(r01, v128.load(at))
      r23 = f64x2.add(r23, v128.load(at, 16))
      r45 = f64x2.add(r45, v128.load(at, 32))
      r67 = f64x2.add(r67, v128.load(at, 48))
    }
    let sum =
      f64x2.extract_lane(r01, 0) +
      f64x2.extract_lane(r01, 1) +
      (f64x2.extract_lane(r23, 0) + f64x2.extract_lane(r23, 1)) +
      (f64x2.extract_lane(r45, 0) + f64x2.extract_lane(r45, 1) + (f64x2.extract_lane(r67, 0) + f64x2.extract_lane(r67, 1)))
    for (; i < n; i++) sum += load<f64>(at8(values, i))
    return sum
  }
  let half = n >> 1
  half -= half & 7
  return pairwiseSum(values, half) + pairwiseSum(at8(values, half), n - half)
}

/** Weights [n] and the prior's become shares of 1, and their logarithms. */
export function fitWeights(weights: usize, logWeights: usize, n: i32, priorWeight: f64): void {
  store<f64>(at8(weights, n), n === 0 ? 1 : priorWeight)
  const sum = pairwiseSum(weights, n + 1)
  let last: f64 = NaN
  for (let k: i32 = 0; k <= n; k++) {
    const share = load<f64>(at8(weights, k)) / sum
    store<f64>(at8(weights, k), share)
    store<f64>(at8(logWeights, k), share === last ? load<f64>(at8(logWeights, k - 1)) : log(share))
    last = share
  }
}

/** How a parameter's observations are sorted: not at all, by the bitonic network, or elsewhere, which also widens then. */
const unsorted: i32 = 0
const bitonic: i32 = 1

/**
 * Fits the kernels of all parameters to `rows` [n, count].
 *
 * @param scratch of 12 bytes a row and 16 more, and of 8 bytes a choice
 * @param room where the kernels are laid: 16 (n + 3) bytes a parameter, and 32 bytes a choice and 32 more
 */
export function fitAll(
  parameters: usize,
  count: i32,
  n: i32,
  rows: usize,
  priorWeight: f64,
  sorting: i32,
  common: f64,
  considerEndpoints: i32,
  clip: i32,
  scratch: usize,
  room: usize,
): void {
  const bytes = (<usize>(n + 2) * 8 + 15) & ~(<usize>15)
  const sorted = at8(scratch, 0)
  const order = at8(sorted, n)
  for (let p: i32 = 0; p < count; p++) {
    const d = parameters + <usize>p * parameterBytes
    store<u32>(d, <u32>room, 8)
    takeColumn(at8(rows, p), count, n, room)
    room += bytes
    store<u32>(d, <u32>room, 12)
    if (kindOf(d) === categorical) {
      fitCategorical(d, n, priorWeight, scratch)
      room += (<usize>choicesOf(d) + 1) << 5
      continue
    }
    room += bytes
    prepareNumeric(d, n)
    if (sorting === bitonic) bitonicOrder(muOf(d), n, order, sorted)
    if (sorting === bitonic || sorting === unsorted) widen(d, n, sorting === bitonic ? order : 0, common, considerEndpoints, clip)
  }
}

/** A column [n] of a matrix with `width` columns. */
function takeColumn(from: usize, width: i32, n: i32, column: usize): void {
  const stride = (<usize>width) << 3
  for (let k: i32 = 0; k < n; k++, from += stride) store<f64>(at8(column, k), load<f64>(from))
}

/** Rows of probabilities of the choices that were observed, and the prior's. `room` of a double per choice. */
function fitCategorical(d: usize, n: i32, priorWeight: f64, room: usize): void {
  const choices = choicesOf(d)
  const rows = rowsOf(d)
  const mu = muOf(d)
  store<f64>(at8(mu, n), <f64>choices)
  const prior = rows + ((<usize>choices) << 5)
  if (n === 0) {
    const share = 1 / <f64>choices
    store<f64>(prior, share)
    store<f64>(prior, log(share), 16)
    return
  }
  const base = priorWeight / <f64>(n + 1)
  for (let i: i32 = 0; i < choices; i++) {
    store<f64>(at8(room, i), base)
    store<f64>(rows + ((<usize>i) << 5), -1)
  }
  keepRow(prior, base, base, pairwiseSum(room, choices))
  for (let k: i32 = 0; k < n; k++) {
    const choice = <i32>load<f64>(at8(mu, k))
    const row = rows + ((<usize>choice) << 5)
    if (load<f64>(row) >= 0) continue
    store<f64>(at8(room, choice), base + 1)
    keepRow(row, base, base + 1, pairwiseSum(room, choices))
    store<f64>(at8(room, choice), base)
  }
}

function keepRow(row: usize, other: f64, own: f64, sum: f64): void {
  if (sum !== 0) {
    other /= sum
    own /= sum
  }
  store<f64>(row, other)
  store<f64>(row, own, 8)
  store<f64>(row, log(other), 16)
  store<f64>(row, log(own), 24)
}

/** Bounds of a numeric parameter's kernels, and its observations in log space when it is. */
function prepareNumeric(d: usize, n: i32): void {
  const step = stepOf(d)
  const low = firstOf(d) - step / 2
  const high = lastOf(d) + step / 2
  store<f64>(d, isLog(d) ? log(low) : low, 24)
  store<f64>(d, isLog(d) ? log(high) : high, 32)
  if (!isLog(d)) return
  const mu = muOf(d)
  for (let k: i32 = 0; k < n; k++) store<f64>(at8(mu, k), log(load<f64>(at8(mu, k))))
}

/** numpy's bitonic network over the next power of two; missing places count as +infinity and never move. `sorted` of a double per value. */
function bitonicOrder(values: usize, n: i32, order: usize, sorted: usize): void {
  memory.copy(sorted, values, (<usize>n) << 3)
  for (let i: i32 = 0; i < n; i++) store<i32>(at4(order, i), i)
  for (let block: i32 = 2; block < 2 * n; block *= 2) {
    for (let start: i32 = 0; start < n; start += block) {
      for (let i = start, j = start + block - 1; i < j; i++, j--) if (j < n) exchange(sorted, order, i, j)
    }
    for (let distance = block >> 2; distance > 0; distance >>= 1) {
      for (let start: i32 = 0; start < n; start += 2 * distance) {
        const end = min(start + distance, n - distance)
        for (let i = start; i < end; i++) exchange(sorted, order, i, i + distance)
      }
    }
  }
}

function exchange(sorted: usize, order: usize, i: i32, j: i32): void {
  const a = load<f64>(at8(sorted, i))
  const b = load<f64>(at8(sorted, j))
  if (!(a > b)) return
  store<f64>(at8(sorted, i), b)
  store<f64>(at8(sorted, j), a)
  const kept = load<i32>(at4(order, i))
  store<i32>(at4(order, i), load<i32>(at4(order, j)))
  store<i32>(at4(order, j), kept)
}

/**
 * Widths of a numeric parameter's kernels, and the prior's kernel.
 *
 * @param order of the observations, ascending; 0 when all kernels are `common` of the range wide
 */
export function widen(d: usize, n: i32, order: usize, common: f64, considerEndpoints: i32, clip: i32): void {
  const mu = muOf(d)
  const sigma = sigmaOf(d)
  const low = lowOf(d)
  const high = highOf(d)
  const width = high - low
  const least = clip ? width / <f64>min(100, 2 + n) : 1e-12
  const open = !considerEndpoints && n >= 2
  for (let i: i32 = 0; i < n; i++) {
    let gap = common * width
    let k = i
    if (order) {
      k = load<i32>(at4(order, i))
      const here = load<f64>(at8(mu, k))
      const left = i === 0 ? here - low : here - load<f64>(at8(mu, load<i32>(at4(order, i - 1))))
      const right = i === n - 1 ? high - here : load<f64>(at8(mu, load<i32>(at4(order, i + 1)))) - here
      gap = open && i === 0 ? right : open && i === n - 1 ? left : max<f64>(left, right)
    }
    store<f64>(at8(sigma, k), min<f64>(max<f64>(gap, least), width))
  }
  store<f64>(at8(sigma, n), width)
  store<f64>(at8(mu, n), 0.5 * (low + high))
}

/**
 * Draws `size` points [parameters, size] from uniforms: first of the kernels, then of each categorical parameter, then of all numeric ones.
 *
 * @param n kernels, with the prior's
 * @param room of 8 bytes a kernel and 33 bytes a number drawn
 */
export function sample(
  parameters: usize,
  count: i32,
  n: i32,
  weights: usize,
  uniforms: usize,
  size: i32,
  points: usize,
  room: usize,
): void {
  const cdf = room
  const active = at8(cdf, n)
  room = at8(active, size)
  let sum: f64 = 0
  for (let k: i32 = 0; k < n; k++) store<f64>(at8(cdf, k), (sum += load<f64>(at8(weights, k))))
  for (let k: i32 = 0; k < n; k++) store<f64>(at8(cdf, k), load<f64>(at8(cdf, k)) / sum)
  for (let s: i32 = 0; s < size; s++) store<i32>(at4(active, s), countAtMost(cdf, n, load<f64>(at8(uniforms, s))))
  uniforms = at8(uniforms, size)
  let numeric: i32 = 0
  for (let p: i32 = 0; p < count; p++) {
    const d = parameters + <usize>p * parameterBytes
    if (kindOf(d) !== categorical) {
      numeric++
      continue
    }
    const values = at8(points, p * size)
    for (let s: i32 = 0; s < size; s++) {
      const row = <i32>load<f64>(at8(muOf(d), load<i32>(at4(active, s))))
      store<f64>(at8(values, s), drawChoice(d, row, load<f64>(at8(uniforms, s))))
    }
    uniforms = at8(uniforms, size)
  }
  if (numeric > 0) sampleNumeric(parameters, count, numeric * size, active, uniforms, size, points, room)
}

/** How many of the ascending `values` are at most `x`. */
function countAtMost(values: usize, n: i32, x: f64): i32 {
  let low: i32 = 0
  let high = n
  while (low < high) {
    const middle = (low + high) >>> 1
    if (load<f64>(at8(values, middle)) <= x) low = middle + 1
    else high = middle
  }
  return low
}

function drawChoice(d: usize, row: i32, u: f64): f64 {
  const choices = choicesOf(d)
  const at = rowsOf(d) + ((<usize>row) << 5)
  const other = load<f64>(at)
  const own = load<f64>(at, 8)
  let sum: f64 = 0
  let below: i32 = 0
  for (let i: i32 = 0; i < choices; i++) {
    sum += i === row ? own : other
    if ((i === choices - 1 ? 1 : sum) < u) below++
  }
  return <f64>below
}

function sampleNumeric(parameters: usize, count: i32, total: i32, active: usize, q: usize, size: i32, points: usize, room: usize): void {
  const a = room
  const b = at8(a, total)
  let i: i32 = 0
  for (let p: i32 = 0; p < count; p++) {
    const d = parameters + <usize>p * parameterBytes
    if (kindOf(d) === categorical) continue
    for (let s: i32 = 0; s < size; s++, i++) {
      const k = load<i32>(at4(active, s))
      const mu = load<f64>(at8(muOf(d), k))
      const sigma = load<f64>(at8(sigmaOf(d), k))
      store<f64>(at8(a, i), (lowOf(d) - mu) / sigma)
      store<f64>(at8(b, i), (highOf(d) - mu) / sigma)
    }
  }
  truncatedNormalQuantiles(q, a, b, total, at8(b, total))
  i = 0
  for (let p: i32 = 0; p < count; p++) {
    const d = parameters + <usize>p * parameterBytes
    if (kindOf(d) === categorical) continue
    const step = stepOf(d)
    const first = firstOf(d)
    for (let s: i32 = 0; s < size; s++, i++) {
      const k = load<i32>(at4(active, s))
      let x = load<f64>(at8(q, i)) * load<f64>(at8(sigmaOf(d), k)) + load<f64>(at8(muOf(d), k))
      if (isLog(d)) x = exp(x)
      if (step !== 0) x = min<f64>(max<f64>(first + nearest<f64>((x - first) / step) * step, first), lastOf(d))
      store<f64>(at8(points, p * size + s), x)
    }
  }
}

/**
 * Log densities at `points` [parameters, size].
 *
 * @param n kernels, with the prior's
 * @param room see `roomForLogPdf` of ../parzen-kernel.ts
 */
export function logPdf(parameters: usize, count: i32, n: i32, logWeights: usize, points: usize, size: i32, out: usize, room: usize): void {
  const cells = size * n
  const density = room
  memory.fill(density, 0, (<usize>cells) << 3)
  const sums = at8(density, cells)
  const bound = at8(sums, cells)
  const far = at8(bound, cells)
  const rest = (far + <usize>cells + 15) & ~(<usize>15)
  let nContinuous: i32 = 0
  let nDiscrete: i32 = 0
  for (let p: i32 = 0; p < count; p++) {
    const kind = kindOf(parameters + <usize>p * parameterBytes)
    if (kind === continuous) nContinuous++
    else if (kind === discrete) nDiscrete++
  }
  if (nContinuous > 0) continuousLogPdf(parameters, count, nContinuous, n, points, size, sums, rest)
  if (nDiscrete > 0) {
    if (nContinuous > 0) memory.copy(bound, sums, (<usize>cells) << 3)
    else memory.fill(bound, 0, (<usize>cells) << 3)
    markFar(parameters, count, n, logWeights, points, size, bound, far)
  }
  // The library adds the parameters in this order.
  for (let p: i32 = 0; p < count; p++) {
    const d = parameters + <usize>p * parameterBytes
    const x = at8(points, p * size)
    if (kindOf(d) === categorical) addCategorical(density, d, n, x, size)
    else if (kindOf(d) === discrete) addDiscrete(density, d, n, x, size, far, rest)
  }
  if (nContinuous > 0) {
    for (let i: i32 = 0; i < cells; i++) store<f64>(at8(density, i), load<f64>(at8(density, i)) + load<f64>(at8(sums, i)))
  }
  mixture(density, logWeights, n, size, out)
}

function addCategorical(density: usize, d: usize, n: i32, x: usize, size: i32): void {
  const mu = muOf(d)
  const rows = rowsOf(d)
  for (let s: i32 = 0; s < size; s++) {
    const chosen = load<f64>(at8(x, s))
    for (let k: i32 = 0; k < n; k++) {
      const row = load<f64>(at8(mu, k))
      const at = rows + ((<usize>(<i32>row)) << 5)
      store<f64>(density, load<f64>(density) + (row === chosen ? load<f64>(at, 24) : load<f64>(at, 16)))
      density += 8
    }
  }
}

/** Kernels so far from a point that its discrete parameters need not be looked at. */
function markFar(parameters: usize, count: i32, n: i32, logWeights: usize, points: usize, size: i32, bound: usize, far: usize): void {
  for (let p: i32 = 0; p < count; p++) {
    const d = parameters + <usize>p * parameterBytes
    if (kindOf(d) === categorical) addCategorical(bound, d, n, at8(points, p * size), size)
  }
  for (let s: i32 = 0; s < size; s++) {
    const row = at8(bound, s * n)
    let least = load<f64>(at8(row, n - 1)) + load<f64>(at8(logWeights, n - 1)) - negligible
    for (let p: i32 = 0; p < count; p++) {
      const d = parameters + <usize>p * parameterBytes
      if (kindOf(d) !== discrete) continue
      const x = load<f64>(at8(points, p * size + s))
      const step = stepOf(d)
      const cell = isLog(d) ? log((x + step / 2) / (x - step / 2)) : step
      least += log((0.9 * cell) / (highOf(d) - lowOf(d)))
    }
    for (let k: i32 = 0; k < n; k++) {
      store<u8>(far + <usize>(s * n + k), load<f64>(at8(row, k)) + load<f64>(at8(logWeights, k)) < least ? 1 : 0)
    }
  }
}

/** What a density needs of each kernel besides the point: scaled bounds, log mass between them, log width; 4 doubles [n] each in turn. */
function continuousLogPdf(
  parameters: usize,
  count: i32,
  nContinuous: i32,
  n: i32,
  points: usize,
  size: i32,
  sums: usize,
  room: usize,
): void {
  // Rows of whole 16 bytes.
  const even = (n + 1) & ~1
  const block = 4 * even
  let central: i32 = 0
  let c: i32 = 0
  for (let p: i32 = 0; p < count; p++) {
    const d = parameters + <usize>p * parameterBytes
    if (kindOf(d) !== continuous) continue
    const a = at8(room, c * block)
    const b = at8(a, even)
    const logSigma = at8(b, 2 * even)
    let before: f64 = NaN
    for (let k: i32 = 0; k < n; k++) {
      const mu = load<f64>(at8(muOf(d), k))
      const sigma = load<f64>(at8(sigmaOf(d), k))
      const from = (lowOf(d) - mu) / sigma
      const to = (highOf(d) - mu) / sigma
      store<f64>(at8(a, k), from)
      store<f64>(at8(b, k), to)
      if (isCentral(from, to)) central++
      store<f64>(at8(logSigma, k), sigma === before ? load<f64>(at8(logSigma, k - 1)) : log(sigma))
      before = sigma
    }
    c++
  }
  for (c = 0; c < nContinuous; c++) {
    const a = at8(room, c * block)
    for (let k: i32 = 0; k < n; k++) store<f64>(at8(a, 2 * even + k), logMass(load<f64>(at8(a, k)), load<f64>(at8(a, even + k)), central))
  }
  const terms = at8(room, nContinuous * block)
  // Fewer than eight numbers are summed one after another, more in eight running sums.
  const apart = nContinuous >= 8
  const laid = at8(terms, nContinuous * even)
  for (let s: i32 = 0; s < size; s++) {
    const into = at8(sums, s * n)
    if (!apart) memory.fill(into, 0, (<usize>n) << 3)
    c = 0
    for (let p: i32 = 0; p < count; p++) {
      const d = parameters + <usize>p * parameterBytes
      if (kindOf(d) !== continuous) continue
      const given = load<f64>(at8(points, p * size + s))
      const x = isLog(d) ? log(given) : given
      const row = at8(terms, c * even)
      logDensities(row, x, d, n, at8(room, c * block), even)
      if (!apart) for (let k: i32 = 0; k < n; k++) store<f64>(at8(into, k), load<f64>(at8(into, k)) + load<f64>(at8(row, k)))
      c++
    }
    if (!apart) continue
    for (let k: i32 = 0; k < n; k++) {
      for (c = 0; c < nContinuous; c++) store<f64>(at8(laid, c), load<f64>(at8(terms, c * even + k)))
      store<f64>(at8(into, k), pairwiseSum(laid, nContinuous))
    }
  }
}

/** Log densities of `x` under each kernel, two at a time; one more than `n` may be written. */
function logDensities(row: usize, x: f64, d: usize, n: i32, masses: usize, even: i32): void {
  const xs = f64x2.splat(x)
  const half = f64x2.splat(0.5)
  const constant = f64x2.splat(logSqrt2Pi)
  const nowhere = f64x2.splat(-Infinity)
  const undefinedThere = f64x2.splat(NaN)
  const mu = muOf(d)
  const sigma = sigmaOf(d)
  const bytes = (<usize>even) << 3
  for (let k: i32 = 0; k < n; k += 2) {
    const z = f64x2.div(f64x2.sub(xs, v128.load(at8(mu, k))), v128.load(at8(sigma, k)))
    const here = at8(masses, k)
    const a = v128.load(here)
    const b = v128.load(here + bytes)
    const inside = v128.and(f64x2.ge(z, a), f64x2.le(z, b))
    const value = f64x2.sub(
      f64x2.sub(f64x2.sub(f64x2.mul(f64x2.neg(f64x2.mul(z, z)), half), constant), v128.load(here + 2 * bytes)),
      v128.load(here + 3 * bytes),
    )
    const outside = v128.bitselect(undefinedThere, nowhere, f64x2.eq(a, b))
    v128.store(at8(row, k), v128.bitselect(value, outside, v128.andnot(inside, f64x2.eq(a, b))))
  }
}

/** Adds the log mass of each point's cell, x - step/2 to x + step/2, under each kernel. */
function addDiscrete(density: usize, d: usize, n: i32, x: usize, size: i32, far: usize, room: usize): void {
  const mu = muOf(d)
  const sigma = sigmaOf(d)
  const low = lowOf(d)
  const high = highOf(d)
  // Each different kernel once, and each different cell.
  const place = room
  const distinct = at4(place, n)
  const rows = at4(distinct, n)
  const values = (at4(rows, size) + 15) & ~(<usize>15)
  const totals = at8(values, size)
  const spare = at8(totals, n)
  firstOfEqualPairs(mu, sigma, n, place, spare)
  let count: i32 = 0
  for (let k: i32 = 0; k < n; k++) {
    const first = load<i32>(at4(place, k))
    if (first === k) {
      store<i32>(at4(distinct, count), k)
      store<i32>(at4(place, k), count++)
    } else store<i32>(at4(place, k), load<i32>(at4(place, first)))
  }
  let central: i32 = 0
  for (let i: i32 = 0; i < count; i++) {
    const k = load<i32>(at4(distinct, i))
    const centre = load<f64>(at8(mu, k))
    const width = load<f64>(at8(sigma, k))
    if (isCentral((low - centre) / width, (high - centre) / width)) central++
  }
  for (let i: i32 = 0; i < count; i++) {
    const k = load<i32>(at4(distinct, i))
    const centre = load<f64>(at8(mu, k))
    const width = load<f64>(at8(sigma, k))
    store<f64>(at8(totals, i), logMass((low - centre) / width, (high - centre) / width, central))
  }
  let different: i32 = 0
  for (let s: i32 = 0; s < size; s++) {
    const value = load<f64>(at8(x, s))
    let v: i32 = 0
    while (v < different && load<f64>(at8(values, v)) !== value) v++
    if (v === different) store<f64>(at8(values, different++), value)
    store<i32>(at4(rows, s), v * count)
  }
  const masses = spare
  const room2 = at8(masses, different * count)
  const wanted = room2
  memory.fill(wanted, 0, <usize>(different * count))
  let at = far
  for (let s: i32 = 0; s < size; s++) {
    const row = wanted + <usize>load<i32>(at4(rows, s))
    for (let k: i32 = 0; k < n; k++, at++) if (load<u8>(at) === 0) store<u8>(row + <usize>load<i32>(at4(place, k)), 1)
  }
  cellMasses(d, values, different, distinct, count, wanted, masses, (wanted + <usize>(different * count) + 15) & ~(<usize>15))
  at = far
  for (let s: i32 = 0; s < size; s++) {
    const row = at8(masses, load<i32>(at4(rows, s)))
    for (let k: i32 = 0; k < n; k++, at++, density += 8) {
      const i = load<i32>(at4(place, k))
      if (load<u8>(at)) store<f64>(density, -Infinity)
      else store<f64>(density, load<f64>(density) + load<f64>(at8(row, i)) - load<f64>(at8(totals, i)))
    }
  }
}

/** Log masses [values, kernels] of cells, where they are wanted. */
function cellMasses(d: usize, values: usize, different: i32, distinct: usize, count: i32, wanted: usize, masses: usize, room: usize): void {
  const cells = different * count
  const a = room
  const b = at8(a, cells)
  const first = at8(b, cells)
  const half = stepOf(d) / 2
  let i: i32 = 0
  for (let v: i32 = 0; v < different; v++) {
    const value = load<f64>(at8(values, v))
    const left = isLog(d) ? log(value - half) : value - half
    const right = isLog(d) ? log(value + half) : value + half
    for (let j: i32 = 0; j < count; j++, i++) {
      const k = load<i32>(at4(distinct, j))
      const centre = load<f64>(at8(muOf(d), k))
      const width = load<f64>(at8(sigmaOf(d), k))
      store<f64>(at8(a, i), (left - centre) / width)
      store<f64>(at8(b, i), (right - centre) / width)
    }
  }
  firstOfEqualPairs(a, b, cells, first, at4(first, cells))
  let central: i32 = 0
  for (i = 0; i < cells; i++) {
    const same = load<i32>(at4(first, i))
    if (same === i && isCentral(load<f64>(at8(a, i)), load<f64>(at8(b, i)))) central++
    // Of equal cells the first one is computed for all.
    if (load<u8>(wanted + <usize>i)) store<u8>(wanted + <usize>same, 1)
  }
  for (i = 0; i < cells; i++) {
    if (load<u8>(wanted + <usize>i) === 0) continue
    const same = load<i32>(at4(first, i))
    store<f64>(at8(masses, i), same === i ? logMass(load<f64>(at8(a, i)), load<f64>(at8(b, i)), central) : load<f64>(at8(masses, same)))
  }
}

/** 2^64 by the golden ratio. */
const golden: u64 = ((<u64>0x9e3779b9) << 32) | 0x7f4a7c15

/** `first[i]`: the index of the first pair (a, b) equal to the i-th. `table` of at most 16 bytes a pair, and 256. */
function firstOfEqualPairs(a: usize, b: usize, n: i32, first: usize, table: usize): void {
  let size: i32 = 64
  let shift: u64 = 64 - 6
  while (size < 2 * n) {
    size *= 2
    shift--
  }
  memory.fill(table, 0xff, (<usize>size) << 2)
  const mask = size - 1
  for (let i: i32 = 0; i < n; i++) {
    const x = load<f64>(at8(a, i))
    const y = load<f64>(at8(b, i))
    const mixed = (reinterpret<u64>(x) + rotl<u64>(reinterpret<u64>(y), 29)) * golden
    let slot = <i32>(mixed >> shift)
    let found = load<i32>(at4(table, slot))
    while (found !== -1 && (load<f64>(at8(a, found)) !== x || load<f64>(at8(b, found)) !== y)) {
      slot = (slot + 1) & mask
      found = load<i32>(at4(table, slot))
    }
    if (found === -1) {
      store<i32>(at4(table, slot), i)
      found = i
    }
    store<i32>(at4(first, i), found)
  }
}

function store2(row: usize, k: i32, first: f64, second: f64): void {
  store<f64>(at8(row, k), significant(first))
  store<f64>(at8(row, k), significant(second), 8)
}

/** exp, or 0 where it does not count. */
function significant(below: f64): f64 {
  return below < -negligible ? 0 : exp(below)
}

/** log of the weighted sum of the kernels' densities [size, n], by the largest term. */
function mixture(density: usize, logWeights: usize, n: i32, size: i32, out: usize): void {
  for (let s: i32 = 0; s < size; s++) {
    const row = at8(density, s * n)
    let largest: f64 = -Infinity
    for (let k: i32 = 0; k < n; k++) {
      const value = load<f64>(at8(row, k)) + load<f64>(at8(logWeights, k))
      store<f64>(at8(row, k), value)
      if (!(value <= largest)) largest = value
    }
    if (largest === -Infinity) largest = 0
    let k: i32 = 0
    const top = f64x2.splat(largest)
    for (; k < n - 1; k += 2) {
      const below = f64x2.sub(v128.load(at8(row, k)), top)
      const counts = f64x2.ge(below, f64x2.splat(-negligible))
      if (v128.any_true(f64x2.ne(below, below))) store2(row, k, f64x2.extract_lane(below, 0), f64x2.extract_lane(below, 1))
      else if (!v128.any_true(counts)) v128.store(at8(row, k), f64x2.splat(0))
      else v128.store(at8(row, k), v128.and(expPair(v128.bitselect(below, f64x2.splat(0), counts)), counts))
    }
    for (; k < n; k++) store<f64>(at8(row, k), significant(load<f64>(at8(row, k)) - largest))
    store<f64>(at8(out, s), log(pairwiseSum(row, n)) + largest)
  }
}

// Fits the kernels of all parameters to what was observed. The plain twin is ../../samplers/tpe/parzen-estimator.ts.

import { log } from './exp-log'
import { pairwiseSum } from './pairwise-sum'
import {
  at4,
  at8,
  categorical,
  choicesOf,
  firstOf,
  highOf,
  isLog,
  kindOf,
  lastOf,
  lowOf,
  muOf,
  parameterBytes,
  rowsOf,
  sigmaOf,
  stepOf,
} from './parameters'

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

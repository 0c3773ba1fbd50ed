// Log densities of points under the mixture: those of each kernel over all parameters, and the log of their weighted sum.

import { continuousLogPdf } from './continuous'
import { addDiscrete } from './discrete'
import { exp, expPair, log } from './exp-log'
import { pairwiseSum } from './pairwise-sum'
import { at8, categorical, continuous, discrete, highOf, isLog, kindOf, lowOf, muOf, parameterBytes, rowsOf, stepOf } from './parameters'

/** Terms of a sum smaller than the largest by e to this do not change it. */
const negligible: f64 = 80

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

// Log densities of the continuous parameters under each kernel.

import { log } from './exp-log'
import { pairwiseSum } from './pairwise-sum'
import { at8, continuous, highOf, isLog, kindOf, lowOf, muOf, parameterBytes, sigmaOf } from './parameters'
import { isCentral, logMass, logSqrt2Pi } from './truncated-normal'

/** What a density needs of each kernel besides the point: scaled bounds, log mass between them, log width; 4 doubles [n] each in turn. */
export function continuousLogPdf(
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

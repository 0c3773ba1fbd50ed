// The truncated normal of ../../numerics/truncated-normal.ts, operation by operation.
import { erf, erfc, erfOfLargeArray } from './error-function'
import { exp, expm1, log, log1p } from './exp-log'

const sqrt2: f64 = Math.SQRT2
const halfSqrt: f64 = 1 / Math.SQRT2
const ln2: f64 = Math.LN2
/** Arrays of so many intervals around zero get the other error function. */
const large: i32 = 2000

export const logSqrt2Pi: f64 = 0.9189385332046727
const log2Pi: f64 = 1.8378770664093453
/** sqrt(3) / pi */
const logistic: f64 = 0.5513288954217921

/** The host's, which is the C library's. */
declare function hostLog1p(x: f64): f64

function ndtr(a: f64): f64 {
  const x = a / sqrt2
  if (x < -halfSqrt) return 0.5 * erfc(-x)
  if (x < halfSqrt) return 0.5 + 0.5 * erf(x)
  return 1 - 0.5 * erfc(x)
}

export function logNdtr(a: f64): f64 {
  if (a > 6) return -ndtr(-a)
  if (a > -20) return log(ndtr(a))
  const head = -0.5 * (a * a) - log(-a) - 0.5 * log2Pi
  const factor = 1 / (a * a)
  let last: f64 = 0
  let sum: f64 = 1
  let numerator: f64 = 1
  let denominator: f64 = 1
  let sign: f64 = 1
  for (let i: i32 = 1; abs<f64>(last - sum) > 2.220446049250313e-16; i++) {
    last = sum
    sign = -sign
    denominator *= factor
    numerator *= <f64>(2 * i - 1)
    sum += sign * numerator * denominator
  }
  return head + log(sum)
}

function logDifference(p: f64, q: f64): f64 {
  return p + log1p(-exp(q - p))
}

export function isCentral(a: f64, b: f64): bool {
  return b > 0 && a <= 0
}

/** Log of the standard normal's mass between a and b, one of an array with `central` intervals around zero. */
export function logMass(a: f64, b: f64, central: i32): f64 {
  if (b <= 0) return logDifference(logNdtr(b), logNdtr(a))
  if (a > 0) return logDifference(logNdtr(-a), logNdtr(-b))
  if (central < large) return log1p(-(0.5 + 0.5 * erf(a / sqrt2)) - (0.5 + 0.5 * erf(-b / sqrt2)))
  return log1p(-(0.5 + 0.5 * erfOfLargeArray(a / sqrt2)) - (0.5 + 0.5 * erfOfLargeArray(-b / sqrt2)))
}

function logAddExp(x: f64, y: f64): f64 {
  if (x === y) return x + ln2
  const difference = x - y
  if (difference > 0) return x + hostLog1p(exp(-difference))
  return difference <= 0 ? y + hostLog1p(exp(difference)) : difference
}

/** In place: y = log Phi(x) becomes x, by Newton's method on all elements until each has converged. `z` and `marks` are room for as many. */
function inverseLogNdtr(y: usize, z: usize, marks: usize, n: i32): void {
  for (let i: i32 = 0; i < n; i++) {
    const at = (<usize>i) << 3
    const given = load<f64>(y + at)
    const isFlipped = given > -1e-2
    const value = isFlipped ? log(-expm1(given)) : given
    store<u8>(marks + <usize>i, isFlipped ? flipped : 0)
    store<f64>(z + at, value)
    if (value < -5) store<f64>(y + at, -sqrt<f64>(-2 * (value + logSqrt2Pi)))
    else if (value >= -5) store<f64>(y + at, -logistic * log(expm1(-value)))
  }
  for (let round: i32 = 0; round < 100; round++) {
    let converged = true
    for (let i: i32 = 0; i < n; i++) {
      const mark = load<u8>(marks + <usize>i)
      if (mark & settled) {
        if (mark & moving) converged = false
        continue
      }
      const at = (<usize>i) << 3
      const x = load<f64>(y + at)
      const logPhi = logNdtr(x)
      const logDensity = -0.5 * (x * x) - logSqrt2Pi
      const dx = (logPhi - load<f64>(z + at)) * exp(logPhi - logDensity)
      const next = x - dx
      store<f64>(y + at, next)
      const isMoving = !(abs<f64>(dx) < 1e-8 * abs<f64>(next))
      if (isMoving) converged = false
      // What does not move once does not move again.
      if (next === x) store<u8>(marks + <usize>i, mark | settled | (isMoving ? moving : 0))
    }
    if (converged) break
  }
  for (let i: i32 = 0; i < n; i++) {
    const at = y + ((<usize>i) << 3)
    if (load<u8>(marks + <usize>i) & flipped) store<f64>(at, -load<f64>(at))
  }
}

const flipped: u8 = 1
const settled: u8 = 2
const moving: u8 = 4

/**
 * Quantiles `q` of standard normals truncated to [a, b], elementwise, in place of `q`.
 *
 * @param room of 17 bytes an element
 */
export function truncatedNormalQuantiles(q: usize, a: usize, b: usize, n: i32, room: usize): void {
  let central: i32 = 0
  let nLeft: i32 = 0
  for (let i: i32 = 0; i < n; i++) {
    const at = (<usize>i) << 3
    const from = load<f64>(a + at)
    if (isCentral(from, load<f64>(b + at))) central++
    if (from < 0) nLeft++
  }
  const bytes = (<usize>n) << 3
  const split = (<usize>nLeft) << 3
  const values = room
  const z = room + bytes
  const marks = z + bytes
  for (let i: i32 = 0, l: usize = 0, r: usize = split; i < n; i++) {
    const at = (<usize>i) << 3
    const from = load<f64>(a + at)
    const to = load<f64>(b + at)
    const share = load<f64>(q + at)
    const mass = logMass(from, to, central)
    if (from < 0) {
      store<f64>(values + l, logAddExp(logNdtr(from), log(share) + mass))
      l += 8
    } else {
      store<f64>(values + r, logAddExp(logNdtr(-to), log1p(-share) + mass))
      r += 8
    }
  }
  inverseLogNdtr(values, z, marks, nLeft)
  inverseLogNdtr(values + split, z + split, marks + <usize>nLeft, n - nLeft)
  for (let i: i32 = 0, l: usize = 0, r: usize = split; i < n; i++) {
    const at = (<usize>i) << 3
    const from = load<f64>(a + at)
    let x: f64
    if (from < 0) {
      x = load<f64>(values + l)
      l += 8
    } else {
      x = -load<f64>(values + r)
      r += 8
    }
    if (load<f64>(q + at) === 0) x = from
    if (from === load<f64>(b + at)) x = NaN
    store<f64>(q + at, x)
  }
}

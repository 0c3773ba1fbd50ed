import { exp, expm1, log, log1p } from '../../numerics/exp-log.ts'
import { erf, erfc, erfOfLargeArray } from './error-function.ts'

/*
 * The truncated normal distribution in log space, in the operations and their order that Optuna takes from scipy.
 * Arrays matter: which error function is used, and when Newton's method stops, depends on the whole array.
 */
const HALF_SQRT = 1 / Math.SQRT2
export const LOG_SQRT_2PI = log(Math.sqrt(2 * Math.PI))
const LOGISTIC = Math.sqrt(3) / Math.PI
const LOG_2PI = log(2 * Math.PI)
const LARGE = 2000

/** Log of the standard normal's distribution function. */
export function logNdtr(a: number): number {
  if (a > 6) return -ndtr(-a)
  if (a > -20) return log(ndtr(a))
  const head = -0.5 * (a * a) - log(-a) - 0.5 * LOG_2PI
  const factor = 1 / (a * a)
  let last = 0
  let sum = 1
  let numerator = 1
  let denominator = 1
  let sign = 1
  for (let i = 1; Math.abs(last - sum) > Number.EPSILON; i++) {
    last = sum
    sign = -sign
    denominator *= factor
    numerator *= 2 * i - 1
    sum += sign * numerator * denominator
  }
  return head + log(sum)
}

function ndtr(a: number): number {
  const x = a / Math.SQRT2
  if (x < -HALF_SQRT) return 0.5 * erfc(-x)
  if (x < HALF_SQRT) return 0.5 + 0.5 * erf(x)
  return 1 - 0.5 * erfc(x)
}

const logDifference = (p: number, q: number): number => p + log1p(-exp(q - p))

/** Whether [a, b] has zero inside: its mass is then taken from erf, whose variant depends on how many such intervals there are. */
export const isCentral = (a: number, b: number): boolean => b > 0 && a <= 0

export type MassOf = (a: number, b: number) => number

/** The log-mass function for an array with `central` intervals around zero. */
export const massFor = (central: number): MassOf => (central >= LARGE ? logGaussMassOfLargeArray : logGaussMass)

/** Log of the standard normal's mass between a and b. */
export function logGaussMass(a: number, b: number): number {
  if (b <= 0) return logDifference(logNdtr(b), logNdtr(a))
  if (a > 0) return logDifference(logNdtr(-a), logNdtr(-b))
  return log1p(-(0.5 + 0.5 * erf(a / Math.SQRT2)) - (0.5 + 0.5 * erf(-b / Math.SQRT2)))
}

function logGaussMassOfLargeArray(a: number, b: number): number {
  if (b <= 0 || a > 0) return logGaussMass(a, b)
  return log1p(-(0.5 + 0.5 * erfOfLargeArray(a / Math.SQRT2)) - (0.5 + 0.5 * erfOfLargeArray(-b / Math.SQRT2)))
}

/** log(e^x + e^y) */
function logAddExp(x: number, y: number): number {
  if (x === y) return x + Math.LN2
  const difference = x - y
  if (difference > 0) return x + Math.log1p(exp(-difference))
  return difference <= 0 ? y + Math.log1p(exp(difference)) : difference
}

/** In place: y = log Phi(x) becomes x, by Newton's method on all elements until each has converged. */
function inverseLogNdtr(y: Float64Array): Float64Array {
  const n = y.length
  const z = new Float64Array(n)
  const x = y
  const flipped = new Uint8Array(n)
  for (let i = 0; i < n; i++) {
    flipped[i] = y[i] > -1e-2 ? 1 : 0
    z[i] = flipped[i] ? log(-expm1(y[i])) : y[i]
    if (z[i] < -5) x[i] = -Math.sqrt(-2 * (z[i] + LOG_SQRT_2PI))
    else if (z[i] >= -5) x[i] = -LOGISTIC * log(expm1(-z[i]))
  }
  for (let round = 0; round < 100; round++) {
    let converged = true
    for (let i = 0; i < n; i++) {
      const logPhi = logNdtr(x[i])
      const logDensity = -0.5 * (x[i] * x[i]) - LOG_SQRT_2PI
      const dx = (logPhi - z[i]) * exp(logPhi - logDensity)
      x[i] -= dx
      if (!(Math.abs(dx) < 1e-8 * Math.abs(x[i]))) converged = false
    }
    if (converged) break
  }
  for (let i = 0; i < n; i++) if (flipped[i]) x[i] = -x[i]
  return x
}

/** Quantiles `q` of standard normals truncated to [a, b], elementwise. */
export function truncatedNormalQuantiles(q: Float64Array, a: Float64Array, b: Float64Array): Float64Array {
  const n = q.length
  let central = 0
  let nLeft = 0
  for (let i = 0; i < n; i++) {
    if (isCentral(a[i], b[i])) central++
    if (a[i] < 0) nLeft++
  }
  const mass = massFor(central)
  const left = new Float64Array(nLeft)
  const right = new Float64Array(n - nLeft)
  for (let i = 0, l = 0, r = 0; i < n; i++) {
    const logMass = mass(a[i], b[i])
    if (a[i] < 0) left[l++] = logAddExp(logNdtr(a[i]), log(q[i]) + logMass)
    else right[r++] = logAddExp(logNdtr(-b[i]), log1p(-q[i]) + logMass)
  }
  inverseLogNdtr(left)
  inverseLogNdtr(right)
  const out = new Float64Array(n)
  for (let i = 0, l = 0, r = 0; i < n; i++) {
    out[i] = a[i] < 0 ? left[l++] : -right[r++]
    if (q[i] === 0) out[i] = a[i]
    if (a[i] === b[i]) out[i] = Number.NaN
  }
  return out
}

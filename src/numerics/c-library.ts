/**
 * exp and log1p as the GNU C library computes them on x86-64 processors with fused multiply-add: to the last bit, also where that is not
 * the correctly rounded one (exp: one argument of 1,000; log1p: one of 16). Boosting takes the best of cuts that often tie up to roundings.
 *
 * Methods: exp by a table of 2^(k/128) and a polynomial (the form that Arm's optimized-routines made known, MIT); log1p by s = f / (2 + f)
 * and a polynomial in s^2 (FDLIBM, Sun Microsystems, 1993). The table is computed here.
 */
import { fused } from './fused.ts'

const stepsPerTwo = 128
const stepsPerOne = Math.LOG2E * stepsPerTwo
const ln2High = -0.005415212348111709
const ln2Low = -1.2864023111638344e-14
/** Adding and subtracting it rounds to a whole number. */
const toWhole = 6755399441055744
/** 2^(k / 128) as a double, and what it lacks as a share of it. */
export interface Powers {
  readonly head: Float64Array
  readonly tail: Float64Array
}
let knownPowers: Powers | undefined

/** Computed at the first call. */
export function powersOfTwo(): Powers {
  if (knownPowers) return knownPowers
  const bits = 200n
  // 2^(1/2), 2^(1/4), … 2^(1/128).
  const roots: bigint[] = []
  for (let i = 0, value = 2n << bits; i < 7; i++) {
    value = squareRoot(value << bits)
    roots.push(value)
  }
  const head = new Float64Array(stepsPerTwo)
  const tail = new Float64Array(stepsPerTwo)
  for (let k = 0; k < stepsPerTwo; k++) {
    let value = 1n << bits
    for (const [i, root] of roots.entries()) if (k & (64 >> i)) value = (value * root) >> bits
    head[k] = rounded(value, 200)
    const own = BigInt(head[k] * 2 ** 52) << (bits - 52n)
    tail[k] = rounded(((value - own) << bits) / own, 200)
  }
  knownPowers = { head, tail }
  return knownPowers
}

function squareRoot(value: bigint): bigint {
  let x = 1n << BigInt((value.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (x + value / x) >> 1n
    if (next >= x) return x
    x = next
  }
}

/** value / 2^scale as the nearest double. */
function rounded(value: bigint, scale: number): number {
  if (value === 0n) return 0
  const size = value < 0n ? -value : value
  const excess = BigInt(Math.max(0, size.toString(2).length - 53))
  let mantissa = size >> excess
  const rest = size - (mantissa << excess)
  const half = excess > 0n ? 1n << (excess - 1n) : 0n
  if (excess > 0n && (rest > half || (rest === half && mantissa & 1n))) mantissa += 1n
  return (value < 0n ? -1 : 1) * Number(mantissa) * 2 ** (Number(excess) - scale)
}

/** e to the power of `x`. */
export function exp(x: number): number {
  if (!(x < 709.782712893384 && x > -745.1332191019412)) return x > 0 ? Number.POSITIVE_INFINITY : x < 0 ? 0 : x + 1
  if (x < 2 ** -54 && x > -(2 ** -54)) return 1 + x
  const { head, tail } = powersOfTwo()
  const steps = stepsPerOne * x
  let whole = steps + toWhole - toWhole
  const offset = steps - whole
  if (offset > 0.4999999 || offset < -0.4999999) whole = fused(stepsPerOne, x, toWhole) - toWhole
  const k = whole & 127
  const power = (whole - k) / stepsPerTwo
  const start = head[k]
  if (x > -512 && x < 512) {
    // The small part without fused operations first: only near the middle between two doubles do their roundings count.
    const r = x + whole * ln2High + whole * ln2Low
    const square = r * r
    const more = tail[k] + r + square * (0.49999999999996786 + r * 0.16666666666665886)
    const small = start * (more + square * square * (0.0416666808410674 + r * 0.008333335853059549))
    const result = start + (small + 2 ** -59)
    if (result === start + (small - 2 ** -59)) return result * powerOfTwo(power)
  }
  const r = fused(whole, ln2Low, fused(whole, ln2High, x))
  const square = r * r
  const low = fused(square, fused(r, 0.16666666666665886, 0.49999999999996786), tail[k] + r)
  const more = fused(square * square, fused(r, 0.008333335853059549, 0.0416666808410674), low)
  if (x > -512) {
    const result = fused(start, more, start)
    return power > 1000 ? result * 2 ** 1000 * powerOfTwo(power - 1000) : result * powerOfTwo(power)
  }
  // Below the normal numbers, where bits are lost, the sum is rounded once more at their place.
  const scale = start * powerOfTwo(power + 1022)
  const small = scale * more
  const sum = scale + small
  if (sum >= 1) return sum * 2 ** -1022
  const rest = scale - sum + small
  const high = 1 + sum
  return (high + (1 - high + sum + rest) - 1) * 2 ** -1022
}

const double = new Float64Array(1)
const words = new Int32Array(double.buffer)
const highWord = (x: number): number => {
  double[0] = x
  return words[1]
}
const withHighWord = (x: number, high: number): number => {
  double[0] = x
  words[1] = high
  return double[0]
}
/** Of a whole number between -1022 and 1023. */
const powerOfTwo = (power: number): number => {
  words[0] = 0
  words[1] = (power + 1023) << 20
  return double[0]
}
const logOfTwoHigh = 0.6931471803691238
const logOfTwoLow = 1.9082149292705877e-10

/** Natural logarithm of 1 + `x`. */
export function log1p(x: number): number {
  if (!(x > -1 && x < 1e300) || x === 0) return Math.log1p(x)
  if (Math.abs(x) < 2 ** -29) return Math.abs(x) < 2 ** -54 ? x : x - x * x * 0.5
  let k = 0
  let f = x
  let c = 0
  let high = 1
  // Outside of sqrt(2)/2 - 1 and sqrt(2) - 1, 1 + x is brought to there by a power of two.
  if (!(x < 0.4142136573791504 && x > -0.29289329051971436)) {
    const u = x < 2 ** 53 ? 1 + x : x
    high = highWord(u)
    k = (high >> 20) - 1023
    if (x < 2 ** 53) c = (k > 0 ? 1 - (u - x) : x - (u - 1)) / u
    high &= 0xfffff
    if (high < 0x6a09e) f = withHighWord(u, high | 0x3ff00000) - 1
    else {
      k++
      f = withHighWord(u, high | 0x3fe00000) - 1
      high = (0x100000 - high) >> 2
    }
  }
  const half = 0.5 * f * f
  const low = fused(k, logOfTwoLow, c)
  if (high === 0) {
    if (f === 0) return k === 0 ? 0 : k * logOfTwoHigh + low
    const R = fused(-0.6666666666666666, f, 1) * half
    return k === 0 ? f - R : k * logOfTwoHigh - (R - low - f)
  }
  const s = f / (2 + f)
  const z = s * s
  const z2 = z * z
  const z4 = z2 * z2
  const z6 = z2 * z4
  const first = fused(z, 0.6666666666666735, z2 * fused(z, 0.2857142874366239, 0.3999999999940942))
  const second = fused(z4, fused(z, 0.1818357216161805, 0.22222198432149784), first)
  const R = fused(z6, fused(z, 0.14798198605116586, 0.15313837699209373), second)
  const t = s * (half + R)
  return k === 0 ? f - (half - t) : k * logOfTwoHigh - (half - (t + low) - f)
}

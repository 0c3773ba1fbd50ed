/**
 * exp, log, expm1 and log1p that are correctly rounded in all but a few of 10,000 arguments.
 *
 * JavaScript engines are free here, and V8's differ from the C library's and numpy's in one argument of ten. TPE takes the largest of 24
 * scores, and on symmetric categories two of them differ by less than that: the wrong rounding proposes another trial.
 * A tree takes the best of its cuts, and two that mirror each other are as close: the wrong rounding grows another tree.
 * Method: Tang's table look-up (ACM TOMS 1989 and 1990) with the leading terms carried in two doubles.
 */
import {
  EXP_HIGH,
  EXP_LOW,
  LN2_HIGH,
  LN2_LOW,
  LN2_STEP_HIGH,
  LN2_STEP_LOW,
  LOG_HIGH,
  LOG_INVERSE,
  LOG_LOW,
  STEPS_PER_LN2,
} from './exp-log-tables.ts'

const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)

/** 2^k for -1074 <= k <= 1023. */
function powerOfTwo(k: number): number {
  if (k < -1022) return powerOfTwo(k + 54) * 2 ** -54
  words[0] = 0
  words[1] = (k + 1023) << 20
  return double[0]
}

/** e to the power of `x`. */
export function exp(x: number): number {
  if (!(x < 709.79 && x > -745.2)) return x > 0 ? Number.POSITIVE_INFINITY : x < 0 ? 0 : x + 1
  const k = Math.round(x * STEPS_PER_LN2)
  const a = x - k * LN2_STEP_HIGH
  const b = k * LN2_STEP_LOW
  const r = a - b
  const j = k & 127
  const high = EXP_HIGH[j]
  const low = EXP_LOW[j]
  const head = Math.fround(r)
  const square = r * r
  const rest = a - r - b + (r - head) + square * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))))
  const product = high * head
  const sum = high + product
  const value = sum + (high - sum + product + (low + (low * head + (high + low) * rest)))
  const m = (k - j) / 128
  if (m > -1022 && m < 1023) {
    words[0] = 0
    words[1] = (m + 1023) << 20
    return value * double[0]
  }
  return m > 0 ? value * 2 * powerOfTwo(m - 1) : value * powerOfTwo(m + 60) * 2 ** -60
}

/** e to the power of `x`, minus 1. */
export function expm1(x: number): number {
  if (x < 0.0078125 && x > -0.0078125) {
    const head = Math.fround(x)
    const half = head * head * 0.5
    const tail = x - head
    const sum = x + half
    const error = x - sum + half
    const more = tail * (head + 0.5 * tail)
    return sum + (error + more + x * x * x * (1 / 6 + x * (1 / 24 + x * (1 / 120 + x * (1 / 720 + x * (1 / 5040 + x * (1 / 40320)))))))
  }
  if (!(x < 40 && x > -40)) return exp(x) - 1
  const k = Math.round(x * STEPS_PER_LN2)
  const a = x - k * LN2_STEP_HIGH
  const b = k * LN2_STEP_LOW
  const r = a - b
  const j = k & 127
  const scale = powerOfTwo((k - j) / 128)
  const high = EXP_HIGH[j] * scale
  const low = EXP_LOW[j] * scale
  const head = Math.fround(r)
  const rest = a - r - b + (r - head) + r * r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))))
  const product = high * head
  const sum = high + product
  const small = high - sum + product + (low + (low * head + (high + low) * rest))
  const minus = sum - 1
  const lost = sum - (minus + 1) + (minus - (minus + 1) + 1)
  return minus + (lost + small)
}

/** Natural logarithm. */
export function log(x: number): number {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) return x === 0 ? Number.NEGATIVE_INFINITY : x > 0 ? x : Number.NaN
  return logOfSum(x, 0)
}

/** Natural logarithm of 1 + `x`. */
export function log1p(x: number): number {
  if (!(x > -1 && x < 1e300)) return x === -1 ? Number.NEGATIVE_INFINITY : x > 0 ? log(x) : Number.NaN
  if (x < 1e-17 && x > -1e-17) return x
  const sum = 1 + x
  const back = sum - 1
  return logOfSum(sum, 1 - (sum - back) + (x - back))
}

/** log(x + tail) of a positive finite `x` with |tail| below half an ulp of it. */
function logOfSum(x: number, tail: number): number {
  let k = 0
  if (x < 2.3e-308) {
    x *= 2 ** 54
    k = -54
  }
  double[0] = x
  const top = words[1]
  k += (top >>> 20) - 1023
  const j = (top >>> 13) & 127
  words[1] = (top & 0xfffff) | 0x3ff00000
  if (j >= 53) {
    k += 1
    words[1] -= 0x100000
  }
  const m = double[0]
  if (tail !== 0) tail *= powerOfTwo(-k)
  const c = LOG_INVERSE[j]
  const upper = Math.fround(m)
  const a = upper * c - 1
  const b = (m - upper) * c
  const r = a + b
  const rTail = a - r + b + tail * c
  const head = Math.fround(r)
  const half = -0.5 * head * head
  const more = (head - r) * (head + 0.5 * (r - head))
  const cubic = r * r * r * (1 / 3 - r * (1 / 4 - r * (1 / 5 - r * (1 / 6 - r * (1 / 7 - r * (1 / 8 - r * (1 / 9)))))))
  const base = k * LN2_HIGH + LOG_HIGH[j]
  const sum = base + r
  const sumError = base === 0 ? 0 : base - sum + r
  const total = sum + half
  const totalError = sum - total + half
  return total + (totalError + (sumError + (rTail - rTail * r + more + cubic + (k * LN2_LOW + LOG_LOW[j]))))
}

// The natural logarithm as the C library rounds it, operation by operation as in ../../../numerics/logarithm.ts, from the same tables.

import { fused, upperHalf } from './fused'

const LN2_HIGH: f64 = 0.6931471805598903
const LN2_LOW: f64 = 5.497923018708371e-14
const LN2: f64 = Math.LN2
const UNSURE: f64 = 1.3552527156068805e-20

/** The inverses, their upper halves and the logarithms, 128 f64 each; then of 512 parts of [1, 2) the inverse of the middle and its logarithm to base 2. */
let tablesAt: usize = 0

export function layLogarithm(tables: usize): void {
  tablesAt = tables
}

/** Of a finite number that is not negative. */
export function log(x: f64): f64 {
  if (x >= 0.9375 && x < 1.064697265625) return nearOne(x - 1)
  if (x >= 2.2250738585072014e-308) return logOf(x, 0)
  return x === 0 ? -Infinity : logOf(x * 4503599627370496, -52)
}

/** log(2^power x) of a normal number. */
function logOf(x: f64, power: f64): f64 {
  const bits = reinterpret<i64>(x)
  const above = bits - 0x3fe6000000000000
  const z = reinterpret<f64>(bits - (above & 0xfff0000000000000))
  const table = tablesAt + ((<usize>((above >>> 45) & 127)) << 3)
  const inverse = load<f64>(table)
  const inverseHigh = load<f64>(table, 1024)
  const inverseLow = inverse - inverseHigh
  const zHigh = upperHalf(z)
  const zLow = z - zHigh
  const product = z * inverse
  const r = product - 1 + (zHigh * inverseHigh - product + zHigh * inverseLow + zLow * inverseHigh + zLow * inverseLow)
  const k = power + <f64>(above >> 52)
  const whole = k * LN2_HIGH + load<f64>(table, 2048)
  const high = whole + r
  const lost = whole - high + r
  const square = r * r
  const small =
    lost +
    k * LN2_LOW +
    square * -0.5000000000000001 +
    r * square * (0.33333333331825593 + r * -0.2499999999622955 + square * (0.20000304511814496 + r * -0.16667054827627667))
  const result = high + (small + UNSURE)
  if (result === high + (small - UNSURE)) return result
  return high + fusedTail(r, square, k, lost)
}

function fusedTail(r: f64, square: f64, k: f64, lost: f64): f64 {
  const first = fused(-0.2499999999622955, r, 0.33333333331825593)
  const cubic = fused(fused(r, -0.16667054827627667, 0.20000304511814496), square, first)
  return fused(r * square, cubic, fused(square, -0.5000000000000001, fused(k, LN2_LOW, lost)))
}

/** log(1 + r) of a small exact difference. */
function nearOne(r: f64): f64 {
  const square = r * r
  const cube = r * square
  const shifted = r * 134217728
  const upper = r + shifted - shifted
  const lower = r - upper
  const half = upper * upper * -0.5
  const high = r + half
  const low = r - high + half
  const cubic =
    cube *
    (0.3333333333333352 +
      r * -0.24999999999998432 +
      square * 0.19999999999320328 +
      cube *
        (-0.16666666669929706 +
          r * 0.14285715076560868 +
          square * -0.12499997863982555 +
          cube * (0.11110712032936046 + r * -0.10000486757818193 + square * 0.09181994006195467 + cube * -0.08328363062289341)))
  const small = cubic + (low - 0.5 * lower * (upper + r))
  const error = Math.abs(cube) * 4.440892098500626e-16 + square * 1.3234889800848443e-23
  const result = high + (small + error)
  if (result === high + (small - error)) return result
  const first = fused(square, 0.19999999999320328, fused(-0.24999999999998432, r, 0.3333333333333352))
  const second = fused(square, -0.12499997863982555, fused(0.14285715076560868, r, -0.16666666669929706))
  const third = fused(cube, -0.08328363062289341, fused(square, 0.09181994006195467, fused(-0.10000486757818193, r, 0.11110712032936046)))
  return high + fused(fused(fused(third, cube, second), cube, first), cube, fused(-0.5 * lower, r + upper, low))
}

/** log(1 + x) of a number between 0 and 0.41, as the C library takes it of small ones. */
export function log1p(x: f64): f64 {
  if (x < 1.862645149230957e-9) return x < 5.551115123125783e-17 ? x : x - x * x * 0.5
  const half = 0.5 * x * x
  const s = x / (2 + x)
  const z = s * s
  const z2 = z * z
  const z4 = z2 * z2
  const first = fused(z, 0.6666666666666735, z2 * fused(z, 0.2857142874366239, 0.3999999999940942))
  const second = fused(z4, fused(z, 0.1818357216161805, 0.22222198432149784), first)
  const R = fused(z2 * z4, fused(z, 0.14798198605116586, 0.15313837699209373), second)
  return x - (half - s * (half + R))
}

/** Logarithm to base 2 of a positive, normal number, within 1e-9. */
export function aboutLog2(x: f64): f64 {
  const bits = reinterpret<u64>(x)
  const table = tablesAt + 3072 + ((<usize>((bits >>> 43) & 511)) << 4)
  const r = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000) * load<f64>(table) - 1
  return <f64>(<i32>(bits >>> 52) - 1023) + load<f64>(table, 8) + (r - 0.5 * r * r) * Math.LOG2E
}

export function log2(x: f64): f64 {
  return log(x) / LN2
}

/** What a class of weight `sum` among `weight` takes from the entropy of a node, in bits. */
export function bitsOf(sum: f64, weight: f64): f64 {
  if (sum <= 0) return 0
  const share = sum / weight
  return share * log2(share)
}

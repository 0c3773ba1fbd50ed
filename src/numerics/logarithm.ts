import { fused, splitter } from './fused.ts'
import { inverses, ln2High, ln2Low, logarithms, upperInverses } from './logarithm-table.ts'

/**
 * The natural logarithm as the GNU C library computes it on x86-64 processors with fused multiply-add: to the last bit, also where that is
 * not the correctly rounded one (one argument of 1,000). Trees choose among cuts whose impurities often tie up to roundings.
 *
 * Method: Tang's table look-up with a polynomial, and a polynomial of its own around 1 (Szabolcs Nagy's form, glibc since 2.28).
 * The result is one last sum of a large and a small part. The small one is taken without fused operations first; only where its error could
 * move the rounding of the sum, one argument of some thousand, all operations are made again, fused.
 */
const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)

// biome-ignore format: coefficients of r^2, r^3, …
const [A0, A1, A2, A3, A4] = [-0.5000000000000001, 0.33333333331825593, -0.2499999999622955, 0.20000304511814496, -0.16667054827627667]
const B1 = 0.3333333333333352
const B2 = -0.24999999999998432
const B3 = 0.19999999999320328
const B4 = -0.16666666669929706
const B5 = 0.14285715076560868
const B6 = -0.12499997863982555
const B7 = 0.11110712032936046
const B8 = -0.10000486757818193
const B9 = 0.09181994006195467
const B10 = -0.08328363062289341

/** Natural logarithm. */
export function log(x: number): number {
  if (x >= 0.9375 && x < 1.064697265625) return nearOne(x - 1)
  if (!(x > 0 && x < Number.POSITIVE_INFINITY)) return x === 0 ? Number.NEGATIVE_INFINITY : x > 0 ? x : Number.NaN
  let k = 0
  if (x < 2.2250738585072014e-308) {
    x *= 2 ** 52
    k = -52
  }
  // x = 2^k z, 0.6875 <= z < 1.375.
  double[0] = x
  const above = words[1] - 0x3fe60000
  const i = (above >> 13) & 127
  const power = above >> 20
  k += power
  words[1] -= power << 20
  const z = double[0]
  const inverse = inverses[i]
  // z * inverse - 1 with one rounding: the product in two parts (Dekker), of which the larger loses nothing by the subtraction.
  const t = z * splitter
  const zHigh = t - (t - z)
  const zLow = z - zHigh
  const inverseHigh = upperInverses[i]
  const inverseLow = inverse - inverseHigh
  const product = z * inverse
  const r = product - 1 + (zHigh * inverseHigh - product + zHigh * inverseLow + zLow * inverseHigh + zLow * inverseLow)
  const whole = k * ln2High + logarithms[i]
  const high = whole + r
  const lost = whole - high + r
  const square = r * r
  const small = lost + k * ln2Low + square * A0 + r * square * (A1 + r * A2 + square * (A3 + r * A4))
  const result = high + (small + 2 ** -66)
  if (result === high + (small - 2 ** -66)) return result
  const low = fused(square, A0, fused(k, ln2Low, lost))
  return high + fused(r * square, fused(fused(r, A4, A3), square, fused(A2, r, A1)), low)
}

/** log(1 + r) of a small exact difference. */
function nearOne(r: number): number {
  const square = r * r
  const cube = r * square
  const shifted = r * 2 ** 27
  const upper = r + shifted - shifted
  const lower = r - upper
  const half = upper * upper * -0.5
  const high = r + half
  const low = r - high + half
  const cubic = cube * (B1 + r * B2 + square * B3 + cube * (B4 + r * B5 + square * B6 + cube * (B7 + r * B8 + square * B9 + cube * B10)))
  const small = cubic + (low - 0.5 * lower * (upper + r))
  const error = Math.abs(cube) * 2 ** -51 + square * 2 ** -76
  const result = high + (small + error)
  if (result === high + (small - error)) return result
  const first = fused(square, B3, fused(B2, r, B1))
  const second = fused(square, B6, fused(B5, r, B4))
  const third = fused(cube, B10, fused(square, B9, fused(B8, r, B7)))
  const polynomial = fused(fused(third, cube, second), cube, first)
  return high + fused(polynomial, cube, fused(-0.5 * lower, r + upper, low))
}

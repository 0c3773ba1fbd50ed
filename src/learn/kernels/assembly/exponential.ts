// The exponential as the C library rounds it, operation by operation as in ../../../numerics/c-library.ts, from the same table.

import { fused } from './fused'

const STEPS_PER_ONE: f64 = 184.6649652337873
const LN2_HIGH: f64 = -0.005415212348111709
const LN2_LOW: f64 = -1.2864023111638344e-14
/** Adding and subtracting it rounds to a whole number. */
const TO_WHOLE: f64 = 6755399441055744
const UNSURE: f64 = 1.734723475976807e-18

/** 2^(k/128) and what it lacks as a share of it, 128 f64 each. */
let powersAt: usize = 0

export function layExponential(powers: usize): void {
  powersAt = powers
}

function powerOfTwo(power: i64): f64 {
  return reinterpret<f64>((power + 1023) << 52)
}

/** To the last bit where the result is a normal number. */
export function exp(x: f64): f64 {
  if (!(x < 709.782712893384 && x > -745.1332191019412)) return x > 0 ? Infinity : x < 0 ? 0.0 : x + 1
  if (Math.abs(x) < 5.551115123125783e-17) return 1 + x
  const steps = STEPS_PER_ONE * x
  let whole = steps + TO_WHOLE - TO_WHOLE
  if (Math.abs(steps - whole) > 0.4999999) whole = fused(STEPS_PER_ONE, x, TO_WHOLE) - TO_WHOLE
  const all = <i64>whole
  const table = powersAt + ((<usize>(all & 127)) << 3)
  const start = load<f64>(table)
  const tail = load<f64>(table, 1024)
  const power = all >> 7
  if (x > -512 && x < 512) {
    const r = x + whole * LN2_HIGH + whole * LN2_LOW
    const square = r * r
    const more = tail + r + square * (0.49999999999996786 + r * 0.16666666666665886)
    const small = start * (more + square * square * (0.0416666808410674 + r * 0.008333335853059549))
    const result = start + (small + UNSURE)
    if (result === start + (small - UNSURE)) return result * powerOfTwo(power)
  }
  const r = fused(whole, LN2_LOW, fused(whole, LN2_HIGH, x))
  const square = r * r
  const low = fused(square, fused(r, 0.16666666666665886, 0.49999999999996786), tail + r)
  const result = fused(start, fused(square * square, fused(r, 0.008333335853059549, 0.0416666808410674), low), start)
  const half = power >> 1
  return result * powerOfTwo(half) * powerOfTwo(power - half)
}

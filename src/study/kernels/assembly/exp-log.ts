// exp, log, expm1 and log1p of src/numerics/exp-log.ts, operation by operation. The tables lie at the start of the memory, where ../parzen-kernel.ts puts them.

const expHigh: usize = 64
const expLow: usize = expHigh + 1024
const logInverse: usize = expLow + 1024
const logHigh: usize = logInverse + 1024
const logLow: usize = logHigh + 1024

const ln2High: f64 = 0.6931471805598903
const ln2Low: f64 = 5.497923018708371e-14
const ln2StepHigh: f64 = 0.005415212348111709
const ln2StepLow: f64 = 1.2864023111638346e-14
const stepsPerLn2: f64 = 184.6649652337873

/** Halves upwards, as JavaScript rounds. */
function rounded(x: f64): f64 {
  const up = ceil<f64>(x)
  return up - 0.5 > x ? up - 1 : up
}

/** 2^k for -1022 <= k <= 1023. */
function normalPower(k: i32): f64 {
  return reinterpret<f64>((<u64>(k + 1023)) << 52)
}

/** 2^k for -1074 <= k <= 1023. */
function powerOfTwo(k: i32): f64 {
  return k < -1022 ? normalPower(k + 54) * 5.551115123125783e-17 : normalPower(k)
}

export function exp(x: f64): f64 {
  if (!(x < 709.79 && x > -745.2)) return x > 0 ? Infinity : x < 0 ? 0 : x + 1
  const steps = rounded(x * stepsPerLn2)
  const a = x - steps * ln2StepHigh
  const b = steps * ln2StepLow
  const r = a - b
  const k = <i32>steps
  const j = k & 127
  const high = load<f64>(((<usize>j) << 3) + expHigh)
  const low = load<f64>(((<usize>j) << 3) + expLow)
  const head = <f64>(<f32>r)
  const square = r * r
  const rest = a - r - b + (r - head) + square * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r * (1.0 / 720.0)))))
  const product = high * head
  const sum = high + product
  const value = sum + (high - sum + product + (low + (low * head + (high + low) * rest)))
  const m = (k - j) / 128
  if (m > -1022 && m < 1023) return value * normalPower(m)
  return m > 0 ? value * 2 * powerOfTwo(m - 1) : value * powerOfTwo(m + 60) * 8.673617379884035e-19
}

/** `exp` of two numbers between -708 and 709. */
export function expPair(x: v128): v128 {
  const y = f64x2.mul(x, f64x2.splat(stepsPerLn2))
  const up = f64x2.ceil(y)
  const half = f64x2.splat(0.5)
  const one = f64x2.splat(1)
  const steps = v128.bitselect(f64x2.sub(up, one), up, f64x2.gt(f64x2.sub(up, half), y))
  const a = f64x2.sub(x, f64x2.mul(steps, f64x2.splat(ln2StepHigh)))
  const b = f64x2.mul(steps, f64x2.splat(ln2StepLow))
  const r = f64x2.sub(a, b)
  const k = i32x4.trunc_sat_f64x2_s_zero(steps)
  const k0 = i32x4.extract_lane(k, 0)
  const k1 = i32x4.extract_lane(k, 1)
  const j0 = (<usize>(k0 & 127)) << 3
  const j1 = (<usize>(k1 & 127)) << 3
  const high = v128.load64_lane(j1 + expHigh, v128.load64_zero(j0 + expHigh), 1)
  const low = v128.load64_lane(j1 + expLow, v128.load64_zero(j0 + expLow), 1)
  const head = f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(r))
  const square = f64x2.mul(r, r)
  let series = f64x2.add(f64x2.splat(1.0 / 120.0), f64x2.mul(r, f64x2.splat(1.0 / 720.0)))
  series = f64x2.add(f64x2.splat(1.0 / 24.0), f64x2.mul(r, series))
  series = f64x2.add(f64x2.splat(1.0 / 6.0), f64x2.mul(r, series))
  series = f64x2.add(half, f64x2.mul(r, series))
  const rest = f64x2.add(f64x2.add(f64x2.sub(f64x2.sub(a, r), b), f64x2.sub(r, head)), f64x2.mul(square, series))
  const product = f64x2.mul(high, head)
  const sum = f64x2.add(high, product)
  const small = f64x2.add(low, f64x2.add(f64x2.mul(low, head), f64x2.mul(f64x2.add(high, low), rest)))
  const value = f64x2.add(sum, f64x2.add(f64x2.add(f64x2.sub(high, sum), product), small))
  // The steps without their last seven bits, as exponents.
  const power = f64x2.replace_lane(f64x2.splat(normalPower(k0 >> 7)), 1, normalPower(k1 >> 7))
  return f64x2.mul(value, power)
}

export function expm1(x: f64): f64 {
  if (x < 0.0078125 && x > -0.0078125) {
    const head = <f64>(<f32>x)
    const half = head * head * 0.5
    const tail = x - head
    const sum = x + half
    const error = x - sum + half
    const more = tail * (head + 0.5 * tail)
    return (
      sum +
      (error +
        more +
        x * x * x * (1.0 / 6.0 + x * (1.0 / 24.0 + x * (1.0 / 120.0 + x * (1.0 / 720.0 + x * (1.0 / 5040.0 + x * (1.0 / 40320.0)))))))
    )
  }
  if (!(x < 40 && x > -40)) return exp(x) - 1
  const steps = rounded(x * stepsPerLn2)
  const a = x - steps * ln2StepHigh
  const b = steps * ln2StepLow
  const r = a - b
  const k = <i32>steps
  const j = k & 127
  const scale = powerOfTwo((k - j) / 128)
  const high = load<f64>(((<usize>j) << 3) + expHigh) * scale
  const low = load<f64>(((<usize>j) << 3) + expLow) * scale
  const head = <f64>(<f32>r)
  const rest = a - r - b + (r - head) + r * r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r * (1.0 / 720.0)))))
  const product = high * head
  const sum = high + product
  const small = high - sum + product + (low + (low * head + (high + low) * rest))
  const minus = sum - 1
  const lost = sum - (minus + 1) + (minus - (minus + 1) + 1)
  return minus + (lost + small)
}

export function log(x: f64): f64 {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x > 0 ? x : NaN
  return logOfSum(x, 0)
}

export function log1p(x: f64): f64 {
  if (!(x > -1 && x < 1e300)) return x === -1 ? -Infinity : x > 0 ? log(x) : NaN
  if (x < 1e-17 && x > -1e-17) return x
  const sum = 1 + x
  const back = sum - 1
  return logOfSum(sum, 1 - (sum - back) + (x - back))
}

/** log(x + tail) of a positive finite `x` with |tail| below half an ulp of it. */
function logOfSum(x: f64, tail: f64): f64 {
  let k: i32 = 0
  if (x < 2.3e-308) {
    x *= 18014398509481984
    k = -54
  }
  const bits = reinterpret<u64>(x)
  const top = <u32>(bits >> 32)
  k += <i32>(top >>> 20) - 1023
  const j = <i32>((top >>> 13) & 127)
  let significand = (bits & 0x000fffffffffffff) | 0x3ff0000000000000
  if (j >= 53) {
    k += 1
    significand -= 0x0010000000000000
  }
  const m = reinterpret<f64>(significand)
  if (tail !== 0) tail *= powerOfTwo(-k)
  const c = load<f64>(((<usize>j) << 3) + logInverse)
  const upper = <f64>(<f32>m)
  const a = upper * c - 1
  const b = (m - upper) * c
  const r = a + b
  const rTail = a - r + b + tail * c
  const head = <f64>(<f32>r)
  const half = -0.5 * head * head
  const more = (head - r) * (head + 0.5 * (r - head))
  const cubic =
    r * r * r * (1.0 / 3.0 - r * (1.0 / 4.0 - r * (1.0 / 5.0 - r * (1.0 / 6.0 - r * (1.0 / 7.0 - r * (1.0 / 8.0 - r * (1.0 / 9.0)))))))
  const base = <f64>k * ln2High + load<f64>(((<usize>j) << 3) + logHigh)
  const sum = base + r
  const sumError = base === 0 ? 0 : base - sum + r
  const total = sum + half
  const totalError = sum - total + half
  return total + (totalError + (sumError + (rTail - rTail * r + more + cubic + (<f64>k * ln2Low + load<f64>(((<usize>j) << 3) + logLow)))))
}

// a * b + c with one rounding, as in ../../../numerics/fused.ts.

const SPLITTER: f64 = 134217729

export function upperHalf(x: f64): f64 {
  const t = SPLITTER * x
  return t - (t - x)
}

export function fused(a: f64, b: f64, c: f64): f64 {
  const product = a * b
  const aHigh = upperHalf(a)
  const aLow = a - aHigh
  const bHigh = upperHalf(b)
  const bLow = b - bHigh
  const productError = aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow
  const sum = product + c
  const c2 = sum - product
  return sum + (product - (sum - c2) + (c - c2) + productError)
}

import { logGamma } from './log-gamma.ts'

/** P(F > x) of Fisher's F with `a` and `b` degrees of freedom. */
export function fUpper(a: number, b: number, x: number): number {
  if (Number.isNaN(x) || !(a > 0) || !(b > 0)) return Number.NaN
  if (x < 0) return Number.NaN
  if (x === Number.POSITIVE_INFINITY) return 0
  return incompleteBeta(b / 2, a / 2, b / (b + a * x))
}

/** P(chi-squared > x) with `freedom` degrees of freedom. */
export function chiSquareUpper(freedom: number, x: number): number {
  if (Number.isNaN(x)) return Number.NaN
  if (x <= 0) return 1
  return upperGamma(freedom / 2, x / 2)
}

/**
 * Regularised incomplete beta function.
 * Source: continued fraction by Lentz's method (Press and others, Numerical Recipes, 6.4; DLMF 8.17.22).
 */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b))
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(a, b, x)) / a : 1 - (front * betaFraction(b, a, 1 - x)) / b
}

const tiny = 1e-300

function betaFraction(a: number, b: number, x: number): number {
  let c = 1
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m <= 10000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / nonZero(1 + even * d)
    c = nonZero(1 + even / c)
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonZero(1 + odd * d)
    c = nonZero(1 + odd / c)
    value *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return value
}

const nonZero = (value: number): number => (Math.abs(value) < tiny ? tiny : value)

/** Regularised upper incomplete gamma function: a series near 0, a continued fraction beyond (Numerical Recipes, 6.2; DLMF 8.11.4, 8.9.2). */
function upperGamma(a: number, x: number): number {
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; n < 10000; n++) {
      term *= x / (a + n)
      sum += term
      if (term < sum * 1e-17) break
    }
    return 1 - front * sum
  }
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let value = d
  for (let i = 1; i < 10000; i++) {
    const factor = -i * (i - a)
    b += 2
    d = 1 / nonZero(factor * d + b)
    c = nonZero(b + factor / c)
    value *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return front * value
}

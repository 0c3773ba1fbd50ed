/** Times this and back leaves the upper half of a double's bits. */
export const splitter = 134217729

/** The upper 26 bits of a number, rounded; what is left has 26 bits too. Source: Veltkamp. */
export function upperHalf(x: number): number {
  const t = splitter * x
  return t - (t - x)
}

/** a * b + c with one rounding, of numbers whose products neither overflow nor vanish. Source: Dekker's product, Knuth's sum. */
export function fused(a: number, b: number, c: number): number {
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

const DIGIT_BITS = 11
const DIGITS = 1 << DIGIT_BITS
const PASSES = 6

/** Buffers for the largest array so far: proposals sort a column after the other. */
let capacity = 0
let keys = new Float64Array(0)
let high = new Uint32Array(0)
let low = new Uint32Array(0)
let other = new Int32Array(0)
const counts = new Int32Array(PASSES * DIGITS)

/**
 * Writes the indices that sort the first `n` of `values` ascending, ties by position, to `order`. No NaN.
 *
 * Least significant digit first over the bits of the doubles, which order like the numbers once negative ones are turned round; digits that
 * all values share are passed over. Source: Knuth, The Art of Computer Programming 3, 5.2.5.
 */
export function radixArgsort(values: Float64Array, n: number, order: Int32Array): void {
  if (capacity < n) {
    capacity = 2 * n
    keys = new Float64Array(capacity)
    high = new Uint32Array(capacity)
    low = new Uint32Array(capacity)
    other = new Int32Array(capacity)
  }
  counts.fill(0)
  // -0 equals 0.
  for (let i = 0; i < n; i++) keys[i] = values[i] + 0
  const words = new Uint32Array(keys.buffer, 0, 2 * n)
  for (let i = 0; i < n; i++) {
    const top = words[2 * i + 1]
    const isNegative = top >>> 31 === 1
    high[i] = isNegative ? ~top : top ^ 0x80000000
    low[i] = isNegative ? ~words[2 * i] : words[2 * i]
    for (let pass = 0; pass < PASSES; pass++) counts[pass * DIGITS + digit(high[i], low[i], pass)]++
  }
  let from: Int32Array = order
  let to: Int32Array = other
  for (let i = 0; i < n; i++) from[i] = i
  for (let pass = 0; pass < PASSES; pass++) {
    const at = pass * DIGITS
    if (counts[at + digit(high[0], low[0], pass)] === n) continue
    for (let d = 0, sum = 0; d < DIGITS; d++) {
      const count = counts[at + d]
      counts[at + d] = sum
      sum += count
    }
    for (let i = 0; i < n; i++) {
      const index = from[i]
      to[counts[at + digit(high[index], low[index], pass)]++] = index
    }
    ;[from, to] = [to, from]
  }
  if (from !== order) order.set(from.subarray(0, n))
}

/** Eleven bits of a 64-bit key, the lowest first. */
function digit(high: number, low: number, pass: number): number {
  switch (pass) {
    case 0:
      return low & 2047
    case 1:
      return (low >>> 11) & 2047
    case 2:
      return (low >>> 22) | ((high & 1) << 10)
    case 3:
      return (high >>> 1) & 2047
    case 4:
      return (high >>> 12) & 2047
    default:
      return high >>> 23
  }
}

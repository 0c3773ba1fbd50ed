const single = new Float32Array(1)
const singleBits = new Int32Array(single.buffer)
const double = new Float64Array(1)
const doubleBits = new BigInt64Array(double.buffer)

/**
 * The number `s` with `x < s` for exactly those doubles `x` that a tree sends left: those that round, in float32, to at most the threshold.
 * That is the middle between the last float32 that goes left and the next one, or just above it where the middle itself rounds down.
 */
export function splitValueOf(threshold: number): number {
  if (threshold === Number.POSITIVE_INFINITY) return threshold
  single[0] = threshold
  if (single[0] > threshold) step(-1)
  const last = single[0]
  const isEven = (singleBits[0] & 1) === 0
  step(1)
  const middle = (last + single[0]) / 2
  return isEven ? above(middle) : middle
}

/** The float32 next to the one in `single`. */
function step(direction: 1 | -1): void {
  if (single[0] === 0) {
    singleBits[0] = direction > 0 ? 1 : -0x7fffffff
    return
  }
  singleBits[0] += single[0] > 0 === direction > 0 ? 1 : -1
}

/** The next larger double. */
function above(value: number): number {
  if (value === 0) return Number.MIN_VALUE
  double[0] = value
  doubleBits[0] += value > 0 ? 1n : -1n
  return double[0]
}

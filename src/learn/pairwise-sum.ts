/**
 * numpy's pairwise summation of a contiguous array: the same additions in the same order, so that means and variances are bit-equal.
 * Source: numpy 2.4, observed: fewer than 8 sequentially; up to 128 in eight accumulators; else halves cut at a multiple of 8.
 */
export function pairwiseSum(values: Float64Array, start = 0, length = values.length - start): number {
  if (length < 8) {
    let sum = length ? values[start] : 0
    for (let i = 1; i < length; i++) sum += values[start + i]
    return sum
  }
  if (length <= 128) {
    let r0 = values[start]
    let r1 = values[start + 1]
    let r2 = values[start + 2]
    let r3 = values[start + 3]
    let r4 = values[start + 4]
    let r5 = values[start + 5]
    let r6 = values[start + 6]
    let r7 = values[start + 7]
    const whole = length - (length % 8)
    for (let i = start + 8; i < start + whole; i += 8) {
      r0 += values[i]
      r1 += values[i + 1]
      r2 += values[i + 2]
      r3 += values[i + 3]
      r4 += values[i + 4]
      r5 += values[i + 5]
      r6 += values[i + 6]
      r7 += values[i + 7]
    }
    let sum = r0 + r1 + (r2 + r3) + (r4 + r5 + (r6 + r7))
    for (let i = start + whole; i < start + length; i++) sum += values[i]
    return sum
  }
  let half = length >> 1
  half -= half % 8
  return pairwiseSum(values, start, half) + pairwiseSum(values, start + half, length - half)
}

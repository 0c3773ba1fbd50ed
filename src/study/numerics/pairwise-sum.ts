/** Sum of `n` values from `start` on in numpy's order: eight running sums up to 128 values, halves beyond. */
export function pairwiseSum(values: Float64Array, start = 0, n: number = values.length - start): number {
  if (n < 8) {
    let sum = 0
    for (let i = start; i < start + n; i++) sum += values[i]
    return sum
  }
  if (n <= 128) {
    let r0 = values[start]
    let r1 = values[start + 1]
    let r2 = values[start + 2]
    let r3 = values[start + 3]
    let r4 = values[start + 4]
    let r5 = values[start + 5]
    let r6 = values[start + 6]
    let r7 = values[start + 7]
    const whole = start + n - (n % 8)
    let i = start + 8
    for (; i < whole; i += 8) {
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
    for (; i < start + n; i++) sum += values[i]
    return sum
  }
  let half = n >>> 1
  half -= half % 8
  return pairwiseSum(values, start, half) + pairwiseSum(values, start + half, n - half)
}

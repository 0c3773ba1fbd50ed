/**
 * Scalar product of the entries from `from` on, in four sums that do not wait for each other: an addition takes several cycles.
 *
 * @param b as long as `a`, or longer
 */
export function dot(a: Float64Array, b: Float64Array, from = 0): number {
  const { length } = a
  const fours = length - ((length - from) % 4)
  let s = 0
  let t = 0
  let u = 0
  let v = 0
  for (let i = from; i < fours; i += 4) {
    s += a[i] * b[i]
    t += a[i + 1] * b[i + 1]
    u += a[i + 2] * b[i + 2]
    v += a[i + 3] * b[i + 3]
  }
  for (let i = fours; i < length; i++) s += a[i] * b[i]
  return s + t + (u + v)
}

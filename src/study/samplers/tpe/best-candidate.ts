/** Takes `against` from `values`; the first largest, where NaN counts as larger than everything. */
export function indexOfLargest(values: Float64Array, against: Float64Array): number {
  let best = 0
  let largest = Number.NEGATIVE_INFINITY
  let undefinedAt = -1
  for (let i = 0; i < values.length; i++) {
    const value = (values[i] -= against[i])
    if (value > largest) {
      largest = value
      best = i
    } else if (Number.isNaN(value) && undefinedAt < 0) undefinedAt = i
  }
  return undefinedAt < 0 ? best : undefinedAt
}

/** How far the best candidate is ahead of the next one that is another point. */
export function marginOf(scores: Float64Array, best: number, candidates: readonly Float64Array[]): number {
  const highest = scores[best]
  let margin = Number.POSITIVE_INFINITY
  for (let s = 0; s < scores.length; s++) {
    const ahead = highest - scores[s]
    if (ahead < margin && candidates.some(values => values[s] !== values[best])) margin = ahead
  }
  return margin
}

/**
 * The value at a percentile of rows that all weigh the same: the first one at which the cumulative weight reaches its share.
 *
 * @param rank between 0 and 100
 * Source: scikit-learn `_weighted_percentile` (inverse of the empirical distribution).
 */
export function percentileByWeight(values: Float64Array, rank: number): number {
  const sorted = values.slice().sort()
  const wanted = (rank / 100) * sorted.length
  return sorted[Math.min(Math.max(Math.ceil(wanted) - 1, 0), sorted.length - 1)]
}

/** `numpy.percentile(values, rank)`: linear between the neighbours, from the nearer end. */
export function percentile(values: Float64Array, rank: number): number {
  const sorted = values.slice().sort()
  const position = (rank / 100) * (sorted.length - 1)
  const below = Math.min(Math.max(Math.floor(position), 0), sorted.length - 1)
  const above = Math.min(below + 1, sorted.length - 1)
  const share = position - below
  const difference = sorted[above] - sorted[below]
  return share >= 0.5 ? sorted[above] - difference * (1 - share) : sorted[below] + difference * share
}

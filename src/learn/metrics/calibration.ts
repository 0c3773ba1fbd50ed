/** How often the positive class occurs where a model says how likely it is. */
export interface CalibrationCurve {
  /** Share of positives among the rows of a bin. */
  readonly observed: Float64Array
  /** Mean predicted probability of the rows of a bin. */
  readonly predicted: Float64Array
  /** Rows of a bin; empty bins are left out. */
  readonly counts: Int32Array
}

/**
 * Reliability of probabilities in bins of equal width.
 *
 * @param truth 1 where the row is of the positive class
 * Source: scikit-learn 1.9 `calibration_curve(strategy='uniform')`.
 */
export function calibrationCurve(truth: ArrayLike<number>, probabilities: Float64Array, bins = 5): CalibrationCurve {
  const edges = Float64Array.from({ length: bins - 1 }, (_, i) => (i + 1) * (1 / bins))
  const sums = new Float64Array(bins)
  const positives = new Float64Array(bins)
  const counts = new Int32Array(bins)
  for (let i = 0; i < probabilities.length; i++) {
    const bin = firstAtLeast(edges, probabilities[i])
    sums[bin] += probabilities[i]
    positives[bin] += truth[i]
    counts[bin]++
  }
  const used = [...counts.keys()].filter(i => counts[i] > 0)
  return {
    observed: Float64Array.from(used, i => positives[i] / counts[i]),
    predicted: Float64Array.from(used, i => sums[i] / counts[i]),
    counts: Int32Array.from(used, i => counts[i]),
  }
}

/** `np.searchsorted(edges, value)`. */
function firstAtLeast(edges: Float64Array, value: number): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (edges[middle] < value) low = middle + 1
    else high = middle
  }
  return low
}

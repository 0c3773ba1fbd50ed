import { selectInPlace } from './select-in-place.ts'

/** The values of a column without NaN, ascending: what numpy's nan-quantiles work on. */
export const sortedValues = (values: Float64Array): Float64Array => presentInPlace(values.slice()).sort()

/**
 * The values of a column without NaN, ordered as far as quantiles at these shares look: around each share an entry is what sorting would put there.
 *
 * @param values overwritten
 * @param shares between 0 and 1
 */
export function partlySorted(values: Float64Array, shares: readonly number[]): Float64Array {
  const present = presentInPlace(values)
  const last = present.length - 1
  // Every method looks at the two entries around n * share, give or take two.
  const places = new Set(shares.flatMap(share => [-3, -2, -1, 0, 1, 2].map(by => Math.floor(present.length * share) + by)))
  selectInPlace(
    present,
    [...places].filter(place => place >= 0 && place <= last).sort((a, b) => a - b),
  )
  return present
}

/** Moves what is not NaN to the front. */
function presentInPlace(values: Float64Array): Float64Array {
  let count = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (Number.isNaN(value)) continue
    values[count++] = value
  }
  return count < values.length ? values.subarray(0, count) : values
}

/** `numpy.median` of ascending values; NaN when there are none. */
export function medianOfSorted(sorted: Float64Array): number {
  const middle = sorted.length >> 1
  if (!sorted.length) return Number.NaN
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** The same as masked arrays compute it, which add the one in the middle to itself: above half of the largest double it overflows. */
export function maskedMedianOfSorted(sorted: Float64Array): number {
  const middle = sorted.length >> 1
  if (!sorted.length) return Number.NaN
  return (sorted[sorted.length % 2 ? middle : middle - 1] + sorted[middle]) / 2
}

/** How numpy finds a quantile between order statistics; `linear` is its default. */
export type QuantileMethod =
  | 'inverted_cdf'
  | 'averaged_inverted_cdf'
  | 'closest_observation'
  | 'interpolated_inverted_cdf'
  | 'hazen'
  | 'weibull'
  | 'linear'
  | 'median_unbiased'
  | 'normal_unbiased'

/**
 * `numpy.quantile(sorted, q, method=method)`.
 *
 * @param sorted ascending, without NaN
 * @param q between 0 and 1
 * Source: Hyndman and Fan, 1996, types 1 to 9; rounding as numpy 2.4: positions are 0-based, and the interpolation starts from the nearer end.
 */
export function quantileOfSorted(sorted: Float64Array, q: number, method: QuantileMethod = 'linear'): number {
  const n = sorted.length
  if (!n) return Number.NaN
  const at = (position: number) => sorted[Math.min(Math.max(position, 0), n - 1)]
  if (method === 'inverted_cdf') return at(steps(n * q - 1, g => (g > 0 ? 1 : 0)))
  if (method === 'closest_observation') return at(steps(n * q - 1 - 0.5, (g, index) => (g === 0 && Math.floor(index) % 2 !== 0 ? 0 : 1)))
  if (method === 'averaged_inverted_cdf') {
    const position = n * q - 1
    const index = Math.floor(position)
    return between(at(index), at(index + 1), position - index > 0 ? 1 : 0.5)
  }
  const position = method === 'linear' ? (n - 1) * q : continuous(n, q, method)
  if (position >= n - 1) return sorted[n - 1]
  if (position < 0) return sorted[0]
  const index = Math.floor(position)
  return between(sorted[index], at(index + 1), position - index)
}

function steps(position: number, up: (gamma: number, index: number) => 0 | 1): number {
  const index = Math.floor(position)
  return index + up(position - index, position)
}

const shifts: Readonly<Record<string, readonly [alpha: number, beta: number]>> = {
  interpolated_inverted_cdf: [0, 1],
  hazen: [0.5, 0.5],
  weibull: [0, 0],
  median_unbiased: [1 / 3, 1 / 3],
  normal_unbiased: [3 / 8, 3 / 8],
}

function continuous(n: number, q: number, method: QuantileMethod): number {
  const [alpha, beta] = shifts[method]
  return n * q + (alpha + q * (1 - alpha - beta)) - 1
}

function between(a: number, b: number, t: number): number {
  const difference = b - a
  return t >= 0.5 ? b - difference * (1 - t) : a + difference * t
}

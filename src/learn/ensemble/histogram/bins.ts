import { LearnError } from '../../contract.ts'
import { type BinningKernel, binningKernel } from '../../kernels/binning-kernel.ts'
import { RandomState } from '../../random-state.ts'

/** From so many rows on, cuts between bins are found on a sample of this size. */
const sampledRows = 200_000
const almostInfinite = 1e300

/** Columns of at most 255 bins and one for missing values. */
export interface BinnedColumns {
  readonly rows: number
  /** Per column, per row. */
  readonly bins: readonly Uint8Array[]
}

/** How numbers become bins. */
export class BinMapper {
  /** Per column: upper ends of all bins but the last; for a categorical column its categories, which are 0, 1, 2, … */
  readonly thresholds: readonly Float64Array[]
  /** Per column: bins without the one for missing values. */
  readonly counts: readonly number[]
  readonly missingBin: number

  constructor(thresholds: readonly Float64Array[], maxBins: number, categorical: Uint8Array) {
    this.thresholds = thresholds
    this.missingBin = maxBins
    this.counts = thresholds.map((cuts, j) => (categorical[j] ? cuts.length : cuts.length + 1))
  }

  /**
   * Finds the cuts: between all distinct values when they are few, else at quantiles.
   *
   * @param weights per row; absent: all 1
   * @param categories per column its number of categories; undefined for numbers
   * Source: scikit-learn 1.9 `_BinMapper`.
   */
  static fit(
    columns: readonly Float64Array[],
    maxBins: number,
    weights: Float64Array | undefined,
    categories: readonly (number | undefined)[],
    seed: number,
  ): BinMapper {
    const rows = columns[0].length
    const kernel = binningKernel(rows)
    const sample = rows > sampledRows ? sampleOf(rows, weights, seed) : undefined
    const thresholds = columns.map((column, j) => {
      const known = categories[j]
      if (known !== undefined) return Float64Array.from({ length: known }, (_, k) => k)
      return sample
        ? cutsOf(
            sample.map(row => column[row]),
            maxBins,
            undefined,
            kernel,
          )
        : cutsOf(column, maxBins, weights, kernel)
    })
    return new BinMapper(
      thresholds,
      maxBins,
      Uint8Array.from(categories, known => (known === undefined ? 0 : 1)),
    )
  }

  transform(columns: readonly Float64Array[]): BinnedColumns {
    const rows = columns[0].length
    const binned = binningKernel(rows)?.binsOf ?? binsOf
    return { rows, bins: columns.map((column, j) => binned(column, this.thresholds[j], this.missingBin)) }
  }
}

function sampleOf(rows: number, weights: Float64Array | undefined, seed: number): Float64Array {
  const random = new RandomState(seed)
  if (!weights) return Float64Array.from({ length: sampledRows }, () => random.below(rows))
  let sum = 0
  const cumulative = weights.map(weight => (sum += weight))
  return Float64Array.from({ length: sampledRows }, () => firstAbove(cumulative, random.double() * sum))
}

function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] <= value) low = middle + 1
    else high = middle
  }
  return low
}

function cutsOf(column: Float64Array, maxBins: number, weights: Float64Array | undefined, kernel: BinningKernel | undefined): Float64Array {
  const kept = new Float64Array(column.length)
  let count = 0
  for (let i = 0; i < column.length; i++) if (!Number.isNaN(column[i]) && (!weights || weights[i] !== 0)) kept[count++] = column[i]
  const present = kept.subarray(0, count)
  const sorted = kernel ? kernel.sorted(present) : present.sort()
  // More distinct values than bins need not be known one by one.
  const distinct: number[] = []
  for (let i = 0; i < sorted.length && distinct.length <= maxBins; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct.push(sorted[i])
  if (!distinct.length) {
    throw new LearnError('learn/empty', 'ValueError', 'window shape cannot be larger than input array shape', {
      hint: 'A column has no value at all: drop it.',
    })
  }
  if (distinct.length <= 1) return new Float64Array(0)
  let cuts: Float64Array
  if (distinct.length <= maxBins) cuts = Float64Array.from({ length: distinct.length - 1 }, (_, i) => (distinct[i] + distinct[i + 1]) / 2)
  else {
    const quantile = weights ? weightedQuantiles(column, weights) : (rank: number) => averagedInverse(sorted, rank / 100)
    const step = 100 / maxBins
    cuts = Float64Array.from({ length: maxBins - 1 }, (_, i) => quantile((i + 1) * step))
  }
  const different = cuts.sort().filter((value, i, all) => i === 0 || value !== all[i - 1])
  return different.map(value => Math.min(value, almostInfinite))
}

/** `numpy.quantile(…, method="averaged_inverted_cdf")` of ascending values. */
function averagedInverse(sorted: Float64Array, share: number): number {
  const last = sorted.length - 1
  const position = sorted.length * share - 1
  if (position >= last) return sorted[last]
  if (position < 0) return sorted[0]
  const below = Math.floor(position)
  const above = sorted[Math.min(below + 1, last)]
  return position === below ? above - (above - sorted[below]) * 0.5 : above
}

/** The same with weights. Source: scikit-learn `_weighted_percentile(average=True)`. */
function weightedQuantiles(column: Float64Array, weights: Float64Array): (rank: number) => number {
  const order = Array.from(column.keys()).filter(i => !Number.isNaN(column[i]) && weights[i] !== 0)
  order.sort((a, b) => column[a] - column[b])
  let sum = 0
  const cumulative = Float64Array.from(order, i => (sum += weights[i]))
  const at = (position: number) => column[order[Math.min(position, order.length - 1)]]
  return rank => {
    const wanted = (rank / 100) * sum
    let low = 0
    let high = cumulative.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (cumulative[middle] < wanted) low = middle + 1
      else high = middle
    }
    low = Math.min(low, order.length - 1)
    return cumulative[low] - wanted > Number.EPSILON ? at(low) : (at(low) + at(low + 1)) / 2
  }
}

function binsOf(column: Float64Array, thresholds: Float64Array, missingBin: number): Uint8Array {
  const bins = new Uint8Array(column.length)
  for (let i = 0; i < column.length; i++) {
    const value = column[i]
    if (Number.isNaN(value)) {
      bins[i] = missingBin
      continue
    }
    let left = 0
    let right = thresholds.length
    while (left < right) {
      const middle = left + ((right - left - 1) >> 1)
      if (value <= thresholds[middle]) right = middle
      else left = middle + 1
    }
    bins[i] = left
  }
  return bins
}

import { BaseTransformer } from '../base-transformer.ts'
import { type Features, type FitControl, LearnError, type Matrix, type Params } from '../contract.ts'
import { type FittedData, jsonNumbers } from '../fitted-data.ts'
import { namesIn } from '../input-columns.ts'
import { edgesKernel } from '../kernels/cells-kernel.ts'
import { toMatrix } from '../matrix.ts'
import { eachColumn } from '../matrix-columns.ts'
import { notBuiltIn, valueError } from '../not-built-in.ts'
import { anArray, anInt, aSeed, checkParameters, isFraction, itemsOf, none, numeric, oneOf } from '../parameters.ts'
import { partlySorted, type QuantileMethod, quantileOfSorted } from '../quantiles.ts'
import { RandomState } from '../random-state.ts'
import { aDtype } from './dtype.ts'
import { kMeans1d } from './k-means-1d.ts'
import { linspace } from './linspace.ts'
import { requireMemory } from './require-memory.ts'
import { likeWith } from './scaled.ts'

const quantileMethods = [
  'inverted_cdf',
  'averaged_inverted_cdf',
  'closest_observation',
  'interpolated_inverted_cdf',
  'hazen',
  'weibull',
  'linear',
  'median_unbiased',
  'normal_unbiased',
]

/** Cuts each column into bins. Source: scikit-learn 1.9. */
export class KBinsDiscretizer extends BaseTransformer {
  readonly name = 'KBinsDiscretizer'
  bin_edges_: readonly Float64Array[] = []
  n_bins_ = new Int32Array(0)

  constructor(params: Params = {}) {
    super(
      checkParameters('KBinsDiscretizer', params, {
        n_bins: { default: 5, accepts: [anInt(2), anArray] },
        encode: { default: 'onehot', accepts: [oneOf('onehot', 'onehot-dense', 'ordinal')] },
        strategy: { default: 'quantile', accepts: [oneOf('uniform', 'quantile', 'kmeans')] },
        quantile_method: { default: 'averaged_inverted_cdf', accepts: [oneOf(...quantileMethods)] },
        dtype: { default: null, accepts: [aDtype, none] },
        subsample: { default: 200000, accepts: [anInt(1), none] },
        random_state: { default: null, accepts: [aSeed, none] },
      }),
    )
    const { dtype } = this.params
    if (dtype !== null && dtype !== 'float64') throw notBuiltIn(this.name, 'dtype', dtype!)
  }

  fit(features: Features, _?: unknown, control?: FitControl): this {
    const X = toMatrix(features, this.name, { dense: true })
    this.remember(features)
    const bins = this.wantedBins(X.columns)
    // Levels, quantiles and edges, all columns together.
    requireMemory(
      this.name,
      4,
      bins.reduce((sum, count) => sum + count, 0),
    )
    const rows = this.sampledRows(X.rows)
    const all: Float64Array[] = []
    eachColumn(X, (whole, j) => {
      const column = rows ? Float64Array.from(rows, i => whole[i]) : whole
      const edges = this.edgesOf(column, bins[j], j, control)
      bins[j] = edges.length - 1
      all.push(edges)
    })
    this.bin_edges_ = all
    this.n_bins_ = bins
    return this
  }

  /** @param column overwritten */
  private edgesOf(column: Float64Array, bins: number, j: number, control?: FitControl): Float64Array {
    const [low, high] = rangeOf(column)
    if (low === high) {
      control?.onWarning?.('UserWarning', `Feature ${j} is constant and will be replaced with 0.`)
      return Float64Array.of(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
    }
    const { strategy, quantile_method } = this.params
    if (strategy === 'uniform') return linspace(low, high, bins + 1)
    const edges =
      strategy === 'quantile'
        ? quantiles(
            column,
            linspace(0, 100, bins + 1).map(level => level / 100),
            quantile_method as QuantileMethod,
          )
        : edgesBetween(
            low,
            kMeans1d(column, bins, found => {
              const message = `Number of distinct clusters (${found}) found smaller than n_clusters (${bins}). Possibly due to duplicate points in X.`
              control?.onWarning?.('ConvergenceWarning', message)
            }),
            high,
          )
    const wide = edges.filter((edge, k) => k === 0 || edge - edges[k - 1] > 1e-8)
    if (wide.length - 1 !== bins) {
      control?.onWarning?.(
        'UserWarning',
        `Bins whose width are too small (i.e., <= 1e-8) in feature ${j} are removed. Consider decreasing the number of bins.`,
      )
    }
    return wide
  }

  /** Rows drawn with replacement when there are more than `subsample`. */
  private sampledRows(rows: number): Int32Array | undefined {
    const { subsample, random_state } = this.params
    if (subsample === null || rows <= numeric(subsample!)) return undefined
    if (random_state === null) {
      throw new LearnError(
        'learn/needs-seed',
        'ValueError',
        `${this.name} draws ${numeric(subsample!)} of ${rows} rows: give random_state.`,
        {
          parameter: 'random_state',
          hint: 'Set random_state, or subsample: null to take all rows.',
        },
      )
    }
    const random = new RandomState(numeric(random_state!))
    return Int32Array.from({ length: numeric(subsample!) }, () => random.below(rows))
  }

  private wantedBins(columns: number): Int32Array<ArrayBuffer> {
    const { n_bins } = this.params
    if (typeof n_bins === 'number' || typeof n_bins === 'bigint') return new Int32Array(columns).fill(Number(n_bins))
    const given = itemsOf(n_bins!)
    if (given.length !== columns) throw valueError('n_bins must be a scalar or array of shape (n_features,).', 'n_bins')
    const invalid = given.flatMap((value, j) => (numeric(value) < 2 || (isFraction(value) && !Number.isInteger(numeric(value))) ? [j] : []))
    if (invalid.length) {
      throw valueError(
        `KBinsDiscretizer received an invalid number of bins at indices ${invalid.join(', ')}. Number of bins must be at least 2, and must be an int.`,
        'n_bins',
      )
    }
    return Int32Array.from(given, numeric)
  }

  transform(features: Features, control?: FitControl): Matrix {
    this.requireColumns(features, control)
    const X = toMatrix(features, this.name, { dense: true })
    const names = this.namesFor(features)
    const binned = likeWith(X, binsOf(X, this.bin_edges_), names)
    if (this.params.encode === 'ordinal') return binned
    const columns = this.n_bins_.reduce((sum, bins) => sum + bins, 0)
    requireMemory(this.name, X.rows, columns)
    const offsets = this.n_bins_.map((_, j) => this.n_bins_.slice(0, j).reduce((sum, bins) => sum + bins, 0))
    const data = new Float64Array(X.rows * columns)
    for (let i = 0, at = 0; i < X.rows; i++) for (let j = 0; j < X.columns; j++, at++) data[i * columns + offsets[j] + binned.data[at]] = 1
    return { rows: X.rows, columns, data, names, ...(this.params.encode === 'onehot' ? { sparse: true as const } : {}) }
  }

  override getFeatureNamesOut(inputFeatures?: readonly string[]): readonly string[] {
    const names = namesIn(this, inputFeatures)
    if (this.params.encode === 'ordinal') return names
    return names.flatMap((name, j) => Array.from({ length: this.n_bins_[j] }, (_, bin) => `${name}_${bin}.0`))
  }

  static restore(params: Params, fitted: FittedData): KBinsDiscretizer {
    const discretizer = new KBinsDiscretizer(params).restoreColumns(fitted)
    discretizer.n_bins_ = fitted.ints('n_bins_', {
      low: 1,
      high: 2 ** 31 - 1,
      length: discretizer.n_features_in_,
    }) as Int32Array<ArrayBuffer>
    discretizer.bin_edges_ = fitted.parts('bin_edges_').map((part, j) => part.anyNumbers('edges', discretizer.n_bins_[j] + 1))
    if (discretizer.bin_edges_.length !== discretizer.n_features_in_)
      throw fitted.wrong('bin_edges_', `${discretizer.n_features_in_} lists`)
    return discretizer
  }

  toJSON() {
    return {
      bin_edges_: this.bin_edges_.map(edges => ({ edges: jsonNumbers(edges) })),
      n_bins_: [...this.n_bins_],
      ...this.columnsJSON(),
    }
  }
}

const edgesBetween = (low: number, centres: Float64Array, high: number): Float64Array =>
  Float64Array.of(low, ...Array.from(centres.subarray(1), (centre, k) => (centre + centres[k]) * 0.5), high)

function rangeOf(values: Float64Array): readonly [low: number, high: number] {
  let low = values[0]
  let high = values[0]
  for (let i = 1; i < values.length; i++) {
    if (values[i] < low) low = values[i]
    if (values[i] > high) high = values[i]
  }
  return [low, high]
}

function quantiles(values: Float64Array, shares: Float64Array, method: QuantileMethod): Float64Array {
  const sorted = partlySorted(values, [...shares])
  return shares.map(share => quantileOfSorted(sorted, share, method))
}

/** Up to this many inner edges they are all compared, which takes no guess at a branch. */
const fewEdges = 16

function binsOf(X: Matrix, edges: readonly Float64Array[]): Float64Array {
  const { rows, columns, data } = X
  const bins = new Float64Array(data.length)
  const most = edges.reduce((a, { length }) => Math.max(a, length - 2), 0)
  if (most > fewEdges) {
    for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) bins[at] = binOf(edges[j], data[at])
    return bins
  }
  const inner = new Float64Array(columns * most).fill(Number.POSITIVE_INFINITY)
  edges.forEach((own, j) => {
    inner.set(own.subarray(1, -1), j * most)
  })
  if (edgesKernel(X, inner, most, bins)) return bins
  plainBins(X, inner, most, bins)
  return bins
}

/** The kernel's plain twin. @param inner [columns][most] edges */
export function plainBins({ rows, data }: Matrix, inner: Float64Array, most: number, bins: Float64Array): void {
  for (let i = 0, at = 0; i < rows; i++) {
    for (let from = 0; from < inner.length; from += most, at++) {
      const value = data[at]
      let bin = 0
      for (let k = from; k < from + most; k++) bin += value >= inner[k] ? 1 : 0
      bins[at] = bin
    }
  }
}

/** `np.searchsorted(edges[1:-1], value, side='right')` */
function binOf(edges: Float64Array, value: number): number {
  let low = 1
  let high = edges.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (value < edges[middle]) high = middle
    else low = middle + 1
  }
  return low - 1
}

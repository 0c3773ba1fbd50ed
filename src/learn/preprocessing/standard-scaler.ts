import { BaseTransformer } from '../base-transformer.ts'
import { columnSums, deviationSums, markMissing, missingAsZero } from '../column-sums.ts'
import { type Features, type FitControl, isMatrix, type Matrix, type Params } from '../contract.ts'
import { type FittedData, jsonNumbers } from '../fitted-data.ts'
import { toMatrix } from '../matrix.ts'
import { valueError } from '../not-built-in.ts'
import { aBool, checkParameters } from '../parameters.ts'
import { inverse, type Scaling, scaledFeatures } from './scaled.ts'

/**
 * Centres each column and divides it by its standard deviation; missing values stay.
 * Source: scikit-learn 1.9, `_incremental_mean_and_var` with its correction term; sums in numpy's order, because a mean-imputed column
 * standardises to ~1e-16 and another order of additions changes its float32, hence thresholds of trees.
 */
export class StandardScaler extends BaseTransformer {
  readonly name = 'StandardScaler'
  /** null where nothing needed it: neither mean nor variance is asked for. */
  mean_: Float64Array | null = new Float64Array(0)
  var_: Float64Array | null = new Float64Array(0)
  /** 1 where a column is constant; null without `with_std`. */
  scale_: Float64Array | null = new Float64Array(0)
  /** Rows without a gap: one number where it is the same for all columns. */
  n_samples_seen_: number | Float64Array = 0

  constructor(params: Params = {}) {
    super(
      checkParameters('StandardScaler', params, {
        copy: { default: true, accepts: [aBool] },
        with_mean: { default: true, accepts: [aBool] },
        with_std: { default: true, accepts: [aBool] },
      }),
    )
  }

  fit(features: Features): this {
    this.refuseSparse(features)
    const X = toMatrix(features, this.name, { allowMissing: true })
    this.remember(features)
    if (X.sparse) return this.fitSparse(X)
    // A gap shows in the sum of its column.
    const sums = columnSums(X)
    const missing = sums.some(Number.isNaN) && hasMissing(X.data)
    const holes = missing ? columnSums(X, markMissing) : new Float64Array(X.columns)
    const counts = holes.map(hole => X.rows - hole)
    this.n_samples_seen_ = counts.every(count => count === counts[0]) ? counts[0] : counts
    const mean = (missing ? columnSums(X, missingAsZero) : sums).map((sum, j) => sum / counts[j])
    const { sums: correction, squares } = deviationSums(X, mean, { missing })
    return this.keep(
      mean,
      squares.map((sum, j) => (sum - correction[j] ** 2 / counts[j]) / counts[j]),
      counts,
    )
  }

  /** Means and variances as scikit-learn takes them from the cells that are not 0. Source: `csr_mean_variance_axis0`. */
  private fitSparse({ rows, columns, data }: Matrix): this {
    this.n_samples_seen_ = rows
    const mean = new Float64Array(columns)
    const filled = new Float64Array(columns)
    const each = (visit: (value: number, j: number) => void) => {
      for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) if (data[at] !== 0) visit(data[at], j)
    }
    each((value, j) => {
      mean[j] += value
      filled[j]++
    })
    for (let j = 0; j < columns; j++) mean[j] /= rows
    const correction = new Float64Array(columns)
    const squares = new Float64Array(columns)
    each((value, j) => {
      const difference = value - mean[j]
      correction[j] += difference
      squares[j] += difference * difference
    })
    for (let j = 0; j < columns; j++) {
      const zeros = rows - filled[j]
      if (zeros) correction[j] -= zeros * mean[j]
      correction[j] = correction[j] ** 2 / rows
      if (zeros) squares[j] += zeros * mean[j] ** 2
    }
    const counts = new Float64Array(columns).fill(rows)
    return this.keep(
      mean,
      squares.map((sum, j) => (sum - correction[j]) / rows),
      counts,
    )
  }

  /** Of means and variances those that the parameters ask for. */
  private keep(mean: Float64Array, variances: Float64Array, counts: Float64Array): this {
    const { with_mean, with_std } = this.params
    this.mean_ = with_mean || with_std ? mean : null
    this.var_ = with_std ? variances : null
    this.scale_ = with_std ? variances.map((variance, j) => (isConstant(variance, mean[j], counts[j]) ? 1 : Math.sqrt(variance))) : null
    return this
  }

  transform(features: Features, control?: FitControl): Matrix {
    this.requireColumns(features, control)
    this.refuseSparse(features)
    const { mean_, scale_ } = this
    const scaling: Scaling =
      isMatrix(features) && features.sparse
        ? scale_
          ? { times: inverse(scale_) }
          : {}
        : { ...(this.params.with_mean && mean_ ? { minus: mean_ } : {}), ...(scale_ ? { over: scale_ } : {}) }
    return scaledFeatures(features, this.name, scaling, this.namesFor(features))
  }

  private refuseSparse(features: Features): void {
    if (isMatrix(features) && features.sparse && this.params.with_mean) {
      throw valueError(
        'Cannot center sparse matrices: pass `with_mean=False` instead. See docstring for motivation and alternatives.',
        'with_mean',
        'Set sparse_output: false in the OneHotEncoder before it, or with_mean: false here.',
      )
    }
  }

  static restore(params: Params, fitted: FittedData): StandardScaler {
    const scaler = new StandardScaler(params).restoreColumns(fitted)
    const { with_mean, with_std } = scaler.params
    const numbers = (name: string) => fitted.anyNumbers(name, scaler.n_features_in_)
    scaler.keep(
      with_mean || with_std ? numbers('mean_') : new Float64Array(0),
      with_std ? numbers('var_') : new Float64Array(0),
      new Float64Array(scaler.n_features_in_),
    )
    if (with_std) scaler.scale_ = numbers('scale_')
    scaler.n_samples_seen_ = restoredRowsSeen(fitted)
    return scaler
  }

  toJSON() {
    const { mean_, var_, scale_, n_samples_seen_ } = this
    return {
      mean_: mean_ && jsonNumbers(mean_),
      var_: var_ && jsonNumbers(var_),
      scale_: scale_ && jsonNumbers(scale_),
      n_samples_seen_: typeof n_samples_seen_ === 'number' ? n_samples_seen_ : [...n_samples_seen_],
      ...this.columnsJSON(),
    }
  }
}

/** One number, or one per column; files of earlier versions have none. */
function restoredRowsSeen(fitted: FittedData): number | Float64Array {
  if (!fitted.has('n_samples_seen_')) return 0
  return Array.isArray(fitted.raw('n_samples_seen_'))
    ? fitted.numbers('n_samples_seen_')
    : fitted.int('n_samples_seen_', 0, Number.MAX_SAFE_INTEGER)
}

function hasMissing(data: Float64Array): boolean {
  for (let i = 0; i < data.length; i++) if (Number.isNaN(data[i])) return true
  return false
}

/** Whether a variance is nothing but rounding (`_is_constant_feature`). */
function isConstant(variance: number, mean: number, rows: number): boolean {
  const upper = rows * Number.EPSILON * variance + (rows * mean * Number.EPSILON) ** 2
  return variance <= upper
}

import { BaseTransformer } from '../base-transformer.ts'
import { columnSums, deviationSums, markMissing, missingAsZero } from '../column-sums.ts'
import { type Features, type FitControl, isMatrix, type Matrix, type Params } from '../contract.ts'
import { type FittedData, jsonNumbers } from '../fitted-data.ts'
import { toMatrix } from '../matrix.ts'
import { valueError } from '../not-built-in.ts'
import { aBool, checkParameters } from '../parameters.ts'
import { inverse, type Scaling, scaledMatrix } from './scaled.ts'

/**
 * Centres each column and divides it by its standard deviation; missing values stay.
 * Source: scikit-learn 1.9, `_incremental_mean_and_var` with its correction term; sums in numpy's order, because a mean-imputed column
 * standardises to ~1e-16 and another order of additions changes its float32, hence thresholds of trees.
 */
export class StandardScaler extends BaseTransformer {
  readonly name = 'StandardScaler'
  mean_ = new Float64Array(0)
  var_ = new Float64Array(0)
  /** 1 where a column is constant. */
  scale_ = new Float64Array(0)
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
    const X = this.input(features)
    this.remember(features)
    if (X.sparse) return this.fitSparse(X)
    const missing = hasMissing(X.data)
    const holes = missing ? columnSums(X, markMissing) : new Float64Array(X.columns)
    const counts = holes.map(hole => X.rows - hole)
    this.n_samples_seen_ = counts.every(count => count === counts[0]) ? counts[0] : counts
    const mean = columnSums(X, missing ? missingAsZero : undefined).map((sum, j) => sum / counts[j])
    const { sums: correction, squares } = deviationSums(X, mean, { missing })
    this.mean_ = mean
    this.var_ = squares.map((sum, j) => (sum - correction[j] ** 2 / counts[j]) / counts[j])
    this.scale_ = this.var_.map((variance, j) => (isConstant(variance, mean[j], counts[j]) ? 1 : Math.sqrt(variance)))
    return this
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
    this.mean_ = mean
    this.var_ = squares.map((sum, j) => (sum - correction[j]) / rows)
    this.scale_ = this.var_.map((variance, j) => (isConstant(variance, mean[j], rows) ? 1 : Math.sqrt(variance)))
    return this
  }

  transform(features: Features, control?: FitControl): Matrix {
    this.requireColumns(features, control)
    const X = this.input(features)
    const { with_mean, with_std } = this.params
    const { mean_, scale_ } = this
    const scaling: Scaling = X.sparse
      ? with_std
        ? { times: inverse(scale_) }
        : {}
      : { ...(with_mean ? { minus: mean_ } : {}), ...(with_std ? { over: scale_ } : {}) }
    return scaledMatrix(X, scaling, this.namesFor(features))
  }

  private input(features: Features): Matrix {
    if (isMatrix(features) && features.sparse && this.params.with_mean) {
      throw valueError(
        'Cannot center sparse matrices: pass `with_mean=False` instead. See docstring for motivation and alternatives.',
        'with_mean',
        'Set sparse_output: false in the OneHotEncoder before it, or with_mean: false here.',
      )
    }
    return toMatrix(features, this.name, { allowMissing: true })
  }

  static restore(params: Params, fitted: FittedData): StandardScaler {
    const scaler = new StandardScaler(params)
    scaler.mean_ = fitted.anyNumbers('mean_') as Float64Array<ArrayBuffer>
    scaler.var_ = fitted.anyNumbers('var_', scaler.mean_.length) as Float64Array<ArrayBuffer>
    scaler.scale_ = fitted.anyNumbers('scale_', scaler.mean_.length) as Float64Array<ArrayBuffer>
    return scaler.restoreColumns(fitted)
  }

  toJSON() {
    return { mean_: jsonNumbers(this.mean_), var_: jsonNumbers(this.var_), scale_: jsonNumbers(this.scale_), ...this.columnsJSON() }
  }
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

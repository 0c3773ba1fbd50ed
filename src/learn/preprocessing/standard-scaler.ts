import type { Features, Matrix, Params, Transformer } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { matrixColumn, requireColumns, toMatrix } from '../matrix.ts'
import { pairwiseSum } from '../pairwise-sum.ts'
import { aBool, checkParameters } from '../parameters.ts'

/**
 * Centres each column and divides it by its standard deviation.
 * Source: scikit-learn 1.9, `_incremental_mean_and_var` with its correction term; numpy's pairwise sums over each column, because a
 * mean-imputed column standardises to ~1e-16 and another order of additions changes its float32, hence thresholds of trees.
 */
export class StandardScaler implements Transformer {
  readonly kind = 'transformer'
  readonly name = 'StandardScaler'
  readonly params: Params
  mean_ = new Float64Array(0)
  var_ = new Float64Array(0)
  /** 1 where a column is constant. */
  scale_ = new Float64Array(0)
  private names?: readonly string[]

  constructor(params: Params = {}) {
    this.params = checkParameters('StandardScaler', params, {
      copy: { default: true, accepts: [aBool] },
      with_mean: { default: true, accepts: [aBool] },
      with_std: { default: true, accepts: [aBool] },
    })
  }

  fit(features: Features): this {
    const X = toMatrix(features, this.name)
    this.names = X.names
    this.mean_ = new Float64Array(X.columns)
    this.var_ = new Float64Array(X.columns)
    for (let j = 0; j < X.columns; j++) {
      const column = matrixColumn(X, j)
      const mean = pairwiseSum(column) / X.rows
      for (let i = 0; i < column.length; i++) column[i] -= mean
      const correction = pairwiseSum(column)
      for (let i = 0; i < column.length; i++) column[i] *= column[i]
      this.mean_[j] = mean
      this.var_[j] = (pairwiseSum(column) - (correction * correction) / X.rows) / X.rows
    }
    this.scale_ = this.var_.map((variance, j) => (isConstant(variance, this.mean_[j], X.rows) ? 1 : Math.sqrt(variance)))
    return this
  }

  transform(features: Features): Matrix {
    const X = toMatrix(features, this.name)
    requireColumns(X, this.mean_.length, this.name)
    const data = X.data.slice()
    const { with_mean, with_std } = this.params
    for (let i = 0, j = 0; i < data.length; i++, j = j + 1 === X.columns ? 0 : j + 1) {
      if (with_mean) data[i] -= this.mean_[j]
      if (with_std) data[i] /= this.scale_[j]
    }
    return { ...X, data, ...(this.names ? { names: this.names } : {}) }
  }

  static restore(params: Params, fitted: FittedData): StandardScaler {
    const scaler = new StandardScaler(params)
    scaler.mean_ = fitted.numbers('mean_') as Float64Array<ArrayBuffer>
    scaler.var_ = fitted.numbers('var_', scaler.mean_.length) as Float64Array<ArrayBuffer>
    scaler.scale_ = fitted.numbers('scale_', scaler.mean_.length) as Float64Array<ArrayBuffer>
    scaler.names = fitted.names('feature_names_in_')
    return scaler
  }

  toJSON() {
    return { mean_: [...this.mean_], var_: [...this.var_], scale_: [...this.scale_], feature_names_in_: this.names }
  }
}

/** Whether a variance is nothing but rounding (`_is_constant_feature`). */
function isConstant(variance: number, mean: number, rows: number): boolean {
  const upper = rows * Number.EPSILON * variance + (rows * mean * Number.EPSILON) ** 2
  return variance <= upper
}

import { BaseTransformer } from '../base-transformer.ts'
import type { Features, FitControl, Matrix, Params } from '../contract.ts'
import { type FittedData, jsonNumbers } from '../fitted-data.ts'
import { toMatrix } from '../matrix.ts'
import { aBool, checkParameters } from '../parameters.ts'
import { columnRange } from './column-range.ts'
import { mapCells, withoutZeros } from './scaled.ts'

/** Divides each column by its largest absolute value; missing values stay. Source: scikit-learn 1.9. */
export class MaxAbsScaler extends BaseTransformer {
  readonly name = 'MaxAbsScaler'
  max_abs_ = new Float64Array(0)
  scale_ = new Float64Array(0)
  n_samples_seen_ = 0

  constructor(params: Params = {}) {
    super(
      checkParameters('MaxAbsScaler', params, {
        copy: { default: true, accepts: [aBool] },
        clip: { default: false, accepts: [aBool] },
      }),
    )
  }

  fit(features: Features): this {
    const X = toMatrix(features, this.name, { allowMissing: true })
    this.remember(features)
    this.n_samples_seen_ = X.rows
    this.max_abs_ = columnRange({ ...X, data: X.data.map(Math.abs) }).max
    this.scale_ = withoutZeros(this.max_abs_) as Float64Array<ArrayBuffer>
    return this
  }

  transform(features: Features, control?: FitControl): Matrix {
    this.requireColumns(features, control)
    const X = toMatrix(features, this.name, { allowMissing: true })
    const { scale_ } = this
    // scikit-learn multiplies a sparse matrix by the inverse.
    const scaled = X.sparse ? (value: number, j: number) => value * (1 / scale_[j]) : (value: number, j: number) => value / scale_[j]
    const clip = (value: number) => (value < -1 ? -1 : value > 1 ? 1 : value)
    return mapCells(X, this.params.clip ? (value, j) => clip(scaled(value, j)) : scaled, this.namesFor(features))
  }

  static restore(params: Params, fitted: FittedData): MaxAbsScaler {
    const scaler = new MaxAbsScaler(params).restoreColumns(fitted)
    scaler.max_abs_ = fitted.anyNumbers('max_abs_', scaler.n_features_in_) as Float64Array<ArrayBuffer>
    scaler.scale_ = fitted.anyNumbers('scale_', scaler.n_features_in_) as Float64Array<ArrayBuffer>
    return scaler
  }

  toJSON() {
    return { max_abs_: jsonNumbers(this.max_abs_), scale_: jsonNumbers(this.scale_), ...this.columnsJSON() }
  }
}

import { BaseTransformer } from '../base-transformer.ts'
import { type Features, type FitControl, isMatrix, type Matrix, type Params } from '../contract.ts'
import { type FittedData, jsonNumbers } from '../fitted-data.ts'
import { toMatrix } from '../matrix.ts'
import { aBool, checkParameters } from '../parameters.ts'
import { columnRange } from './column-range.ts'
import { inverse, scaledFeatures, withoutZeros } from './scaled.ts'

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
    const { min, max } = columnRange(X)
    this.max_abs_ = max.map((value, j) => Math.max(value, -min[j]))
    this.scale_ = withoutZeros(this.max_abs_) as Float64Array<ArrayBuffer>
    return this
  }

  transform(features: Features, control?: FitControl): Matrix {
    this.requireColumns(features, control)
    const sparse = isMatrix(features) && features.sparse
    const scaling = sparse ? { times: inverse(this.scale_) } : { over: this.scale_ }
    const clip = this.params.clip ? { clip: [-1, 1] as const } : {}
    return scaledFeatures(features, this.name, { ...scaling, ...clip }, this.namesFor(features))
  }

  static restore(params: Params, fitted: FittedData): MaxAbsScaler {
    const scaler = new MaxAbsScaler(params).restoreColumns(fitted)
    scaler.max_abs_ = fitted.anyNumbers('max_abs_', scaler.n_features_in_) as Float64Array<ArrayBuffer>
    scaler.scale_ = fitted.anyNumbers('scale_', scaler.n_features_in_) as Float64Array<ArrayBuffer>
    if (fitted.has('n_samples_seen_')) scaler.n_samples_seen_ = fitted.int('n_samples_seen_', 0, Number.MAX_SAFE_INTEGER)
    return scaler
  }

  toJSON() {
    return {
      max_abs_: jsonNumbers(this.max_abs_),
      scale_: jsonNumbers(this.scale_),
      n_samples_seen_: this.n_samples_seen_,
      ...this.columnsJSON(),
    }
  }
}

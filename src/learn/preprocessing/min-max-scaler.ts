import { BaseTransformer } from '../base-transformer.ts'
import { type Features, type FitControl, isMatrix, type Matrix, type Params, Tuple } from '../contract.ts'
import { type FittedData, jsonNumbers } from '../fitted-data.ts'
import { toMatrix } from '../matrix.ts'
import { typeError, valueError } from '../not-built-in.ts'
import { aBool, aTuple, checkParameters, itemsOf, numeric, pythonRepr } from '../parameters.ts'
import { columnRange } from './column-range.ts'
import { scaledFeatures, withoutZeros } from './scaled.ts'

/** Moves each column into a range; missing values stay. Source: scikit-learn 1.9. */
export class MinMaxScaler extends BaseTransformer {
  readonly name = 'MinMaxScaler'
  data_min_ = new Float64Array(0)
  data_max_ = new Float64Array(0)
  data_range_ = new Float64Array(0)
  scale_ = new Float64Array(0)
  min_ = new Float64Array(0)
  n_samples_seen_ = 0

  constructor(params: Params = {}) {
    super(
      checkParameters('MinMaxScaler', params, {
        feature_range: { default: new Tuple([0, 1]), accepts: [aTuple] },
        copy: { default: true, accepts: [aBool] },
        clip: { default: false, accepts: [aBool] },
      }),
    )
  }

  fit(features: Features): this {
    const [low, high] = this.range()
    if (!(low < high)) {
      throw valueError(
        `Minimum of desired feature range must be smaller than maximum. Got ${pythonRepr(this.params.feature_range)}.`,
        'feature_range',
      )
    }
    if (isMatrix(features) && features.sparse) {
      throw typeError('MinMaxScaler does not support sparse input. Consider using MaxAbsScaler instead.')
    }
    const X = toMatrix(features, this.name, { allowMissing: true })
    this.remember(features)
    this.n_samples_seen_ = X.rows
    const { min, max } = columnRange(X)
    this.data_min_ = min
    this.data_max_ = max
    this.data_range_ = max.map((value, j) => value - min[j])
    const range = withoutZeros(this.data_range_)
    this.scale_ = range.map(value => (high - low) / value) as Float64Array<ArrayBuffer>
    this.min_ = min.map((value, j) => low - value * this.scale_[j])
    return this
  }

  transform(features: Features, control?: FitControl): Matrix {
    this.requireColumns(features, control)
    const { scale_, min_ } = this
    const scaling = { times: scale_, plus: min_, ...(this.params.clip ? { clip: this.range() } : {}) }
    return scaledFeatures(features, this.name, scaling, this.namesFor(features))
  }

  private range(): readonly [number, number] {
    const [low, high] = itemsOf(this.params.feature_range!).map(numeric)
    return [low, high]
  }

  static restore(params: Params, fitted: FittedData): MinMaxScaler {
    const scaler = new MinMaxScaler(params).restoreColumns(fitted)
    for (const name of ['data_min_', 'data_max_', 'data_range_', 'scale_', 'min_'] as const) {
      scaler[name] = fitted.anyNumbers(name, scaler.n_features_in_) as Float64Array<ArrayBuffer>
    }
    if (fitted.has('n_samples_seen_')) scaler.n_samples_seen_ = fitted.int('n_samples_seen_', 0, Number.MAX_SAFE_INTEGER)
    return scaler
  }

  toJSON() {
    return {
      data_min_: jsonNumbers(this.data_min_),
      data_max_: jsonNumbers(this.data_max_),
      data_range_: jsonNumbers(this.data_range_),
      scale_: jsonNumbers(this.scale_),
      n_samples_seen_: this.n_samples_seen_,
      min_: jsonNumbers(this.min_),
      ...this.columnsJSON(),
    }
  }
}

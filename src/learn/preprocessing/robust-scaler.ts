import { BaseTransformer } from '../base-transformer.ts'
import { type Features, type FitControl, Float, isMatrix, type Matrix, type Params, Tuple } from '../contract.ts'
import { type FittedData, jsonNumbers } from '../fitted-data.ts'
import { toMatrix } from '../matrix.ts'
import { eachColumn } from '../matrix-columns.ts'
import { valueError } from '../not-built-in.ts'
import { normalQuantile } from '../numerics/normal-quantile.ts'
import { aBool, aTuple, checkParameters, itemsOf, numeric, pythonRepr } from '../parameters.ts'
import { maskedMedianOfSorted, medianOfSorted, partlySorted, quantileOfSorted } from '../quantiles.ts'
import { inverse, scaledFeatures, withoutZeros } from './scaled.ts'

/** Centres each column at its median and divides it by the range between two quantiles; missing values stay. Source: scikit-learn 1.9. */
export class RobustScaler extends BaseTransformer {
  readonly name = 'RobustScaler'
  center_: Float64Array | null = null
  scale_: Float64Array | null = null

  constructor(params: Params = {}) {
    super(
      checkParameters('RobustScaler', params, {
        with_centering: { default: true, accepts: [aBool] },
        with_scaling: { default: true, accepts: [aBool] },
        quantile_range: { default: new Tuple([new Float(25), new Float(75)]), accepts: [aTuple] },
        copy: { default: true, accepts: [aBool] },
        unit_variance: { default: false, accepts: [aBool] },
      }),
    )
  }

  fit(features: Features): this {
    const X = toMatrix(features, this.name, { allowMissing: true })
    this.remember(features)
    const { with_centering, with_scaling, unit_variance, quantile_range } = this.params
    const [low, high] = itemsOf(quantile_range!).map(numeric)
    if (!(low >= 0 && low <= high && high <= 100)) {
      throw valueError(`Invalid quantile range: ${pythonRepr(quantile_range)}`, 'quantile_range')
    }
    if (with_centering && isMatrix(features) && features.sparse) {
      throw valueError(
        'Cannot center sparse matrices: use `with_centering=False` instead. See docstring for motivation and alternatives.',
        'with_centering',
      )
    }
    const medians = new Float64Array(X.columns)
    const ranges = new Float64Array(X.columns)
    eachColumn(X, (column, j) => {
      const sorted = partlySorted(column, [low / 100, 0.5, high / 100])
      // numpy takes masked arrays for a few rows.
      medians[j] = X.rows < 600 ? maskedMedianOfSorted(sorted) : medianOfSorted(sorted)
      ranges[j] = quantileOfSorted(sorted, high / 100) - quantileOfSorted(sorted, low / 100)
    })
    this.center_ = with_centering ? medians : null
    this.scale_ = null
    if (with_scaling) {
      const adjust = unit_variance ? normalQuantile(high / 100) - normalQuantile(low / 100) : 1
      this.scale_ = withoutZeros(ranges).map(range => (unit_variance ? range / adjust : range))
    }
    return this
  }

  transform(features: Features, control?: FitControl): Matrix {
    this.requireColumns(features, control)
    const { center_, scale_ } = this
    const names = this.namesFor(features)
    const sparse = isMatrix(features) && features.sparse
    if (sparse && !scale_) return { ...toMatrix(features, this.name, { allowMissing: true }), names }
    const scaling =
      sparse && scale_ ? { times: inverse(scale_) } : { ...(center_ ? { minus: center_ } : {}), ...(scale_ ? { over: scale_ } : {}) }
    return scaledFeatures(features, this.name, scaling, names)
  }

  static restore(params: Params, fitted: FittedData): RobustScaler {
    const scaler = new RobustScaler(params).restoreColumns(fitted)
    scaler.center_ = fitted.isNull('center_') ? null : fitted.anyNumbers('center_', scaler.n_features_in_)
    scaler.scale_ = fitted.isNull('scale_') ? null : fitted.anyNumbers('scale_', scaler.n_features_in_)
    return scaler
  }

  toJSON() {
    return {
      center_: this.center_ && jsonNumbers(this.center_),
      scale_: this.scale_ && jsonNumbers(this.scale_),
      ...this.columnsJSON(),
    }
  }
}

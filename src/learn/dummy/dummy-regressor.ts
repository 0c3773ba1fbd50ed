import type { Features, FitControl, Params, Regressor, Target } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { inputColumns } from '../input-columns.ts'
import { typeError, valueError } from '../not-built-in.ts'
import { pairwiseSum } from '../pairwise-sum.ts'
import { anArray, aReal, checkParameters, itemsOf, none, numeric, oneOf } from '../parameters.ts'
import { medianOfSorted, quantileOfSorted, sortedValues } from '../quantiles.ts'
import { targetValues } from '../target-values.ts'

/** Predicts one value for all rows: what a real model must beat. Source: scikit-learn 1.9. */
export class DummyRegressor implements Regressor {
  readonly kind = 'regressor'
  readonly name = 'DummyRegressor'
  readonly params: Params
  constant_ = 0
  readonly n_outputs_ = 1
  n_features_in_ = 0
  feature_names_in_?: readonly string[]

  constructor(params: Params = {}) {
    this.params = checkParameters('DummyRegressor', params, {
      strategy: { default: 'mean', accepts: [oneOf('mean', 'median', 'quantile', 'constant')] },
      constant: { default: null, accepts: [aReal(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 'neither'), anArray, none] },
      quantile: { default: null, accepts: [aReal(0, 1, 'both'), none] },
    })
  }

  fit(features: Features, y: Target, _?: FitControl): this {
    Object.assign(this, inputColumns(features))
    const values = targetValues(y)
    const { strategy, quantile, constant } = this.params
    if (strategy === 'mean') this.constant_ = pairwiseSum(values) / values.length
    else if (strategy === 'median') this.constant_ = medianOfSorted(sortedValues(values))
    else if (strategy === 'quantile') {
      if (quantile === null) {
        throw valueError("When using `strategy='quantile', you have to specify the desired quantile in the range [0, 1].", 'quantile')
      }
      if (y.type === 'bool') {
        throw typeError(
          'numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.',
          'strategy',
          'Quantiles lie between values, and True and False have nothing between them: take the mean or the median.',
        )
      }
      this.constant_ = quantileOfSorted(sortedValues(values), (numeric(quantile!) * 100) / 100)
    } else {
      if (constant === null) {
        throw typeError('Constant target value has to be specified when the constant strategy is used.', 'constant')
      }
      const items = itemsOf(constant!)
      if (items.length > 1) throw valueError('Constant target value should have shape (1, 1).', 'constant')
      this.constant_ = numeric(items.length ? items[0] : constant!)
    }
    return this
  }

  predict(features: Features): Float64Array {
    return new Float64Array(features.rows).fill(this.constant_)
  }

  static restore(params: Params, fitted: FittedData): DummyRegressor {
    const model = new DummyRegressor(params)
    model.constant_ = fitted.numbers('constant_', 1)[0]
    model.n_features_in_ = fitted.number('n_features_in_', 0)
    const names = fitted.names('feature_names_in_')
    if (names) model.feature_names_in_ = names
    return model
  }

  private columns() {
    return { n_features_in_: this.n_features_in_, feature_names_in_: this.feature_names_in_ }
  }

  toJSON() {
    return { constant_: [this.constant_], ...this.columns() }
  }
}

import type { Features, FitControl, Params, Regressor, Target } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { toMatrix } from '../matrix.ts'
import { checkParameters } from '../parameters.ts'
import { targetValues } from '../target-values.ts'
import { KNeighbors, neighborParameters } from './k-neighbors.ts'

/** The mean of the nearest rows' values. Source: scikit-learn 1.9. */
export class KNeighborsRegressor extends KNeighbors implements Regressor {
  readonly kind = 'regressor'
  readonly name = 'KNeighborsRegressor'
  readonly params: Params
  private values: Float64Array = new Float64Array(0)

  constructor(params: Params = {}) {
    super()
    this.params = checkParameters('KNeighborsRegressor', params, neighborParameters)
  }

  fit(features: Features, y: Target, _?: FitControl): this {
    const X = toMatrix(features, this.name)
    const values = targetValues(y)
    this.fitRows(features, X)
    this.values = values
    return this
  }

  predict(features: Features): Float64Array {
    const { k, indices, weights } = this.neighbors(features)
    return Float64Array.from({ length: indices.length / k }, (_, i) => {
      let sum = 0
      let total = 0
      for (let at = i * k; at < (i + 1) * k; at++) {
        sum += this.values[indices[at]] * weights[at]
        total += weights[at]
      }
      return sum / total
    })
  }

  static restore(params: Params, fitted: FittedData): KNeighborsRegressor {
    const model = new KNeighborsRegressor(params).restoreRows(fitted)
    model.values = fitted.numbers('y', model.n_samples_fit_)
    return model
  }

  toJSON() {
    return { y: [...this.values], ...this.rowsJSON() }
  }
}

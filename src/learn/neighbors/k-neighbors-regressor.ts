import { type Features, type FitControl, LearnError, type Params, type Regressor, type Target } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { toMatrix } from '../matrix.ts'
import { checkParameters } from '../parameters.ts'
import { requireKnown, targetValues } from '../target-values.ts'
import { KNeighbors, neighborParameters } from './k-neighbors.ts'

/** The mean of the nearest rows' values. Source: scikit-learn 1.9. */
export class KNeighborsRegressor extends KNeighbors implements Regressor {
  readonly kind = 'regressor'
  readonly name = 'KNeighborsRegressor'
  readonly params: Params
  /** Per training row; the name of a column of text, which only a prediction stumbles over. */
  private learnt: Float64Array | string = new Float64Array(0)

  constructor(params: Params = {}) {
    super()
    this.params = checkParameters('KNeighborsRegressor', params, neighborParameters)
  }

  fit(features: Features, y: Target, control?: FitControl): this {
    const X = toMatrix(features, this.name)
    if (y.type === 'text') requireKnown(y)
    const values = y.type === 'text' ? undefined : targetValues(y)
    this.fitRows(features, X, control)
    this.learnt = values ?? y.name
    return this
  }

  predict(features: Features): Float64Array {
    const { k, indices, weights } = this.neighbors(features)
    const { learnt } = this
    if (typeof learnt === 'string') throw this.textTarget(learnt)
    return Float64Array.from({ length: indices.length / k }, (_, i) => {
      let sum = 0
      let total = 0
      for (let at = i * k; at < (i + 1) * k; at++) {
        sum += learnt[indices[at]] * weights[at]
        total += weights[at]
      }
      return sum / total
    })
  }

  /** scikit-learn fits on text and fails when it adds the neighbours' values up. */
  private textTarget(column: string): LearnError {
    const message =
      this.params.weights === 'distance'
        ? "can't multiply sequence by non-int of type 'float'"
        : "unsupported operand type(s) for /: 'str' and 'int'"
    return new LearnError('learn/not-numeric', 'TypeError', message, {
      column,
      hint: `The target column '${column}' holds text: use KNeighborsClassifier.`,
    })
  }

  static restore(params: Params, fitted: FittedData): KNeighborsRegressor {
    const model = new KNeighborsRegressor(params).restoreRows(fitted)
    model.learnt = fitted.numbers('y', model.n_samples_fit_)
    return model
  }

  toJSON() {
    return { y: [...this.learnt], ...this.rowsJSON() }
  }
}

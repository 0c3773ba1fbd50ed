import { columnSums } from '../column-sums.ts'
import type { Features, FitControl, Matrix } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { inputColumns, requireSameNames } from '../input-columns.ts'
import { matrixColumns } from '../matrix-columns.ts'
import { pairwiseSum } from '../pairwise-sum.ts'
import { rawPredictions } from './raw-predictions.ts'

/** Columns of numbers around their means, and the means. */
export interface Centred {
  /** By columns, each [rows]. */
  readonly columns: readonly Float64Array[]
  readonly offsets: Float64Array
}

export interface Centring {
  readonly intercept: boolean
  readonly weights?: Float64Array
}

/** The columns of `X`, with their (weighted) means taken off when an intercept is learnt. */
export function centredColumns(X: Matrix, given: Centring): Centred {
  const offsets = columnOffsets(X, given)
  return { columns: lessOffsets(X, offsets), offsets }
}

/** (Weighted) means of the columns when an intercept is learnt, else 0. */
export function columnOffsets(X: Matrix, { intercept, weights }: Centring): Float64Array {
  const { rows, columns, data } = X
  const total = weights ? pairwiseSum(weights) : rows
  const offsets = new Float64Array(columns)
  if (intercept && weights) {
    for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) offsets[j] += weights[i] * data[at]
    for (let j = 0; j < columns; j++) offsets[j] /= total
  } else if (intercept) offsets.set(columnSums(X).map(sum => sum / rows))
  return offsets
}

/** The columns of `X`, each less its offset. */
export const lessOffsets = (X: Matrix, offsets: Float64Array): Float64Array[] => matrixColumns(X, { minus: offsets })

/** A target around its (weighted) mean. */
export function centredTarget(y: Float64Array, { intercept, weights }: Centring) {
  if (!intercept) return { values: y.slice(), offset: 0 }
  const offset = weights ? y.reduce((sum, value, i) => sum + weights[i] * value, 0) / pairwiseSum(weights) : pairwiseSum(y) / y.length
  return { values: y.map(value => value - offset), offset }
}

/** What linear models have in common: `coef_` rows of one output each, an intercept for each. */
export abstract class LinearModel {
  abstract readonly name: string
  n_features_in_ = 0
  feature_names_in_?: readonly string[]
  /** [outputs][features] */
  protected weights: readonly Float64Array[] = []
  protected constants: Float64Array = new Float64Array(0)

  protected remember(features: Features): void {
    const seen = inputColumns(features)
    this.n_features_in_ = seen.n_features_in_
    if (seen.feature_names_in_) this.feature_names_in_ = seen.feature_names_in_
    else delete this.feature_names_in_
  }

  protected setOutputs(coef: readonly Float64Array[], offsets: Float64Array, targets: readonly number[], intercept: boolean): void {
    this.weights = coef
    this.constants = Float64Array.from(coef, (row, k) =>
      intercept ? targets[k] - row.reduce((sum, value, j) => sum + value * offsets[j], 0) : 0,
    )
  }

  /** [rows, outputs] */
  protected raw(features: Features, control?: FitControl): Matrix {
    requireSameNames(features, this, this.name, control)
    return rawPredictions(features, this.weights, this.constants, this.name)
  }

  protected restoreLinear(fitted: FittedData): this {
    this.weights = fitted.rows('coef_')
    this.constants = fitted.numbers('intercept_', this.weights.length)
    this.n_features_in_ = this.weights[0]?.length ?? 0
    const names = fitted.names('feature_names_in_')
    if (names) this.feature_names_in_ = names
    return this
  }

  protected linearJSON() {
    return {
      coef_: this.weights.map(row => [...row]),
      intercept_: [...this.constants],
      feature_names_in_: this.feature_names_in_,
    }
  }
}

/** A linear model of one value. */
export abstract class LinearRegressor extends LinearModel {
  readonly kind = 'regressor'

  get coef_(): Float64Array {
    return this.weights[0] ?? new Float64Array(0)
  }

  get intercept_(): number {
    return this.constants[0] ?? 0
  }

  predict(features: Features, control?: FitControl): Float64Array {
    return this.raw(features, control).data
  }
}

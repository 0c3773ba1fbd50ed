import { lsqr } from '../algebra/lsqr.ts'
import { nnls } from '../algebra/nnls.ts'
import { svd } from '../algebra/svd.ts'
import type { Features, FitControl, Params, Regressor, Target } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { toMatrix } from '../matrix.ts'
import { aBool, anyInt, aReal, checkParameters, none, numeric } from '../parameters.ts'
import { targetValues } from '../target-values.ts'
import { centredColumns, centredTarget, LinearRegressor } from './linear-model.ts'
import { operatorOf } from './operator-of.ts'
import { requireFiniteArrays } from './require-finite-arrays.ts'

/**
 * Ordinary least squares: the shortest of the best solutions.
 * Source: scikit-learn 1.9: singular values below `tol` times the largest count as zero; sparse data go through LSQR there, so also here.
 */
export class LinearRegression extends LinearRegressor implements Regressor {
  readonly name = 'LinearRegression'
  readonly params: Params
  rank_?: number
  singular_?: Float64Array

  constructor(params: Params = {}) {
    super()
    this.params = checkParameters('LinearRegression', params, {
      fit_intercept: { default: true, accepts: [aBool] },
      copy_X: { default: true, accepts: [aBool] },
      tol: { default: 1e-6, accepts: [aReal(0, Number.POSITIVE_INFINITY, 'left')] },
      n_jobs: { default: null, accepts: [anyInt, none] },
      positive: { default: false, accepts: [aBool] },
    })
  }

  fit(features: Features, y: Target, _?: FitControl): this {
    const X = toMatrix(features, this.name)
    const intercept = this.params.fit_intercept as boolean
    const { values, offset } = centredTarget(targetValues(y), { intercept })
    const { columns, offsets } = centredColumns(X, { intercept })
    this.remember(features)
    this.setOutputs([this.solve(columns, values, X.sparse === true)], offsets, [offset], intercept)
    return this
  }

  private solve(columns: readonly Float64Array[], y: Float64Array, sparse: boolean): Float64Array {
    if (this.params.positive) return nnls(columns, y)
    const tolerance = numeric(this.params.tol!)
    if (sparse) return lsqr(operatorOf(columns), y, { tolerance }).x
    requireFiniteArrays(columns, [y])
    const { s, vt, utb } = svd(columns, [y])
    const rank = s.filter(value => value > tolerance * s[0]).length
    this.rank_ = rank
    this.singular_ = s
    const coef = new Float64Array(columns.length)
    for (let k = 0; k < rank; k++) {
      const amount = utb[0][k] / s[k]
      for (let j = 0; j < coef.length; j++) coef[j] += amount * vt[k][j]
    }
    return coef
  }

  static restore(params: Params, fitted: FittedData): LinearRegression {
    const model = new LinearRegression(params).restoreLinear(fitted)
    if (fitted.has('rank_')) model.rank_ = fitted.int('rank_', 0, 2 ** 31 - 1)
    if (fitted.has('singular_')) model.singular_ = fitted.numbers('singular_')
    return model
  }

  toJSON() {
    return { ...this.linearJSON(), rank_: this.rank_, singular_: this.singular_ && [...this.singular_] }
  }
}

import type { Features, FitControl, Matrix, Params, ParamValue, Regressor, Target } from '../contract.ts'
import { LearnError } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { columnSpace } from '../kernels/column-space.ts'
import { toMatrix } from '../matrix.ts'
import { matrixColumns } from '../matrix-columns.ts'
import { notBuiltIn } from '../not-built-in.ts'
import { aBool, anArray, anInt, aReal, aSeed, checkParameters, none, numeric, oneOf } from '../parameters.ts'
import { pythonFloat } from '../python-float.ts'
import { targetValues } from '../target-values.ts'
import { refuseGoingOn } from '../warm-start.ts'
import { coordinateDescent, plainSpace } from './coordinate-descent.ts'
import { centredTarget, columnOffsets, LinearRegressor } from './linear-model.ts'

const infinity = Number.POSITIVE_INFINITY
const common = {
  alpha: { default: 1, accepts: [aReal(0, infinity, 'left')] },
  fit_intercept: { default: true, accepts: [aBool] },
  precompute: { default: false, accepts: [aBool, anArray] },
  copy_X: { default: true, accepts: [aBool] },
  max_iter: { default: 1000, accepts: [anInt(1), none] },
  tol: { default: 1e-4, accepts: [aReal(0, infinity, 'left')] },
  warm_start: { default: false, accepts: [aBool] },
  positive: { default: false, accepts: [aBool] },
  random_state: { default: null, accepts: [aSeed, none] },
  selection: { default: 'cyclic', accepts: [oneOf('cyclic', 'random')] },
} as const

/** Least squares with l1 and l2 penalties, by scikit-learn 1.9's coordinate descent. */
export class ElasticNet extends LinearRegressor implements Regressor {
  readonly name: string = 'ElasticNet'
  readonly params: Params
  n_iter_ = 0
  dual_gap_ = 0

  constructor(params: Params = {}) {
    super()
    this.params = this.checked(params)
    if (typeof this.params.precompute !== 'boolean') throw notBuiltIn(this.name, 'precompute', this.params.precompute!)
  }

  protected checked(params: Params): Record<string, ParamValue> {
    return checkParameters('ElasticNet', params, { ...common, l1_ratio: { default: 0.5, accepts: [aReal(0, 1, 'both')] } })
  }

  protected ratio(): number {
    return numeric(this.params.l1_ratio!)
  }

  /** `coef_` as a sparse matrix [1, features]. */
  get sparse_coef_(): Matrix {
    return { rows: 1, columns: this.coef_.length, data: this.coef_, sparse: true }
  }

  fit(features: Features, y: Target, control?: FitControl): this {
    const p = this.params as Record<string, ParamValue>
    refuseGoingOn(this, p, this.n_features_in_ > 0)
    const X = toMatrix(features, this.name)
    const intercept = p.fit_intercept as boolean
    if (numeric(p.alpha) === 0) {
      control?.onWarning?.(
        'UserWarning',
        'With alpha=0, this algorithm does not converge well. You are advised to use the LinearRegression estimator',
      )
    }
    if (p.selection === 'random' && p.random_state === null) {
      throw new LearnError('learn/needs-seed', 'ValueError', `${this.name} with selection='random' draws coordinates: give random_state.`, {
        parameter: 'random_state',
      })
    }
    const { values, offset } = centredTarget(targetValues(y), { intercept })
    const offsets = columnOffsets(X, { intercept })
    const space = columnSpace(X, offsets, values) ?? plainSpace(matrixColumns(X, { minus: offsets }), values)
    const found = coordinateDescent(space, values, {
      alpha: numeric(p.alpha) * this.ratio() * X.rows,
      beta: numeric(p.alpha) * (1 - this.ratio()) * X.rows,
      tol: numeric(p.tol),
      maxIterations: p.max_iter === null ? 1000 : numeric(p.max_iter),
      positive: p.positive as boolean,
      ...(p.selection === 'random' ? { seed: numeric(p.random_state) } : {}),
    })
    if (!found.converged) {
      control?.onWarning?.(
        'ConvergenceWarning',
        `Objective did not converge. You might want to increase the number of iterations, check the scale of the features or consider increasing regularisation. Duality gap: ${exponential(found.gap, 6)}, tolerance: ${exponential(found.tolerance, 3)}`,
      )
    }
    this.remember(features)
    this.n_iter_ = found.iterations
    this.dual_gap_ = found.gap / X.rows
    this.setOutputs([found.w], offsets, [offset], intercept)
    return this
  }

  protected restoreDescent(fitted: FittedData): this {
    this.n_iter_ = fitted.number('n_iter_', 0)
    this.dual_gap_ = fitted.number('dual_gap_', 0)
    return this.restoreLinear(fitted)
  }

  static restore(params: Params, fitted: FittedData): ElasticNet {
    return new ElasticNet(params).restoreDescent(fitted)
  }

  toJSON() {
    return { ...this.linearJSON(), n_iter_: this.n_iter_, dual_gap_: this.dual_gap_ }
  }
}

/** Least squares with an l1 penalty. */
export class Lasso extends ElasticNet {
  override readonly name = 'Lasso'

  protected override checked(params: Params): Record<string, ParamValue> {
    return checkParameters('Lasso', params, common)
  }

  protected override ratio(): number {
    return 1
  }

  static override restore(params: Params, fitted: FittedData): Lasso {
    return new Lasso(params).restoreDescent(fitted)
  }
}

/** Python's `{:.6e}`. */
const exponential = (value: number, digits: number): string =>
  !Number.isFinite(value) ? pythonFloat(value) : value.toExponential(digits).replace(/e([+-])(\d)$/, 'e$10$2')

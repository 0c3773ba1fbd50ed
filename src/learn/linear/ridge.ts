import type { Features, FitControl, Params, ParamValue, Regressor, Target } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { toMatrix } from '../matrix.ts'
import { checkParameters, numeric } from '../parameters.ts'
import { targetValues } from '../target-values.ts'
import { centredTarget, columnOffsets, LinearRegressor, lessOffsets } from './linear-model.ts'
import { alphasOf, drawsOf, ridgeParameters, ridgeSolver } from './ridge-parameters.ts'
import { normalEquations, solveRidge } from './solve-ridge.ts'

/** Least squares with an l2 penalty. Source: scikit-learn 1.9. */
export class Ridge extends LinearRegressor implements Regressor {
  readonly name = 'Ridge'
  readonly params: Params
  n_iter_: number | null = null
  solver_ = ''

  constructor(params: Params = {}) {
    super()
    this.params = checkParameters('Ridge', params, ridgeParameters)
  }

  fit(features: Features, y: Target, control?: FitControl): this {
    const X = toMatrix(features, this.name)
    const target = targetValues(y)
    const solver = ridgeSolver(this.params, X.sparse === true)
    const p = this.params as Record<keyof typeof ridgeParameters, ParamValue>
    const intercept = p.fit_intercept as boolean
    const { values, offset } = centredTarget(target, { intercept })
    const offsets = columnOffsets(X, { intercept })
    const sparseRows = X.sparse && intercept && solver === 'sag' ? X : undefined
    const data = {
      width: X.columns,
      columns: () => lessOffsets(X, offsets),
      ...(sparseRows ? { sparseRows } : {}),
      normal: (targets: readonly Float64Array[]) => normalEquations(X, offsets, targets),
    }
    const solved = solveRidge(data, [values], alphasOf(p.alpha, 1), {
      solver,
      sparse: X.sparse === true,
      positive: p.positive as boolean,
      tol: numeric(p.tol),
      maxIterations: p.max_iter === null ? null : numeric(p.max_iter),
      ...drawsOf(this.params, control),
    })
    this.remember(features)
    this.n_iter_ = solved.iterations?.[0] ?? null
    this.solver_ = solved.solver
    const own = solved.intercept
    this.setOutputs(solved.coef, own ? offsets.map(() => 0) : offsets, own ? [own[0] + offset] : [offset], intercept)
    return this
  }

  static restore(params: Params, fitted: FittedData): Ridge {
    const model = new Ridge(params).restoreLinear(fitted)
    if (fitted.has('n_iter_') && !fitted.isNull('n_iter_')) model.n_iter_ = fitted.number('n_iter_', 0)
    if (fitted.has('solver_')) model.solver_ = fitted.text('solver_')
    return model
  }

  toJSON() {
    return { ...this.linearJSON(), n_iter_: this.n_iter_, solver_: this.solver_ }
  }
}

import { rowWeights } from '../class-weight.ts'
import {
  type Classifier,
  type Features,
  type FitControl,
  float,
  type Matrix,
  type Params,
  type ParamValue,
  type Target,
} from '../contract.ts'
import { argmaxRows, positiveRows } from '../ensemble/argmax-rows.ts'
import type { FittedData } from '../fitted-data.ts'
import { inputColumns, requireSameNames } from '../input-columns.ts'
import { withoutPauses } from '../kernels/tree-memory.ts'
import { encodeClasses, requireTwoClasses } from '../labels.ts'
import { toMatrix } from '../matrix.ts'
import { valueError } from '../not-built-in.ts'
import { aBool, aDict, anInt, anyInt, aReal, aSeed, checkParameters, none, numeric, oneOf, pythonRepr } from '../parameters.ts'
import { refuseGoingOn } from '../warm-start.ts'
import { fittingLogistic, type Penalty, type Solver } from './fit-logistic.ts'
import { rawPredictions } from './raw-predictions.ts'

const infinity = Number.POSITIVE_INFINITY
const millisecondsOfWork = 20
const known = {
  penalty: { default: 'deprecated', accepts: [oneOf('l1', 'l2', 'elasticnet', 'deprecated'), none] },
  C: { default: 1, accepts: [aReal(0, infinity, 'right')] },
  l1_ratio: { default: float(0), accepts: [aReal(0, 1, 'both'), none] },
  dual: { default: false, accepts: [aBool] },
  tol: { default: 0.0001, accepts: [aReal(0, infinity, 'left')] },
  fit_intercept: { default: true, accepts: [aBool] },
  intercept_scaling: { default: 1, accepts: [aReal(0, infinity, 'neither')] },
  class_weight: { default: null, accepts: [aDict, oneOf('balanced'), none] },
  random_state: { default: null, accepts: [aSeed, none] },
  solver: { default: 'lbfgs', accepts: [oneOf('lbfgs', 'liblinear', 'newton-cg', 'newton-cholesky', 'sag', 'saga')] },
  max_iter: { default: 100, accepts: [anInt(0)] },
  verbose: { default: 0, accepts: [anInt(0), aBool] },
  warm_start: { default: false, accepts: [aBool] },
  n_jobs: { default: null, accepts: [anyInt, none] },
} as const

/**
 * Logistic regression on the mean loss.
 * `lbfgs` and `newton-cholesky` take scikit-learn's own steps with its stopping rules: same `n_iter_`, coefficients within 1e-9 relative on
 * scaled data; so do `newton-cg`, and `sag` and `saga`, draw by draw. `liblinear` goes to the minimum that scikit-learn's approaches: to a tolerance.
 * Source: scikit-learn 1.9; binary or multinomial by the number of classes.
 */
export class LogisticRegression implements Classifier {
  readonly kind = 'classifier'
  readonly name = 'LogisticRegression'
  readonly params: Params
  classes_: readonly (number | string | boolean)[] = []
  /** [1, features] for two classes, else [classes, features]. */
  coef_: readonly Float64Array[] = []
  intercept_ = new Float64Array(0)
  n_iter_: readonly number[] = []
  n_features_in_ = 0
  feature_names_in_?: readonly string[]

  constructor(params: Params = {}) {
    this.params = checkParameters(this.name, params, known)
  }

  fit(features: Features, y: Target, control?: FitControl): this {
    return withoutPauses(this.fitting(features, y, control))
  }

  async fitAsync(features: Features, y: Target, control: FitControl = {}): Promise<this> {
    const fitting = this.fitting(features, y, control)
    for (let rested = performance.now(); !fitting.next().done; ) {
      if (performance.now() - rested < millisecondsOfWork) continue
      await new Promise(resolve => setTimeout(resolve))
      control.signal?.throwIfAborted()
      rested = performance.now()
    }
    return this
  }

  private *fitting(features: Features, y: Target, control?: FitControl): Generator<void, this> {
    const p = this.params as Record<keyof typeof known, ParamValue>
    refuseGoingOn(this, p, this.coef_.length > 0)
    const solver = p.solver as Solver
    const { kind, ratio } = this.penalty(solver, control)
    if (p.n_jobs !== null) {
      control?.onWarning?.(
        'FutureWarning',
        `'n_jobs' has no effect since 1.8 and will be removed in 1.10. You provided 'n_jobs=${p.n_jobs}', please leave it unspecified.`,
      )
    }
    const X = toMatrix(features, this.name)
    const labels = encodeClasses(y, control)
    if (solver === 'liblinear' && labels.classes.length !== 2) {
      throw valueError(
        "The 'liblinear' solver does not support multiclass classification (n_classes >= 3). Either use another solver or wrap the estimator in a OneVsRestClassifier to keep applying a one-versus-rest scheme.",
        'solver',
      )
    }
    requireTwoClasses(labels, y.name)
    if (solver === 'liblinear' && kind === 'l1' && p.dual) {
      const given = "penalty='l1', loss='logistic_regression', dual=True"
      throw valueError(
        `Unsupported set of arguments: The combination of penalty='l1' and loss='logistic_regression' are not supported when dual=True, Parameters: ${given}`,
        'dual',
      )
    }
    this.classes_ = labels.classes
    const seen = inputColumns(features)
    this.n_features_in_ = seen.n_features_in_
    if (X.names) this.feature_names_in_ = X.names
    const weights = rowWeights(p.class_weight, labels)
    const fitted = yield* fittingLogistic(X, labels, {
      solver,
      penalty: kind,
      C: kind === 'none' ? infinity : numeric(p.C),
      l1Ratio: ratio,
      tol: numeric(p.tol),
      intercept: p.fit_intercept as boolean,
      interceptScaling: numeric(p.intercept_scaling),
      maxIterations: numeric(p.max_iter),
      seed: p.random_state === null ? null : numeric(p.random_state),
      ...(weights ? { weights } : {}),
      warn: (category, message) => control?.onWarning?.(category, message),
    })
    this.coef_ = fitted.coef
    this.intercept_ = fitted.intercept as Float64Array<ArrayBuffer>
    this.n_iter_ = [fitted.iterations]
    return this
  }

  /**
   * What `penalty`, `l1_ratio` and `C` together ask for, with scikit-learn's warnings about them, in its order.
   *
   * @throws LearnError when the solver cannot do it
   */
  private penalty(solver: Solver, control?: FitControl): { readonly kind: Penalty; readonly ratio: number } {
    const { penalty, l1_ratio, C } = this.params as Record<keyof typeof known, ParamValue>
    const ratio = l1_ratio === null ? undefined : numeric(l1_ratio)
    const warn = (message: string, category = 'UserWarning') => control?.onWarning?.(category, message)
    if (penalty === 'deprecated' && ratio === undefined) {
      warn("'l1_ratio=None' was deprecated in version 1.8 and will trigger an error in 1.10. Use 0<=l1_ratio<=1 instead.", 'FutureWarning')
    }
    const kind = this.penaltyKind(ratio ?? 0)
    this.requireFitting(solver, kind)
    if (kind !== 'elasticnet' && ratio !== undefined && ratio > 0 && ratio < 1) {
      warn(`l1_ratio parameter is only used when penalty is 'elasticnet'. Got (penalty=${kind === 'none' ? 'None' : kind})`)
    }
    if ((penalty === 'l2' && ratio !== 0) || (penalty === 'l1' && ratio !== 1)) {
      warn(
        `Inconsistent values: penalty=${penalty} with l1_ratio=${ratio === undefined ? 'None' : pythonRepr(l1_ratio)}. penalty is deprecated. Please use l1_ratio only.`,
      )
    }
    if (kind === 'elasticnet' && ratio === undefined) throw valueError('l1_ratio must be specified when penalty is elasticnet.', 'l1_ratio')
    if (penalty === null && numeric(C) !== 1) warn('Setting penalty=None will ignore the C and l1_ratio parameters')
    return { kind, ratio: kind === 'l1' ? 1 : kind === 'elasticnet' ? ratio! : 0 }
  }

  private penaltyKind(ratio: number): Penalty {
    const { penalty, C } = this.params as Record<keyof typeof known, ParamValue>
    if (penalty !== 'deprecated') return penalty === null ? 'none' : (penalty as Penalty)
    if (numeric(C) === infinity) return 'none'
    return ratio === 0 ? 'l2' : ratio === 1 ? 'l1' : 'elasticnet'
  }

  /** @throws LearnError in scikit-learn's words when a solver cannot do what is asked */
  private requireFitting(solver: Solver, penalty: Penalty): void {
    if (solver !== 'liblinear' && solver !== 'saga' && penalty !== 'l2' && penalty !== 'none') {
      throw valueError(`Solver ${solver} supports only 'l2' or None penalties, got ${penalty} penalty.`, 'solver')
    }
    if (solver !== 'liblinear' && this.params.dual) throw valueError(`Solver ${solver} supports only dual=False, got dual=True`, 'dual')
    if (penalty === 'elasticnet' && solver !== 'saga') {
      throw valueError(`Only 'saga' solver supports elasticnet penalty, got solver=${solver}.`, 'solver')
    }
    if (solver === 'liblinear' && penalty === 'none') {
      throw valueError('C=np.inf as well as penalty=None is not supported for the liblinear solver', 'solver')
    }
  }

  /** [rows, 1] for two classes, else [rows, classes]. */
  decisionFunction(features: Features): Matrix {
    requireSameNames(features, this, this.name)
    return rawPredictions(features, this.coef_, this.intercept_, this.name)
  }

  predictProba(features: Features): Matrix {
    const decision = this.decisionFunction(features)
    const { rows, columns } = decision
    const classes = this.classes_.length
    const data = new Float64Array(rows * classes)
    for (let i = 0; i < rows; i++) {
      if (columns === 1) {
        const positive = 1 / (1 + Math.exp(-decision.data[i]))
        data[2 * i] = 1 - positive
        data[2 * i + 1] = positive
        continue
      }
      const row = decision.data.subarray(i * columns, (i + 1) * columns)
      const most = row.reduce((a, b) => Math.max(a, b))
      let sum = 0
      for (let k = 0; k < classes; k++) sum += data[i * classes + k] = Math.exp(row[k] - most)
      for (let k = 0; k < classes; k++) data[i * classes + k] /= sum
    }
    return { rows, columns: classes, data }
  }

  predictIndex(features: Features): Int32Array {
    const decision = this.decisionFunction(features)
    return decision.columns === 1 ? positiveRows(decision) : argmaxRows(decision)
  }

  static restore(params: Params, fitted: FittedData): LogisticRegression {
    const model = new LogisticRegression(params)
    model.classes_ = fitted.labels('classes_')
    const outputs = model.classes_.length === 2 ? 1 : model.classes_.length
    model.coef_ = fitted.rows('coef_')
    if (model.coef_.length !== outputs) throw fitted.wrong('coef_', `${outputs} row(s)`)
    model.n_features_in_ = model.coef_[0].length
    model.intercept_ = fitted.numbers('intercept_', outputs) as Float64Array<ArrayBuffer>
    model.n_iter_ = [...fitted.numbers('n_iter_')]
    model.feature_names_in_ = fitted.names('feature_names_in_')
    return model
  }

  toJSON() {
    return {
      classes_: this.classes_,
      coef_: this.coef_.map(row => [...row]),
      intercept_: [...this.intercept_],
      n_iter_: this.n_iter_,
      feature_names_in_: this.feature_names_in_,
    }
  }
}

import {
  type Classifier,
  type Features,
  type FitControl,
  LearnError,
  type Matrix,
  type Params,
  type ParamValue,
  type Target,
} from '../contract.ts'
import { argmaxRows } from '../ensemble/argmax-rows.ts'
import type { FittedData } from '../fitted-data.ts'
import { encodeLabels, requireTwoClasses } from '../labels.ts'
import { requireColumns, toMatrix } from '../matrix.ts'
import { aBool, anInt, anyInt, aReal, aSeed, checkParameters, none, numeric, oneOf } from '../parameters.ts'
import { lbfgs } from './lbfgs.ts'
import { binaryLoss, multinomialLoss } from './logistic-loss.ts'

const infinity = Number.POSITIVE_INFINITY
const known = {
  C: { default: 1, accepts: [aReal(0, infinity, 'right')] },
  l1_ratio: { default: 0, accepts: [aReal(0, 1, 'both'), none] },
  dual: { default: false, accepts: [aBool] },
  tol: { default: 0.0001, accepts: [aReal(0, infinity, 'left')] },
  fit_intercept: { default: true, accepts: [aBool] },
  intercept_scaling: { default: 1, accepts: [aReal(0, infinity, 'neither')] },
  class_weight: { default: null, accepts: [oneOf('balanced'), none] },
  random_state: { default: null, accepts: [aSeed, none] },
  solver: { default: 'lbfgs', accepts: [oneOf('lbfgs', 'liblinear', 'newton-cg', 'newton-cholesky', 'sag', 'saga')] },
  max_iter: { default: 100, accepts: [anInt(0)] },
  verbose: { default: 0, accepts: [anInt(0), aBool] },
  warm_start: { default: false, accepts: [aBool] },
  n_jobs: { default: null, accepts: [anyInt, none] },
} as const
const onlyDefault = ['l1_ratio', 'dual', 'class_weight', 'solver', 'warm_start'] as const

/**
 * Logistic regression by L-BFGS on the mean loss, with scikit-learn's stopping rules: same `n_iter_`, coefficients within 1e-9 relative on scaled data.
 * Source: scikit-learn 1.9 `LogisticRegression(solver='lbfgs')`; binary or multinomial by the number of classes.
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
  feature_names_in_?: readonly string[]

  constructor(params: Params = {}) {
    this.params = checkParameters(this.name, params, known)
    for (const parameter of onlyDefault) {
      const value = this.params[parameter]!
      const plain = typeof value === 'object' && value !== null ? numeric(value) : value
      if (plain !== known[parameter].default) {
        throw new LearnError('learn/not-built-in', 'NotImplementedError', `${parameter} of ${this.name} is known but not built in yet.`, {
          parameter,
          hint: 'Leave it at its default.',
        })
      }
    }
  }

  fit(features: Features, y: Target, control?: FitControl): this {
    const X = toMatrix(features, this.name)
    const labels = encodeLabels(y)
    requireTwoClasses(labels, y.name)
    this.classes_ = labels.classes
    this.feature_names_in_ = X.names
    const p = this.params as Record<keyof typeof known, ParamValue>
    const intercept = p.fit_intercept as boolean
    const rowsOf = labels.classes.length === 2 ? 1 : labels.classes.length
    const width = X.columns + (intercept ? 1 : 0)
    const l2 = 1 / (numeric(p.C) * X.rows)
    const objective = rowsOf === 1 ? binaryLoss(X, labels.codes, l2, intercept) : multinomialLoss(X, labels.codes, rowsOf, l2, intercept)
    const maxIterations = numeric(p.max_iter)
    const { x, iterations, converged, message } = lbfgs(objective, new Float64Array(rowsOf * width), {
      gtol: numeric(p.tol),
      ftol: 64 * Number.EPSILON,
      maxIterations,
    })
    if (!converged) {
      control?.onWarning?.(
        'ConvergenceWarning',
        `lbfgs failed to converge after ${iterations} iteration(s) (status=${iterations >= maxIterations ? 1 : 2}):\n${message}`,
      )
    }
    this.coef_ = Array.from({ length: rowsOf }, (_, k) => x.slice(k * width, k * width + X.columns))
    this.intercept_ = Float64Array.from({ length: rowsOf }, (_, k) => (intercept ? x[k * width + X.columns] : 0))
    this.n_iter_ = [Math.min(iterations, maxIterations)]
    return this
  }

  /** [rows, 1] for two classes, else [rows, classes]. */
  decisionFunction(features: Features): Matrix {
    const X = toMatrix(features, this.name)
    requireColumns(X, this.coef_[0]?.length ?? 0, this.name)
    const outputs = this.coef_.length
    const data = new Float64Array(X.rows * outputs)
    for (let i = 0; i < X.rows; i++) {
      for (let k = 0; k < outputs; k++) {
        const w = this.coef_[k]
        let sum = 0
        for (let j = 0; j < w.length; j++) sum += X.data[i * X.columns + j] * w[j]
        data[i * outputs + k] = sum + this.intercept_[k]
      }
    }
    return { rows: X.rows, columns: outputs, data }
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
    return decision.columns === 1 ? Int32Array.from(decision.data, value => (value > 0 ? 1 : 0)) : argmaxRows(decision)
  }

  static restore(params: Params, fitted: FittedData): LogisticRegression {
    const model = new LogisticRegression(params)
    model.classes_ = fitted.labels('classes_')
    const outputs = model.classes_.length === 2 ? 1 : model.classes_.length
    model.coef_ = fitted.rows('coef_')
    if (model.coef_.length !== outputs) throw fitted.wrong('coef_', `${outputs} row(s)`)
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

import { rowWeights } from '../class-weight.ts'
import type { Classifier, Features, FitControl, Matrix, Params, ParamValue, Target } from '../contract.ts'
import { argmaxRows, positiveRows } from '../ensemble/argmax-rows.ts'
import type { FittedData } from '../fitted-data.ts'
import { allFractions, encodeLabels } from '../labels.ts'
import { toMatrix } from '../matrix.ts'
import { aDict, checkParameters, none, numeric, oneOf } from '../parameters.ts'
import { centredTarget, columnOffsets, LinearModel, lessOffsets } from './linear-model.ts'
import { alphasOf, drawsOf, ridgeParameters, ridgeSolver } from './ridge-parameters.ts'
import { normalEquations, solveRidge } from './solve-ridge.ts'

/** Ridge regression on labels of -1 and 1, one per class where there are more than two. Source: scikit-learn 1.9. */
export class RidgeClassifier extends LinearModel implements Classifier {
  readonly kind = 'classifier'
  readonly name = 'RidgeClassifier'
  readonly params: Params
  classes_: readonly (number | string | boolean)[] = []
  n_iter_: readonly number[] | null = null
  solver_ = ''

  constructor(params: Params = {}) {
    super()
    this.params = checkParameters('RidgeClassifier', params, {
      ...ridgeParameters,
      class_weight: { default: null, accepts: [aDict, oneOf('balanced'), none] },
    })
  }

  get coef_(): readonly Float64Array[] {
    return this.weights
  }

  get intercept_(): Float64Array {
    return this.constants
  }

  fit(features: Features, y: Target, control?: FitControl): this {
    const X = toMatrix(features, this.name)
    const labels = encodeLabels(y, allFractions)
    const p = this.params as Record<string, ParamValue>
    const intercept = p.fit_intercept as boolean
    const weights = rowWeights(p.class_weight, labels)
    const solver = ridgeSolver(this.params, X.sparse === true)
    const given = { intercept, ...(weights ? { weights } : {}) }
    const steps = solver === 'sag' || solver === 'saga'
    const sparseRows = X.sparse && intercept && solver === 'sag' ? X : undefined
    const roots = steps ? undefined : weights?.map(Math.sqrt)
    const scaled = (column: Float64Array) => (roots ? column.map((value, i) => value * roots[i]) : column)
    const outputs = labels.classes.length <= 2 ? 1 : labels.classes.length
    const targets = Array.from({ length: outputs }, (_, k) => {
      const positive = outputs === 1 ? labels.classes.length - 1 : k
      // One class alone is all negative, as LabelBinarizer has it.
      return centredTarget(
        Float64Array.from(labels.codes, code => (code === positive && labels.classes.length > 1 ? 1 : -1)),
        given,
      )
    })
    const offsets = columnOffsets(X, given)
    const data = {
      width: X.columns,
      columns: () => lessOffsets(X, offsets).map(scaled),
      ...(steps && weights ? { weights } : {}),
      ...(sparseRows ? { sparseRows } : {}),
      ...(roots ? {} : { normal: (of: readonly Float64Array[]) => normalEquations(X, offsets, of) }),
    }
    const solved = solveRidge(
      data,
      targets.map(({ values }) => scaled(values)),
      alphasOf(p.alpha, outputs),
      {
        solver,
        sparse: X.sparse === true,
        positive: p.positive as boolean,
        tol: numeric(p.tol),
        maxIterations: p.max_iter === null ? null : numeric(p.max_iter),
        ...drawsOf(this.params, control),
      },
    )
    this.remember(features)
    this.classes_ = labels.classes
    this.n_iter_ = solved.iterations ?? null
    this.solver_ = solved.solver
    const own = solved.intercept
    this.setOutputs(
      solved.coef,
      own ? offsets.map(() => 0) : offsets,
      targets.map(({ offset }, k) => (own ? own[k] + offset : offset)),
      intercept,
    )
    return this
  }

  decisionFunction(features: Features): Matrix {
    return this.raw(features)
  }

  predictIndex(features: Features): Int32Array {
    const decision = this.raw(features)
    return decision.columns === 1 ? positiveRows(decision) : argmaxRows(decision)
  }

  static restore(params: Params, fitted: FittedData): RidgeClassifier {
    const model = new RidgeClassifier(params).restoreLinear(fitted)
    model.classes_ = fitted.labels('classes_')
    if (fitted.has('n_iter_') && !fitted.isNull('n_iter_')) model.n_iter_ = [...fitted.numbers('n_iter_')]
    if (fitted.has('solver_')) model.solver_ = fitted.text('solver_')
    return model
  }

  toJSON() {
    return { classes_: this.classes_, ...this.linearJSON(), n_iter_: this.n_iter_, solver_: this.solver_ }
  }
}

import { refuseNumbersAsText, rowWeights } from '../class-weight.ts'
import type { Classifier, Features, FitControl, Matrix, Params, Target } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { encodeClasses } from '../labels.ts'
import { aDict, aList, checkParameters, none, oneOf } from '../parameters.ts'
import { DecisionTreeClassifier } from '../tree/decision-tree.ts'
import { ExtraTreeClassifier } from '../tree/extra-tree.ts'
import { classificationCriterion, type TreeTarget } from '../tree/growth.ts'
import { argmaxRows } from './argmax-rows.ts'
import { Forest, forestParameters } from './forest.ts'
import type { WorkerRunner } from './forest-workers.ts'

const classWeight = { default: null, accepts: [oneOf('balanced_subsample', 'balanced'), aDict, aList, none] }

abstract class ForestClassifier extends Forest implements Classifier {
  readonly kind = 'classifier'
  abstract override get name(): string
  classes_: readonly (number | string | boolean)[] = []
  /** [rows, classes] */
  oob_decision_function_?: Matrix

  protected targetOf(y: Target, control?: FitControl): { readonly target: TreeTarget; readonly weights?: Float64Array } {
    const labels = encodeClasses(y, control)
    this.classes_ = labels.classes
    const { class_weight, bootstrap, warm_start } = this.params
    if (warm_start && typeof class_weight === 'string') {
      control?.onWarning?.(
        'UserWarning',
        'class_weight presets "balanced" or "balanced_subsample" are not recommended for warm_start if the fitted data differs from the full dataset. In order to use "balanced" weights, use compute_class_weight ("balanced", classes, y). In place of y you can use a large enough sample of the full training set target to properly estimate the class frequency distributions. Pass the resulting weights as the class_weight parameter.',
      )
    }
    const isLater = class_weight === 'balanced_subsample' && bootstrap
    if (typeof class_weight === 'string' && !isLater) refuseNumbersAsText(labels.classes)
    const weights = isLater ? undefined : rowWeights(class_weight!, labels)
    return { target: { kind: 'classes', codes: labels.codes, classes: labels.classes.length }, ...(weights ? { weights } : {}) }
  }

  protected scoreOutOfBag(target: TreeTarget): void {
    if (target.kind !== 'classes') return
    const votes = { rows: target.codes.length, columns: target.classes, data: this.outOfBagMeans() }
    this.oob_decision_function_ = votes
    const best = argmaxRows(votes)
    this.oob_score_ = best.reduce((hits, k, i) => hits + (k === target.codes[i] ? 1 : 0), 0) / best.length
  }

  get n_classes_(): number {
    return this.classes_.length
  }

  predictProba(features: Features): Matrix {
    return { columns: this.classes_.length, ...this.meanValues(features) }
  }

  predictIndex(features: Features): Int32Array {
    return argmaxRows(this.predictProba(features))
  }

  protected restoreFrom(fitted: FittedData): this {
    this.classes_ = fitted.labels('classes_')
    this.restoreTrees(fitted, this.classes_.length)
    return this
  }

  toJSON() {
    return { classes_: this.classes_, ...this.treesJSON() }
  }
}

/** Trees on bootstrap samples, the best cut among a few drawn features; classes by the mean of the trees' probabilities. */
export class RandomForestClassifier extends ForestClassifier {
  override get name() {
    return 'RandomForestClassifier'
  }
  override get estimator_() {
    return new DecisionTreeClassifier()
  }
  protected readonly splitter = 'best'

  constructor(params: Params = {}, workers?: WorkerRunner) {
    super(
      checkParameters('RandomForestClassifier', params, {
        ...forestParameters,
        criterion: classificationCriterion,
        class_weight: classWeight,
      }),
      workers,
    )
  }

  static restore(params: Params, fitted: FittedData): RandomForestClassifier {
    return new RandomForestClassifier(params).restoreFrom(fitted)
  }
}

/** Trees on all rows, at one random cut per drawn feature. */
export class ExtraTreesClassifier extends ForestClassifier {
  override get name() {
    return 'ExtraTreesClassifier'
  }
  override get estimator_() {
    return new ExtraTreeClassifier()
  }
  protected readonly splitter = 'random'

  constructor(params: Params = {}, workers?: WorkerRunner) {
    super(
      checkParameters('ExtraTreesClassifier', params, {
        ...forestParameters,
        bootstrap: { ...forestParameters.bootstrap, default: false },
        criterion: classificationCriterion,
        class_weight: classWeight,
      }),
      workers,
    )
  }

  static restore(params: Params, fitted: FittedData): ExtraTreesClassifier {
    return new ExtraTreesClassifier(params).restoreFrom(fitted)
  }
}

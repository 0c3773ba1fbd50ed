import { rowWeights } from '../class-weight.ts'
import type { Classifier, Features, FitControl, Matrix, Params, ParamValue, Regressor, Target } from '../contract.ts'
import { argmaxRows } from '../ensemble/argmax-rows.ts'
import type { FittedData } from '../fitted-data.ts'
import { requireSameNames } from '../input-columns.ts'
import { sumOfValues } from '../kernels/predict-trees.ts'
import { encodeClasses } from '../labels.ts'
import { requireColumns, toMatrix, toMatrixBeside } from '../matrix.ts'
import { aDict, aList, checkParameters, none, oneOf } from '../parameters.ts'
import { targetValues } from '../target-values.ts'
import {
  classificationCriterion,
  featuresPerSplit,
  growthParameters,
  maxFeaturesParameter,
  maxInt32,
  outputsOf,
  regressionCriterion,
  seededBy,
  TreeGrower,
  type TreeTarget,
  withCriterionOfToday,
} from './growth.ts'
import { readTree, type Tree, treeImportances, treeJSON, treeMatrix } from './tree.ts'

const shared = {
  splitter: { default: 'best', accepts: [oneOf('best', 'random')] },
  ...growthParameters,
  max_features: { default: null as ParamValue, accepts: maxFeaturesParameter },
}

/** One tree on all rows. Source: Breiman et al., Classification and Regression Trees, 1984; scikit-learn 1.9. */
abstract class DecisionTree {
  abstract readonly name: string
  tree_?: Tree
  n_features_in_ = 0
  feature_names_in_?: readonly string[]
  protected outputs = 1

  constructor(readonly params: Params) {}

  /** Features that a tree can learn from; looks at the target where scikit-learn does. */
  protected matrixFor(y: Target, features: Features): Matrix {
    if (this.refusesMissing) toMatrixBeside(y, features, this.name, { forTrees: true, allowMissing: false })
    return toMatrixBeside(y, features, this.name, { forTrees: true })
  }

  protected grow(matrix: Matrix, target: TreeTarget, weights?: Float64Array): void {
    const p = this.params as Record<string, ParamValue>
    this.n_features_in_ = matrix.columns
    this.feature_names_in_ = matrix.names
    this.outputs = outputsOf(target)
    const grower = new TreeGrower(treeMatrix(matrix), target, p, p.splitter as 'best' | 'random')
    this.tree_ = grower.grow(seededBy(p.random_state), weights)
  }

  /** Whether missing values are refused, in training and in prediction. */
  protected get refusesMissing(): boolean {
    return false
  }

  private matrix(features: Features): Matrix {
    if (this.refusesMissing) toMatrix(features, this.name, { forTrees: true, allowMissing: false })
    return toMatrix(features, this.name, { forTrees: true })
  }

  /** Values of each row's leaf, [rows, outputs]. */
  protected leafValues(features: Features): Matrix {
    requireSameNames(features, this, this.name)
    const matrix = this.matrix(features)
    requireColumns(matrix, this.n_features_in_, this.name)
    const data = sumOfValues([this.tree_!], matrix, this.outputs, { requireFinite: () => {} })
    return { rows: matrix.rows, columns: this.outputs, data }
  }

  /** Always 1: a target is one column. */
  readonly n_outputs_ = 1

  /** Features tried per split. */
  get max_features_(): number {
    return featuresPerSplit(this.params.max_features!, this.n_features_in_)
  }

  get feature_importances_(): Float64Array {
    return treeImportances(this.tree_!, this.n_features_in_)
  }

  protected restoreTree(fitted: FittedData, outputs: number): this {
    this.outputs = outputs
    this.n_features_in_ = fitted.int('n_features_in_', 1, maxInt32)
    this.feature_names_in_ = fitted.names('feature_names_in_')
    this.tree_ = readTree(fitted.part('tree_'), this.n_features_in_, outputs)
    return this
  }

  protected treeData() {
    return {
      n_features_in_: this.n_features_in_,
      feature_names_in_: this.feature_names_in_,
      tree_: this.tree_ && treeJSON(this.tree_),
    }
  }
}

/** A tree that predicts the class shares of its leaf. */
export class DecisionTreeClassifier extends DecisionTree implements Classifier {
  readonly kind = 'classifier'
  override readonly name: string = 'DecisionTreeClassifier'
  classes_: readonly (number | string | boolean)[] = []

  constructor(params: Params = {}, name = 'DecisionTreeClassifier', defaults: Partial<typeof shared> = {}) {
    const class_weight = { default: null, accepts: [aDict, aList, oneOf('balanced'), none] }
    super(checkParameters(name, params, { ...shared, ...defaults, criterion: classificationCriterion, class_weight }))
  }

  fit(features: Features, y: Target, control?: FitControl): this {
    const matrix = this.matrixFor(y, features)
    const labels = encodeClasses(y, control)
    this.classes_ = labels.classes
    const target: TreeTarget = { kind: 'classes', codes: labels.codes, classes: labels.classes.length }
    this.grow(matrix, target, rowWeights(this.params.class_weight!, labels))
    return this
  }

  get n_classes_(): number {
    return this.classes_.length
  }

  predictProba(features: Features): Matrix {
    return this.leafValues(features)
  }

  predictIndex(features: Features): Int32Array {
    return argmaxRows(this.predictProba(features))
  }

  static restore(params: Params, fitted: FittedData): DecisionTreeClassifier {
    return new DecisionTreeClassifier(params).restoreFrom(fitted)
  }

  protected restoreFrom(fitted: FittedData): this {
    this.classes_ = fitted.labels('classes_')
    return this.restoreTree(fitted, this.classes_.length)
  }

  toJSON() {
    return { classes_: this.classes_, ...this.treeData() }
  }
}

/** A tree that predicts the mean or median of its leaf. */
export class DecisionTreeRegressor extends DecisionTree implements Regressor {
  readonly kind = 'regressor'
  override readonly name: string = 'DecisionTreeRegressor'

  constructor(params: Params = {}, name = 'DecisionTreeRegressor', defaults: Partial<typeof shared> = {}) {
    super(checkParameters(name, withCriterionOfToday(params), { ...shared, ...defaults, criterion: regressionCriterion }))
  }

  fit(features: Features, y: Target): this {
    const matrix = this.matrixFor(y, features)
    this.grow(matrix, { kind: 'values', values: targetValues(y, { forPoisson: this.params.criterion === 'poisson', ofOneTree: true }) })
    return this
  }

  predict(features: Features): Float64Array {
    return this.leafValues(features).data
  }

  static restore(params: Params, fitted: FittedData): DecisionTreeRegressor {
    return new DecisionTreeRegressor(params).restoreTree(fitted, 1)
  }

  toJSON() {
    return this.treeData()
  }
}

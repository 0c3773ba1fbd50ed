import {
  type Features,
  type FitControl,
  LearnError,
  type Matrix,
  type Params,
  type ParamValue,
  type Predictor,
  type Target,
} from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { requireSameNames } from '../input-columns.ts'
import { sumOfValues } from '../kernels/predict-trees.ts'
import { requireColumns, toMatrix } from '../matrix.ts'
import { pairwiseSum } from '../pairwise-sum.ts'
import { aBool, anInt, aReal, none, numeric, oneOf } from '../parameters.ts'
import type { RandomState } from '../random-state.ts'
import { type RestoreNested, stepData } from '../step-data.ts'
import { requireKnown } from '../target-values.ts'
import { featuresPerSplit, growthParameters, maxFeaturesParameter, maxInt32, seededBy, TreeGrower } from '../tree/growth.ts'
import { addValue, leafOf, readTree, type Tree, type TreeMatrix, treeJSON, treeMatrix, unscaledImportances } from '../tree/tree.ts'
import { refuseGoingOn } from '../warm-start.ts'
import { type BoostingLoss, meanLoss } from './boosting-losses.ts'
import { type Fitting, fitAtOnce, fitWithPauses } from './cooperative-fit.ts'
import { requireRoomForTrees } from './forest-growth.ts'
import { anEstimatorWith } from './sub-estimator.ts'

const { monotonic_cst: _, ...growth } = growthParameters

/** What both kinds of gradient boosting take. */
export const boostingParameters = {
  learning_rate: { default: 0.1, accepts: [aReal(0, Number.POSITIVE_INFINITY, 'left')] },
  n_estimators: { default: 100, accepts: [anInt(1)] },
  subsample: { default: 1, accepts: [aReal(0, 1, 'right')] },
  criterion: { default: 'deprecated', accepts: [oneOf('squared_error'), oneOf('deprecated', 'friedman_mse')] },
  ...growth,
  max_depth: { ...growth.max_depth, default: 3 },
  max_features: { default: null, accepts: maxFeaturesParameter },
  verbose: { default: 0, accepts: [anInt(0), aBool] },
  warm_start: { default: false, accepts: [aBool] },
  validation_fraction: { default: 0.1, accepts: [aReal(0, 1, 'neither')] },
  n_iter_no_change: { default: null, accepts: [anInt(1), none] },
  tol: { default: 0.0001, accepts: [aReal(0, Number.POSITIVE_INFINITY, 'left')] },
}
export const initParameter = (method: 'predict' | 'predict_proba') => ({
  default: null,
  accepts: [oneOf('zero'), none, anEstimatorWith(method)],
})

/** The rows of one set as float32, as trees and their first model see them. */
interface Part {
  readonly X: TreeMatrix
  readonly y: Float64Array
}

/**
 * Stages of regression trees, each fitted to what the stages before it leave.
 * Source: Friedman, Greedy function approximation, 2001, and Stochastic gradient boosting, 2002; scikit-learn 1.9 for draws and sums.
 */
export abstract class GradientBoosting {
  /** A getter: the constructor names the class in what it refuses. */
  abstract get name(): string
  readonly params: Params
  /** Per stage, per output. */
  estimators_: readonly (readonly Tree[])[] = []
  n_features_in_ = 0
  feature_names_in_?: readonly string[]
  n_estimators_ = 0
  train_score_ = new Float64Array(0)
  oob_improvement_?: Float64Array
  oob_scores_?: Float64Array
  oob_score_?: number
  protected loss!: BoostingLoss
  /** Raw prediction before the first stage: the same for each row, or by the estimator `init`. */
  protected initial: readonly number[] = []
  init?: Predictor

  constructor(params: Params) {
    this.params = params
  }

  /** Sets `loss` and reads the target as values or class codes. */
  protected abstract readTarget(y: Target, control?: FitControl): Float64Array
  /** Raw predictions of the estimator `init`, [rows, outputs]. */
  protected abstract rawOf(init: Predictor, X: Matrix): Float64Array
  /** Which rows to learn from and which to watch for early stopping. */
  protected abstract split(y: Float64Array): { readonly train: Int32Array; readonly test: Int32Array }

  fit(features: Features, y: Target, control?: FitControl): this {
    fitAtOnce(this.fitting(features, y, control), numeric(this.params.n_estimators!), 'stages', control)
    return this
  }

  async fitAsync(features: Features, y: Target, control?: FitControl): Promise<this> {
    const total = numeric(this.params.n_estimators!)
    await fitWithPauses(this.fitting(features, y, control), { total, unit: 'stages', soFar: () => this.soFar() }, control)
    return this
  }

  /** This model while it is fitted: it goes on with what it has added up for the same features. */
  private soFar(): Predictor {
    const model: GradientBoosting = Object.create(this)
    const known = new WeakMap<Features, { readonly X: TreeMatrix; readonly data: Float64Array; stages: number }>()
    model.raw = features => {
      let at = known.get(features)
      if (!at) {
        const X = this.checked(features)
        known.set(features, (at = { X, data: this.firstRaw(X), stages: 0 }))
      }
      for (; at.stages < this.estimators_.length; at.stages++) this.addStage(this.estimators_[at.stages], at.X, at.data)
      return { rows: at.X.rows, data: at.data }
    }
    return model as unknown as Predictor
  }

  private *fitting(features: Features, target: Target, control?: FitControl): Fitting {
    const p = this.params as Record<string, ParamValue>
    refuseGoingOn(this, p, this.estimators_.length > 0)
    if (p.criterion !== 'deprecated') {
      control?.onWarning?.(
        'FutureWarning',
        'The parameter `criterion` is deprecated and will be removed in 1.11. It has no effect. Leave it to its default value to avoid this warning.',
      )
    }
    const matrix = this.matrix(features)
    requireKnown(target)
    this.n_features_in_ = matrix.columns
    this.feature_names_in_ = matrix.names
    const y = this.readTarget(target, control)
    const whole = { X: treeMatrix(matrix), y }
    const parts = p.n_iter_no_change === null ? { train: whole } : this.parts(whole)
    const train = parts.train
    const watched = 'watched' in parts ? parts.watched : undefined
    const { loss } = this
    const rows = train.y.length
    this.init = undefined
    this.initial = new Array(loss.outputs).fill(0)
    if (p.init === null) this.initial = loss.initialRaw(train.y)
    else if (p.init !== 'zero') {
      this.init = p.init as Predictor
      this.init.fit(matrixOf(train.X), { name: target.name, type: 'float', values: train.y }, control)
    }
    const raw = this.firstRaw(train.X)
    const random = seededBy(p.random_state)
    const stages = numeric(p.n_estimators)
    const subsample = numeric(p.subsample)
    const scores: number[] = []
    // More patience than stages never runs out.
    const patience = watched && Math.min(numeric(p.n_iter_no_change), stages + 1)
    const history = patience && new Float64Array(patience).fill(Number.POSITIVE_INFINITY)
    const watchedRaw = watched && this.firstRaw(watched.X)
    const outOfBag = subsample < 1 ? { scores: [] as number[], improvement: [] as number[] } : undefined
    const inBag = Math.max(1, Math.trunc(subsample * rows))
    const grown: (readonly Tree[])[] = []
    this.estimators_ = grown
    let before = Number.NaN
    for (let stage = 0; stage < stages; stage++) {
      const mask = outOfBag && sampleMask(rows, inBag, random)
      if (mask && stage === 0) before = this.scoreOf(train.y, raw, mask, 0)
      grown.push(yield* this.growStage(train, raw, mask, random))
      // A fit that stops early may never come to its last stage.
      if (stage === 0 && !watched) {
        requireRoomForTrees(this.name, grown[0][0], { target: { kind: 'values', values: train.y } }, stages * loss.outputs)
      }
      scores[stage] = this.scoreOf(train.y, raw, mask, 1)
      if (mask && outOfBag) {
        outOfBag.scores[stage] = this.scoreOf(train.y, raw, mask, 0)
        outOfBag.improvement[stage] = before - outOfBag.scores[stage]
        before = outOfBag.scores[stage]
      }
      yield stage + 1
      if (!watched || !history || !watchedRaw) continue
      this.addStage(grown[stage], watched.X, watchedRaw)
      const score = loss.scoreFactor * meanLoss(loss, watched.y, watchedRaw)
      if (!history.some(earlier => score + numeric(p.tol) < earlier)) break
      history[stage % history.length] = score
    }
    this.n_estimators_ = grown.length
    this.train_score_ = Float64Array.from(scores)
    this.oob_scores_ = outOfBag && Float64Array.from(outOfBag.scores)
    this.oob_improvement_ = outOfBag && Float64Array.from(outOfBag.improvement)
    this.oob_score_ = this.oob_scores_?.at(-1)
  }

  private matrix(features: Features): Matrix {
    return toMatrix(features, this.name, { forTrees: true, allowMissing: false })
  }

  private parts({ X, y }: Part): { readonly train: Part; readonly watched: Part } {
    const { train, test } = this.split(y)
    const part = (rows: Int32Array): Part => ({
      X: { ...X, rows: rows.length, hasMissing: false, columns: X.columns.map(column => Float32Array.from(rows, row => column[row])) },
      y: Float64Array.from(rows, row => y[row]),
    })
    return { train: part(train), watched: part(test) }
  }

  protected firstRaw(X: TreeMatrix): Float64Array {
    return this.init ? this.rawOf(this.init, matrixOf(X)) : this.initialRaw(X.rows)
  }

  private initialRaw(rows: number): Float64Array {
    const { outputs } = this.loss
    const raw = new Float64Array(rows * outputs)
    if (outputs === 1) return raw.fill(this.initial[0])
    for (let at = 0; at < raw.length; at++) raw[at] = this.initial[at % outputs]
    return raw
  }

  /** One tree per output, fitted to minus the derivative of the loss; adds them to `raw`. Pauses inside a tree. */
  private *growStage(
    { X, y }: Part,
    raw: Float64Array,
    mask: Uint8Array | undefined,
    random: RandomState,
  ): Generator<void, readonly Tree[]> {
    const { loss } = this
    const rows = y.length
    loss.prepare?.(y, raw)
    // All outputs see the raw predictions from before the stage.
    const gradients = Array.from({ length: loss.outputs }, (_, k) => {
      const gradient = new Float64Array(rows)
      loss.negativeGradient(y, raw, k, gradient)
      return gradient
    })
    const params = { ...(this.params as Record<string, ParamValue>), criterion: 'squared_error' }
    const weights = mask && Float64Array.from(mask)
    const trees: Tree[] = []
    for (const [k, gradient] of gradients.entries()) {
      const tree = yield* new TreeGrower(X, { kind: 'values', values: gradient }, params, 'best').growing(random, weights)
      const leaves = Int32Array.from({ length: rows }, (_, i) => leafOf(tree, X, i))
      if (loss.leafValue) this.setLeaves(tree, leaves, y, gradient, raw, mask, k)
      const rate = numeric(this.params.learning_rate!)
      for (let i = 0; i < rows; i++) raw[i * loss.outputs + k] += rate * tree.value[leaves[i]]
      trees.push(tree)
    }
    return trees
  }

  private setLeaves(
    tree: Tree,
    leaves: Int32Array,
    y: Float64Array,
    gradient: Float64Array,
    raw: Float64Array,
    mask: Uint8Array | undefined,
    k: number,
  ): void {
    const { outputs } = this.loss
    const rowsOf = new Map<number, number[]>()
    for (let i = 0; i < leaves.length; i++) {
      if (mask && !mask[i]) continue
      const rows = rowsOf.get(leaves[i])
      if (rows) rows.push(i)
      else rowsOf.set(leaves[i], [i])
    }
    for (const [leaf, rows] of rowsOf) {
      tree.value[leaf] = this.loss.leafValue!({
        y: Float64Array.from(rows, i => (outputs > 1 ? (y[i] === k ? 1 : 0) : y[i])),
        gradient: Float64Array.from(rows, i => gradient[i]),
        raw: Float64Array.from(rows, i => raw[i * outputs + k]),
      })
    }
  }

  /** The loss of the rows in (1) or out of (0) the sample. */
  private scoreOf(y: Float64Array, raw: Float64Array, mask: Uint8Array | undefined, inside: 0 | 1): number {
    const { loss } = this
    if (!mask) return loss.scoreFactor * meanLoss(loss, y, raw)
    const { outputs } = loss
    const rows = Array.from(mask.keys()).filter(i => mask[i] === inside)
    if (!rows.length) {
      throw new LearnError('learn/too-few-rows', 'ZeroDivisionError', "Weights sum to zero, can't be normalized", {
        parameter: 'subsample',
        hint: 'With so few rows all of them are in the sample, and none is left to score on.',
      })
    }
    const own = Float64Array.from(
      { length: rows.length * outputs },
      (_, at) => raw[rows[Math.floor(at / outputs)] * outputs + (at % outputs)],
    )
    return (
      loss.scoreFactor *
      meanLoss(
        loss,
        Float64Array.from(rows, i => y[i]),
        own,
      )
    )
  }

  /** The trees of a stage with what they add: values times the learning rate. */
  private shrunk(trees: readonly Tree[]): readonly Tree[] {
    const rate = numeric(this.params.learning_rate!)
    return trees.map(tree => Object.create(tree, { value: { value: tree.value.map(value => rate * value) } }))
  }

  protected addStage(trees: readonly Tree[], X: TreeMatrix, raw: Float64Array): void {
    for (const [k, tree] of this.shrunk(trees).entries()) addValue(tree, X, trees.length, k, raw)
  }

  /** Raw predictions after each stage, [rows, outputs]; the array is the same each time. */
  protected *stagedRaw(features: Features): Generator<Float64Array> {
    const X = this.checked(features)
    const raw = this.firstRaw(X)
    for (const trees of this.estimators_) {
      this.addStage(trees, X, raw)
      yield raw
    }
  }

  private checked(features: Features): TreeMatrix {
    requireSameNames(features, this, this.name)
    const matrix = this.matrix(features)
    requireColumns(matrix, this.n_features_in_, this.name)
    return treeMatrix(matrix)
  }

  protected raw(features: Features): { readonly rows: number; readonly data: Float64Array } {
    requireSameNames(features, this, this.name)
    const checked = () => this.matrix(features)
    // Cells are looked through where they are read.
    const X = 'sparse' in features || this.init ? checked() : toMatrix(features, this.name, { forTrees: true, finite: false })
    if (X.columns !== this.n_features_in_) requireColumns(checked(), this.n_features_in_, this.name)
    const sums = this.init ? this.firstRaw(treeMatrix(X)) : this.initialRaw(X.rows)
    const trees = this.estimators_.flatMap(stage => this.shrunk(stage))
    const data = sumOfValues(trees, X, this.loss.outputs, { requireFinite: checked, requireKnown: true, sums, inTurns: true })
    return { rows: X.rows, data }
  }

  get n_trees_per_iteration_(): number {
    return this.loss.outputs
  }

  /** Features tried per split. */
  get max_features_(): number {
    return featuresPerSplit(this.params.max_features!, this.n_features_in_)
  }

  /** Mean impurity importance over the trees that split, normalised to 1. */
  get feature_importances_(): Float64Array {
    const split = this.estimators_.flat().filter(tree => tree.feature.length > 1)
    const sums = new Float64Array(this.n_features_in_)
    if (!split.length) return sums
    for (const tree of split) for (const [j, value] of unscaledImportances(tree, sums.length).entries()) sums[j] += value
    const means = sums.map(sum => sum / split.length)
    const total = pairwiseSum(means)
    return means.map(value => value / total)
  }

  protected restoreStages(fitted: FittedData, nested: RestoreNested): this {
    if (fitted.has('init_')) this.init = nested(fitted.part('init_')) as Predictor
    this.n_features_in_ = fitted.int('n_features_in_', 1, maxInt32)
    this.feature_names_in_ = fitted.names('feature_names_in_')
    this.initial = [...fitted.numbers('initial', this.loss.outputs)]
    this.train_score_ = fitted.numbers('train_score_') as Float64Array<ArrayBuffer>
    const trees = fitted.parts('estimators_').map(tree => readTree(tree, this.n_features_in_, 1))
    const { outputs } = this.loss
    if (!trees.length || trees.length % outputs) throw fitted.wrong('estimators_', `${outputs} trees per stage`)
    this.n_estimators_ = trees.length / outputs
    this.estimators_ = Array.from({ length: this.n_estimators_ }, (_, stage) => trees.slice(stage * outputs, (stage + 1) * outputs))
    return this
  }

  protected stagesJSON() {
    return {
      n_features_in_: this.n_features_in_,
      feature_names_in_: this.feature_names_in_,
      n_estimators_: this.n_estimators_,
      initial: this.initial,
      ...(this.init ? { init_: stepData(this.init) } : {}),
      train_score_: [...this.train_score_],
      estimators_: this.estimators_.flat().map(treeJSON),
    }
  }
}

/** The rows of a tree matrix for another estimator: rounded to float32, as scikit-learn hands them on. */
function matrixOf({ rows, columns }: TreeMatrix): Matrix {
  const data = new Float64Array(rows * columns.length)
  columns.forEach((column, j) => {
    for (let i = 0; i < rows; i++) data[i * columns.length + j] = column[i]
  })
  return { rows, columns: columns.length, data }
}

/** Draws exactly `wanted` of `rows` rows, one after the other. Source: Fan, Muller and Rezucha, 1962 (selection sampling). */
function sampleMask(rows: number, wanted: number, random: RandomState): Uint8Array {
  const draws = Float64Array.from({ length: rows }, () => random.double())
  const mask = new Uint8Array(rows)
  let taken = 0
  for (let i = 0; i < rows; i++) {
    if (draws[i] * (rows - i) >= wanted - taken) continue
    mask[i] = 1
    taken++
  }
  return mask
}

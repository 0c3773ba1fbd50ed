import type { Features, FitControl, Matrix, Params, ParamValue, Predictor, Target } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { requireSameNames } from '../input-columns.ts'
import { sumOfValues } from '../kernels/predict-trees.ts'
import { requireColumns, toMatrix } from '../matrix.ts'
import { pairwiseSum } from '../pairwise-sum.ts'
import { numeric } from '../parameters.ts'
import { type RestoreNested, stepData } from '../step-data.ts'
import { requireKnown } from '../target-values.ts'
import { featuresPerSplit, maxInt32, seededBy } from '../tree/growth.ts'
import { addValue, laterTreeJSON, readTree, type Tree, type TreeMatrix, treeMatrix, unscaledImportances } from '../tree/tree.ts'
import { refuseGoingOn } from '../warm-start.ts'
import { type BoostingLoss, meanLoss } from './boosting-losses.ts'
import { growStage, type Part, sampleMask, scoreOf } from './boosting-stage.ts'
import { type Fitting, fitAtOnce, fitWithPauses } from './cooperative-fit.ts'
import { requireRoomForTrees } from './forest-growth.ts'

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
  /** The fitted estimator `init`. */
  private initModel?: Predictor
  /** What predicts before the first stage; a model from a file that starts from a constant has forgotten it. */
  init_?: Predictor | 'zero'

  constructor(params: Params) {
    this.params = params
  }

  /** Sets `loss` and reads the target as values or class codes. */
  protected abstract readTarget(y: Target, control?: FitControl): Float64Array
  /** What predicts the constant before the first stage, not fitted. */
  protected abstract constantModel(): Predictor
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
    this.initModel = undefined
    this.initial = new Array(loss.outputs).fill(0)
    const trainTarget: Target = { name: target.name, type: 'float', values: train.y }
    if (p.init === null) {
      this.initial = loss.initialRaw(train.y)
      // It looks at no feature.
      const constant = this.constantModel()
      constant.fit({ rows, columns: 1, data: train.y }, trainTarget)
      this.init_ = constant
    } else if (p.init === 'zero') this.init_ = 'zero'
    else {
      const model = p.init as Predictor
      model.fit(matrixOf(train.X), trainTarget, control)
      this.init_ = this.initModel = model
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
      if (mask && stage === 0) before = scoreOf(loss, train.y, raw, mask, 0)
      grown.push(yield* growStage(train, raw, { loss, params: p, mask, random }))
      // A fit that stops early may never come to its last stage.
      if (stage === 0 && !watched) {
        requireRoomForTrees(this.name, grown[0][0], { target: { kind: 'values', values: train.y } }, stages * loss.outputs)
      }
      scores[stage] = scoreOf(loss, train.y, raw, mask, 1)
      if (mask && outOfBag) {
        outOfBag.scores[stage] = scoreOf(loss, train.y, raw, mask, 0)
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
      X: {
        rows: rows.length,
        hasMissing: false,
        columns: X.columns.map(column => Float32Array.from(rows, row => column[row])),
        ...(X.sparse ? { sparse: true as const } : {}),
      },
      y: Float64Array.from(rows, row => y[row]),
    })
    return { train: part(train), watched: part(test) }
  }

  protected firstRaw(X: TreeMatrix): Float64Array {
    return this.initModel ? this.rawOf(this.initModel, matrixOf(X)) : this.initialRaw(X.rows)
  }

  private initialRaw(rows: number): Float64Array {
    const { outputs } = this.loss
    const raw = new Float64Array(rows * outputs)
    if (outputs === 1) return raw.fill(this.initial[0])
    for (let at = 0; at < raw.length; at++) raw[at] = this.initial[at % outputs]
    return raw
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
    const X = 'sparse' in features || this.initModel ? checked() : toMatrix(features, this.name, { forTrees: true, finite: false })
    if (X.columns !== this.n_features_in_) requireColumns(checked(), this.n_features_in_, this.name)
    const sums = this.initModel ? this.firstRaw(treeMatrix(X)) : this.initialRaw(X.rows)
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
    if (fitted.has('init_')) this.init_ = this.initModel = nested(fitted.part('init_')) as Predictor
    else if (this.params.init === 'zero') this.init_ = 'zero'
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
      ...(this.initModel ? { init_: stepData(this.initModel) } : {}),
      train_score_: [...this.train_score_],
      estimators_: this.estimators_.flat().map(laterTreeJSON),
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

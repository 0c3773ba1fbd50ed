import { type Features, type FitControl, LearnError, type Params, type ParamValue, type Predictor } from '../contract.ts'
import { type FittedData, jsonNumbers } from '../fitted-data.ts'
import { requireSameNames } from '../input-columns.ts'
import { sumOfValues } from '../kernels/predict-trees.ts'
import { requireColumns, toMatrix, toMatrixBeside } from '../matrix.ts'
import { pairwiseSum } from '../pairwise-sum.ts'
import { aBool, anInt, anyInt, aReal, none, numeric } from '../parameters.ts'
import { growthParameters, maxFeaturesParameter, maxInt32, outputsOf, seededBy, type TreeTarget } from '../tree/growth.ts'
import { laterTreeJSON, leafOf, readTree, type Tree, type TreeMatrix, treeImportances, treeMatrix } from '../tree/tree.ts'
import { refuseGoingOn } from '../warm-start.ts'
import { badWeights, bootstrapSize } from './bootstrap.ts'
import { ForestGrowth, type ForestPlan, requireRoomForTrees } from './forest-growth.ts'
import { threadsFor, type WorkerRunner } from './forest-workers.ts'
import { growTogether } from './grow-together.ts'

/** A fit tells how good it is so far after each so many trees. */
const treesPerStage = 10
const manyTrees = 100_000

/** What all forests take; defaults of classifiers. */
export const forestParameters = {
  n_estimators: { default: 100, accepts: [anInt(1)] },
  ...growthParameters,
  max_features: { default: 'sqrt', accepts: maxFeaturesParameter },
  bootstrap: { default: true, accepts: [aBool] },
  oob_score: { default: false, accepts: [aBool] },
  n_jobs: { default: null, accepts: [anyInt, none] },
  verbose: { default: 0, accepts: [anInt(0), aBool] },
  warm_start: { default: false, accepts: [aBool] },
  max_samples: { default: null, accepts: [none, aReal(0, Number.POSITIVE_INFINITY, 'neither'), anInt(1)] },
} as const

/**
 * Trees on bootstrap samples or on all rows, equal to scikit-learn's tree by tree.
 * Source: Breiman, Random Forests, 2001; Geurts et al., Extremely randomized trees, 2006; scikit-learn 1.9 (draws and order of sums).
 */
export abstract class Forest {
  /** A getter: the constructor names the class in what it refuses. */
  abstract get name(): string
  readonly params: Params
  estimators_: readonly Tree[] = []
  n_features_in_ = 0
  oob_score_?: number
  feature_names_in_?: readonly string[]
  protected abstract readonly splitter: 'best' | 'random'
  /** Always 1: a target is one column. */
  readonly n_outputs_ = 1
  protected outputs = 1
  /** How the rows of each tree are drawn again. */
  private drawn?: Pick<Start, 'growth' | 'seeds'>
  /** Out-of-bag sums [rows, outputs] and trees per row, while `oob_score` asks for them. */
  protected outOfBag?: { readonly sums: Float64Array; readonly trees: Int32Array }

  constructor(
    params: Params,
    /** Where big fits grow their trees; absent: here. */
    private readonly workers?: WorkerRunner,
  ) {
    this.params = params
  }

  /** Reads the target and says what trees learn from it. */
  protected abstract targetOf(
    y: Parameters<ForestFit>[1],
    control?: FitControl,
  ): { readonly target: TreeTarget; readonly weights?: Float64Array }
  /** Scores the out-of-bag predictions. */
  protected abstract scoreOutOfBag(target: TreeTarget, control?: FitControl): void

  fit(features: Features, y: Parameters<ForestFit>[1], control?: FitControl): this {
    const start = this.begin(features, y, control)
    const total = start.seeds.length
    const grown: Tree[] = []
    for (const tree of this.growing(start)) {
      if (!tree) continue
      grown.push(tree)
      control?.onProgress?.(grown.length, total, 'trees')
    }
    return this.take(start, grown, control)
  }

  async fitAsync(features: Features, y: Parameters<ForestFit>[1], control: FitControl = {}): Promise<this> {
    const start = this.begin(features, y, control)
    const total = start.seeds.length
    const stages = this.stages(total, control.onStage)
    const threads = this.workers ? threadsFor(start.plan, total) : 1
    const helpers = this.workers && threads > 1 ? { runner: this.workers, count: threads - 1 } : undefined
    const grown = await growTogether(start.growth, start.plan, start.seeds, helpers, {
      name: this.name,
      ...(control.signal ? { signal: control.signal } : {}),
      onDone: trees => control.onProgress?.(trees, total, 'trees'),
      ...(stages ? { everyTrees: treesPerStage, onTrees: trees => stages(trees) } : {}),
    })
    control.onProgress?.(total, total, 'trees')
    return this.take(start, grown, control)
  }

  /** Tells of this forest as it would be with its first trees only. */
  private stages(total: number, onStage: FitControl['onStage']): ((grown: readonly Tree[]) => Promise<void>) | undefined {
    if (!onStage) return undefined
    const soFar: Forest = Object.create(this)
    const known = new WeakMap<Features, { readonly trees: number; readonly sums: Float64Array }>()
    soFar.meanValues = features => {
      const trees = soFar.estimators_
      const at = known.get(features)
      const { rows, sums } = this.sumsOf(features, trees.slice(at?.trees ?? 0), at?.sums)
      known.set(features, { trees: trees.length, sums })
      return { rows, data: sums.map(sum => sum / trees.length) }
    }
    return async grown => {
      soFar.estimators_ = [...grown]
      await onStage({ done: grown.length, total, model: soFar as unknown as Predictor })
    }
  }

  /** Checks the data and draws a seed per tree. */
  private begin(features: Features, y: Parameters<ForestFit>[1], control?: FitControl): Start {
    refuseGoingOn(this, this.params, this.estimators_.length > 0)
    const matrix = toMatrixBeside(y, features, this.name, { forTrees: true, finite: false })
    const X = treeMatrix(matrix)
    if (!X.isFinite) toMatrix(features, this.name, { forTrees: true })
    const { target, weights } = this.targetOf(y, control)
    this.n_features_in_ = matrix.columns
    this.feature_names_in_ = matrix.names
    this.outputs = outputsOf(target)
    const params = this.params as Record<string, ParamValue>
    const { bootstrap, max_samples } = params
    if (!bootstrap && max_samples !== null) {
      const message = '`max_sample` cannot be set if `bootstrap=False`. Either switch to `bootstrap=True` or set `max_sample=None`.'
      throw new LearnError('learn/invalid-parameter', 'ValueError', message, { parameter: 'max_samples' })
    }
    if (!bootstrap && params.oob_score) {
      throw new LearnError('learn/invalid-parameter', 'ValueError', 'Out of bag estimation only available if bootstrap=True', {
        parameter: 'oob_score',
      })
    }
    if (!bootstrap && weights?.every(weight => weight === 0)) {
      throw badWeights('Sample weights must contain at least one non-zero number.')
    }
    const plan: ForestPlan = {
      X,
      target,
      params,
      splitter: this.splitter,
      ...(weights ? { weights } : {}),
      ...(bootstrap ? { draws: bootstrapSize(max_samples, X.rows, weights, control) } : {}),
    }
    const growth = new ForestGrowth(plan)
    const random = seededBy(params.random_state)
    const first = random.below(maxInt32)
    const trees = numeric(params.n_estimators)
    // Seeds alone of a billion trees would fill the memory: one tree tells whether all fit.
    if (trees > manyTrees) requireRoomForTrees(this.name, growth.grow(first), plan, trees)
    return { plan, growth, seeds: [first, ...Array.from({ length: trees - 1 }, () => random.below(maxInt32))] }
  }

  /** The trees one after the other, and nothing where others may have a turn in the middle of one. */
  private *growing({ plan, growth, seeds }: Start): Generator<Tree | void> {
    let isFirst = true
    for (const seed of seeds) {
      const tree = yield* growth.growing(seed)
      if (isFirst) requireRoomForTrees(this.name, tree, plan, seeds.length)
      isFirst = false
      yield tree
    }
  }

  /** The fitted forest; scores it on the rows that each tree did not see, where it should. */
  private take({ plan, growth, seeds }: Start, grown: readonly Tree[], control?: FitControl): this {
    this.estimators_ = grown
    this.drawn = { growth, seeds }
    if (!this.params.oob_score) return this
    const { X } = plan
    this.outOfBag = { sums: new Float64Array(X.rows * this.outputs), trees: new Int32Array(X.rows) }
    for (const [t, tree] of grown.entries()) this.countOutOfBag(tree, X, growth.countsOf(seeds[t])!)
    if (this.outOfBag.trees.includes(0)) {
      control?.onWarning?.(
        'UserWarning',
        'Some inputs do not have OOB scores. This probably means too few trees were used to compute any reliable OOB estimates.',
      )
    }
    this.scoreOutOfBag(plan.target, control)
    return this
  }

  private countOutOfBag(tree: Tree, X: TreeMatrix, counts: Int32Array): void {
    if (!this.outOfBag) return
    const { sums, trees } = this.outOfBag
    for (let i = 0; i < X.rows; i++) {
      if (counts[i] > 0) continue
      trees[i]++
      const leaf = leafOf(tree, X, i)
      for (let k = 0; k < this.outputs; k++) sums[i * this.outputs + k] += tree.value[leaf * this.outputs + k]
    }
  }

  /** Mean out-of-bag prediction per row, [rows, outputs]. */
  protected outOfBagMeans(): Float64Array {
    const { sums, trees } = this.outOfBag!
    return sums.map((sum, at) => sum / (trees[Math.floor(at / this.outputs)] || 1))
  }

  /** Mean of the trees' values, [rows, outputs], added in tree order. */
  protected meanValues(features: Features): { readonly rows: number; readonly data: Float64Array } {
    const { rows, sums } = this.sumsOf(features, this.estimators_)
    for (let i = 0; i < sums.length; i++) sums[i] /= this.estimators_.length
    return { rows, data: sums }
  }

  /** Sums of the trees' values, [rows, outputs], added to those of the trees before them. */
  private sumsOf(
    features: Features,
    trees: readonly Tree[],
    before?: Float64Array,
  ): { readonly rows: number; readonly sums: Float64Array } {
    requireSameNames(features, this, this.name)
    const checked = () => toMatrix(features, this.name, { forTrees: true })
    // A dense matrix is looked through where its cells are read.
    const X = 'sparse' in features ? checked() : toMatrix(features, this.name, { forTrees: true, finite: false })
    if (X.columns !== this.n_features_in_) requireColumns(checked(), this.n_features_in_, this.name)
    const sums = sumOfValues(trees, X, this.outputs, { requireFinite: checked, ...(before ? { sums: before } : {}) })
    return { rows: X.rows, sums }
  }

  /** The trees' kind and its own defaults, not fitted. */
  abstract get estimator_(): Predictor

  /** Per tree the rows that it grew on, drawn again at each call; a model from a file has forgotten them. */
  get estimators_samples_(): readonly Int32Array[] | undefined {
    return this.drawn?.seeds.map(seed => this.drawn!.growth.rowsOf(seed))
  }

  /** Mean impurity importance over the trees that split, normalised to 1. */
  get feature_importances_(): Float64Array {
    const grown = this.estimators_.filter(tree => tree.feature.length > 1)
    const sum = new Float64Array(this.n_features_in_)
    for (const tree of grown) for (const [j, value] of treeImportances(tree, sum.length).entries()) sum[j] += value
    if (!grown.length) return sum
    const means = sum.map(value => value / grown.length)
    const total = pairwiseSum(means)
    // NaN where cuts improve nothing, as there.
    return means.map(value => value / total)
  }

  protected restoreTrees(fitted: FittedData, outputs: number): void {
    this.outputs = outputs
    this.n_features_in_ = fitted.int('n_features_in_', 1, maxInt32)
    this.feature_names_in_ = fitted.names('feature_names_in_')
    this.estimators_ = fitted.parts('estimators_').map(tree => readTree(tree, this.n_features_in_, outputs))
    if (fitted.has('oob_score_')) this.oob_score_ = fitted.number('oob_score_', Number.NaN)
    if (!this.estimators_.length) throw fitted.wrong('estimators_', 'at least one tree')
  }

  protected treesJSON() {
    const { oob_score_ } = this
    return {
      ...(oob_score_ === undefined ? {} : { oob_score_: jsonNumbers([oob_score_])[0] }),
      n_features_in_: this.n_features_in_,
      feature_names_in_: this.feature_names_in_,
      estimators_: this.estimators_.map(laterTreeJSON),
    }
  }
}

/** A fit that is about to grow its trees. */
interface Start {
  readonly plan: ForestPlan
  readonly growth: ForestGrowth
  readonly seeds: readonly number[]
}

type ForestFit = import('../contract.ts').Predictor['fit']

import { balancedWeights } from '../class-weight.ts'
import { type Features, type FitControl, LearnError, type Params, type ParamValue } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { sumOfValues } from '../kernels/predict-trees.ts'
import { requireColumns, toMatrix } from '../matrix.ts'
import { pairwiseSum } from '../pairwise-sum.ts'
import { aBool, anInt, anyInt, aReal, isFraction, none, numeric } from '../parameters.ts'
import { RandomState } from '../random-state.ts'
import { growthParameters, maxFeaturesParameter, maxInt32, outputsOf, seededBy, TreeGrower, type TreeTarget } from '../tree/growth.ts'
import { leafOf, readTree, type Tree, type TreeMatrix, treeImportances, treeJSON, treeMatrix } from '../tree/tree.ts'

const treesPerBreath = 16

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
  abstract readonly name: string
  readonly params: Params
  estimators_: readonly Tree[] = []
  n_features_in_ = 0
  feature_names_in_?: readonly string[]
  protected abstract readonly splitter: 'best' | 'random'
  protected outputs = 1
  /** Out-of-bag sums [rows, outputs] and trees per row, while `oob_score` asks for them. */
  protected outOfBag?: { readonly sums: Float64Array; readonly trees: Int32Array }

  constructor(params: Params) {
    this.params = params
    if (params.warm_start === true) {
      throw new LearnError('learn/not-built-in', 'NotImplementedError', `warm_start of ${new.target.name} is known but not built in.`, {
        parameter: 'warm_start',
        hint: 'A fit always starts anew here.',
      })
    }
  }

  /** Reads the target and says what trees learn from it. */
  protected abstract targetOf(y: Parameters<ForestFit>[1]): { readonly target: TreeTarget; readonly weights?: Float64Array }
  /** Scores the out-of-bag predictions. */
  protected abstract scoreOutOfBag(target: TreeTarget, control?: FitControl): void

  fit(features: Features, y: Parameters<ForestFit>[1], control?: FitControl): this {
    const grown: Tree[] = []
    const total = numeric(this.params.n_estimators!)
    for (const tree of this.growing(features, y, control)) {
      grown.push(tree)
      control?.onProgress?.(grown.length, total, 'trees')
    }
    this.estimators_ = grown
    return this
  }

  async fitAsync(features: Features, y: Parameters<ForestFit>[1], control: FitControl = {}): Promise<this> {
    const grown: Tree[] = []
    const total = numeric(this.params.n_estimators!)
    let rested = performance.now()
    for (const tree of this.growing(features, y, control)) {
      grown.push(tree)
      const tired = performance.now() - rested > 20
      if (tired || grown.length % treesPerBreath === 0) control.onProgress?.(grown.length, total, 'trees')
      if (!tired) continue
      await new Promise(resolve => setTimeout(resolve))
      control.signal?.throwIfAborted()
      rested = performance.now()
    }
    this.estimators_ = grown
    return this
  }

  private *growing(features: Features, y: Parameters<ForestFit>[1], control?: FitControl): Generator<Tree> {
    const matrix = toMatrix(features, this.name, { forTrees: true })
    const { target, weights } = this.targetOf(y)
    this.n_features_in_ = matrix.columns
    this.feature_names_in_ = matrix.names
    this.outputs = outputsOf(target)
    const X = treeMatrix(matrix)
    const p = this.params as Record<string, ParamValue>
    if (!p.bootstrap && p.max_samples !== null) {
      const message = '`max_sample` cannot be set if `bootstrap=False`. Either switch to `bootstrap=True` or set `max_sample=None`.'
      throw new LearnError('learn/invalid-parameter', 'ValueError', message, { parameter: 'max_samples' })
    }
    if (!p.bootstrap && p.oob_score) {
      throw new LearnError('learn/invalid-parameter', 'ValueError', 'Out of bag estimation only available if bootstrap=True', {
        parameter: 'oob_score',
      })
    }
    if (!p.bootstrap && weights?.every(weight => weight === 0))
      throw badWeights('Sample weights must contain at least one non-zero number.')
    const bootstrap = p.bootstrap ? new Bootstrap(X.rows, bootstrapSize(p.max_samples, X.rows, weights), weights) : undefined
    const grower = new TreeGrower(X, target, p, this.splitter)
    this.outOfBag = p.oob_score ? { sums: new Float64Array(X.rows * this.outputs), trees: new Int32Array(X.rows) } : undefined
    const seeds = seededBy(p.random_state)
    const treeSeeds = Array.from({ length: numeric(p.n_estimators) }, () => seeds.below(maxInt32))
    const plainDraws = bootstrap && !weights && p.class_weight !== 'balanced_subsample' ? bootstrap.size : undefined
    for (const treeSeed of treeSeeds) {
      const drawn = plainDraws === undefined ? undefined : grower.growOnDraws(treeSeed, plainDraws)
      const { tree, counts } = drawn ?? this.growTree(grower, treeSeed, bootstrap, target, weights)
      if (counts) this.countOutOfBag(tree, X, counts)
      yield tree
    }
    if (this.outOfBag) {
      if (this.outOfBag.trees.includes(0)) {
        control?.onWarning?.(
          'UserWarning',
          'Some inputs do not have OOB scores. This probably means too few trees were used to compute any reliable OOB estimates.',
        )
      }
      this.scoreOutOfBag(target, control)
    }
  }

  private growTree(
    grower: TreeGrower,
    treeSeed: number,
    bootstrap: Bootstrap | undefined,
    target: TreeTarget,
    weights: Float64Array | undefined,
  ): { readonly tree: Tree; readonly counts?: Int32Array } {
    const rng = new RandomState(treeSeed)
    const counts = bootstrap?.draw(rng)
    // The tree's own generator starts from the same seed as its bootstrap: both begin with the same draws.
    rng.rewind()
    const tree = grower.grow(rng, counts ? this.subsampleWeights(counts, target) : weights)
    return counts ? { tree, counts } : { tree }
  }

  /** `balanced_subsample` weighs the classes anew in each bootstrap sample. */
  private subsampleWeights(counts: Int32Array, target: TreeTarget): Int32Array | Float64Array {
    if (this.params.class_weight !== 'balanced_subsample' || target.kind !== 'classes') return counts
    const weightOf = balancedWeights(target.codes, target.classes, counts)
    return Float64Array.from(counts, (count, i) => count * weightOf[target.codes[i]])
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
    const matrix = toMatrix(features, this.name, { forTrees: true })
    requireColumns(matrix, this.n_features_in_, this.name)
    const X = treeMatrix(matrix)
    const data = sumOfValues(this.estimators_, X, this.outputs)
    for (let i = 0; i < data.length; i++) data[i] /= this.estimators_.length
    return { rows: matrix.rows, data }
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
    if (!this.estimators_.length) throw fitted.wrong('estimators_', 'at least one tree')
  }

  protected treesJSON() {
    return {
      n_features_in_: this.n_features_in_,
      feature_names_in_: this.feature_names_in_,
      estimators_: this.estimators_.map(treeJSON),
    }
  }
}

type ForestFit = import('../contract.ts').Predictor['fit']

/** Rows drawn per tree. Source: scikit-learn 1.9: a float is a share of the sum of weights, truncated, and may be above 1. */
function bootstrapSize(max: ParamValue, rows: number, weights: Float64Array | undefined): number {
  if (max === null) return rows
  return isFraction(max) ? Math.max(Math.trunc(numeric(max) * (weights ? pairwiseSum(weights) : rows)), 1) : numeric(max)
}

/** What numpy says when rows cannot be drawn in proportion to their weights. */
const badWeights = (message: string) =>
  new LearnError('learn/class-weight', 'ValueError', message, {
    parameter: 'class_weight',
    hint: 'Rows count in proportion to the weights of their classes: some must be positive, none negative.',
  })

/** Draws rows with replacement; with weights, rows are drawn in proportion to them and then count as whole rows. */
class Bootstrap {
  private readonly cumulative?: Float64Array
  private readonly counts: Int32Array

  constructor(
    private readonly rows: number,
    readonly size: number,
    weights: Float64Array | undefined,
  ) {
    this.counts = new Int32Array(rows)
    if (!weights) return
    const total = pairwiseSum(weights)
    if (total === 0) throw badWeights('probabilities contain NaN')
    if (weights.some(weight => weight / total < 0)) throw badWeights('probabilities are not non-negative')
    let sum = 0
    const cumulative = weights.map(weight => (sum += weight / total))
    this.cumulative = cumulative.map(value => value / sum)
  }

  /** How often each row was drawn; the array is used again by the next draw. */
  draw(rng: RandomState): Int32Array {
    const { counts, cumulative, rows, size } = this
    counts.fill(0)
    if (!cumulative) for (let i = 0; i < size; i++) counts[rng.below(rows)]++
    else for (let i = 0; i < size; i++) counts[firstAbove(cumulative, rng.double())]++
    return counts
  }
}

function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] <= value) low = middle + 1
    else high = middle
  }
  return low
}

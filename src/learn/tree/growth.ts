import type { Params, ParamValue } from '../contract.ts'
import { ForestKernel } from '../kernels/forest-kernel.ts'
import { GrowScratch, growTree } from '../kernels/grow-tree.ts'
import { ScatteredKernel } from '../kernels/scattered-kernel.ts'
import { SortedKernel } from '../kernels/sorted-kernel.ts'
import { criteria, type KernelCriterion, type KernelGrowOptions, withoutPauses } from '../kernels/tree-memory.ts'
import { pairwiseSum } from '../pairwise-sum.ts'
import { aFloat, anArray, anInt, aReal, aSeed, isFraction, none, numeric, oneOf } from '../parameters.ts'
import { RandomState } from '../random-state.ts'
import { AbsoluteError } from './absolute-error.ts'
import { buildTree } from './build-tree.ts'
import { Entropy, Gini } from './classification-criteria.ts'
import type { Criterion } from './criterion.ts'
import { monotonicOf } from './monotonic.ts'
import { pruneTree } from './prune-tree.ts'
import { rankTable } from './ranks.ts'
import { Poisson, SquaredError } from './regression-criteria.ts'
import { type Tree, type TreeMatrix, widthOf } from './tree.ts'

/** numpy's `iinfo(int32).max`: scikit-learn draws seeds below it. */
export const maxInt32 = 2147483647
/** No other limit than the data: scikit-learn's depth for `max_depth=None`. */
const unlimited = 2147483647

export const classificationCriterion = { default: 'gini', accepts: [oneOf('gini', 'entropy', 'log_loss')] }
export const regressionCriterion = { default: 'squared_error', accepts: [oneOf('squared_error', 'absolute_error', 'poisson')] }
/** `friedman_mse` is an old name of `squared_error`. */
export const withCriterionOfToday = (params: Params): Params =>
  params.criterion === 'friedman_mse' ? { ...params, criterion: 'squared_error' } : params

/** What a tree and each tree of a forest take, with scikit-learn's constraints. */
export const growthParameters = {
  max_depth: { default: null, accepts: [anInt(1), none] },
  min_samples_split: { default: 2, accepts: [anInt(2), aFloat(0, 1, 'right')] },
  min_samples_leaf: { default: 1, accepts: [anInt(1), aFloat(0, 1, 'neither')] },
  min_weight_fraction_leaf: { default: 0, accepts: [aReal(0, 0.5, 'both')] },
  max_leaf_nodes: { default: null, accepts: [anInt(2), none] },
  min_impurity_decrease: { default: 0, accepts: [aReal(0, Number.POSITIVE_INFINITY, 'left')] },
  ccp_alpha: { default: 0, accepts: [aReal(0, Number.POSITIVE_INFINITY, 'left')] },
  monotonic_cst: { default: null, accepts: [anArray, none] },
  random_state: { default: null, accepts: [aSeed, none] },
} as const
export const maxFeaturesParameter = [anInt(1), aFloat(0, 1, 'right'), oneOf('sqrt', 'log2'), none]

/** What the trees learn: class codes or values. */
export type TreeTarget =
  | { readonly kind: 'classes'; readonly codes: Int32Array; readonly classes: number }
  | { readonly kind: 'values'; readonly values: Float64Array }

export const outputsOf = (target: TreeTarget): number => (target.kind === 'classes' ? target.classes : 1)

/** Grows trees on one data set: ranks, buffers and sizes are worked out once. */
export class TreeGrower {
  private readonly options
  private scratch: GrowScratch | undefined

  constructor(
    private readonly X: TreeMatrix,
    private readonly target: TreeTarget,
    private readonly params: Readonly<Record<string, ParamValue>>,
    private readonly splitter: 'best' | 'random',
  ) {
    const { rows } = X
    const width = widthOf(X)
    const p = params
    const monotonic = monotonicOf(p.monotonic_cst, width, target)
    const minSamplesLeaf = isFraction(p.min_samples_leaf) ? Math.ceil(numeric(p.min_samples_leaf) * rows) : numeric(p.min_samples_leaf)
    const minSamplesSplit = isFraction(p.min_samples_split)
      ? Math.max(2, Math.ceil(numeric(p.min_samples_split) * rows))
      : numeric(p.min_samples_split)
    this.options = {
      minSamplesSplit: Math.max(minSamplesSplit, 2 * minSamplesLeaf),
      minSamplesLeaf,
      maxDepth: p.max_depth === null ? unlimited : numeric(p.max_depth),
      maxFeatures: featuresPerSplit(p.max_features, width),
      minImpurityDecrease: numeric(p.min_impurity_decrease),
      ...(p.max_leaf_nodes === null ? {} : { maxLeafNodes: numeric(p.max_leaf_nodes) }),
      ...(monotonic ? { monotonic } : {}),
    }
  }

  /**
   * One tree of a forest, on rows drawn with replacement; pauses after some milliseconds of work each.
   *
   * @param treeSeed seed of the tree: its bootstrap and its splits both begin with the first draws of a generator of this seed
   * @param draws rows to draw
   * @returns undefined when the fast kernel cannot do it: draw the rows and call `growing`
   */
  *growingOnDraws(treeSeed: number, draws: number): Generator<void, Tree | undefined> {
    const { target } = this
    const kernel = this.options.monotonic ? undefined : this.countingKernel()
    if (!kernel || target.kind !== 'classes') return undefined
    kernel.use(target.codes)
    const seed = kernel.drawFor(treeSeed, draws)
    const share = numeric(this.params.min_weight_fraction_leaf)
    const tree = yield* kernel.memory.growing({ ...this.options, minWeightLeaf: share * draws, seed })
    return tree && this.pruned(tree)
  }

  private pruned(tree: Tree): Tree {
    return pruneTree(tree, numeric(this.params.ccp_alpha), outputsOf(this.target))
  }

  /** One tree without pauses: see `growing`. */
  grow(rng: RandomState, weights: Int32Array | Float64Array | undefined): Tree {
    return withoutPauses(this.growing(rng, weights))
  }

  /**
   * One tree; pauses after some milliseconds of work each.
   *
   * @param rng the tree's own generator, fresh from its seed
   * @param weights per row; absent: all 1
   */
  *growing(rng: RandomState, weights: Int32Array | Float64Array | undefined): Generator<void, Tree> {
    const { X, target, params, splitter } = this
    const share = numeric(params.min_weight_fraction_leaf)
    const minWeightLeaf = share === 0 ? 0 : share * (weights ? sumOf(weights) : X.rows)
    const options = { ...this.options, minWeightLeaf, seed: rng.below(maxInt32) }
    // The kernels know no constraints.
    if (target.kind === 'classes' && !(weights instanceof Float64Array) && !options.monotonic) {
      const tree = yield* this.growingOnCounts(target, weights, options)
      if (tree) return this.pruned(tree)
    }
    const sorted = X.sparse || options.monotonic ? undefined : this.sortedKernel()
    if (sorted) {
      sorted.use(target.kind === 'classes' ? target.codes : target.values)
      sorted.setWeights(weights)
      return this.pruned((yield* sorted.memory.growing(options))!)
    }
    const real = weights && (weights instanceof Float64Array ? weights : Float64Array.from(weights))
    const sparse = X.sparse === true
    return this.pruned(buildTree(X.columns, criterionOf(String(params.criterion), target, real), real, { ...options, splitter, sparse }))
  }

  /** Small integer weights make every sum exact, and then the order of rows in a node does not matter. */
  private *growingOnCounts(
    target: TreeTarget & { kind: 'classes' },
    weights: Int32Array | undefined,
    options: KernelGrowOptions,
  ): Generator<void, Tree | undefined> {
    const { X, params, splitter } = this
    if (splitter === 'random') {
      const kernel = ScatteredKernel.for(X, target.classes, classCriterion(params.criterion))
      kernel?.use(target.codes)
      kernel?.setCounts(weights)
      return kernel && (yield* kernel.memory.growing(options))
    }
    const kernel = this.countingKernel()
    kernel?.use(target.codes)
    kernel?.setCounts(weights)
    const tree = kernel && (yield* kernel.memory.growing(options))
    if (tree) return tree
    const isPlain = params.criterion === 'gini' && params.max_leaf_nodes === null && !X.hasMissing
    return isPlain ? this.growPlain(target, weights, options) : undefined
  }

  private countingKernel(): ForestKernel | undefined {
    const { X, target, params, splitter } = this
    if (target.kind !== 'classes' || splitter !== 'best') return undefined
    return ForestKernel.for(X, target.classes, classCriterion(params.criterion))
  }

  private sortedKernel(): SortedKernel | undefined {
    const { X, target, params, splitter, options } = this
    const criterion = String(params.criterion)
    if (!isKernelCriterion(criterion)) return undefined
    return SortedKernel.for(X, { criterion, splitter, outputs: outputsOf(target), maxFeatures: options.maxFeatures })
  }

  /** Without WebAssembly. */
  private growPlain({ codes, classes }: TreeTarget & { kind: 'classes' }, weights: Int32Array | undefined, own: KernelGrowOptions): Tree {
    const table = rankTable(this.X)
    this.scratch ??= new GrowScratch(table, codes, { ...this.options, classes })
    const counts = weights ?? new Int32Array(this.X.rows).fill(1)
    return growTree(table, codes, counts, { ...own, classes }, this.scratch)
  }
}

const classCriterion = (name: ParamValue | undefined): 'gini' | 'entropy' => (name === 'gini' ? 'gini' : 'entropy')
const isKernelCriterion = (name: string): name is KernelCriterion => Object.hasOwn(criteria, name)

export const seededBy = (seed: ParamValue): RandomState =>
  new RandomState(seed === null ? Math.floor(Math.random() * 2 ** 32) : numeric(seed))

function criterionOf(name: string, target: TreeTarget, weights: Float64Array | undefined): Criterion {
  if (target.kind === 'classes') {
    return name === 'gini' ? new Gini(target.codes, target.classes, weights) : new Entropy(target.codes, target.classes, weights)
  }
  if (name === 'poisson') return new Poisson(target.values, weights)
  return name === 'absolute_error' ? new AbsoluteError(target.values, weights) : new SquaredError(target.values, weights)
}

/** `max_features` as a number. */
export function featuresPerSplit(max: ParamValue, columns: number): number {
  if (max === 'sqrt') return Math.max(1, Math.floor(Math.sqrt(columns)))
  if (max === 'log2') return Math.max(1, Math.floor(Math.log2(columns)))
  if (max === null) return columns
  return isFraction(max) ? Math.max(1, Math.floor(numeric(max) * columns)) : numeric(max)
}

function sumOf(weights: Int32Array | Float64Array): number {
  return pairwiseSum(weights instanceof Float64Array ? weights : Float64Array.from(weights))
}

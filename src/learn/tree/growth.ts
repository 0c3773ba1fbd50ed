import type { Params, ParamValue } from '../contract.ts'
import { ForestKernel } from '../kernels/forest-kernel.ts'
import { GrowScratch, growTree } from '../kernels/grow-tree.ts'
import { SortedKernel } from '../kernels/sorted-kernel.ts'
import { pairwiseSum } from '../pairwise-sum.ts'
import { aFloat, anInt, aReal, aSeed, isFraction, none, numeric, oneOf } from '../parameters.ts'
import { RandomState } from '../random-state.ts'
import { AbsoluteError } from './absolute-error.ts'
import { buildTree } from './build-tree.ts'
import { Entropy, Gini } from './classification-criteria.ts'
import type { Criterion } from './criterion.ts'
import { pruneTree } from './prune-tree.ts'
import { rankTable } from './ranks.ts'
import { Poisson, SquaredError } from './regression-criteria.ts'
import type { Tree, TreeMatrix } from './tree.ts'

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
  monotonic_cst: { default: null, accepts: [none] },
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
  private readonly kernel: ForestKernel | undefined
  private scratch: GrowScratch | undefined
  private readonly byRanks: boolean

  constructor(
    private readonly X: TreeMatrix,
    private readonly target: TreeTarget,
    private readonly params: Readonly<Record<string, ParamValue>>,
    private readonly splitter: 'best' | 'random',
  ) {
    const { rows, columns } = X
    const p = params
    const minSamplesLeaf = isFraction(p.min_samples_leaf) ? Math.ceil(numeric(p.min_samples_leaf) * rows) : numeric(p.min_samples_leaf)
    const minSamplesSplit = isFraction(p.min_samples_split)
      ? Math.max(2, Math.ceil(numeric(p.min_samples_split) * rows))
      : numeric(p.min_samples_split)
    this.options = {
      minSamplesSplit: Math.max(minSamplesSplit, 2 * minSamplesLeaf),
      minSamplesLeaf,
      maxDepth: p.max_depth === null ? unlimited : numeric(p.max_depth),
      maxFeatures: featuresPerSplit(p.max_features, columns.length),
      minImpurityDecrease: numeric(p.min_impurity_decrease),
    }
    // Small integer weights make every sum exact, and then the order of rows in a node does not matter: nodes are scanned by ranks.
    this.byRanks = target.kind === 'classes' && splitter === 'best' && p.criterion === 'gini' && p.max_leaf_nodes === null && !X.hasMissing
    this.kernel = this.byRanks ? ForestKernel.for(rankTable(X), outputsOf(target)) : undefined
  }

  /**
   * One tree of a forest, on rows drawn with replacement.
   *
   * @param treeSeed seed of the tree: its bootstrap and its splits both begin with the first draws of a generator of this seed
   * @param draws rows to draw
   * @returns undefined when the fast kernel cannot do it: draw the rows and call `grow`
   */
  growOnDraws(treeSeed: number, draws: number): Tree | undefined {
    const { kernel, target } = this
    if (!kernel || target.kind !== 'classes') return undefined
    kernel.use(target.codes)
    const seed = kernel.seedFor(treeSeed)
    kernel.bootstrap(draws)
    const share = numeric(this.params.min_weight_fraction_leaf)
    const tree = kernel.grow({ ...this.options, minWeightLeaf: share * draws, seed })
    return tree && this.pruned(tree)
  }

  private pruned(tree: Tree): Tree {
    return pruneTree(tree, numeric(this.params.ccp_alpha), outputsOf(this.target))
  }

  /**
   * One tree.
   *
   * @param rng the tree's own generator, fresh from its seed
   * @param weights per row; absent: all 1
   */
  grow(rng: RandomState, weights: Int32Array | Float64Array | undefined): Tree {
    const { X, target, params, options, splitter, kernel } = this
    const share = numeric(params.min_weight_fraction_leaf)
    const minWeightLeaf = share === 0 ? 0 : share * (weights ? sumOf(weights) : X.rows)
    const seed = rng.below(maxInt32)
    if (this.byRanks && target.kind === 'classes' && !(weights instanceof Float64Array)) {
      kernel?.use(target.codes)
      kernel?.setCounts(weights)
      return this.pruned(kernel?.grow({ ...options, minWeightLeaf, seed }) ?? this.growPlain(target, weights, { minWeightLeaf, seed }))
    }
    const sorted = this.sortedKernel()
    if (sorted) {
      sorted.use(target.kind === 'classes' ? target.codes : target.values)
      return this.pruned(sorted.grow({ ...options, minWeightLeaf, seed }, weights))
    }
    const real = weights && (weights instanceof Float64Array ? weights : Float64Array.from(weights))
    const maxLeafNodes = params.max_leaf_nodes === null ? undefined : numeric(params.max_leaf_nodes)
    const all = { ...options, minWeightLeaf, seed, splitter, ...(maxLeafNodes === undefined ? {} : { maxLeafNodes }) }
    return this.pruned(buildTree(X.columns, criterionOf(String(params.criterion), target, real), real, all))
  }

  private sortedKernel(): SortedKernel | undefined {
    const { X, target, params, splitter } = this
    const { criterion } = params
    if (params.max_leaf_nodes !== null || (criterion !== 'squared_error' && criterion !== 'gini')) return undefined
    return SortedKernel.for(X, { criterion, splitter, outputs: outputsOf(target) })
  }

  /** Without WebAssembly. */
  private growPlain(
    { codes, classes }: TreeTarget & { kind: 'classes' },
    weights: Int32Array | undefined,
    own: { readonly minWeightLeaf: number; readonly seed: number },
  ): Tree {
    const table = rankTable(this.X)
    this.scratch ??= new GrowScratch(table, codes, { ...this.options, classes })
    const counts = weights ?? new Int32Array(this.X.rows).fill(1)
    return growTree(table, codes, counts, { ...this.options, ...own, classes }, this.scratch)
  }
}

export const seededBy = (seed: ParamValue): RandomState =>
  new RandomState(seed === null ? Math.floor(Math.random() * 2 ** 32) : numeric(seed))

function criterionOf(name: string, target: TreeTarget, weights: Float64Array | undefined): Criterion {
  if (target.kind === 'classes') {
    return name === 'gini' ? new Gini(target.codes, target.classes, weights) : new Entropy(target.codes, target.classes, weights)
  }
  if (name === 'poisson') return new Poisson(target.values, weights)
  return name === 'absolute_error' ? new AbsoluteError(target.values, weights) : new SquaredError(target.values, weights)
}

function featuresPerSplit(max: ParamValue, columns: number): number {
  if (max === 'sqrt') return Math.max(1, Math.floor(Math.sqrt(columns)))
  if (max === 'log2') return Math.max(1, Math.floor(Math.log2(columns)))
  if (max === null) return columns
  return isFraction(max) ? Math.max(1, Math.floor(numeric(max) * columns)) : numeric(max)
}

function sumOf(weights: Int32Array | Float64Array): number {
  return pairwiseSum(weights instanceof Float64Array ? weights : Float64Array.from(weights))
}

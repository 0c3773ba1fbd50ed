import { balancedWeights } from '../class-weight.ts'
import { LearnError, type ParamValue } from '../contract.ts'
import { nodeBytes } from '../kernels/packed-tree.ts'
import { withoutPauses } from '../kernels/tree-memory.ts'
import { RandomState } from '../random-state.ts'
import { outputsOf, TreeGrower, type TreeTarget } from '../tree/growth.ts'
import type { Tree, TreeMatrix } from '../tree/tree.ts'
import { Bootstrap } from './bootstrap.ts'

/** What the trees of a forest have in common; plain data but for the parameters. */
export interface ForestPlan {
  readonly X: TreeMatrix
  readonly target: TreeTarget
  /** Weight per row by its class; absent: all 1. */
  readonly weights?: Float64Array
  readonly params: Readonly<Record<string, ParamValue>>
  readonly splitter: 'best' | 'random'
  /** Rows drawn with replacement per tree; absent: each tree grows on all rows. */
  readonly draws?: number
}

/** Grows trees of a forest, in any order and anywhere: a tree depends on the plan and its own seed only. */
export class ForestGrowth {
  private lazyGrower?: TreeGrower
  private readonly bootstrap?: Bootstrap
  private readonly subsamples: boolean

  constructor(private readonly plan: ForestPlan) {
    const { X, target, weights, params, draws } = plan
    if (draws !== undefined) this.bootstrap = new Bootstrap(X.rows, draws, weights)
    this.subsamples = params.class_weight === 'balanced_subsample' && target.kind === 'classes'
  }

  /** Made when the first tree grows: it sorts all columns. */
  private get grower(): TreeGrower {
    const { X, target, params, splitter } = this.plan
    this.lazyGrower ??= new TreeGrower(X, target, params, splitter)
    return this.lazyGrower
  }

  /** One tree without pauses. */
  grow(treeSeed: number): Tree {
    return withoutPauses(this.growing(treeSeed))
  }

  /** One tree; pauses after some milliseconds of work each. */
  *growing(treeSeed: number): Generator<void, Tree> {
    const { bootstrap, grower, plan } = this
    if (bootstrap && !plan.weights && !this.subsamples) {
      const tree = yield* grower.growingOnDraws(treeSeed, bootstrap.size)
      if (tree) return tree
    }
    const rng = new RandomState(treeSeed)
    const counts = bootstrap?.draw(rng)
    // The tree's own generator starts from the same seed as its bootstrap: both begin with the same draws.
    rng.rewind()
    return yield* grower.growing(rng, counts ? this.subsampleWeights(counts) : plan.weights)
  }

  /** How often the tree of this seed has drawn each row; the array is used again. Undefined without a bootstrap. */
  countsOf(treeSeed: number): Int32Array | undefined {
    return this.bootstrap?.draw(new RandomState(treeSeed))
  }

  /** The rows that the tree of this seed has drawn, in order; all rows without a bootstrap. */
  rowsOf(treeSeed: number): Int32Array {
    return this.bootstrap?.drawnRows(new RandomState(treeSeed)) ?? Int32Array.from({ length: this.plan.X.rows }, (_, i) => i)
  }

  /** `balanced_subsample` weighs the classes anew in each bootstrap sample. */
  private subsampleWeights(counts: Int32Array): Int32Array | Float64Array {
    const { target } = this.plan
    if (!this.subsamples || target.kind !== 'classes') return counts
    const weightOf = balancedWeights(target.codes, target.classes, counts)
    return Float64Array.from(counts, (count, i) => count * weightOf[target.codes[i]])
  }
}

/** Trees of one model that fit: 4 GiB. */
const mostBytes = 2 ** 32

const bytesOf = (tree: Tree, target: TreeTarget): number => tree.feature.length * nodeBytes(outputsOf(target))
/** Whether so many trees like this one fit into memory. */
export const haveRoom = (tree: Tree, target: TreeTarget, trees: number): boolean => bytesOf(tree, target) * trees <= mostBytes

/** @throws LearnError `learn/out-of-memory` with an estimate, when so many trees like the first one would not fit */
export function requireRoomForTrees(estimator: string, first: Tree, { target }: Pick<ForestPlan, 'target'>, trees: number): void {
  requireRoom(estimator, { nodes: first.feature.length, bytes: bytesOf(first, target) }, trees, 'n_estimators')
}

/**
 * @param first the first of the trees
 * @param parameter that says how many there are
 * @throws LearnError `learn/out-of-memory` with an estimate, when so many trees like the first one would not fit
 */
export function requireRoom(
  estimator: string,
  first: { readonly nodes: number; readonly bytes: number },
  trees: number,
  parameter: 'n_estimators' | 'max_iter',
): void {
  const bytes = first.bytes * trees
  if (bytes <= mostBytes) return
  throw new LearnError(
    'learn/out-of-memory',
    'MemoryError',
    `Unable to allocate ${(bytes / 2 ** 30).toFixed(1)} GiB for ${trees} trees of ${first.nodes} nodes each`,
    {
      parameter,
      hint: `${estimator} would not fit into memory: fewer ${parameter}, or smaller trees by max_depth, max_leaf_nodes or min_samples_leaf.`,
    },
  )
}

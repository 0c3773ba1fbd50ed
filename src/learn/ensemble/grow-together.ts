import type { FitControl, Params } from '../contract.ts'
import { PackedTree } from '../kernels/packed-tree.ts'
import { forestModule } from '../kernels/wasm-module.ts'
import { plainParams } from '../step-data.ts'
import { outputsOf } from '../tree/growth.ts'
import { sharedColumns, type Tree } from '../tree/tree.ts'
import { type ForestGrowth, type ForestPlan, requireRoomForTrees } from './forest-growth.ts'
import { type GrowTask, growEntry, type SentTrees, sharedProgress, stopAll, takePlace, type WorkerRunner } from './forest-workers.ts'

const millisecondsPerTurn = 20
const treesPerTold = 16

export interface Helpers {
  readonly runner: WorkerRunner
  readonly count: number
}

interface GrowOptions extends Pick<FitControl, 'signal'> {
  readonly name: string
  readonly onDone: (trees: number) => void
  /** Hears of the first `everyTrees`, 2 `everyTrees`, … trees, one call after the other; what it throws ends the growth. */
  readonly onTrees?: (first: readonly Tree[]) => Promise<void>
  readonly everyTrees?: number
}

/**
 * Grows the trees of these seeds, here and in helping workers, in the order of the seeds: the result does not depend on how many there are.
 *
 * This thread grows trees from the beginning, with pauses in which others run; a worker helps as soon as it is there. When the last trees are in the
 * hands of workers this one grows them too: a worker that came late makes no fit longer. An abort ends the workers at once.
 */
export async function growTogether(
  growth: ForestGrowth,
  plan: ForestPlan,
  seeds: readonly number[],
  helpers: Helpers | undefined,
  { name, signal, onDone, onTrees, everyTrees = 1 }: GrowOptions,
): Promise<readonly Tree[]> {
  const outputs = outputsOf(plan.target)
  const trees: (Tree | undefined)[] = new Array(seeds.length).fill(undefined)
  let done = 0
  /** Trees up to here are all there. */
  let whole = 0
  let failure: { readonly error: unknown } | undefined
  let told: Promise<void> = Promise.resolve()
  let isOver = false
  const fail = (error: unknown) => {
    if (!isOver) failure ??= { error }
  }
  const keep = (place: number, tree: Tree) => {
    if (trees[place]) return
    trees[place] = tree
    done++
    const from = whole
    while (whole < trees.length && trees[whole]) whole++
    for (let count = from - (from % everyTrees) + everyTrees; onTrees && count <= whole; count += everyTrees) {
      told = told.then(() => (isOver ? undefined : onTrees(trees.slice(0, count) as Tree[])))
      told.catch(fail)
    }
  }

  const progress = helpers ? sharedProgress() : undefined
  let next = 0
  const take = () => (progress ? takePlace(progress) : next++)
  const first = take()
  const stop = new AbortController()
  const abort = () => stop.abort(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  if (helpers && progress) {
    const task: GrowTask = { task: 'grow-trees', plan: plainPlan(plan), seeds, progress, ...withModule() }
    const onMessage = (message: unknown) => {
      if (isOver) return
      const { places, nodes, buffers } = message as SentTrees
      for (const [i, buffer] of buffers.entries()) keep(places[i], new PackedTree(buffer, nodes[i], outputs))
      onDone(done)
    }
    for (let i = 0; i < helpers.count; i++) helpers.runner.run(growEntry, task, { signal: stop.signal, onMessage, stays: true }).catch(fail)
  }
  let rested = performance.now()
  const turn = async () => {
    await othersRun()
    signal?.throwIfAborted()
    if (failure) throw failure.error
    rested = performance.now()
  }
  try {
    if (helpers) await turn()
    for (let place = first; done < trees.length; place = take()) {
      const own = place < trees.length ? place : trees.lastIndexOf(undefined)
      const tree = await grownHere(growth.growing(seeds[own]), async () => {
        if (performance.now() - rested > millisecondsPerTurn) await turn()
        return trees[own] === undefined
      })
      if (!tree) continue
      if (place === first) requireRoomForTrees(name, tree, plan, seeds.length)
      keep(own, tree)
      const isTired = performance.now() - rested > millisecondsPerTurn
      if (isTired || done % treesPerTold === 0) onDone(done)
      // Who hears of the first trees hears of them before there are more.
      if (onTrees && whole % everyTrees === 0) await told
      if (isTired) await turn()
    }
    await told
    return trees as Tree[]
  } catch (error) {
    stop.abort(error)
    throw error
  } finally {
    isOver = true
    // Workers that are still at a tree leave it and wait for the next fit.
    if (progress) stopAll(progress)
    signal?.removeEventListener('abort', abort)
  }
}

/** The tree, unless it is not wanted any more after one of the pauses. */
async function grownHere(growing: Generator<void, Tree>, isWanted: () => Promise<boolean>): Promise<Tree | undefined> {
  try {
    for (;;) {
      const { done, value } = growing.next()
      if (done) return value
      if (!(await isWanted())) return undefined
    }
  } finally {
    growing.return(undefined as never)
  }
}

/** Lets messages, timers and others run; where there is a way without a millisecond's wait, by that. */
function othersRun(): Promise<void> {
  const { setImmediate } = globalThis as { setImmediate?: (run: () => void) => void }
  return new Promise(resolve => (setImmediate ? setImmediate(resolve) : setTimeout(resolve)))
}

const withModule = (): Pick<GrowTask, 'module'> => {
  const module = forestModule()
  return module ? { module } : {}
}

/** A plan that crosses threads: its columns are shared, not copied for each of them. */
function plainPlan({ X, target, weights, params, splitter, draws }: ForestPlan): GrowTask['plan'] {
  return {
    X: { rows: X.rows, hasMissing: X.hasMissing, columns: sharedColumns(X), ...(X.sparse ? { sparse: true as const } : {}) },
    target,
    splitter,
    ...(weights ? { weights } : {}),
    ...(draws === undefined ? {} : { draws }),
    params: plainParams(growthOnly(params)),
  }
}

/** What trees need to know; the seed of the forest and its number of trees are no concern of theirs. */
const growthOnly = ({ random_state, n_estimators, ...params }: Params): Params => params

import type { Params, ParamValue } from '../contract.ts'
import { type PackedTree as Packed, PackedTree, packTree } from '../kernels/packed-tree.ts'
import { numeric } from '../parameters.ts'
import { paramsFrom, plainParams } from '../step-data.ts'
import { outputsOf } from '../tree/growth.ts'
import type { Tree } from '../tree/tree.ts'
import { ForestGrowth, type ForestPlan, haveRoom, requireRoomForTrees } from './forest-growth.ts'

/** Runs a task where it does not block and can be stopped at once; `WorkerPort` of platform/ is one. */
export interface WorkerRunner {
  run<Input, Output>(
    entry: string,
    input: Input,
    options: { signal?: AbortSignal; onMessage?: (message: unknown) => void },
  ): Promise<Output>
}

/** The product's worker bundle that answers a `GrowTask`. */
const workerEntry = 'worker'
/** Below so many seconds of estimated work a worker costs more than it saves; with `n_jobs` the user has decided otherwise. */
const worthAWorker = 0.25
const worthJobs = 0.05
/** Seconds per row, feature and level, measured on one core: by ranks, and on rows that keep their order. */
const secondsByRank = 5e-9
const secondsInOrder = 2e-8
const mostWorkers = 16
const treesPerMessage = 4

/** Seeds of trees to grow: plain data, so that it crosses threads. */
export interface GrowTask {
  readonly task: 'grow-trees'
  readonly plan: Omit<ForestPlan, 'params'> & { readonly params: Record<string, unknown> }
  readonly seeds: readonly number[]
  /** Trees of the whole forest. */
  readonly total: number
}

interface GrownTrees {
  readonly nodes: readonly number[]
  readonly buffers: readonly ArrayBuffer[]
  /** The forest would not fit into memory: only the first tree was grown. */
  readonly tooLarge: boolean
}

export const isGrowTask = (input: unknown): input is GrowTask =>
  typeof input === 'object' && input !== null && (input as { task?: unknown }).task === 'grow-trees'

/** Grows the trees of a task; tells how many are done. */
export function growTask({ plan, seeds, total }: GrowTask, send: (done: number) => void): GrownTrees {
  const growth = new ForestGrowth({ ...plan, params: paramsFrom(plan.params) as Record<string, ParamValue> })
  const trees: Packed[] = []
  let tooLarge = false
  for (const seed of seeds) {
    trees.push(packTree(growth.grow(seed), outputsOf(plan.target)))
    tooLarge = trees.length === 1 && !haveRoom(trees[0], plan.target, total)
    if (tooLarge) break
    if (trees.length % treesPerMessage === 0) send(trees.length)
  }
  return { nodes: trees.map(tree => tree.nodes), buffers: trees.map(tree => tree.buffer), tooLarge }
}

/** How many workers a fit is worth: `n_jobs` where it is given, else two for long fits; none for short ones. */
export function workersFor({ X, target, params, splitter }: ForestPlan, trees: number): number {
  const features = Math.min(params.max_features === 'sqrt' ? Math.sqrt(X.columns.length) : X.columns.length, X.columns.length)
  const depth = Math.min(params.max_depth === null ? 64 : numeric(params.max_depth), Math.log2(X.rows + 1) + 4)
  const byRank = target.kind === 'classes' && splitter === 'best' && params.criterion === 'gini' && !X.hasMissing
  const seconds = X.rows * features * depth * trees * (byRank ? secondsByRank : secondsInOrder)
  const jobs = params.n_jobs === null || numeric(params.n_jobs) < 1 ? undefined : numeric(params.n_jobs)
  if (seconds < (jobs === undefined ? worthAWorker : worthJobs)) return 0
  const wanted = jobs ?? 2
  return Math.max(1, Math.min(wanted, mostWorkers, trees))
}

/**
 * Grows the trees of these seeds in workers, in the order of the seeds: the result does not depend on how many there are.
 *
 * An abort ends the workers at once.
 */
export async function growInWorkers(
  runner: WorkerRunner,
  plan: ForestPlan,
  seeds: readonly number[],
  workers: number,
  { name, signal, onDone }: { readonly name: string; readonly signal?: AbortSignal; readonly onDone: (trees: number) => void },
): Promise<readonly Tree[]> {
  const { X, target, weights, params, splitter, draws } = plan
  const plain = {
    X: { rows: X.rows, hasMissing: X.hasMissing, columns: X.columns },
    target,
    splitter,
    ...(weights ? { weights } : {}),
    ...(draws === undefined ? {} : { draws }),
    params: plainParams(growthOnly(params)),
  }
  const done = new Array<number>(workers).fill(0)
  const shares = done.map((_, w) => seeds.slice(Math.floor((w * seeds.length) / workers), Math.floor(((w + 1) * seeds.length) / workers)))
  // One that fails ends the others.
  const stop = new AbortController()
  const forward = () => stop.abort(signal?.reason)
  signal?.addEventListener('abort', forward, { once: true })
  try {
    const grown = await Promise.all(
      shares.map((own, w) =>
        runner.run<GrowTask, GrownTrees>(
          workerEntry,
          { task: 'grow-trees', plan: plain, seeds: own, total: seeds.length },
          {
            signal: stop.signal,
            onMessage: message => {
              done[w] = Number(message)
              onDone(done.reduce((a, b) => a + b, 0))
            },
          },
        ),
      ),
    )
    const outputs = outputsOf(target)
    const large = grown.find(({ tooLarge }) => tooLarge)
    if (large) requireRoomForTrees(name, new PackedTree(large.buffers[0], large.nodes[0], outputs), plan, seeds.length)
    return grown.flatMap(({ nodes, buffers }) => buffers.map((buffer, i) => new PackedTree(buffer, nodes[i], outputs)))
  } catch (error) {
    stop.abort(error)
    throw error
  } finally {
    signal?.removeEventListener('abort', forward)
  }
}

/** What trees need to know; the seed of the forest and its number of trees are no concern of theirs. */
const growthOnly = ({ random_state, n_estimators, ...params }: Params): Params => params

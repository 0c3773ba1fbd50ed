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
/** Seconds per row, feature and level, measured on one core: best cuts, random cuts of classes, and what WebAssembly does not do. */
const secondsPerBest = 8e-9
const secondsPerRandom = 4e-9
const secondsPlain = 4e-8
const mostWorkers = 16
const treesPerMessage = 4

/** Seeds of trees to grow: plain data, so that it crosses threads. */
export interface GrowTask {
  readonly task: 'grow-trees'
  readonly plan: Omit<ForestPlan, 'params'> & { readonly params: Record<string, unknown> }
  readonly seeds: readonly number[]
  /** Trees of the whole forest. */
  readonly total: number
  /** Send trees as they are grown; else all of them at the end. */
  readonly streams?: boolean
}

/** Trees that cross threads. */
interface SentTrees {
  readonly nodes: readonly number[]
  readonly buffers: readonly ArrayBuffer[]
}

interface GrownTrees extends SentTrees {
  /** The forest would not fit into memory: only the first tree was grown. */
  readonly tooLarge: boolean
}

/** How many trees a worker has, and those that it has not sent before. */
interface WorkerNews extends SentTrees {
  readonly done: number
}

export const isGrowTask = (input: unknown): input is GrowTask =>
  typeof input === 'object' && input !== null && (input as { task?: unknown }).task === 'grow-trees'

/** Grows the trees of a task; tells how many are done, and with `streams` sends them. */
export function growTask({ plan, seeds, total, streams = false }: GrowTask, send: (news: WorkerNews) => void): GrownTrees {
  const growth = new ForestGrowth({ ...plan, params: paramsFrom(plan.params) as Record<string, ParamValue> })
  const trees: Packed[] = []
  let sent = 0
  let tooLarge = false
  for (const seed of seeds) {
    trees.push(packTree(growth.grow(seed), outputsOf(plan.target)))
    tooLarge = trees.length === 1 && !haveRoom(trees[0], plan.target, total)
    if (tooLarge) break
    if (trees.length % treesPerMessage) continue
    send({ done: trees.length, ...plain(streams ? trees.slice(sent) : []) })
    if (streams) sent = trees.length
  }
  return { ...plain(trees.slice(sent)), tooLarge }
}

const plain = (trees: readonly Packed[]): SentTrees => ({ nodes: trees.map(tree => tree.nodes), buffers: trees.map(tree => tree.buffer) })

/** How many workers a fit is worth: `n_jobs` where it is given, else two for long fits; none for short ones. */
export function workersFor({ X, target, params, splitter }: ForestPlan, trees: number): number {
  const features = Math.min(params.max_features === 'sqrt' ? Math.sqrt(X.columns.length) : X.columns.length, X.columns.length)
  const depth = Math.min(params.max_depth === null ? 64 : numeric(params.max_depth), Math.log2(X.rows + 1) + 4)
  const isPlain = params.criterion === 'absolute_error'
  const perLook = isPlain ? secondsPlain : target.kind === 'classes' && splitter === 'random' ? secondsPerRandom : secondsPerBest
  const seconds = X.rows * features * depth * trees * perLook
  const jobs = params.n_jobs === null || numeric(params.n_jobs) < 1 ? undefined : numeric(params.n_jobs)
  if (seconds < (jobs === undefined ? worthAWorker : worthJobs)) return 0
  const wanted = jobs ?? 2
  return Math.max(1, Math.min(wanted, mostWorkers, trees))
}

interface GrowOptions {
  readonly name: string
  readonly signal?: AbortSignal
  readonly onDone: (trees: number) => void
  /** Hears of the first `everyTrees`, 2 `everyTrees`, … trees, one call after the other; what it throws ends the growth. */
  readonly onTrees?: (first: readonly Tree[]) => Promise<void>
  readonly everyTrees?: number
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
  { name, signal, onDone, onTrees, everyTrees = 1 }: GrowOptions,
): Promise<readonly Tree[]> {
  const { X, target, weights, params, splitter, draws } = plan
  const plain = {
    X: { rows: X.rows, hasMissing: X.hasMissing, columns: X.columns, ...(X.sparse ? { sparse: true as const } : {}) },
    target,
    splitter,
    ...(weights ? { weights } : {}),
    ...(draws === undefined ? {} : { draws }),
    params: plainParams(growthOnly(params)),
  }
  const outputs = outputsOf(target)
  const streams = onTrees !== undefined
  const done = new Array<number>(workers).fill(0)
  const trees: (Tree | undefined)[] = new Array(seeds.length).fill(undefined)
  const received = done.map(() => 0)
  /** Trees go to the workers by turns, so that the first of them are there first. */
  const take = (w: number, { nodes, buffers }: SentTrees) => {
    for (const [i, buffer] of buffers.entries()) trees[w + workers * received[w]++] = new PackedTree(buffer, nodes[i], outputs)
  }
  // One that fails ends the others.
  const stop = new AbortController()
  const forward = () => stop.abort(signal?.reason)
  signal?.addEventListener('abort', forward, { once: true })
  let whole = 0
  let told: Promise<void> = Promise.resolve()
  const tellFirst = () => {
    const from = whole
    while (whole < trees.length && trees[whole]) whole++
    for (let count = from - (from % everyTrees) + everyTrees; onTrees && count <= whole; count += everyTrees) {
      told = told.then(() => onTrees(trees.slice(0, count) as Tree[]))
      told.catch(error => stop.abort(error))
    }
  }
  try {
    const grown = await Promise.all(
      done.map((_, w) =>
        runner.run<GrowTask, GrownTrees>(
          workerEntry,
          {
            task: 'grow-trees',
            plan: plain,
            seeds: seeds.filter((_, t) => t % workers === w),
            total: seeds.length,
            ...(streams ? { streams } : {}),
          },
          {
            signal: stop.signal,
            onMessage: message => {
              const news = message as WorkerNews
              done[w] = news.done
              take(w, news)
              onDone(done.reduce((a, b) => a + b, 0))
              if (streams) tellFirst()
            },
          },
        ),
      ),
    )
    const large = grown.find(({ tooLarge }) => tooLarge)
    if (large) requireRoomForTrees(name, new PackedTree(large.buffers[0], large.nodes[0], outputs), plan, seeds.length)
    for (const [w, rest] of grown.entries()) take(w, rest)
    tellFirst()
    await told
    return trees as Tree[]
  } catch (error) {
    stop.abort(error)
    // Whoever ended the growth from outside knows better why than the workers that it took with it.
    await told
    throw error
  } finally {
    signal?.removeEventListener('abort', forward)
  }
}

/** What trees need to know; the seed of the forest and its number of trees are no concern of theirs. */
const growthOnly = ({ random_state, n_estimators, ...params }: Params): Params => params

import type { ParamValue } from '../contract.ts'
import { type PackedTree as Packed, packTree } from '../kernels/packed-tree.ts'
import { adoptForestModule } from '../kernels/wasm-module.ts'
import { numeric } from '../parameters.ts'
import { paramsFrom } from '../step-data.ts'
import { outputsOf } from '../tree/growth.ts'
import { type Tree, widthOf } from '../tree/tree.ts'
import { ForestGrowth, type ForestPlan, haveRoom } from './forest-growth.ts'

/** Runs a task where it does not block and can be stopped at once; `WorkerPort` of platform/ is one. */
export interface WorkerRunner {
  run<Input, Output>(
    entry: string,
    input: Input,
    options: { signal?: AbortSignal; onMessage?: (message: unknown) => void; stays?: boolean },
  ): Promise<Output>
}

/** The product's worker bundle that answers a `GrowTask`: a small one, so that it is there soon. */
export const growEntry = 'trees'
/** Below so many seconds of estimated work a worker is there when all is done; with `n_jobs` the user has decided otherwise. */
const worthAWorker = 0.25
const worthJobs = 0.1
/** Seconds per row, feature and level, measured on one core: best cuts, random cuts, and what WebAssembly does not do. */
const secondsPerBest = 8e-9
const secondsPerRandom = 4e-9
const secondsPlain = 4e-8
const mostThreads = 16
const millisecondsPerMessage = 10

/** Trees to grow: plain data, so that it crosses threads. */
export interface GrowTask {
  readonly task: 'grow-trees'
  readonly plan: Omit<ForestPlan, 'params'> & { readonly params: Record<string, unknown> }
  /** Seeds of all trees of the forest. */
  readonly seeds: readonly number[]
  readonly progress: SharedProgress
  /** The compiled kernels: what has been optimised elsewhere is here too. */
  readonly module?: WebAssembly.Module
}

/** What the threads of a fit share: the place of the next tree that nobody grows, and whether all shall stop. */
export type SharedProgress = Int32Array
export const sharedProgress = (): SharedProgress => new Int32Array(new SharedArrayBuffer(8))
export const takePlace = (progress: SharedProgress): number => Atomics.add(progress, 0, 1)
export const stopAll = (progress: SharedProgress): void => void Atomics.store(progress, 1, 1)
const isStopped = (progress: SharedProgress): boolean => Atomics.load(progress, 1) !== 0

/** Trees that cross threads, with their places in the forest. */
export interface SentTrees {
  readonly places: readonly number[]
  readonly nodes: readonly number[]
  readonly buffers: readonly ArrayBuffer[]
}

export const isGrowTask = (input: unknown): input is GrowTask =>
  typeof input === 'object' && input !== null && (input as { task?: unknown }).task === 'grow-trees'

/**
 * Grows trees beside the thread of the fit and other workers, each the next one that nobody grows, and sends them some at a time.
 *
 * @param send gets trees and the buffers that may move to the other thread
 */
export function growTask({ plan, seeds, progress, module }: GrowTask, send: (trees: SentTrees, buffers: ArrayBuffer[]) => void): void {
  if (module) adoptForestModule(module)
  const growth = new ForestGrowth({ ...plan, params: paramsFrom(plan.params) as Record<string, ParamValue> })
  const outputs = outputsOf(plan.target)
  let [places, trees]: [number[], Packed[]] = [[], []]
  let sent = performance.now()
  const sendAll = () => {
    const buffers = trees.map(tree => tree.buffer)
    if (places.length) send({ places, nodes: trees.map(tree => tree.nodes), buffers }, buffers)
    ;[places, trees] = [[], []]
    sent = performance.now()
  }
  for (let place = takePlace(progress); place < seeds.length; place = takePlace(progress)) {
    const tree = grown(growth, seeds[place], progress)
    // The thread of the fit says by its own first tree that they would not fit into memory.
    if (!tree || !haveRoom(tree, plan.target, seeds.length)) break
    places.push(place)
    trees.push(packTree(tree, outputs))
    if (performance.now() - sent > millisecondsPerMessage) sendAll()
  }
  sendAll()
}

/** A tree; undefined when all shall stop. */
function grown(growth: ForestGrowth, seed: number, progress: SharedProgress): Tree | undefined {
  const growing = growth.growing(seed)
  while (!isStopped(progress)) {
    const { done, value } = growing.next()
    if (done) return value
  }
  return undefined
}

/** On how many threads a fit is worth growing, the caller's among them: `n_jobs` where it is given, else two for long fits. */
export function threadsFor({ X, params, splitter }: ForestPlan, trees: number): number {
  const width = widthOf(X)
  const features = params.max_features === 'sqrt' ? Math.sqrt(width) : width
  const depth = Math.min(params.max_depth === null ? 64 : numeric(params.max_depth), Math.log2(X.rows + 1) + 4)
  const isPlain = params.criterion === 'absolute_error'
  const perLook = isPlain ? secondsPlain : splitter === 'random' ? secondsPerRandom : secondsPerBest
  const seconds = X.rows * features * depth * trees * perLook
  const jobs = params.n_jobs === null || numeric(params.n_jobs) < 1 ? undefined : numeric(params.n_jobs)
  if (typeof SharedArrayBuffer === 'undefined' || seconds < (jobs === undefined ? worthAWorker : worthJobs)) return 1
  return Math.max(1, Math.min(jobs ?? 2, mostThreads, trees))
}

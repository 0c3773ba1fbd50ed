import { logarithmTables } from '../../numerics/logarithm-table.ts'
import type { GrowOptions } from './grow-tree.ts'
import { nodeBytes, PackedTree } from './packed-tree.ts'
import { type KernelInstance, kernelInstance, Layout } from './wasm-module.ts'

/** How the kernels number their searches for the split of a node, and their criteria. */
export const searches = { counted: 0, ordered: 1, scattered: 2 } as const
export const criteria = { squared_error: 0, gini: 1, entropy: 2, log_loss: 2, poisson: 3 } as const
export type KernelCriterion = keyof typeof criteria

export interface TreeShape {
  readonly search: keyof typeof searches
  readonly rows: number
  readonly width: number
  /** Classes, or 1. */
  readonly outputs: number
}

export type KernelGrowOptions = Omit<GrowOptions, 'classes'> & { readonly maxLeafNodes?: number }

const depthFirstFrame = 32
const bestFirstNode = 64
/** Rows times features looked at between two pauses: some milliseconds. */
const workPerStep = 1e6

/** The part of a kernel's memory in which a tree grows, whatever search finds its splits. */
export class TreeMemory {
  readonly layout = new Layout()
  instance!: KernelInstance
  /** A tree has begun and is not done: nobody else may use this memory. */
  isBusy = false
  private readonly nodesAt: number
  private readonly arguments: readonly number[]
  private readonly logTables: number

  constructor(private readonly shape: TreeShape) {
    const { layout } = this
    const { search, rows, width, outputs } = shape
    const capacity = 2 * rows
    const [features, constants] = [layout.take(4 * width), layout.take(4 * width)]
    const stack = layout.take(Math.max(depthFirstFrame * (rows + 2), bestFirstNode * capacity))
    const heap = layout.take(4 * capacity)
    this.nodesAt = layout.take(capacity * nodeBytes(outputs))
    this.logTables = layout.take(8 * logarithmTables.length)
    this.arguments = [searches[search], width, outputs, features, constants, stack, heap, this.nodesAt, capacity, this.logTables]
  }

  /** Allocates what the layout asks for; false where there is no WebAssembly or not enough memory. */
  allocate(): boolean {
    const instance = kernelInstance(this.layout.bytes)
    if (!instance) return false
    this.instance = instance
    new Float64Array(instance.memory.buffer, this.logTables, logarithmTables.length).set(logarithmTables)
    instance.exports.setUpGrowth(...(this.arguments as Parameters<KernelInstance['exports']['setUpGrowth']>))
    return true
  }

  /**
   * Grows a tree, with a pause after some milliseconds of work each.
   *
   * @returns undefined when a row counts too often for a key of the search
   */
  *growing(options: KernelGrowOptions): Generator<void, PackedTree | undefined> {
    const { exports, memory } = this.instance
    const { outputs } = this.shape
    const int = (value: number) => Math.min(value, 2147483647)
    const begun = exports.begin(
      options.seed,
      int(options.maxFeatures),
      int(options.maxDepth),
      int(options.minSamplesSplit),
      int(options.minSamplesLeaf),
      options.minWeightLeaf,
      options.minImpurityDecrease,
      options.maxLeafNodes === undefined ? 0 : int(options.maxLeafNodes),
    )
    if (begun < 0) return undefined
    this.isBusy = true
    try {
      let nodes = exports.step(workPerStep)
      while (nodes < 0) {
        yield
        nodes = exports.step(workPerStep)
      }
      return new PackedTree(memory.buffer.slice(this.nodesAt, this.nodesAt + nodes * nodeBytes(outputs)), nodes, outputs)
    } finally {
      this.isBusy = false
    }
  }
}

/** Runs what pauses to its end. */
export function withoutPauses<T>(growing: Generator<void, T>): T {
  for (;;) {
    const { done, value } = growing.next()
    if (done) return value
  }
}

/** Kernels by the data they stand on and a name; another one while the known one is in the middle of a tree. */
export class KernelCache<Key extends object, Kernel extends { readonly memory: TreeMemory }> {
  private readonly kernels = new WeakMap<Key, Map<string, Kernel | undefined>>()

  get(key: Key, name: string, make: () => Kernel | undefined): Kernel | undefined {
    let byName = this.kernels.get(key)
    if (!byName) this.kernels.set(key, (byName = new Map()))
    if (!byName.has(name)) byName.set(name, make())
    const kernel = byName.get(name)
    return kernel?.memory.isBusy ? make() : kernel
  }
}

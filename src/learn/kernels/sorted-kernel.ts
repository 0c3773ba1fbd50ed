import { rankTable } from '../tree/ranks.ts'
import type { TreeMatrix } from '../tree/tree.ts'
import type { GrowOptions } from './grow-tree.ts'
import { nodeBytes, PackedTree } from './packed-tree.ts'
import { type KernelInstance, kernelInstance, Layout } from './wasm-module.ts'

const radixBytes = 4 << 11
const frameBytes = 32
/** From this share of rows with a value of their own on, sorting by ranks is tried first. */
const mostlyDistinct = 0.8

export interface SortedKind {
  readonly criterion: 'squared_error' | 'gini'
  readonly splitter: 'best' | 'random'
  /** Classes, or 1. */
  readonly outputs: number
}

const kernels = new WeakMap<TreeMatrix, Map<string, SortedKernel | undefined>>()

/** The WebAssembly twin of `buildTree`, depth first, by squared error or Gini impurity, without missing values. */
export class SortedKernel {
  private target?: Float64Array | Int32Array

  private constructor(
    private readonly instance: KernelInstance,
    private readonly rows: number,
    private readonly outputs: number,
    private readonly parametersAt: number,
    private readonly yAt: number,
    private readonly weightsAt: number,
    private readonly nodesAt: number,
  ) {}

  /** Undefined where only the plain twin can do it. */
  static for(X: TreeMatrix, kind: SortedKind): SortedKernel | undefined {
    const name = `${kind.criterion} ${kind.splitter} ${kind.outputs}`
    let byKind = kernels.get(X)
    if (!byKind) kernels.set(X, (byKind = new Map()))
    if (!byKind.has(name)) byKind.set(name, X.hasMissing ? undefined : SortedKernel.make(X, kind))
    return byKind.get(name)
  }

  private static make(X: TreeMatrix, { criterion, splitter, outputs }: SortedKind): SortedKernel | undefined {
    const { rows, columns } = X
    const width = columns.length
    const cells = rows * width
    const byRank = splitter === 'best'
    const layout = new Layout()
    const parametersAt = layout.take(4 * 32)
    const xAt = layout.take(4 * cells)
    const ranksAt = layout.take(byRank ? 4 * cells : 0)
    const distinctAt = layout.take(4 * width)
    const [yAt, weightsAt] = [layout.take(8 * rows), layout.take(8 * rows)]
    const [samplesAt, valuesAt] = [layout.take(4 * rows), layout.take(4 * rows)]
    const [pairsAt, sparePairsAt] = [layout.take(byRank ? 8 * rows : 0), layout.take(byRank ? 8 * rows : 0)]
    const radixAt = layout.take(radixBytes)
    const [featuresAt, constantsAt] = [layout.take(4 * width), layout.take(4 * width)]
    const [totalAt, leftAt] = [layout.take(8 * outputs), layout.take(8 * outputs)]
    const stackAt = layout.take(frameBytes * (rows + 2))
    const capacity = 2 * rows
    const nodesAt = layout.take(capacity * nodeBytes(outputs))
    const instance = kernelInstance(layout.bytes)
    if (!instance) return undefined
    const { buffer } = instance.memory
    const kind = [criterion === 'squared_error' ? 0 : 1, splitter === 'random' ? 1 : 0, 0]
    const parameters = [rows, width, outputs, ...kind, xAt, ranksAt, distinctAt, yAt, weightsAt, samplesAt, valuesAt, pairsAt, sparePairsAt]
    parameters.push(radixAt, featuresAt, constantsAt, totalAt, leftAt, stackAt, nodesAt, capacity)
    new Int32Array(buffer, parametersAt, parameters.length).set(parameters)
    const x = new Float32Array(buffer, xAt, cells)
    columns.forEach((column, j) => {
      x.set(column, j * rows)
    })
    if (byRank) {
      const table = rankTable(X)
      const ranks = new Int32Array(buffer, ranksAt, cells)
      const distinct = new Int32Array(buffer, distinctAt, width)
      table.ranks.forEach((column, j) => {
        ranks.set(column, j * rows)
        distinct[j] = table.values[j].length > mostlyDistinct * rows ? 1 : 0
      })
    }
    return new SortedKernel(instance, rows, outputs, parametersAt, yAt, weightsAt, nodesAt)
  }

  /** Values or class codes per row, for the trees to come. */
  use(target: Float64Array | Int32Array): void {
    if (this.target === target) return
    new Float64Array(this.instance.memory.buffer, this.yAt, this.rows).set(target)
    this.target = target
  }

  /** @param weights per row; absent: all 1 */
  grow(options: Omit<GrowOptions, 'classes'>, weights: Float64Array | Int32Array | undefined): PackedTree {
    const { memory, exports } = this.instance
    if (weights) new Float64Array(memory.buffer, this.weightsAt, this.rows).set(weights)
    new Int32Array(memory.buffer, this.parametersAt, 6)[5] = weights ? 1 : 0
    exports.setUpSorted(this.parametersAt)
    const { seed, maxFeatures, maxDepth, minSamplesSplit, minSamplesLeaf, minWeightLeaf, minImpurityDecrease } = options
    const int = (value: number) => Math.min(value, 2147483647)
    const nodes = exports.growSorted(
      seed,
      int(maxFeatures),
      int(maxDepth),
      int(minSamplesSplit),
      int(minSamplesLeaf),
      minWeightLeaf,
      minImpurityDecrease,
    )
    const bytes = nodes * nodeBytes(this.outputs)
    return new PackedTree(memory.buffer.slice(this.nodesAt, this.nodesAt + bytes), nodes, this.outputs)
  }
}

import { addValues, type Tree, type TreeMatrix } from '../tree/tree.ts'
import { type PackedTree, packTree, partsOf } from './packed-tree.ts'
import { type KernelInstance, kernelInstance, Layout } from './wasm-module.ts'

/** Fewer visits than this are over before a kernel is set up. */
const fewVisits = 2000

interface Loaded {
  readonly instance: KernelInstance
  readonly xAt: number
  readonly treeAt: number
  readonly sumsAt: number
  readonly treeBytes: number
}

const loaded = new WeakMap<TreeMatrix, Loaded>()

/**
 * Sums of the trees' values per row, [rows, outputs], added in the order of the trees.
 *
 * The rows stay in the kernel's memory: trials of a study predict the same rows again. The plain twin is `addValues`.
 *
 * @param sums of the trees before these, which these are added to
 */
export function sumOfValues(
  trees: readonly Tree[],
  X: TreeMatrix,
  outputs: number,
  sums: Float64Array = new Float64Array(X.rows * outputs),
): Float64Array {
  const packedTrees = X.rows * trees.length < fewVisits ? [] : trees.map(tree => packTree(tree, outputs))
  const kernel = packedTrees.length ? kernelFor(X, outputs, packedTrees) : undefined
  if (!kernel) {
    for (const tree of trees) addValues(tree, X, outputs, sums)
    return sums
  }
  const { instance, xAt, treeAt, sumsAt } = kernel
  const bytes = new Uint8Array(instance.memory.buffer)
  const result = new Float64Array(instance.memory.buffer, sumsAt, sums.length)
  result.set(sums)
  for (const packed of packedTrees) {
    const at = partsOf(packed.nodes, outputs)
    bytes.set(new Uint8Array(packed.buffer), treeAt)
    instance.exports.addValues(
      xAt,
      X.rows,
      outputs,
      treeAt + at.threshold,
      treeAt + at.value,
      treeAt + at.feature,
      treeAt + at.left,
      treeAt + at.right,
      treeAt + at.missing,
      sumsAt,
    )
  }
  sums.set(result)
  return sums
}

function kernelFor(X: TreeMatrix, outputs: number, trees: readonly PackedTree[]): Loaded | undefined {
  let largest = 0
  for (const { buffer } of trees) largest = Math.max(largest, buffer.byteLength)
  const known = loaded.get(X)
  if (known && known.treeBytes >= largest && known.treeAt - known.sumsAt >= 8 * X.rows * outputs) return known
  const layout = new Layout()
  const xAt = layout.take(4 * X.rows * X.columns.length)
  const sumsAt = layout.take(8 * X.rows * outputs)
  const treeBytes = Math.max(2 * largest, 65536)
  const treeAt = layout.take(treeBytes)
  const instance = kernelInstance(layout.bytes)
  if (!instance) return undefined
  const cells = new Float32Array(instance.memory.buffer, xAt, X.rows * X.columns.length)
  X.columns.forEach((column, j) => {
    cells.set(column, j * X.rows)
  })
  const made = { instance, xAt, treeAt, sumsAt, treeBytes }
  loaded.set(X, made)
  return made
}

import type { Matrix } from '../contract.ts'
import type { HistogramTree } from '../ensemble/histogram/histogram-tree.ts'
import type { HistogramExports } from './histogram-kernel.ts'
import { histogramWasm } from './histogram-wasm.ts'
import { KeptInstance } from './kept-instance.ts'
import { type KernelInstance, Layout } from './wasm-module.ts'

/** Fewer visits than this are over before a kernel is set up. */
const fewVisits = 2000
/** Cells of the rows that go down the trees together: they stay in a near cache. */
const cellsAtOnce = 1 << 15
const mostRowsAtOnce = 4096
/** Trees are packed while there is room for so many bytes. */
const treeBytesAtOnce = 32 * 2 ** 20
const keptBytes = 8 * 2 ** 20
const nodeBytes = 24
const categoryBytes = 32
/** Some rows more than there are may go down with the last ones. */
const rowsTogether = 8

const kernel = new KeptInstance<HistogramExports>(histogramWasm, keptBytes)

interface Packed {
  readonly at: number
  readonly hasCategories: boolean
  readonly output: number
}

const bytesOf = (tree: HistogramTree): number => nodeBytes * tree.feature.length + categoryBytes * tree.leftCategories.size

/**
 * Adds the trees' leaf values of each row to `sums` [rows, outputs], one output after the other in turns. The plain twin is `HistogramTree.addTo`.
 *
 * @param X columns as the model's encoder makes them
 */
export function addHistogramTrees(trees: readonly HistogramTree[], X: Matrix, outputs: number, sums: Float64Array): void {
  const all = trees.reduce((bytes, tree) => bytes + bytesOf(tree), 0)
  const room = X.rows * trees.length < fewVisits ? undefined : roomFor(trees, X, outputs, all)
  if (!room) {
    for (const [t, tree] of trees.entries()) tree.addTo(X, sums, outputs, t % outputs)
    return
  }
  for (let from = 0; from < trees.length; ) from = addGroup(room, trees, from, X, outputs, sums)
}

const rowsAtOnceOf = ({ rows, columns }: Matrix): number =>
  Math.min(rows, mostRowsAtOnce, Math.max(rowsTogether, Math.floor(cellsAtOnce / columns)))

interface Room {
  readonly instance: KernelInstance<HistogramExports>
  readonly x: number
  readonly sums: number
  readonly trees: number
  readonly treeBytes: number
}

function roomFor(trees: readonly HistogramTree[], X: Matrix, outputs: number, all: number): Room | undefined {
  const largest = trees.reduce((most, tree) => Math.max(most, bytesOf(tree)), 0)
  const layout = new Layout()
  const x = layout.take(8 * (rowsAtOnceOf(X) + rowsTogether) * X.columns + 16)
  const sums = layout.take(8 * rowsAtOnceOf(X) * outputs)
  const treeBytes = Math.max(largest, Math.min(all, treeBytesAtOnce))
  const at = layout.take(treeBytes)
  const instance = kernel.withBytes(layout.bytes)
  return instance && { instance, x, sums, trees: at, treeBytes }
}

/** The trees from a place on, as many as there is room for. @returns the place behind them */
function addGroup(room: Room, trees: readonly HistogramTree[], from: number, X: Matrix, outputs: number, sums: Float64Array): number {
  const { exports, memory } = room.instance
  const packed: Packed[] = []
  let at = room.trees
  let to = from
  for (; to < trees.length && at + bytesOf(trees[to]) <= room.trees + room.treeBytes; to++) {
    pack(memory.buffer, trees[to], at)
    packed.push({ at, hasCategories: trees[to].leftCategories.size > 0, output: to % outputs })
    at += bytesOf(trees[to])
  }
  const rowsAtOnce = rowsAtOnceOf(X)
  const cells = new Float64Array(memory.buffer, room.x)
  for (let row = 0; row < X.rows; row += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, X.rows - row)
    const size = count * X.columns
    cells.set(X.data.subarray(row * X.columns, row * X.columns + size))
    // What the last rows read beyond.
    cells.fill(0, size, size + rowsTogether * X.columns)
    const missing = exports.areMissing(room.x, size)
    const own = new Float64Array(memory.buffer, room.sums, count * outputs)
    own.set(sums.subarray(row * outputs, (row + count) * outputs))
    for (const { at, hasCategories, output } of packed) {
      exports.addRows(at, room.x, count, X.columns, missing || hasCategories ? 0 : 1, room.sums + 8 * output, 8 * outputs)
    }
    sums.set(own, row * outputs)
  }
  return to
}

/** Nodes as assembly/histogram/predict.ts reads them, then the categories. */
function pack(buffer: ArrayBufferLike, tree: HistogramTree, at: number): void {
  const nodes = tree.feature.length
  const numbers = new Float64Array(buffer, at, 3 * nodes)
  const words = new Uint32Array(buffer, at, 6 * nodes)
  let categories = at + nodeBytes * nodes
  for (let node = 0; node < nodes; node++) {
    const own = nodeBytes * node
    const isLeaf = tree.left[node] < 0
    const left = tree.leftCategories.get(node)
    numbers[3 * node] = isLeaf ? tree.value[node] : left ? 0 : tree.threshold[node]
    words[6 * node + 2] = isLeaf ? 0 : (tree.feature[node] << 3) | tree.missingGoesLeft[node] | (left ? 2 : 0)
    words[6 * node + 3] = isLeaf ? own : nodeBytes * tree.left[node]
    words[6 * node + 4] = isLeaf ? own : nodeBytes * tree.right[node]
    words[6 * node + 5] = categories
    if (!left) continue
    const bits = new Uint8Array(buffer, categories, categoryBytes).fill(0)
    for (let bin = 0; bin < 256; bin++) if (left[bin]) bits[bin >> 3] |= 1 << (bin & 7)
    categories += categoryBytes
  }
}

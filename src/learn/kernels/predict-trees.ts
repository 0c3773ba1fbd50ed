import type { Matrix } from '../contract.ts'
import { addValue, addValues, type Tree, treeMatrix } from '../tree/tree.ts'
import { forestWasm } from './forest-wasm.ts'
import { KeptInstance } from './kept-instance.ts'
import { type ForestExports, type KernelInstance, Layout } from './wasm-module.ts'

/** Fewer visits than this are over before a kernel is set up. */
const fewVisits = 2000
/** Packing a node for the kernel takes the time of so many nodes that the plain twin visits. */
const visitsPerNode = 1
const fewLevels = 8
/** Cells of the rows that go down the trees together: they stay in a near cache. */
const cellsAtOnce = 1 << 16
const mostRowsAtOnce = 8192
/** Bytes of packed trees that are in the kernel together, and a kernel that is worth keeping. */
const treeBytesAtOnce = 64 * 2 ** 20
const keptBytes = 16 * 2 ** 20
const packedNodeBytes = 16
/** A row more than there is may go down with the last ones. */
const rowsTogether = 8

const kernel = new KeptInstance<ForestExports>(forestWasm, keptBytes)

/** A tree's place in the kernel, and the first output that it adds to. */
interface Packed {
  readonly nodes: number
  readonly values: number
  readonly output: number
}

export interface SumOptions {
  /** Throws when a cell of `X` is infinite in float32; called when one is, or when it is not known. */
  readonly requireFinite: () => void
  /** Calls it for missing cells too. */
  readonly requireKnown?: boolean
  /** Of the trees before these, which these are added to. */
  readonly sums?: Float64Array
  /** The trees have one value and add it to one output each, in turns. Default: each has a value for every output. */
  readonly inTurns?: boolean
}

/**
 * Sums of the trees' values per row, [rows, outputs], added in the order of the trees. The plain twin is `addValues`.
 */
export function sumOfValues(trees: readonly Tree[], X: Matrix, outputs: number, options: SumOptions): Float64Array {
  const { requireFinite, sums = new Float64Array(X.rows * outputs), inTurns = false } = options
  const predictor = isWorthAKernel(trees, X.rows) ? Predictor.for(trees, X, outputs, inTurns) : undefined
  if (!predictor) {
    requireFinite()
    for (const [t, tree] of trees.entries()) {
      if (inTurns) addValue(tree, treeMatrix(X), outputs, t % outputs, sums)
      else addValues(tree, treeMatrix(X), outputs, sums)
    }
    return sums
  }
  for (let from = 0; from < trees.length; ) from = predictor.addGroup(trees, from, sums, options)
  return sums
}

function isWorthAKernel(trees: readonly Tree[], rows: number): boolean {
  if (rows * trees.length < fewVisits) return false
  let nodes = 0
  for (const tree of trees) nodes += tree.feature.length
  return nodes * visitsPerNode <= rows * trees.length * fewLevels
}

const bytesOf = (nodes: number, outputs: number): number => nodes * (packedNodeBytes + 8 * outputs)

/** Rows go down some at a time, through as many trees as there is room for. */
class Predictor {
  private readonly layout = new Layout()
  private readonly rowsAtOnce: number
  private readonly at: { readonly data: number; readonly x: number; readonly sums: number; readonly staged: number; readonly trees: number }
  private instance!: KernelInstance

  private constructor(
    private readonly X: Matrix,
    private readonly outputs: number,
    private readonly inTurns: boolean,
    mostNodes: number,
    private readonly treeBytes: number,
  ) {
    const { layout } = this
    const { rows, columns } = X
    const most = Math.min(mostRowsAtOnce, Math.max(rowsTogether, Math.floor(cellsAtOnce / columns)))
    this.rowsAtOnce = Math.min(most, rows)
    const room = (this.rowsAtOnce + rowsTogether) * columns
    this.at = {
      data: layout.take(8 * room + 32),
      x: layout.take(4 * room + 16),
      sums: layout.take(8 * this.rowsAtOnce * outputs),
      staged: layout.take(21 * mostNodes + 64),
      trees: layout.take(treeBytes),
    }
  }

  /** Undefined where only the plain twin can do it. */
  static for(trees: readonly Tree[], X: Matrix, outputs: number, inTurns: boolean): Predictor | undefined {
    const own = inTurns ? 1 : outputs
    let most = 0
    let all = 0
    for (const { feature } of trees) {
      most = Math.max(most, feature.length)
      all += bytesOf(feature.length, own)
    }
    const predictor = new Predictor(X, outputs, inTurns, most, Math.max(bytesOf(most, own), Math.min(all, treeBytesAtOnce)))
    const instance = kernel.withBytes(predictor.layout.bytes)
    if (!instance) return undefined
    predictor.instance = instance
    return predictor
  }

  /** Adds the values of the trees from a place on, as many as there is room for. @returns the place behind them */
  addGroup(trees: readonly Tree[], from: number, sums: Float64Array, { requireFinite, requireKnown }: SumOptions): number {
    const { X, at, outputs, inTurns, rowsAtOnce } = this
    const values = inTurns ? 1 : outputs
    const refused = requireKnown ? 3 : 1
    const { exports, memory } = this.instance
    const packed: Packed[] = []
    let free = this.treeBytes
    let to = from
    while (to < trees.length && bytesOf(trees[to].feature.length, values) <= free) {
      packed.push({ ...this.pack(trees[to], at.trees + this.treeBytes - free), output: inTurns ? to % outputs : 0 })
      free -= bytesOf(trees[to].feature.length, values)
      to++
    }
    const cells = new Float64Array(memory.buffer, at.data)
    for (let row = 0; row < X.rows; row += rowsAtOnce) {
      const count = Math.min(rowsAtOnce, X.rows - row)
      const size = count * X.columns
      cells.set(X.data.subarray(row * X.columns, row * X.columns + size))
      // What the last vector and the last rows read beyond.
      cells.fill(0, size, size + rowsTogether * X.columns)
      const kinds = exports.roundCells(at.data, size + (rowsTogether - 1) * X.columns, at.x)
      if (kinds & refused) requireFinite()
      const own = new Float64Array(memory.buffer, at.sums, count * outputs)
      own.set(sums.subarray(row * outputs, (row + count) * outputs))
      for (const { nodes, values: first, output } of packed) {
        exports.addRows(nodes, first, values, at.x, count, X.columns, kinds & 2, at.sums + 8 * output, 8 * outputs)
      }
      sums.set(own, row * outputs)
    }
    return to
  }

  private pack(tree: Tree, nodesAt: number): Omit<Packed, 'output'> {
    const { buffer } = this.instance.memory
    const nodes = tree.feature.length
    const { staged } = this.at
    const [features, lefts, rights, missing] = [8, 12, 16, 20].map(bytes => staged + bytes * nodes)
    new Float64Array(buffer, staged, nodes).set(tree.threshold)
    new Int32Array(buffer, features, nodes).set(tree.feature)
    new Int32Array(buffer, lefts, nodes).set(tree.children_left)
    new Int32Array(buffer, rights, nodes).set(tree.children_right)
    new Uint8Array(buffer, missing, nodes).set(tree.missing_go_to_left)
    this.instance.exports.packForRows(nodes, staged, features, lefts, rights, missing, nodesAt)
    const values = nodesAt + packedNodeBytes * nodes
    new Float64Array(buffer, values, tree.value.length).set(tree.value)
    return { nodes: nodesAt, values }
  }
}

import { type TreeMatrix, widthOf } from '../tree/tree.ts'
import { allLevels, NearLevels } from './near-levels.ts'
import { packColumns, packingBytes } from './pack-columns.ts'
import type { PackedTree } from './packed-tree.ts'
import { criteria, KernelCache, type KernelCriterion, type KernelGrowOptions, TreeMemory, withoutPauses } from './tree-memory.ts'
import type { KernelInstance } from './wasm-module.ts'

const radixBytes = 4 << 11
const rankingBytes = 3 * 4 * 2048
/** From this share of rows with a value of their own on, sorting by ranks is tried first. */
const mostlyDistinct = 0.8
/** Lists of all columns are divided at each split: worth it where a node looks at one column of so many or more. */
const columnsPerLookedAt = 6
const listBytes = 20
/** What a node's rows may take to stay in the nearest caches. */
const mostLocalRows = 1500
/** What assembly/ordered/few-rows.ts wants: walks and what it knows of sixteen rows; their cells, and seven numbers per feature. */
const fewBytes = (width: number) => 8192 + 1024 + 23 * (4 * width + 32)
const mostListBytes = 700 * 2 ** 20

export interface SortedKind {
  readonly criterion: KernelCriterion
  readonly splitter: 'best' | 'random'
  /** Classes, or 1. */
  readonly outputs: number
  /** Features drawn per node, as far as known: decides how columns are kept, not what grows. */
  readonly maxFeatures?: number
}

const cache = new KernelCache<TreeMatrix, SortedKernel>()

/** Trees on rows that keep scikit-learn's order, in WebAssembly: any criterion of sums, any weights. Its plain twin is `buildTree`. */
export class SortedKernel {
  private target?: Float64Array | Int32Array

  private constructor(
    readonly memory: TreeMemory,
    private readonly rows: number,
    private readonly at: {
      readonly parameters: number
      readonly y: number
      readonly weights: number
      readonly values: number
      readonly samples: number
    },
  ) {}

  /** Undefined where only the plain twin can do it. */
  static for(X: TreeMatrix, kind: SortedKind): SortedKernel | undefined {
    const { criterion, splitter, outputs } = kind
    const listed = keepsLists(X, kind)
    const name = `${criteria[criterion]} ${splitter} ${outputs} ${listed}`
    return cache.get(X, name, () => SortedKernel.make(X, kind, listed))
  }

  private static make(X: TreeMatrix, { criterion, splitter, outputs }: SortedKind, listed: boolean): SortedKernel | undefined {
    const { rows } = X
    const width = widthOf(X)
    const cells = rows * width
    const ranked = splitter === 'best' && !listed && !X.hasMissing
    const memory = new TreeMemory({ search: 'ordered', rows, width, outputs })
    const { layout } = memory
    const parameters = layout.take(4 * 32)
    const xAt = layout.take(4 * cells)
    const ranksAt = layout.take(ranked ? 4 * cells : 0)
    const [distinctAt, tiesAt] = [layout.take(4 * width), layout.take(4 * width)]
    const [sortedAt, listsAt] = [layout.take(listed ? 8 * cells : 0), layout.take(listed ? 8 * cells : 0)]
    const sidesAt = layout.take(rows)
    const [y, weights, termsAt] = [layout.take(8 * rows), layout.take(8 * rows), layout.take(16 * rows)]
    const [samples, values] = [layout.take(4 * rows + 16), layout.take(4 * rows + 32)]
    const [pairsAt, sparePairsAt] = [layout.take(8 * rows + 16), layout.take(8 * rows + 16)]
    const radixAt = layout.take(Math.max(radixBytes, rankingBytes))
    const [totalAt, leftAt] = [layout.take(8 * outputs), layout.take(8 * outputs)]
    const local = listed && rows > mostLocalRows ? mostLocalRows : 0
    const [localRowsAt, originalsAt] = [layout.take(local ? 4 * rows : 0), layout.take(4 * local)]
    const [localTermsAt, localTargetsAt] = [layout.take(16 * local), layout.take(8 * local)]
    const isRandom = splitter === 'random'
    const near = isRandom ? new NearLevels(layout, { rows, width, cellBytes: 4 }, allLevels, [16, 8]) : undefined
    const patternsAt = layout.take(256)
    // Sorts leave the pairs alone.
    const placesAt = isRandom ? layout.take(8 * rows + 64) : pairsAt
    const fewAt = layout.take(isRandom ? fewBytes(width) : 0)
    const roomAt = layout.take(packingBytes(X))
    if (!memory.allocate()) return undefined
    const { instance } = memory
    const { buffer } = instance.memory
    const flags = [isRandom ? 1 : 0, 0, listed ? 1 : 0, X.hasMissing ? 1 : 0]
    const list = [rows, outputs, criteria[criterion], ...flags, xAt, ranksAt, distinctAt, tiesAt, sortedAt, listsAt, sidesAt]
    list.push(y, weights, termsAt, samples, values, pairsAt, sparePairsAt, radixAt, totalAt, leftAt)
    list.push(localRowsAt, originalsAt, localTermsAt, localTargetsAt, local)
    new Int32Array(buffer, parameters, list.length).set(list)
    packColumns(instance, X, xAt, roomAt)
    if (near) {
      near.write(buffer)
      instance.exports.setUpNear(near.at, near.rows.length, xAt, rows, 2)
    }
    instance.exports.setUpDivide(patternsAt, placesAt, placesAt + 4 * rows + (isRandom ? 32 : 0))
    if (isRandom) instance.exports.setUpFew(fewAt)
    if (ranked || listed) {
      // Ranks and order of one column at a time where the tree keeps nothing of them.
      const room = { ranks: samples, values, order: y, pairs: pairsAt, spare: sparePairsAt, ends: radixAt }
      const at = { x: xAt, ranks: ranked ? ranksAt : 0, lists: listed ? sortedAt : 0, distinct: distinctAt, ties: tiesAt }
      for (let j = 0; j < width; j++) sortColumn(instance, rows, j, at, room)
    }
    return new SortedKernel(memory, rows, { parameters, y, weights, values, samples })
  }

  /** Values or class codes per row, for the trees to come. */
  use(target: Float64Array | Int32Array): void {
    if (this.target === target) return
    new Float64Array(this.memory.instance.memory.buffer, this.at.y, this.rows).set(target)
    this.target = target
  }

  /** @param weights per row; absent: all 1 */
  setWeights(weights: Float64Array | Int32Array | undefined): void {
    const { memory, exports } = this.memory.instance
    const { parameters, values, samples } = this.at
    if (weights) new Float64Array(memory.buffer, this.at.weights, this.rows).set(weights)
    new Int32Array(memory.buffer, parameters, 5)[4] = weights ? 1 : 0
    exports.setUpOrdered(parameters, values, samples)
  }

  /** A tree on the weights set last. */
  grow(options: KernelGrowOptions): PackedTree {
    return withoutPauses(this.memory.growing(options))!
  }
}

/** Whether columns are kept as sorted lists that splits divide, instead of being sorted in each node. */
function keepsLists(X: TreeMatrix, { splitter, maxFeatures }: SortedKind): boolean {
  const { rows, hasMissing } = X
  const width = widthOf(X)
  if (splitter !== 'best' || hasMissing || rows * width * listBytes > mostListBytes) return false
  return (maxFeatures ?? width) * columnsPerLookedAt >= width
}

/** Ranks column `j`: keeps its ranks, or its values and rows in ascending order. */
function sortColumn(
  { memory: { buffer }, exports }: KernelInstance,
  rows: number,
  j: number,
  at: { readonly x: number; readonly ranks: number; readonly lists: number; readonly distinct: number; readonly ties: number },
  room: Readonly<Record<'ranks' | 'values' | 'order' | 'pairs' | 'spare' | 'ends', number>>,
): void {
  const column = at.x + 4 * rows * j
  const ranks = at.ranks ? at.ranks + 4 * rows * j : room.ranks
  const distinct = exports.rankColumn(column, rows, ranks, room.values, room.order, room.pairs, room.spare, room.ends)
  new Int32Array(buffer, at.distinct)[j] = distinct > mostlyDistinct * rows ? 1 : 0
  new Int32Array(buffer, at.ties)[j] = distinct < rows ? 1 : 0
  if (!at.lists) return
  exports.listColumn(column, rows, room.order, at.lists + 8 * rows * j)
}

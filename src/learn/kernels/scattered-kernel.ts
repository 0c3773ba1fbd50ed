import { type TreeMatrix, widthOf } from '../tree/tree.ts'
import { fewLevels, manyColumns, NearLevels } from './near-levels.ts'
import { packColumns, packingBytes } from './pack-columns.ts'
import type { PackedTree } from './packed-tree.ts'
import { criteria, KernelCache, type KernelGrowOptions, TreeMemory, withoutPauses } from './tree-memory.ts'

type ClassCriterion = 'gini' | 'entropy' | 'log_loss'
const cache = new KernelCache<TreeMatrix, ScatteredKernel>()

/** Random cuts of classes whose rows have integer weights, in WebAssembly. Its plain twin is `buildTree`. */
export class ScatteredKernel {
  private codes?: Int32Array

  private constructor(
    readonly memory: TreeMemory,
    private readonly rows: number,
    private readonly parametersAt: number,
    private readonly codesAt: number,
    private readonly countsAt: number,
  ) {}

  /** Undefined where only the plain twin can do it. */
  static for(X: TreeMatrix, classes: number, criterion: ClassCriterion): ScatteredKernel | undefined {
    return cache.get(X, `${classes} ${criteria[criterion]}`, () => ScatteredKernel.make(X, classes, criterion))
  }

  private static make(X: TreeMatrix, classes: number, criterion: ClassCriterion): ScatteredKernel | undefined {
    const { rows, hasMissing } = X
    const width = widthOf(X)
    const memory = new TreeMemory({ search: 'scattered', rows, width, outputs: classes })
    const { layout } = memory
    const parametersAt = layout.take(4 * 16)
    const xAt = layout.take(4 * rows * width)
    const perRow = () => layout.take(4 * rows + 32)
    const [codesAt, countsAt, samplesAt, wholeAt, onesAt, valuesAt] = [perRow(), perRow(), perRow(), perRow(), perRow(), perRow()]
    const spareAt = layout.take(3 * 4 * rows + 16)
    const [totalAt, leftAt] = [layout.take(8 * classes), layout.take(8 * classes)]
    const near = new NearLevels(layout, { rows, width, cellBytes: 4 }, fewLevels(width))
    const roomAt = layout.take(packingBytes(X))
    // Rows that lie together are copied to the nodes faster, where a node needs all of many columns.
    const rowsAt = X.source && width > manyColumns && near.rows.length ? layout.take(4 * rows * width + 16) : 0
    if (!memory.allocate()) return undefined
    const { buffer } = memory.instance.memory
    const parameters = [rows, classes, criteria[criterion], 0, xAt, codesAt, countsAt, samplesAt, wholeAt, onesAt, valuesAt, spareAt]
    new Int32Array(buffer, parametersAt, 15).set([...parameters, totalAt, leftAt, hasMissing ? 1 : 0])
    packColumns(memory.instance, X, xAt, roomAt, rowsAt)
    near.write(buffer)
    memory.instance.exports.setUpNear(near.at, near.rows.length, xAt, rows, 2)
    if (rowsAt) memory.instance.exports.setUpRows(rowsAt, width)
    return new ScatteredKernel(memory, rows, parametersAt, codesAt, countsAt)
  }

  /** Class per row, for the trees to come. */
  use(codes: Int32Array): void {
    if (this.codes === codes) return
    new Int32Array(this.memory.instance.memory.buffer, this.codesAt, codes.length).set(codes)
    this.codes = codes
  }

  /** @param counts how often each row counts; absent: once */
  setCounts(counts: Int32Array | undefined): void {
    const { memory, exports } = this.memory.instance
    if (counts) new Int32Array(memory.buffer, this.countsAt, this.rows).set(counts)
    new Int32Array(memory.buffer, this.parametersAt, 4)[3] = counts ? 1 : 0
    exports.setUpScattered(this.parametersAt)
  }

  /** A tree on the counts set last. */
  grow(options: KernelGrowOptions): PackedTree {
    return withoutPauses(this.memory.growing(options))!
  }
}

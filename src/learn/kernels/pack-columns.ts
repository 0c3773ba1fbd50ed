import type { TreeMatrix } from '../tree/tree.ts'
import type { KernelInstance } from './wasm-module.ts'

/** What passes through at once: a share of the second cache. */
const passingBytes = 128 * 2 ** 10
const rowsAtOnce = (width: number): number => Math.max(4, Math.floor(passingBytes / (8 * width)) & ~3)

/** What `packColumns` wants beside the columns, in bytes. */
export const packingBytes = ({ source }: TreeMatrix): number =>
  source ? 8 * source.columns * Math.min(rowsAtOnce(source.columns), source.rows) : 0

/**
 * Writes the columns of a matrix into the memory of a kernel, each behind the one before, as float32: from its rows where they are still all there is.
 *
 * @param rowsTo then also row by row, with room for a cell more; 0: not
 */
export function packColumns({ memory: { buffer }, exports }: KernelInstance, X: TreeMatrix, to: number, room: number, rowsTo = 0): void {
  const { rows, source } = X
  if (!source) {
    for (const [j, column] of X.columns.entries()) new Float32Array(buffer, to + 4 * rows * j, rows).set(column)
    return
  }
  const { data, columns: width } = source
  const atOnce = Math.min(rowsAtOnce(width), rows)
  const cells = new Float64Array(buffer, room, atOnce * width)
  for (let from = 0; from < rows; from += atOnce) {
    const count = Math.min(atOnce, rows - from)
    cells.set(data.subarray(from * width, (from + count) * width))
    exports.packRows(room, count, width, to + 4 * from, 4 * rows)
    if (rowsTo) exports.narrowRows(room, count * width, rowsTo + 4 * from * width)
  }
}

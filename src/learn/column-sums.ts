import type { Matrix } from './contract.ts'
import { memoryOrder } from './features.ts'
import { classSumsKernel, columnSumsKernel, deviationSumsKernel, type KnownChange } from './kernels/columns-kernel.ts'
import { eachColumn } from './matrix-columns.ts'
import { pairwiseSum } from './pairwise-sum.ts'

/** Changes cells before they are added: `cells[i * columns + j]` is one of column `first + j`. Many at a time, because a call per cell takes longer than its addition. */
export type CellChange = (cells: Float64Array, columns: number, first: number) => void

/** A missing cell counts as 0. */
export const missingAsZero: CellChange = cells => {
  for (let k = 0; k < cells.length; k++) if (Number.isNaN(cells[k])) cells[k] = 0
}

/** 1 for a missing cell, else 0. */
export const markMissing: CellChange = cells => {
  for (let k = 0; k < cells.length; k++) cells[k] = Number.isNaN(cells[k]) ? 1 : 0
}

export const squared: CellChange = cells => {
  for (let k = 0; k < cells.length; k++) cells[k] *= cells[k]
}

/** How the kernel calls them. */
const knownChanges = new Map<CellChange | undefined, KnownChange>([
  [undefined, 0],
  [missingAsZero, 1],
  [markMissing, 2],
  [squared, 3],
])

/** Cells that are changed at a time: they stay in the first cache. */
const cellsAtOnce = 2048

/**
 * Sum of each column, added in numpy's order for `X.sum(axis=0)`: pairwise down each column where columns lie in one piece, else row by row.
 *
 * @returns [columns]
 */
export function columnSums(X: Matrix, change?: CellChange): Float64Array<ArrayBuffer> {
  const known = knownChanges.get(change)
  return (known === undefined ? undefined : columnSumsKernel(X, known)) ?? plainColumnSums(X, change)
}

/** The kernel's plain twin. */
export function plainColumnSums(X: Matrix, change?: CellChange): Float64Array<ArrayBuffer> {
  const { rows, columns, data } = X
  const sums = new Float64Array(columns)
  if (memoryOrder(X) !== 'C') {
    eachColumn(X, (column, j) => {
      change?.(column, 1, j)
      sums[j] = pairwiseSum(column)
    })
    return sums
  }
  if (!change) {
    sums.set(data.subarray(0, columns))
    addRows(sums, data, columns, 1, rows)
    return sums
  }
  const atOnce = Math.max(1, Math.floor(cellsAtOnce / columns))
  const block = new Float64Array(Math.min(rows, atOnce) * columns)
  for (let from = 0; from < rows; from += atOnce) {
    const count = Math.min(atOnce, rows - from)
    block.set(data.subarray(from * columns, (from + count) * columns))
    change(count < atOnce ? block.subarray(0, count * columns) : block, columns, 0)
    if (from === 0) sums.set(block.subarray(0, columns))
    addRows(sums, block, columns, from === 0 ? 1 : 0, count)
  }
  return sums
}

/** sums += each row, one after the other; four at a time, which changes nothing in the order of additions. */
function addRows(sums: Float64Array, data: Float64Array, columns: number, first: number, end: number): void {
  let i = first
  for (; i + 4 <= end; i += 4) {
    let a = i * columns
    let b = a + columns
    let c = b + columns
    let d = c + columns
    for (let j = 0; j < columns; j++) sums[j] = sums[j] + data[a++] + data[b++] + data[c++] + data[d++]
  }
  for (; i < end; i++) for (let j = 0, at = i * columns; j < columns; j++, at++) sums[j] += data[at]
}

/** Of each column the sums of cell - centre[column] and of its square, in the order of `columnSums`; with `missing` what is NaN counts as 0. */
export function deviationSums(X: Matrix, centre: Float64Array, { missing }: { readonly missing: boolean }): DeviationSums {
  return deviationSumsKernel(X, centre, missing) ?? plainDeviationSums(X, centre, missing)
}

/** [columns] each. */
export interface DeviationSums {
  readonly sums: Float64Array<ArrayBuffer>
  readonly squares: Float64Array<ArrayBuffer>
}

/** The kernel's plain twin. */
export function plainDeviationSums(X: Matrix, centre: Float64Array, missing: boolean): DeviationSums {
  const { rows, columns, data } = X
  const sums = new Float64Array(columns)
  const squares = new Float64Array(columns)
  if (memoryOrder(X) === 'C') {
    let i = 0
    // Two rows at once, in the same order.
    if (!missing) {
      for (; i + 2 <= rows; i += 2) {
        for (let j = 0, p = i * columns, q = p + columns; j < columns; j++, p++, q++) {
          const a = data[p] - centre[j]
          const b = data[q] - centre[j]
          sums[j] = sums[j] + a + b
          squares[j] = squares[j] + a * a + b * b
        }
      }
    }
    for (let at = i * columns; i < rows; i++) {
      for (let j = 0; j < columns; j++, at++) {
        const away = data[at] - centre[j]
        if (missing && Number.isNaN(away)) continue
        sums[j] += away
        squares[j] += away * away
      }
    }
    return { sums, squares }
  }
  eachColumn(X, (column, j) => {
    const middle = centre[j]
    for (let i = 0; i < column.length; i++) {
      const away = column[i] - middle
      column[i] = missing && Number.isNaN(away) ? 0 : away
    }
    sums[j] = pairwiseSum(column)
    squared(column, 1, j)
    squares[j] = pairwiseSum(column)
  })
  return { sums, squares }
}

/** Sum of each column of (cell - centre[column])², in the same order. */
export const squaredDeviationSums = (X: Matrix, centre: Float64Array): Float64Array<ArrayBuffer> =>
  deviationSums(X, centre, { missing: false }).squares

/**
 * Sum of each row, in numpy's order for `X.sum(axis=1)`.
 *
 * @returns [rows]
 */
export function rowSums(X: Matrix, change?: CellChange): Float64Array<ArrayBuffer> {
  const { rows, columns, data } = X
  const sums = new Float64Array(rows)
  const row = new Float64Array(columns)
  const inOnePiece = memoryOrder(X) !== 'F'
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) row[j] = data[at]
    change?.(row, columns, 0)
    if (inOnePiece) sums[i] = pairwiseSum(row)
    else for (let j = 0; j < columns; j++) sums[i] = j ? sums[i] + row[j] : row[j]
  }
  return sums
}

/** Sums per class and column of cells, and of their squared distances from centres where there are some, row by row. */
export interface ClassSums {
  /** [classes][columns] */
  readonly sums: readonly Float64Array<ArrayBuffer>[]
  readonly squares: readonly Float64Array<ArrayBuffer>[]
  /** Rows per class. */
  readonly rows: Int32Array
}

/**
 * Of each class the sums of cell - centre and of its square: what `columnSums` gives of its rows alone, in memory order C.
 *
 * @param centres [classes][columns]; without them the cells themselves
 */
export function classSums(X: Matrix, codes: Int32Array, classes: number, centres?: readonly Float64Array[]): ClassSums {
  const byKernel = classSumsKernel(X, codes, classes, centres)
  if (!byKernel) return plainClassSums(X, codes, classes, centres)
  const counts = new Int32Array(classes)
  for (let i = 0; i < codes.length; i++) counts[codes[i]]++
  return { ...byKernel, rows: counts }
}

/** The kernel's plain twin. */
export function plainClassSums(
  { rows, columns, data }: Matrix,
  codes: Int32Array,
  classes: number,
  centres?: readonly Float64Array[],
): ClassSums {
  const sums = Array.from({ length: classes }, () => new Float64Array(columns))
  const squares = Array.from({ length: classes }, () => new Float64Array(columns))
  const counts = new Int32Array(classes)
  const zero = new Float64Array(columns)
  for (let i = 0, at = 0; i < rows; i++) {
    const k = codes[i]
    counts[k]++
    const sum = sums[k]
    const square = squares[k]
    const centre = centres ? centres[k] : zero
    for (let j = 0; j < columns; j++, at++) {
      const away = data[at] - centre[j]
      sum[j] += away
      square[j] += away * away
    }
  }
  return { sums, squares, rows: counts }
}

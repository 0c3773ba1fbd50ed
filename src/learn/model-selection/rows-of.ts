import { takeRows } from '../../data/table.ts'
import { type Features, isMatrix, type Matrix } from '../contract.ts'

/** The given rows of a table or a matrix. */
export const rowsOf = (X: Features, rows: ArrayLike<number>): Features => (isMatrix(X) ? matrixRows(X, rows) : takeRows(X, rows))

/** Rows that are fetched before they are copied: a look at each of their cache lines lets far memory answer for all of them at once. */
const fetched = 32
const cellsOfLine = 8
/** Wider rows than these come fast enough by themselves while the matrix is of this size. */
const narrow = 32
const nearCells = 2 ** 21
/** A call for a row takes no longer than a loop over so many cells. */
const wide = 128

function matrixRows(matrix: Matrix, rows: ArrayLike<number>): Matrix {
  const { columns, data } = matrix
  const taken = new Float64Array(rows.length * columns)
  const far = columns <= narrow || data.length > nearCells
  for (let from = 0; from < rows.length; from += fetched) {
    const end = Math.min(rows.length, from + fetched)
    if (far) look(matrix, rows, from, end, taken)
    if (columns < wide) copyRows(matrix, rows, from, end, taken)
    else for (let i = from; i < end; i++) taken.set(data.subarray(rows[i] * columns, (rows[i] + 1) * columns), i * columns)
  }
  return { ...matrix, rows: rows.length, data: taken }
}

function look({ data, columns }: Matrix, rows: ArrayLike<number>, from: number, end: number, into: Float64Array): void {
  let seen = 0
  for (let i = from; i < end; i++) {
    const first = rows[i] * columns
    for (let at = first; at < first + columns; at += cellsOfLine) seen += data[at]
    seen += data[first + columns - 1]
  }
  // Written over at once: what nobody uses the compiler leaves out.
  into[from * columns] = seen
}

function copyRows({ data, columns }: Matrix, rows: ArrayLike<number>, from: number, end: number, into: Float64Array): void {
  const fours = columns & ~3
  let to = from * columns
  for (let i = from; i < end; i++) {
    let at = rows[i] * columns
    const stop = at + columns
    for (const fourth = at + fours; at < fourth; at += 4) {
      into[to] = data[at]
      into[to + 1] = data[at + 1]
      into[to + 2] = data[at + 2]
      into[to + 3] = data[at + 3]
      to += 4
    }
    for (; at < stop; at++) into[to++] = data[at]
  }
}

import type { Matrix } from './contract.ts'
import { memoryOrder } from './features.ts'
import { pairwiseSum } from './pairwise-sum.ts'

/**
 * Sum of each column of `value(cell, column)`, added in numpy's order for `X.sum(axis=0)`: pairwise down each column where columns lie in one piece,
 * else row by row.
 *
 * @returns [columns]
 */
export function columnSums(X: Matrix, value?: (cell: number, column: number) => number): Float64Array {
  const { rows, columns, data } = X
  const sums = new Float64Array(columns)
  if (memoryOrder(X) === 'C') {
    for (let j = 0; j < columns; j++) sums[j] = value ? value(data[j], j) : data[j]
    // Two loops: a call per cell takes longer than the addition.
    if (value) {
      for (let i = 1, at = columns; i < rows; i++) for (let j = 0; j < columns; j++, at++) sums[j] += value(data[at], j)
    } else for (let i = 1, at = columns; i < rows; i++) for (let j = 0; j < columns; j++, at++) sums[j] += data[at]
    return sums
  }
  const column = new Float64Array(rows)
  for (let j = 0; j < columns; j++) {
    for (let i = 0, at = j; i < rows; i++, at += columns) column[i] = value ? value(data[at], j) : data[at]
    sums[j] = pairwiseSum(column)
  }
  return sums
}

/** Sum of each column of (cell - centre[column])², in the same order. */
export function squaredDeviationSums(X: Matrix, centre: Float64Array): Float64Array {
  const { rows, columns, data } = X
  if (memoryOrder(X) !== 'C') return columnSums(X, (value, j) => (value - centre[j]) * (value - centre[j]))
  const sums = new Float64Array(columns)
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) {
      const away = data[at] - centre[j]
      sums[j] += away * away
    }
  }
  return sums
}

/**
 * Sum of each row of `value(cell)`, in numpy's order for `X.sum(axis=1)`.
 *
 * @returns [rows]
 */
export function rowSums(X: Matrix, value: (cell: number) => number = cell => cell): Float64Array {
  const { rows, columns, data } = X
  const sums = new Float64Array(rows)
  const row = new Float64Array(columns)
  const inOnePiece = memoryOrder(X) !== 'F'
  for (let i = 0, at = 0; i < rows; i++, at += columns) {
    for (let j = 0; j < columns; j++) row[j] = value(data[at + j])
    if (inOnePiece) sums[i] = pairwiseSum(row)
    else for (let j = 0; j < columns; j++) sums[i] = j ? sums[i] + row[j] : row[j]
  }
  return sums
}

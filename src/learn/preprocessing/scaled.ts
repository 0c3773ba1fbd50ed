import type { Matrix } from '../contract.ts'

/** A matrix of the same shape, order and kind with each cell changed. */
export function mapCells(X: Matrix, change: (cell: number, column: number) => number, names?: readonly string[]): Matrix {
  const { rows, columns, data } = X
  const changed = new Float64Array(data.length)
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) changed[at] = change(data[at], j)
  const { dtype: _, ...rest } = X
  return { ...rest, data: changed, ...(names ? { names } : {}) }
}

/** Scales below rounding count as 1: a constant column is left where it is. Source: scikit-learn 1.9, `_handle_zeros_in_scale`. */
export const withoutZeros = (scale: Float64Array): Float64Array => scale.map(value => (value < 10 * Number.EPSILON ? 1 : value))

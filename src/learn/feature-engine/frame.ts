import type { Column, Table } from '../../data/table.ts'
import { type Features, isMatrix, LearnError } from '../contract.ts'
import { columnsOf, isDataFrame, numberedNames } from '../features.ts'
import { typeError, valueError } from '../not-built-in.ts'

/**
 * What feature_engine makes of its input: a table; the columns of an array are called `x0`, `x1`, …
 *
 * @throws LearnError in its words for sparse matrices, names that repeat and empty data
 */
export function frameOf(X: Features): Table {
  if (isMatrix(X) && X.sparse) throw typeError('This transformer does not support sparse matrices.')
  const names = isDataFrame(X) ? X.columns.map(column => column.name) : numberedNames(columnsOf(X).length)
  if (new Set(names).size < names.length) throw valueError('Input data contains duplicated variable names.')
  if (!X.rows || !names.length) {
    throw new LearnError('learn/empty', 'ValueError', `0 feature(s) (shape=(${X.rows}, ${names.length})) while a minimum of 1 is required.`)
  }
  return isDataFrame(X) ? X : { rows: X.rows, columns: columnsOf(X).map((column, j) => ({ ...column, name: names[j] })) }
}

/** Whether a cell is empty, per row. */
export const isMissingCell = (column: Column): ((row: number) => boolean) =>
  column.type === 'text' ? row => column.codes[row] < 0 : row => Number.isNaN(column.values[row])

export function firstMissing(column: Column): number {
  return column.type === 'text' ? column.codes.indexOf(-1) : column.values.findIndex(Number.isNaN)
}

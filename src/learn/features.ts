import type { Column, Table } from '../data/table.ts'
import { type Features, isMatrix, type Matrix, type ObjectArray } from './contract.ts'
import { matrixColumns, matrixOfColumns } from './matrix-columns.ts'

/** Whether scikit-learn would see a DataFrame: columns that have names to select by. */
export const isDataFrame = (X: Features): X is Table => !isMatrix(X) && !('isArray' in X)

export const columnCount = (X: Features): number => (isMatrix(X) ? X.columns : X.columns.length)

/** Names of the columns on screen: their own, or `x0`, `x1`, … */
export function shownNames(X: Features): readonly string[] {
  if (!isMatrix(X)) return X.columns.map(column => column.name)
  return X.names ?? numberedNames(X.columns)
}

/** `x0`, `x1`, …: how scikit-learn calls columns without names. */
export const numberedNames = (columns: number): readonly string[] => Array.from({ length: columns }, (_, j) => `x${j}`)

/** Columns by position; a matrix takes the memory order that numpy's fancy indexing gives. */
export function selectColumns(X: Features, indices: readonly number[]): Features {
  if (!isMatrix(X)) return { ...X, columns: indices.map(j => X.columns[j]) }
  const { rows, columns, data, names } = X
  const width = indices.length
  const all = width === columns && indices.every((from, j) => from === j)
  const chosen = all ? data.slice() : new Float64Array(rows * width)
  if (!all) for (let i = 0; i < rows; i++) for (let j = 0; j < width; j++) chosen[i * width + j] = data[i * columns + indices[j]]
  return { ...X, columns: width, data: chosen, order: 'F', ...(names ? { names: indices.map(j => names[j]) } : {}) }
}

/** An array has both orders when it has one row or one column. */
export function memoryOrder({ rows, columns, order = 'C' }: Matrix): 'C' | 'F' | 'both' {
  return rows <= 1 || columns <= 1 ? 'both' : order
}

/**
 * `numpy.hstack`: F only when no part is C and one is F (observed: numpy sorts the axes by all strides, and C wins).
 * Parts with text make an array of objects.
 */
export function stackColumns(parts: readonly Features[], rows: number, { sparse = false } = {}): Features {
  if (parts.some(part => !isMatrix(part) && part.columns.some(column => column.type === 'text'))) {
    return { rows, columns: parts.flatMap(columnsOf), isArray: true } satisfies ObjectArray
  }
  const matrices = parts.map(part => (isMatrix(part) ? part : numbersOf(part)))
  const columns = matrices.reduce((sum, part) => sum + part.columns, 0)
  const data = new Float64Array(rows * columns)
  let from = 0
  for (const part of matrices) {
    for (let i = 0; i < rows; i++) data.set(part.data.subarray(i * part.columns, (i + 1) * part.columns), i * columns + from)
    from += part.columns
  }
  const orders = matrices.map(part => (part.columns ? memoryOrder(part.sparse ? { ...part, order: 'C' } : part) : 'C'))
  const order = orders.includes('F') && !orders.includes('C') ? 'F' : 'C'
  const dtype = matrices.every(part => part.dtype === 'int') ? ({ dtype: 'int' } as const) : {}
  return { rows, columns, data, order, names: parts.flatMap(shownNames), ...dtype, ...(sparse ? { sparse: true as const } : {}) }
}

/** A matrix as columns. */
export function columnsOf(X: Features): readonly Column[] {
  if (!isMatrix(X)) return X.columns
  const names = shownNames(X)
  return matrixColumns(X).map((values, j) => ({ name: names[j], type: X.dtype ?? 'float', values }))
}

/** Columns of numbers as a matrix; missing values stay. */
export function numbersOf({ rows, columns }: Table): Matrix {
  const width = columns.length
  const data = matrixOfColumns(
    rows,
    columns.map(column => {
      if (column.type === 'text') throw new TypeError(`${column.name} holds text`)
      return column.values
    }),
  )
  const whole = width > 0 && columns.every(column => column.type === 'int')
  return { rows, columns: width, data, order: 'F', names: columns.map(column => column.name), ...(whole ? { dtype: 'int' as const } : {}) }
}

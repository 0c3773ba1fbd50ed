import type { Column } from '../../data/table.ts'
import { columnSums, markMissing } from '../column-sums.ts'
import { type Features, isMatrix, type Matrix, type ParamValue } from '../contract.ts'
import { cellsKernel } from '../kernels/cells-kernel.ts'
import { eachColumn } from '../matrix-columns.ts'
import { numeric } from '../parameters.ts'
import { pythonFloat } from '../python-float.ts'

/** Per column: 1 where a cell is `missing_values`, which is NaN unless another value is given. */
export function missingCells(X: Features, missing: ParamValue): readonly Uint8Array[] {
  if (isMatrix(X)) {
    const all: Uint8Array[] = []
    eachColumn(X, column => all.push(marked(column, missing)))
    return all
  }
  return X.columns.map(column => {
    if (column.type !== 'text') {
      return marked(column.values, missing)
    }
    const code = typeof missing === 'string' ? column.categories.indexOf(missing) : -1
    if (typeof missing === 'string' && code < 0) return new Uint8Array(column.codes.length)
    return Uint8Array.from(column.codes, value => (value === code ? 1 : 0))
  })
}

/** Per column how many cells are missing. */
export function missingCounts(X: Features, missing: ParamValue): readonly number[] {
  const isNaNValue = typeof missing !== 'string' && missing !== null && Number.isNaN(numeric(missing))
  if (isMatrix(X) && isNaNValue) return [...columnSums(X, markMissing)]
  return missingCells(X, missing).map(gaps => gaps.reduce((count, gap) => count + gap, 0))
}

function marked(values: Float64Array, missing: ParamValue): Uint8Array {
  const marks = new Uint8Array(values.length)
  if (missing === null || typeof missing === 'string') return marks
  const wanted = numeric(missing)
  if (Number.isNaN(wanted)) for (let i = 0; i < marks.length; i++) marks[i] = Number.isNaN(values[i]) ? 1 : 0
  else for (let i = 0; i < marks.length; i++) marks[i] = values[i] === wanted ? 1 : 0
  return marks
}

/** The same columns with NaN filled, each column with its own number: without marks for the cells. */
export function withNaNFilled(X: Matrix, fills: Float64Array): Matrix {
  const { rows, columns } = X
  const data = new Float64Array(X.data.length)
  if (cellsKernel(X, { fills }, data) !== undefined) return { ...X, data }
  data.set(X.data)
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) if (Number.isNaN(data[at])) data[at] = fills[j]
  return { ...X, data }
}

/** The same columns with the marked cells filled, each column with its own value. */
export function withCellsFilled(X: Features, missing: readonly Uint8Array[], fills: readonly (number | string | boolean)[]): Features {
  if (isMatrix(X)) {
    const data = X.data.slice()
    missing.forEach((gaps, j) => {
      for (let i = 0; i < gaps.length; i++) if (gaps[i]) data[i * X.columns + j] = Number(fills[j])
    })
    return { ...X, data }
  }
  return { ...X, columns: X.columns.map((column, j) => filledColumn(column, missing[j], fills[j])) }
}

function filledColumn(column: Column, gaps: Uint8Array, fill: number | string | boolean): Column {
  if (!gaps.includes(1)) return column
  if (column.type !== 'text') {
    if (typeof fill !== 'string') return { ...column, values: column.values.map((value, i) => (gaps[i] ? Number(fill) : value)) }
    return filledColumn(asText(column), gaps, fill)
  }
  const text = typeof fill === 'boolean' ? (fill ? 'True' : 'False') : String(fill)
  const known = column.categories.indexOf(text)
  const code = known < 0 ? column.categories.length : known
  const categories = known < 0 ? [...column.categories, text] : column.categories
  return { ...column, codes: column.codes.map((value, i) => (gaps[i] ? code : value)), categories }
}

/** Numbers as text: numpy's array of objects could hold both. */
function asText(column: Column & { type: 'int' | 'float' | 'bool' }): Column & { type: 'text' } {
  const categories = [...new Set(column.values)]
  const codeOf = new Map(categories.map((value, code) => [value, code]))
  const codes = Int32Array.from(column.values, value => codeOf.get(value)!)
  return {
    name: column.name,
    type: 'text',
    codes,
    categories: categories.map(value =>
      column.type === 'bool' ? (value ? 'True' : 'False') : column.type === 'int' ? String(value) : pythonFloat(value),
    ),
  }
}

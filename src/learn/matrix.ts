import { type Column, holdsTruths, type Table } from '../data/table.ts'
import { type Features, isMatrix, LearnError, type Matrix, type Target } from './contract.ts'
import { numbersOf } from './features.ts'
import { infiniteKernel, totalKernel } from './kernels/cells-kernel.ts'
import { typeError } from './not-built-in.ts'
import { requireKnown } from './target-values.ts'

const matrixOf = new WeakMap<Table, Matrix>()

/** From here on a number rounds to infinity in float32. */
const tooLarge = 3.4028235677973366e38

/**
 * Features as a matrix of finite numbers, as scikit-learn's `check_array` sees a DataFrame.
 *
 * Trees work in float32 and take missing values; scalers and imputers take missing values too.
 *
 * @throws LearnError `learn/not-numeric` for text (scikit-learn: "could not convert string to float: 'male'"), `learn/missing-values`, `learn/infinite`
 */
export function toMatrix(
  features: Features,
  estimator: string,
  { forTrees = false, allowMissing = forTrees && !('sparse' in features), finite = true, dense = false }: ToMatrixOptions = {},
): Matrix {
  if (dense) requireDense(features)
  const matrix = isMatrix(features) ? features : (matrixOf.get(features) ?? tableToMatrix(features))
  if (!isMatrix(features)) matrixOf.set(features, matrix)
  requireSome(matrix, estimator)
  if (finite) requireFinite(matrix, estimator, { forTrees, allowMissing })
  return matrix
}

/**
 * The same where scikit-learn looks for gaps in the target before it looks for gaps among the features: trees and forests.
 *
 * @throws LearnError for text among the features, then for missing or infinite targets, then for what the estimator does not take
 */
export function toMatrixBeside(y: Target, features: Features, estimator: string, options: ToMatrixOptions): Matrix {
  toMatrix(features, estimator, { ...options, finite: false })
  requireKnown(y)
  return toMatrix(features, estimator, options)
}

export interface ToMatrixOptions {
  /** Trees work in float32: what is infinite there is refused. */
  readonly forTrees?: boolean
  readonly allowMissing?: boolean
  /** false: whatever numbers there are. */
  readonly finite?: boolean
  /** Where scikit-learn takes no sparse matrix. */
  readonly dense?: boolean
}

/** @throws LearnError in scikit-learn's words for what would be a sparse matrix there */
export function requireDense(features: Features): void {
  if (!isMatrix(features) || !features.sparse) return
  throw typeError(
    "Sparse data was passed for X, but dense data is required. Use '.toarray()' to convert to a dense numpy array.",
    undefined,
    'Set sparse_output: false of the encoder, encode: onehot-dense of the binner, or sparse_threshold: 0 of the ColumnTransformer.',
  )
}

function tableToMatrix(table: Table): Matrix {
  return numbersOf({ rows: table.rows, columns: table.columns.map(column => (column.type === 'text' ? parsed(column) : column)) })
}

/** @throws LearnError in scikit-learn's words when there is no row or no column */
function requireSome({ rows, columns }: Matrix, estimator: string): void {
  if (rows && columns) return
  const shape = `(${rows}, ${columns})`
  const message = rows
    ? `Found array with 0 feature(s) (shape=${shape}) while a minimum of 1 is required by ${estimator}.`
    : `Found array with 0 sample(s) (shape=${shape}) while a minimum of 1 is required by ${estimator}.`
  throw new LearnError('learn/empty', 'ValueError', message)
}

/** Text that is all numbers counts as numbers, as for numpy; so do True and False among gaps. */
function parsed(column: Column & { type: 'text' }): Column {
  const truths = holdsTruths(column)
  const numbers = column.categories.map(text => (truths ? Number(text === 'True') : text.trim() === '' ? Number.NaN : Number(text)))
  const used = new Set(column.codes)
  if (numbers.some((value, code) => used.has(code) && Number.isNaN(value))) throw notNumeric(column)
  return { name: column.name, type: 'float', values: Float64Array.from(column.codes, code => (code < 0 ? Number.NaN : numbers[code])) }
}

function notNumeric(column: Column & { type: 'text' }): LearnError {
  // The first cell that is no number; a column of text may begin with some that are.
  const isText = column.categories.map(text => text.trim() === '' || Number.isNaN(Number(text)))
  const row = column.codes.findIndex(code => code >= 0 && isText[code])
  const cell = row < 0 ? '' : column.categories[column.codes[row]]
  return new LearnError('learn/not-numeric', 'ValueError', `could not convert string to float: '${cell}'`, {
    column: column.name,
    row: Math.max(0, row),
    hint: `Column '${column.name}' holds text: encode it (OneHotEncoder) or leave it out.`,
  })
}

function requireFinite(
  X: Matrix,
  estimator: string,
  { forTrees, allowMissing }: { readonly forTrees: boolean; readonly allowMissing: boolean },
): void {
  const { data, columns, names } = X
  if (forTrees && allFiniteInFloat32(data)) return
  if (!forTrees && (allFinite(data) || (allowMissing && infiniteKernel(data) === false))) return
  const limit = forTrees ? tooLarge : Number.POSITIVE_INFINITY
  for (let i = 0; i < data.length; i++) {
    const value = data[i]
    if (value < limit && value > -limit) continue
    if (allowMissing && Number.isNaN(value)) continue
    const column = names?.[i % columns] ?? String(i % columns)
    const row = Math.floor(i / columns)
    if (Number.isNaN(value)) {
      throw new LearnError(
        'learn/missing-values',
        'ValueError',
        `Input X contains NaN.\n${estimator} does not accept missing values encoded as NaN natively.`,
        {
          column,
          row,
          hint: `Column '${column}' has a missing cell in row ${row + 1}: impute it first (MeanMedianImputer, CategoricalImputer).`,
        },
      )
    }
    throw new LearnError(
      'learn/infinite',
      'ValueError',
      `Input X contains infinity or a value too large for dtype('${forTrees ? 'float32' : 'float64'}').`,
      {
        column,
        row,
        hint: `Column '${column}' is infinite in row ${row + 1}.`,
      },
    )
  }
}

/** From so many on memory is what takes time: then a copy costs more than it saves. */
const farCells = 2 ** 22

/** Whether all numbers are finite: then so is their sum, unless it is too large itself. */
export function allFinite(data: Float64Array): boolean {
  if (Number.isFinite((data.length < farCells ? totalKernel(data) : undefined) ?? total(data))) return true
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) return false
  return true
}

/** The kernel's plain twin: in four sums that do not wait for each other. */
function total(data: Float64Array): number {
  const fours = data.length & ~3
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let i = 0; i < fours; i += 4) {
    a += data[i]
    b += data[i + 1]
    c += data[i + 2]
    d += data[i + 3]
  }
  for (let i = fours; i < data.length; i++) a += data[i]
  return a + b + c + d
}

/** Whether all numbers are finite as trees see them. */
export function allFiniteInFloat32(data: Float64Array): boolean {
  const fours = data.length & ~3
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let i = 0; i < fours; i += 4) {
    // One by one: an array of four costs as much as the sums.
    const e = Math.fround(data[i])
    const f = Math.fround(data[i + 1])
    const g = Math.fround(data[i + 2])
    const h = Math.fround(data[i + 3])
    a += e - e
    b += f - f
    c += g - g
    d += h - h
  }
  for (let i = fours; i < data.length; i++) a += Math.fround(data[i]) - Math.fround(data[i])
  return a + b + c + d === 0
}

/** Column `j` of a matrix, contiguous. */
export function matrixColumn({ rows, columns, data }: Matrix, j: number): Float64Array {
  const column = new Float64Array(rows)
  for (let i = 0, at = j; i < rows; i++, at += columns) column[i] = data[at]
  return column
}

/** @throws LearnError `learn/feature-count` when `X` has not the `expected` number of columns the estimator was fitted with. */
export function requireColumns(X: Matrix, expected: number, estimator: string): void {
  if (X.columns === expected) return
  throw new LearnError(
    'learn/feature-count',
    'ValueError',
    `X has ${X.columns} features, but ${estimator} is expecting ${expected} features as input.`,
  )
}

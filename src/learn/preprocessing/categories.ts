import { type Column, holdsTruths } from '../../data/table.ts'
import { type Features, Float, LearnError, type ParamValue } from '../contract.ts'
import { columnsOf } from '../features.ts'
import { byAppearance } from '../labels.ts'
import { requireDense } from '../matrix.ts'
import { valueError } from '../not-built-in.ts'
import { itemsOf } from '../parameters.ts'
import { pythonFloat } from '../python-float.ts'

/** One value of a categorical column; NaN is the missing one and stands last. */
export type Category = string | number | boolean

/** The categories of a column, in the order of their codes. */
export interface Categories {
  readonly kind: Column['type']
  readonly values: readonly Category[]
}

export const isMissing = (category: Category | undefined): boolean => typeof category === 'number' && Number.isNaN(category)

/** How Python's `str` writes a category of this kind. */
export function categoryText({ kind }: Pick<Categories, 'kind'>, category: Category): string {
  if (typeof category === 'boolean') return category ? 'True' : 'False'
  if (typeof category === 'number') return kind === 'int' && !Number.isNaN(category) ? String(category) : pythonFloat(category)
  return category
}

/** How Python's `repr` writes a category in a list of unknown ones. */
export function categoryRepr(categories: Pick<Categories, 'kind'>, category: Category): string {
  if (typeof category === 'string') return category.includes("'") ? `"${category}"` : `'${category}'`
  if (isMissing(category)) return 'nan'
  if (typeof category === 'boolean')
    return categories.kind === 'text' ? categoryText(categories, category) : `np.${category ? 'True_' : 'False_'}`
  return `np.${categories.kind === 'int' ? 'int64' : 'float64'}(${categoryText(categories, category)})`
}

/** Columns to encode. @throws LearnError for infinite numbers */
export function categoricalColumns(X: Features): readonly Column[] {
  requireDense(X)
  const columns = columnsOf(X)
  for (const column of columns) {
    if (column.type !== 'float') continue
    const row = column.values.findIndex(value => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY)
    if (row < 0) continue
    throw new LearnError('learn/infinite', 'ValueError', "Input contains infinity or a value too large for dtype('float64').", {
      column: column.name,
      row,
    })
  }
  return columns
}

/** Sorted distinct values, NaN last, and how often each occurs. */
export function distinct(column: Column): { readonly categories: Categories; readonly counts: readonly number[] } {
  const counts = new Map<Category, number>()
  const { rows, codes } = byFirstRow(column)
  const often = new Int32Array(rows.length)
  for (let i = 0; i < codes.length; i++) often[codes[i]]++
  const valueAt = cellsOf(column)
  rows.forEach((row, code) => {
    counts.set(valueAt(row), often[code])
  })
  const values = [...counts.keys()].sort(ascending)
  return { categories: { kind: column.type, values }, counts: values.map(value => counts.get(value)!) }
}

/** Text by code points, numbers by size, missing last. */
export function ascending(a: Category, b: Category): number {
  if (isMissing(a)) return isMissing(b) ? 0 : 1
  if (isMissing(b)) return -1
  return a < b ? -1 : a > b ? 1 : 0
}

/** Of each different cell the first row, and per row which of them it has: cells are looked at once, their values rarely. */
function byFirstRow(column: Column): { readonly rows: readonly number[]; readonly codes: Int32Array } {
  const { codes } = byAppearance(column.type === 'text' ? column.codes : column.values)
  const rows: number[] = []
  for (let i = 0; i < codes.length; i++) if (codes[i] === rows.length) rows.push(i)
  return { rows, codes }
}

/** Reads the cells of a column; the missing one is NaN. */
export function cellsOf(column: Column): (row: number) => Category {
  if (column.type === 'bool') return row => column.values[row] === 1
  if (column.type !== 'text') return row => column.values[row]
  const values = categoriesOf(column)
  return row => (column.codes[row] < 0 ? Number.NaN : values[column.codes[row]])
}

const categoriesOf = (column: Column & { type: 'text' }): readonly Category[] =>
  holdsTruths(column) ? column.categories.map(text => text === 'True') : column.categories

/** True and 1 are the same key, as in Python. */
const keyOf = (category: Category): string | number => (typeof category === 'boolean' ? Number(category) : category)

/** Code per row; -1 where the value is no category. */
export function codesOf(column: Column, { values }: Categories): Int32Array {
  const known = new Map(values.map((category, code) => [keyOf(category), code]))
  // Booleans among words, once their gaps were filled with one, are those words here.
  const codeOf = (value: Category) =>
    known.get(keyOf(value)) ?? (typeof value === 'boolean' ? known.get(categoryText({ kind: 'bool' }, value)) : undefined) ?? -1
  if (column.type === 'text') {
    const byCode = Int32Array.from(categoriesOf(column), codeOf)
    const missing = codeOf(Number.NaN)
    return column.codes.map(code => (code < 0 ? missing : byCode[code]))
  }
  const { values: seen, codes } = byAppearance(column.values)
  const byCode = Int32Array.from(seen, column.type === 'bool' ? value => codeOf(value === 1) : codeOf)
  for (let i = 0; i < codes.length; i++) codes[i] = byCode[codes[i]]
  return codes
}

/** The values that are no category, as Python lists them: of numbers each missing one by itself. */
export function unknownText(column: Column, codes: Int32Array): string {
  const unknown = new Set<Category>()
  const valueAt = cellsOf(column)
  codes.forEach((code, i) => {
    if (code < 0) unknown.add(valueAt(i))
  })
  const listed = [...unknown].sort(ascending)
  const texts = listed.map(value =>
    column.type === 'float' && isMissing(value) ? 'np.float64(nan)' : categoryRepr({ kind: column.type }, value),
  )
  const gaps = column.type === 'float' ? codes.reduce((count, code, i) => count + (code < 0 && isMissing(valueAt(i)) ? 1 : 0), 0) : 0
  return `[${[...texts, ...new Array<string>(Math.max(0, gaps - 1)).fill('np.float64(nan)')].join(', ')}]`
}

/**
 * `categories=[…]`: the given list for one column.
 *
 * @throws LearnError in scikit-learn's words for duplicates, numbers out of order and NaN that is not last
 */
export function givenCategories(given: ParamValue, column: Column, index: number): Categories {
  const values = itemsOf(given).map((value): Category => {
    if (value instanceof Float) return value.value
    if (value === null) return Number.NaN
    return column.type === 'text' || typeof value === 'boolean' ? (value as Category) : Number(value)
  })
  if (values.slice(0, -1).some(isMissing)) {
    throw valueError(
      `Nan should be the last element in user provided categories, see categories ${listed(values)} in column #${index}`,
      'categories',
    )
  }
  if (new Set(values).size !== values.length) {
    throw valueError(`In column ${index}, the predefined categories contain duplicate elements.`, 'categories')
  }
  if (column.type !== 'text' && values.some((value, k) => k > 0 && !isMissing(value) && values[k - 1] > value)) {
    throw valueError('Unsorted categories are not supported for numerical categories', 'categories')
  }
  return { kind: column.type, values }
}

const listed = (values: readonly Category[]): string => `[${values.map(value => categoryText({ kind: 'float' }, value)).join(' ')}]`

/**
 * Columns as pandas would type them. Missing cells: NaN in numbers, code -1 in text and bool.
 * - int: every cell a whole number and none missing (`values` still float64)
 * - float: numbers, or ints with missing cells
 * - bool: values 0/1, none missing; a bool column with missing cells is text-like (`object`) and comes as `text`
 * - text: dictionary-coded; `categories` in order of first appearance
 */
export type Column =
  | { readonly name: string; readonly type: 'int' | 'float' | 'bool'; readonly values: Float64Array }
  | { readonly name: string; readonly type: 'text'; readonly codes: Int32Array; readonly categories: readonly string[] }

/** Whether a column is pandas' object of True, False and gaps: what `read_csv` makes of booleans with missing cells. */
export const holdsTruths = (column: Column): boolean =>
  column.type === 'text' && column.categories.length > 0 && column.categories.every(text => text === 'True' || text === 'False')

/** Equal-length columns. Immutable: transformers make new tables that share untouched columns. */
export interface Table {
  readonly rows: number
  readonly columns: readonly Column[]
}

export const columnNamed = (table: Table, name: string): Column | undefined => table.columns.find(column => column.name === name)

export const columnNames = ({ columns }: Table): readonly string[] => columns.map(column => column.name)

/**
 * The given rows, in the given order. Categories are renumbered, so that they stay in order of first appearance and hold none that is gone.
 */
export const takeRows = ({ columns }: Table, order: ArrayLike<number>): Table => ({
  rows: order.length,
  columns: columns.map(column => takeCells(column, order)),
})

/** The cells of one column in the given rows. */
export function takeCells(column: Column, order: ArrayLike<number>): Column {
  if (column.type !== 'text') return { ...column, values: Float64Array.from(order, row => column.values[row]) }
  const place = new Int32Array(column.categories.length).fill(-1)
  const categories: string[] = []
  const codes = Int32Array.from(order, row => {
    const code = column.codes[row]
    if (code < 0) return -1
    if (place[code] < 0) place[code] = categories.push(column.categories[code]) - 1
    return place[code]
  })
  return { ...column, codes, categories }
}

/** The table without the named columns. */
export const withoutColumns = (table: Table, names: ReadonlySet<string>): Table => ({
  rows: table.rows,
  columns: table.columns.filter(column => !names.has(column.name)),
})

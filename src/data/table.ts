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
  // Loops: `from` with a function takes twenty times as long, which a table of a million rows shows.
  const { length } = order
  if (column.type !== 'text') {
    const values = new Float64Array(length)
    for (let i = 0; i < length; i++) values[i] = column.values[order[i]]
    return { ...column, values }
  }
  const place = new Int32Array(column.categories.length).fill(-1)
  const categories: string[] = []
  const codes = new Int32Array(length)
  for (let i = 0; i < length; i++) {
    const code = column.codes[order[i]]
    if (code >= 0 && place[code] < 0) place[code] = categories.push(column.categories[code]) - 1
    codes[i] = code < 0 ? -1 : place[code]
  }
  return { ...column, codes, categories }
}

/** The table without the named columns. */
export const withoutColumns = (table: Table, names: ReadonlySet<string>): Table => ({
  rows: table.rows,
  columns: table.columns.filter(column => !names.has(column.name)),
})

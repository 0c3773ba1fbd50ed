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

/** Equal-length columns. Immutable: transformers make new tables that share untouched columns. */
export interface Table {
  readonly rows: number
  readonly columns: readonly Column[]
}

export const columnNamed = (table: Table, name: string): Column | undefined => table.columns.find(column => column.name === name)

/** The table without the named columns. */
export const withoutColumns = (table: Table, names: ReadonlySet<string>): Table => ({
  rows: table.rows,
  columns: table.columns.filter(column => !names.has(column.name)),
})

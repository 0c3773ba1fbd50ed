import type { Table } from '../../data/table.ts'

/** The table with the gaps of its numeric columns filled, each with its own number. */
export function filledNumbers(table: Table, fills: ReadonlyMap<string, number>): Table {
  return {
    rows: table.rows,
    columns: table.columns.map(column => {
      const fill = fills.get(column.name)
      if (fill === undefined || column.type === 'text' || !column.values.some(Number.isNaN)) return column
      return { name: column.name, type: 'float', values: filled(column.values, fill) }
    }),
  }
}

function filled(values: Float64Array, fill: number): Float64Array {
  const copy = values.slice()
  for (let i = 0; i < copy.length; i++) if (Number.isNaN(copy[i])) copy[i] = fill
  return copy
}

import type { Column } from '../../data/table.ts'
import { type Category, cellsOf } from '../preprocessing/categories.ts'

/** Distinct values in order of first appearance, the missing one (NaN) among them, with their counts. */
export function countsByAppearance(column: Column): ReadonlyMap<Category, number> {
  const counts = new Map<Category, number>()
  const rows = column.type === 'text' ? column.codes.length : column.values.length
  const cell = cellsOf(column)
  for (let i = 0; i < rows; i++) {
    const value = cell(i)
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}

/** `Series.value_counts()`: without missing cells, most frequent first; of equally frequent ones the first to appear. */
export function valueCounts(column: Column): readonly (readonly [Category, number])[] {
  const counts = [...countsByAppearance(column)].filter(([value]) => !(typeof value === 'number' && Number.isNaN(value)))
  return counts.sort((a, b) => b[1] - a[1])
}

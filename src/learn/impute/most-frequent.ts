import { type Column, holdsTruths } from '../../data/table.ts'
import { ascending } from '../preprocessing/categories.ts'

/** What fills a column; NaN for a column of nothing but gaps, which is then dropped. */
export type Fill = number | string | boolean

/** The most frequent value; of several the smallest. */
export function mostFrequent(column: Column, missing: Uint8Array): Fill {
  const counts = new Map<Fill, number>()
  const truths = holdsTruths(column)
  for (const [cell, count] of countsOf(column.type === 'text' ? column.codes : column.values, missing)) {
    counts.set(
      column.type === 'text'
        ? truths
          ? column.categories[cell] === 'True'
          : column.categories[cell]
        : column.type === 'bool'
          ? cell === 1
          : cell,
      count,
    )
  }
  const most = Math.max(...counts.values())
  return (
    [...counts]
      .filter(([, count]) => count === most)
      .map(([value]) => value)
      .sort(ascending)[0] ?? Number.NaN
  )
}

/** How often each value occurs where nothing is missing. */
function countsOf(cells: ArrayLike<number>, missing: Uint8Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  // Whole numbers up to here are counted in a table: that is ten times as fast.
  const table = new Int32Array(1024)
  for (let i = 0; i < missing.length; i++) {
    if (missing[i]) continue
    const value = cells[i]
    const small = value >>> 0
    if (small === value && small < table.length) table[small]++
    else counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  for (let value = 0; value < table.length; value++) if (table[value]) counts.set(value, table[value])
  return counts
}

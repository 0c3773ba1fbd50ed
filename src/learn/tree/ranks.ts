import type { TreeMatrix } from './tree.ts'

/** Dense ranks of each column: computed once per data set, shared by all trees and trials. */
export interface RankTable {
  readonly rows: number
  /** Per column, per row: position of its value among the column's sorted distinct values. */
  readonly ranks: readonly Int32Array[]
  /** Per column: its sorted distinct float32 values. */
  readonly values: readonly Float32Array[]
}

const rankTableOf = new WeakMap<TreeMatrix, RankTable>()

export function rankTable(X: TreeMatrix): RankTable {
  let table = rankTableOf.get(X)
  if (!table) {
    const ranked = X.columns.map(rankColumn)
    table = { rows: X.rows, ranks: ranked.map(({ ranks }) => ranks), values: ranked.map(({ values }) => values) }
    rankTableOf.set(X, table)
  }
  return table
}

function rankColumn(column: Float32Array): { ranks: Int32Array; values: Float32Array } {
  const sorted = column.slice().sort()
  let distinct = 0
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[distinct - 1]) sorted[distinct++] = sorted[i]
  const values = sorted.slice(0, distinct)
  const ranks = new Int32Array(column.length)
  for (let i = 0; i < column.length; i++) {
    let low = 0
    let high = distinct - 1
    const value = column[i]
    while (low < high) {
      const middle = (low + high) >> 1
      if (values[middle] < value) low = middle + 1
      else high = middle
    }
    ranks[i] = low
  }
  return { ranks, values }
}

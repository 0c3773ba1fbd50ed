import type { TreeMatrix } from './tree.ts'

/** Dense ranks of each column, for trees that grow without WebAssembly: computed once per data set. */
export interface RankTable {
  readonly rows: number
  /** Per column, per row: position of its value among the column's sorted distinct values. */
  readonly ranks: readonly Int32Array[]
  /** Per column: its sorted distinct float32 values; NaN last, where some are missing. */
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

const digitBits = 11
const digits = 1 << digitBits

/** Sorts the bits of the numbers, least significant digits first: linear in the rows. */
export function rankColumn(column: Float32Array): { ranks: Int32Array; values: Float32Array } {
  const rows = column.length
  // Zero has one sign; negative numbers come before positive ones, the largest magnitudes first.
  const bits = new Uint32Array(column.map(value => value + 0).buffer)
  // Missing values come last, and are one.
  let keys = bits.map((own, i) => (Number.isNaN(column[i]) ? 0xffffffff : own ^ (own & 0x80000000 ? 0xffffffff : 0x80000000)))
  let order = Uint32Array.from(keys, (_, i) => i)
  let sortedKeys = new Uint32Array(rows)
  let sortedOrder = new Uint32Array(rows)
  const ends = new Uint32Array(digits)
  for (let shift = 0; shift < 32; shift += digitBits) {
    ends.fill(0)
    for (let i = 0; i < rows; i++) ends[(keys[i] >>> shift) & (digits - 1)]++
    for (let d = 0, sum = 0; d < digits; d++) {
      const own = ends[d]
      ends[d] = sum
      sum += own
    }
    for (let i = 0; i < rows; i++) {
      const at = ends[(keys[i] >>> shift) & (digits - 1)]++
      sortedKeys[at] = keys[i]
      sortedOrder[at] = order[i]
    }
    ;[keys, sortedKeys] = [sortedKeys, keys]
    ;[order, sortedOrder] = [sortedOrder, order]
  }
  const ranks = new Int32Array(rows)
  const values = new Float32Array(rows)
  let distinct = 0
  for (let p = 0; p < rows; p++) {
    if (p === 0 || keys[p] !== keys[p - 1]) values[distinct++] = column[order[p]] + 0
    ranks[order[p]] = distinct - 1
  }
  return { ranks, values: values.slice(0, distinct) }
}

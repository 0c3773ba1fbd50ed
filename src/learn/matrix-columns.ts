import type { Matrix } from './contract.ts'

/** Columns that are taken out together: they share the cache lines of a row. */
const together = 8

/** Calls with each column in one piece, which is overwritten afterwards. */
export function eachColumn(X: Matrix, visit: (column: Float64Array<ArrayBuffer>, j: number) => void): void {
  const room = Array.from({ length: Math.min(together, X.columns) }, () => new Float64Array(X.rows))
  for (let from = 0; from < X.columns; from += together) {
    const count = Math.min(together, X.columns - from)
    takeOut(X, from, count, room)
    for (let k = 0; k < count; k++) visit(room[k], from + k)
  }
}

/**
 * All columns, each in one piece.
 *
 * @param minus per column what is taken off its cells
 * @param room where they go, each [rows]
 */
export function matrixColumns(
  X: Matrix,
  {
    minus,
    room = Array.from({ length: X.columns }, () => new Float64Array(X.rows)),
  }: { readonly minus?: Float64Array; readonly room?: Float64Array<ArrayBuffer>[] } = {},
): Float64Array<ArrayBuffer>[] {
  for (let from = 0; from < X.columns; from += together) {
    const count = Math.min(together, X.columns - from)
    takeOut(X, from, count, room.slice(from, from + count), minus)
  }
  return room
}

function takeOut({ rows, columns, data }: Matrix, from: number, count: number, into: readonly Float64Array[], minus?: Float64Array): void {
  if (count < together) {
    for (let k = 0; k < count; k++) {
      const column = into[k]
      const less = minus ? minus[from + k] : 0
      for (let i = 0, at = from + k; i < rows; i++, at += columns) column[i] = data[at] - less
    }
    return
  }
  const [a, b, c, d, e, f, g, h] = into
  const [a0, b0, c0, d0, e0, f0, g0, h0] = minus ? minus.subarray(from, from + together) : new Float64Array(together)
  for (let i = 0, at = from; i < rows; i++, at += columns) {
    a[i] = data[at] - a0
    b[i] = data[at + 1] - b0
    c[i] = data[at + 2] - c0
    d[i] = data[at + 3] - d0
    e[i] = data[at + 4] - e0
    f[i] = data[at + 5] - f0
    g[i] = data[at + 6] - g0
    h[i] = data[at + 7] - h0
  }
}

/** Row-major cells of columns, as many at a time as share the cache lines of a row. */
export function matrixOfColumns(rows: number, columns: readonly Float64Array[]): Float64Array<ArrayBuffer> {
  const width = columns.length
  const data = new Float64Array(rows * width)
  let from = 0
  for (; from + together <= width; from += together) {
    const [a, b, c, d, e, f, g, h] = columns.slice(from, from + together)
    for (let i = 0, at = from; i < rows; i++, at += width) {
      data[at] = a[i]
      data[at + 1] = b[i]
      data[at + 2] = c[i]
      data[at + 3] = d[i]
      data[at + 4] = e[i]
      data[at + 5] = f[i]
      data[at + 6] = g[i]
      data[at + 7] = h[i]
    }
  }
  for (; from < width; from++) {
    const column = columns[from]
    for (let i = 0, at = from; i < rows; i++, at += width) data[at] = column[i]
  }
  return data
}

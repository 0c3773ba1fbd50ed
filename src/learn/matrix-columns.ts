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

/** All columns, each in one piece. */
export function matrixColumns(X: Matrix): Float64Array<ArrayBuffer>[] {
  const all = Array.from({ length: X.columns }, () => new Float64Array(X.rows))
  for (let from = 0; from < X.columns; from += together) {
    const count = Math.min(together, X.columns - from)
    takeOut(X, from, count, all.slice(from, from + count))
  }
  return all
}

function takeOut({ rows, columns, data }: Matrix, from: number, count: number, into: readonly Float64Array[]): void {
  if (count < together) {
    for (let k = 0; k < count; k++) {
      const column = into[k]
      for (let i = 0, at = from + k; i < rows; i++, at += columns) column[i] = data[at]
    }
    return
  }
  const [a, b, c, d, e, f, g, h] = into
  for (let i = 0, at = from; i < rows; i++, at += columns) {
    a[i] = data[at]
    b[i] = data[at + 1]
    c[i] = data[at + 2]
    d[i] = data[at + 3]
    e[i] = data[at + 4]
    f[i] = data[at + 5]
    g[i] = data[at + 6]
    h[i] = data[at + 7]
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

// All columns of some rows at once, from a copy of the matrix that is kept row by row: a row's cells lie together there, so that a node of many columns
// waits for memory once a row and not once a cell.

/** f32 cells, row by row; 0: there are none. */
let cellsAt: usize = 0
let width: usize = 0

export function layRows(cells: usize, columns: i32): void {
  cellsAt = cells
  width = <usize>columns
}

export function hasRows(): bool {
  return cellsAt !== 0
}

/** Cells of rows as float32, in their order. @param count of cells @param to room for one more */
export function narrowRows(cells: usize, count: usize, to: usize): void {
  for (let i: usize = 0; i < count; i += 2) v128.store64_lane(to + (i << 2), f32x4.demote_f64x2_zero(v128.load(cells + (i << 3))), 0)
}

/** Rows at a time, whose cells stay in the second cache until all columns have them. */
const block: usize = 128

/** Writes the columns of `n` rows, each behind the one before. @param rows u32 per row */
export function spreadRows(rows: usize, n: usize, to: usize): void {
  const columnBytes = n << 2
  for (let from: usize = 0; from < n; from += block) {
    const until = min(n, from + block)
    let j: usize = 0
    for (; j + 4 <= width; j += 4) spreadFour(rows, from, until, cellsAt + (j << 2), to + j * columnBytes, columnBytes)
    for (; j < width; j++) {
      const column = to + j * columnBytes
      for (let i = from; i < until; i++) store<f32>(column + (i << 2), load<f32>(cellsAt + (j << 2) + rowAt(rows, i)))
    }
  }
}

function rowAt(rows: usize, i: usize): usize {
  return (<usize>load<u32>(rows + (i << 2)) * width) << 2
}

/** Four columns of rows [from, until). */
function spreadFour(rows: usize, from: usize, until: usize, cells: usize, to: usize, columnBytes: usize): void {
  let i = from
  for (; i + 4 <= until; i += 4) {
    const a = v128.load(cells + rowAt(rows, i))
    const b = v128.load(cells + rowAt(rows, i + 1))
    const c = v128.load(cells + rowAt(rows, i + 2))
    const d = v128.load(cells + rowAt(rows, i + 3))
    const upper = v128.shuffle<i32>(a, b, 0, 4, 1, 5)
    const lower = v128.shuffle<i32>(c, d, 0, 4, 1, 5)
    const upperEnd = v128.shuffle<i32>(a, b, 2, 6, 3, 7)
    const lowerEnd = v128.shuffle<i32>(c, d, 2, 6, 3, 7)
    let column = to + (i << 2)
    v128.store(column, v128.shuffle<i64>(upper, lower, 0, 2))
    column += columnBytes
    v128.store(column, v128.shuffle<i64>(upper, lower, 1, 3))
    column += columnBytes
    v128.store(column, v128.shuffle<i64>(upperEnd, lowerEnd, 0, 2))
    column += columnBytes
    v128.store(column, v128.shuffle<i64>(upperEnd, lowerEnd, 1, 3))
  }
  for (; i < until; i++) {
    const row = cells + rowAt(rows, i)
    for (let k: usize = 0; k < 4; k++) store<f32>(to + k * columnBytes + (i << 2), load<f32>(row + (k << 2)))
  }
}

// Cells as trees compare them: float32, column by column.

function cellOf(at: usize): f32 {
  return <f32>load<f64>(at)
}

/** Two cells of two rows: as f32, column by column. */
function twoByTwo(first: usize, second: usize): v128 {
  return v128.shuffle<i32>(f32x4.demote_f64x2_zero(v128.load(first)), f32x4.demote_f64x2_zero(v128.load(second)), 0, 4, 1, 5)
}

/**
 * Writes some rows of a matrix into its columns.
 *
 * @param cells f64 [rows, width]
 * @param to f32: where the first of these rows stands in the first column
 * @param columnBytes from a column to the next one
 */
export function packRows(cells: usize, rows: usize, width: usize, to: usize, columnBytes: usize): void {
  const rowBytes = width << 3
  let j: usize = 0
  for (; j + 2 <= width; j += 2) {
    let at = cells + (j << 3)
    let first = to + j * columnBytes
    let second = first + columnBytes
    let i: usize = 0
    for (; i + 4 <= rows; i += 4) {
      const upper = twoByTwo(at, at + rowBytes)
      const lower = twoByTwo(at + 2 * rowBytes, at + 3 * rowBytes)
      v128.store(first, v128.shuffle<i64>(upper, lower, 0, 2))
      v128.store(second, v128.shuffle<i64>(upper, lower, 1, 3))
      at += 4 * rowBytes
      first += 16
      second += 16
    }
    for (; i < rows; i++) {
      store<f32>(first, cellOf(at))
      store<f32>(second, cellOf(at + 8))
      at += rowBytes
      first += 4
      second += 4
    }
  }
  if (j === width) return
  let at = cells + (j << 3)
  let last = to + j * columnBytes
  for (let i: usize = 0; i < rows; i++) {
    store<f32>(last, cellOf(at))
    at += rowBytes
    last += 4
  }
}

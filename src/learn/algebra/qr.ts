import { dot } from './dot.ts'

/**
 * Householder QR of a tall matrix, in place of its normal equations: no precision is lost to squaring.
 *
 * @param columns matrix by columns: each [rows], rows >= columns; overwritten
 * @param rhs right-hand sides, each [rows]; become the first entries of Q'b; overwritten
 * @returns R by columns: [k][i] for i <= k
 * Source: Golub and Van Loan, Matrix Computations, algorithm 5.2.1.
 */
export function qrInPlace(columns: readonly Float64Array[], rhs: readonly Float64Array[] = []): Float64Array[] {
  const n = columns.length
  const rows = n ? columns[0].length : 0
  const R = columns.map((_, k) => new Float64Array(k + 1))
  for (let k = 0; k < n; k++) {
    const v = columns[k]
    let scale = 0
    for (let i = k; i < rows; i++) scale = Math.max(scale, Math.abs(v[i]))
    for (let i = 0; i < k; i++) R[k][i] = v[i]
    if (scale === 0) continue
    // Where squares would leave the range of doubles the reflection is that of a column of another size.
    const size = scale > 1e100 || scale < 1e-100 ? scale : 1
    if (size !== 1) for (let i = k; i < rows; i++) v[i] /= size
    let square = 0
    for (let i = k; i < rows; i++) square += v[i] * (size / scale) * (v[i] * (size / scale))
    const length = (scale / size) * Math.sqrt(square)
    const alpha = v[k] > 0 ? -length : length
    R[k][k] = alpha * size
    v[k] -= alpha
    // With u = v / sqrt(v'v / 2) the reflection is I - u u'.
    const factor = -1 / (alpha * v[k])
    for (const other of [...columns.slice(k + 1), ...rhs]) {
      const amount = dot(v, other, k) * factor
      if (amount !== 0) for (let i = k; i < rows; i++) other[i] -= amount * v[i]
    }
  }
  return R
}

/**
 * Solves A x = b by elimination with row pivoting, and tells how well-conditioned A is.
 *
 * @param A [n][n]; not changed
 * @returns undefined when A is singular; `rcond` is 1 / (|A| |A^-1|) in the 1-norm
 */
export function solveLu(A: readonly Float64Array[], b: Float64Array): { readonly x: Float64Array; readonly rcond: number } | undefined {
  const n = A.length
  const lu = A.map(row => row.slice())
  const order = Array.from({ length: n }, (_, i) => i)
  for (let k = 0; k < n; k++) {
    let best = k
    for (let i = k + 1; i < n; i++) if (Math.abs(lu[i][k]) > Math.abs(lu[best][k])) best = i
    if (lu[best][k] === 0 || Number.isNaN(lu[best][k])) return undefined
    if (best !== k) {
      const row = lu[k]
      lu[k] = lu[best]
      lu[best] = row
      const place = order[k]
      order[k] = order[best]
      order[best] = place
    }
    for (let i = k + 1; i < n; i++) {
      const factor = lu[i][k] / lu[k][k]
      lu[i][k] = factor
      if (factor !== 0) for (let j = k + 1; j < n; j++) lu[i][j] -= factor * lu[k][j]
    }
  }
  const solve = (rhs: (i: number) => number): Float64Array => {
    const x = Float64Array.from({ length: n }, (_, i) => rhs(order[i]))
    for (let i = 0; i < n; i++) for (let k = 0; k < i; k++) x[i] -= lu[i][k] * x[k]
    for (let i = n - 1; i >= 0; i--) {
      for (let k = i + 1; k < n; k++) x[i] -= lu[i][k] * x[k]
      x[i] /= lu[i][i]
    }
    return x
  }
  let inverse = 0
  let norm = 0
  for (let j = 0; j < n; j++) {
    const column = solve(i => (i === j ? 1 : 0))
    inverse = Math.max(
      inverse,
      column.reduce((sum, value) => sum + Math.abs(value), 0),
    )
    norm = Math.max(
      norm,
      A.reduce((sum, row) => sum + Math.abs(row[j]), 0),
    )
  }
  return { x: solve(i => b[i]), rcond: 1 / (norm * inverse) }
}

/**
 * Solves A x = b for a symmetric positive definite A.
 *
 * @param A [n][n], its lower half; not changed
 * @param rhs right-hand sides, each [n]
 * @returns undefined when A is not positive definite
 */
export function solveCholesky(A: readonly Float64Array[], rhs: readonly Float64Array[]): Float64Array[] | undefined {
  const n = A.length
  const L = A.map(row => row.slice())
  for (let j = 0; j < n; j++) {
    let diagonal = L[j][j]
    for (let k = 0; k < j; k++) diagonal -= L[j][k] * L[j][k]
    if (!(diagonal > 0)) return undefined
    const pivot = Math.sqrt(diagonal)
    L[j][j] = pivot
    for (let i = j + 1; i < n; i++) {
      let sum = L[i][j]
      for (let k = 0; k < j; k++) sum -= L[i][k] * L[j][k]
      L[i][j] = sum / pivot
    }
  }
  return rhs.map(b => {
    const x = b.slice()
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < i; k++) x[i] -= L[i][k] * x[k]
      x[i] /= L[i][i]
    }
    for (let i = n - 1; i >= 0; i--) {
      for (let k = i + 1; k < n; k++) x[i] -= L[k][i] * x[k]
      x[i] /= L[i][i]
    }
    return x
  })
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix [n, n] by Jacobi's rotations. The matrix is used up.
 *
 * @returns values [n], and vectors [n, n] with one per column
 */
export function symmetricEigen(matrix: Float64Array, n: number): { readonly values: Float64Array; readonly vectors: Float64Array } {
  const vectors = new Float64Array(n * n)
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1
  for (let sweep = 0; sweep < 100; sweep++) {
    let off = 0
    for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) off += matrix[i * n + j] ** 2
    if (!(off > 1e-300)) break
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(matrix, vectors, n, p, q)
  }
  return { values: Float64Array.from({ length: n }, (_, i) => matrix[i * n + i]), vectors }
}

function rotate(matrix: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const apq = matrix[p * n + q]
  if (apq === 0) return
  const theta = (matrix[q * n + q] - matrix[p * n + p]) / (2 * apq)
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  for (let k = 0; k < n; k++) {
    const [a, b] = [matrix[k * n + p], matrix[k * n + q]]
    matrix[k * n + p] = c * a - s * b
    matrix[k * n + q] = s * a + c * b
  }
  for (let k = 0; k < n; k++) {
    const [a, b] = [matrix[p * n + k], matrix[q * n + k]]
    matrix[p * n + k] = c * a - s * b
    matrix[q * n + k] = s * a + c * b
  }
  for (let k = 0; k < n; k++) {
    const [a, b] = [vectors[k * n + p], vectors[k * n + q]]
    vectors[k * n + p] = c * a - s * b
    vectors[k * n + q] = s * a + c * b
  }
}

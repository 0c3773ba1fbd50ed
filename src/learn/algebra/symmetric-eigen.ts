import { rotationKernel } from '../kernels/products-kernel.ts'
import { dot } from './dot.ts'

/**
 * Eigenvalues and eigenvectors of a symmetric matrix without eigenvalues below 0 (but by rounding), largest first.
 *
 * @param matrix [n][n]; not changed
 * Source: cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, 8.5).
 */
export function symmetricEigen(matrix: readonly Float64Array[]): {
  readonly values: Float64Array
  readonly vectors: readonly Float64Array[]
} {
  const n = matrix.length
  const a = matrix.map(row => row.slice())
  const v = a.map((_, j) => {
    const unit = new Float64Array(n)
    unit[j] = 1
    return unit
  })
  // One-sided rotations make the columns of A V orthogonal: then those of V are eigenvectors, since no two eigenvalues differ in sign alone.
  if (rotationKernel(a, v, Number.EPSILON * Math.sqrt(n)))
    return ordered(
      Float64Array.from(a, (column, k) => dot(column, v[k])),
      v,
    )
  for (let sweep = 0; sweep < 100; sweep++) {
    let off = 0
    let all = 0
    for (let p = 0; p < n; p++) {
      all += a[p][p] ** 2
      for (let q = p + 1; q < n; q++) off += a[p][q] ** 2
    }
    if (off <= 1e-34 * all || off === 0) break
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        if (a[p][q] === 0) continue
        const zeta = (a[q][q] - a[p][p]) / (2 * a[p][q])
        const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta))
        const c = 1 / Math.sqrt(1 + t * t)
        turn(a, v, p, q, c, c * t)
      }
    }
  }
  return ordered(
    Float64Array.from(a, (row, k) => row[k]),
    v,
  )
}

function ordered(values: Float64Array, vectors: readonly Float64Array[]) {
  const order = vectors.map((_, k) => k).sort((i, j) => values[j] - values[i])
  return { values: Float64Array.from(order, k => values[k]), vectors: order.map(k => vectors[k]) }
}

function turn(a: Float64Array[], v: Float64Array[], p: number, q: number, c: number, s: number): void {
  const n = a.length
  for (let i = 0; i < n; i++) {
    const [aip, aiq] = [a[i][p], a[i][q]]
    a[i][p] = c * aip - s * aiq
    a[i][q] = s * aip + c * aiq
  }
  for (let i = 0; i < n; i++) {
    const [api, aqi] = [a[p][i], a[q][i]]
    a[p][i] = c * api - s * aqi
    a[q][i] = s * api + c * aqi
  }
  a[p][q] = 0
  a[q][p] = 0
  for (let i = 0; i < n; i++) {
    const [vp, vq] = [v[p][i], v[q][i]]
    v[p][i] = c * vp - s * vq
    v[q][i] = s * vp + c * vq
  }
}

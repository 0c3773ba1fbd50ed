import { rotationKernel, triangleKernel } from '../kernels/products-kernel.ts'
import { qrInPlace } from './qr.ts'

export interface Svd {
  /** Singular values, descending: [k], k = min(rows, columns). */
  readonly s: Float64Array
  /** Right singular vectors, one per row: [k][columns]. */
  readonly vt: readonly Float64Array[]
  /** Coordinates of each right-hand side along the left singular vectors: [rhs][k]. */
  readonly utb: readonly Float64Array[]
}

/**
 * Singular value decomposition without its left vectors.
 *
 * @param columns matrix by columns, each [rows]; not changed
 * @param rhs right-hand sides b, of which U'b is asked
 * Source: QR first, then one-sided Jacobi rotations on R (Demmel and Veselić, 1992), which keep small singular values accurate.
 */
export function svd(columns: readonly Float64Array[], rhs: readonly Float64Array[] = []): Svd {
  const largest = largestOf(columns)
  if (largest < 1e140 && (largest > 1e-140 || largest === 0)) return plainSvd(columns, rhs)
  // Squares would overflow or vanish: a power of two moves the numbers without rounding them.
  const scale = 2 ** -Math.floor(Math.log2(largest))
  const { s, ...rest } = plainSvd(
    columns.map(column => column.map(value => value * scale)),
    rhs,
  )
  return { s: s.map(value => value / scale), ...rest }
}

function largestOf(columns: readonly Float64Array[]): number {
  let most = 0
  for (const column of columns) for (let i = 0; i < column.length; i++) most = Math.max(most, Math.abs(column[i]))
  return most
}

function plainSvd(columns: readonly Float64Array[], rhs: readonly Float64Array[]): Svd {
  const n = columns.length
  const rows = n ? columns[0].length : 0
  if (rows < n) return wideSvd(columns, rhs, rows)
  const { R, qtb: b } = triangleKernel(columns, rhs) ?? plainTriangle(columns, rhs)
  const square = R.map(column => {
    const full = new Float64Array(n)
    full.set(column)
    return full
  })
  const { u, s, v } = jacobi(square)
  return { s, vt: v, utb: b.map(vector => Float64Array.from(u, left => dot(left, vector, n))) }
}

function plainTriangle(columns: readonly Float64Array[], rhs: readonly Float64Array[]) {
  const qtb = rhs.map(vector => vector.slice())
  const R = qrInPlace(
    columns.map(column => column.slice()),
    qtb,
  )
  return { R, qtb }
}

/** More columns than rows: the transpose is decomposed, its left vectors are ours on the right. */
function wideSvd(columns: readonly Float64Array[], rhs: readonly Float64Array[], rows: number): Svd {
  const n = columns.length
  const transposed = Array.from({ length: rows }, (_, i) => Float64Array.from(columns, column => column[i]))
  const R = qrInPlace(transposed.map(column => column.slice()))
  const { s, v } = jacobi(
    R.map(column => {
      const full = new Float64Array(rows)
      full.set(column)
      return full
    }),
  )
  const least = (s[0] ?? 0) * Number.EPSILON * n
  const vt: Float64Array[] = []
  v.forEach((left, k) => {
    vt.push(s[k] > least ? Float64Array.from(columns, column => dot(left, column, rows) / s[k]) : orthogonalTo(vt, n))
  })
  return { s, vt, utb: rhs.map(vector => Float64Array.from(v, left => dot(left, vector, rows))) }
}

/** Any direction of length 1 that stands across all given ones: what remains of the first axis that is none of them. */
function orthogonalTo(others: readonly Float64Array[], n: number): Float64Array {
  for (let axis = 0; axis < n; axis++) {
    const direction = new Float64Array(n)
    direction[axis] = 1
    // Twice is enough (Kahan).
    for (let pass = 0; pass < 2; pass++) {
      for (const other of others) {
        const share = dot(direction, other, n)
        for (let j = 0; j < n; j++) direction[j] -= share * other[j]
      }
    }
    const length = Math.sqrt(dot(direction, direction, n))
    if (length > 0.5 / Math.sqrt(n)) return direction.map(value => value / length)
  }
  return new Float64Array(n)
}

function dot(a: Float64Array, b: Float64Array, length: number): number {
  let sum = 0
  for (let i = 0; i < length; i++) sum += a[i] * b[i]
  return sum
}

/** Rotates columns until all are orthogonal, as far as rounding lets them. @param a square, by columns; overwritten @returns vectors one per entry, by descending value */
function jacobi(a: Float64Array[]): { readonly u: Float64Array[]; readonly s: Float64Array; readonly v: Float64Array[] } {
  const n = a.length
  const v = a.map((_, j) => {
    const unit = new Float64Array(n)
    unit[j] = 1
    return unit
  })
  const tolerance = Number.EPSILON * Math.sqrt(n)
  for (let sweep = rotationKernel(a, v, tolerance) ? 60 : 0; sweep < 60; sweep++) {
    let rotated = false
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        const alpha = dot(a[p], a[p], n)
        const beta = dot(a[q], a[q], n)
        const gamma = dot(a[p], a[q], n)
        if (gamma === 0 || Math.abs(gamma) <= tolerance * Math.sqrt(alpha) * Math.sqrt(beta)) continue
        rotated = true
        const zeta = (beta - alpha) / (2 * gamma)
        const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta))
        const c = 1 / Math.sqrt(1 + t * t)
        rotate(a[p], a[q], c, c * t)
        rotate(v[p], v[q], c, c * t)
      }
    }
    if (!rotated) break
  }
  const lengths = a.map(column => Math.sqrt(dot(column, column, n)))
  const order = lengths.map((_, k) => k).sort((i, j) => lengths[j] - lengths[i])
  return {
    s: Float64Array.from(order, k => lengths[k]),
    u: order.map(k => (lengths[k] > 0 ? a[k].map(value => value / lengths[k]) : new Float64Array(n))),
    v: order.map(k => v[k]),
  }
}

function rotate(x: Float64Array, y: Float64Array, c: number, s: number): void {
  for (let i = 0; i < x.length; i++) {
    const xi = x[i]
    x[i] = c * xi - s * y[i]
    y[i] = s * xi + c * y[i]
  }
}

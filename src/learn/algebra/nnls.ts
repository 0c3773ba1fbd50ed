import { qrInPlace } from './qr.ts'

/**
 * Least squares with non-negative coefficients.
 *
 * @param columns by columns, each [rows]; not changed
 * Source: Lawson and Hanson, Solving Least Squares Problems, 1974, chapter 23.
 */
export function nnls(columns: readonly Float64Array[], y: Float64Array): Float64Array {
  const n = columns.length
  const x = new Float64Array(n)
  const passive = new Set<number>()
  const residual = y.slice()
  const tolerance = 1e-12 * Math.max(1, ...columns.map(column => Math.abs(column.reduce((sum, value, i) => sum + value * y[i], 0))))
  for (let round = 0; round < 3 * n + 10; round++) {
    const gradient = columns.map(column => column.reduce((sum, value, i) => sum + value * residual[i], 0))
    let best = -1
    for (let j = 0; j < n; j++) if (!passive.has(j) && gradient[j] > tolerance && (best < 0 || gradient[j] > gradient[best])) best = j
    if (best < 0) break
    passive.add(best)
    for (;;) {
      const chosen = [...passive].sort((a, b) => a - b)
      const z = leastSquares(
        chosen.map(j => columns[j]),
        y,
      )
      if (z.every(value => value > 0)) {
        x.fill(0)
        chosen.forEach((j, k) => {
          x[j] = z[k]
        })
        break
      }
      let step = 1
      chosen.forEach((j, k) => {
        if (z[k] <= 0) step = Math.min(step, x[j] / (x[j] - z[k]))
      })
      chosen.forEach((j, k) => {
        x[j] += step * (z[k] - x[j])
        if (x[j] <= 1e-15) {
          x[j] = 0
          passive.delete(j)
        }
      })
      if (!passive.size) break
    }
    residual.set(y)
    for (let j = 0; j < n; j++) if (x[j] !== 0) for (let i = 0; i < residual.length; i++) residual[i] -= x[j] * columns[j][i]
  }
  return x
}

function leastSquares(columns: readonly Float64Array[], y: Float64Array): Float64Array {
  const b = y.slice()
  const R = qrInPlace(
    columns.map(column => column.slice()),
    [b],
  )
  const n = columns.length
  const x = b.slice(0, n)
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= R[k][i] * x[k]
    x[i] = R[i][i] === 0 ? 0 : x[i] / R[i][i]
  }
  return x
}

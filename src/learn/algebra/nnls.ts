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
  // What rounding leaves of a slope is a matter of its own column: another one may be of any other scale.
  const size = lengthOf(y)
  const tolerances = columns.map(column => 1e-14 * lengthOf(column) * size)
  for (let round = 0; round < 3 * n + 10; round++) {
    const gradient = columns.map(column => column.reduce((sum, value, i) => sum + value * residual[i], 0))
    let best = -1
    for (let j = 0; j < n; j++) if (!passive.has(j) && gradient[j] > tolerances[j] && (best < 0 || gradient[j] > gradient[best])) best = j
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
      let step = Number.POSITIVE_INFINITY
      let first = -1
      chosen.forEach((j, k) => {
        if (z[k] > 0) return
        const own = x[j] / (x[j] - z[k])
        if (own < step || first < 0) [step, first] = [own, j]
      })
      chosen.forEach((j, k) => {
        x[j] += step * (z[k] - x[j])
        if (j === first || x[j] <= 0) {
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

const lengthOf = (vector: Float64Array): number => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))

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

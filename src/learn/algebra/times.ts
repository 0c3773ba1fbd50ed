import type { Matrix } from '../contract.ts'
import { timesKernel } from '../kernels/cells-kernel.ts'

/**
 * X w + constant, for each of some w.
 *
 * @param weights [outputs][columns]
 * @param constants [outputs]
 * @returns [rows, outputs]; a cell that is not finite leaves its mark on its whole row
 */
export function times(X: Matrix, weights: readonly Float64Array[], constants: Float64Array): Float64Array<ArrayBuffer> {
  const outputs = weights.length
  const products = new Float64Array(X.rows * outputs)
  if (!timesKernel(X, weights, constants, products)) plainTimes(X, weights, constants, products)
  return products
}

/** The kernel's plain twin. */
export function plainTimes(X: Matrix, weights: readonly Float64Array[], constants: Float64Array, into: Float64Array): void {
  for (let k = 0; k < weights.length; k++) timesOne(X, weights[k], constants[k], into, k, weights.length)
}

/** Two rows at once, each in two sums that do not wait for each other: an addition takes several cycles. */
function timesOne(
  { rows, columns, data }: Matrix,
  w: Float64Array,
  constant: number,
  into: Float64Array,
  k: number,
  outputs: number,
): void {
  const pairs = columns & ~1
  let i = 0
  let to = k
  for (; i + 2 <= rows; i += 2) {
    let p = i * columns
    let q = p + columns
    let [a, b, c, d] = [0, 0, 0, 0]
    for (let j = 0; j < pairs; j += 2) {
      a += data[p] * w[j]
      b += data[p + 1] * w[j + 1]
      c += data[q] * w[j]
      d += data[q + 1] * w[j + 1]
      p += 2
      q += 2
    }
    if (pairs < columns) {
      a += data[p] * w[pairs]
      c += data[q] * w[pairs]
    }
    into[to] = a + b + constant
    into[to + outputs] = c + d + constant
    to += 2 * outputs
  }
  if (i < rows) {
    let [a, b] = [0, 0]
    const p = i * columns
    for (let j = 0; j < pairs; j += 2) {
      a += data[p + j] * w[j]
      b += data[p + j + 1] * w[j + 1]
    }
    if (pairs < columns) a += data[p + pairs] * w[pairs]
    into[to] = a + b + constant
  }
}

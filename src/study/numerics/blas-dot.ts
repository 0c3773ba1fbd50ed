/**
 * Sums of products in the order and with the fused steps of OpenBLAS on x86-64 with AVX2, which numpy's wheels compute `@` and `np.dot`
 * with. Among points that cover the same volume the last digit decides which one is chosen.
 *
 * Source: OpenBLAS 0.3, the Haswell kernels of ddot and dgemv_t, as observed through numpy.
 */

/** `a * b + c` with one rounding, up to cases within 2^-100 of a tie. */
export function fma(a: number, b: number, c: number): number {
  const product = a * b
  if (!Number.isFinite(product) || !Number.isFinite(c)) return product + c
  const error = productError(a, b, product)
  const sum = product + c
  const part = sum - product
  const rest = product - (sum - part) + (c - part)
  return sum + (rest + error)
}

const SPLIT = 134217729

function productError(a: number, b: number, product: number): number {
  const x = SPLIT * a
  const aHigh = x - (x - a)
  const aLow = a - aHigh
  const y = SPLIT * b
  const bHigh = y - (y - b)
  const bLow = b - bHigh
  const error = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)
  return Number.isFinite(error) ? error : 0
}

/** `np.dot` of two vectors. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length
  const blocks = n - (n % 16)
  let sum = 0
  if (blocks > 0) {
    const lanes = new Float64Array(16)
    // With AVX-512 registers are twice as wide for blocks of 32, and folded in halves before what is left.
    const wide = n - (n % 32)
    if (wide > 0) {
      const doubled = new Float64Array(32)
      for (let i = 0; i < wide; i++) doubled[i % 32] = fma(a[i], b[i], doubled[i % 32])
      for (let j = 0; j < 16; j++) lanes[j] = doubled[(j >> 2) * 8 + (j % 4)] + doubled[(j >> 2) * 8 + (j % 4) + 4]
    }
    for (let i = wide; i < blocks; i++) lanes[i % 16] = fma(a[i], b[i], lanes[i % 16])
    const total = (j: number) => lanes[j] + lanes[4 + j] + lanes[8 + j] + lanes[12 + j]
    sum = total(0) + total(2) + (total(1) + total(3))
  }
  for (let i = blocks; i < n; i++) sum = fma(a[i], b[i], sum)
  return sum
}

/** `np.dot` of a matrix [rows, columns] and a vector [columns]: four rows at a time, what is left by two and by one. */
export function matrixDot(matrix: Float64Array, rows: number, vector: ArrayLike<number>): Float64Array {
  const columns = vector.length
  const result = new Float64Array(rows)
  const fours = rows - (rows % 4)
  for (let i = 0; i < rows; i++) {
    const kind = i < fours ? 'four' : rows % 4 !== 1 && i < fours + 2 ? 'two' : 'one'
    result[i] = rowDot(matrix, i * columns, vector, kind)
  }
  return result
}

function rowDot(matrix: Float64Array, start: number, x: ArrayLike<number>, kind: 'four' | 'two' | 'one'): number {
  const n = x.length
  const even = n - (n % 4)
  const [lanes, width] = [[0, 0, 0, 0], kind === 'two' ? 2 : 4]
  for (let i = 0; i < even; i++) {
    const lane = i % width
    lanes[lane] = kind === 'four' ? fma(matrix[start + i], x[i], lanes[lane]) : lanes[lane] + matrix[start + i] * x[i]
  }
  const sum = lanes[0] + lanes[2] + (lanes[1] + lanes[3])
  const at = start + even
  switch (n - even) {
    case 0:
      return sum
    case 1:
      return fma(matrix[at], x[even], sum)
    default: {
      let rest = fma(matrix[at], x[even], matrix[at + 1] * x[even + 1])
      if (n - even === 3) rest = fma(matrix[at + 2], x[even + 2], rest)
      return sum + rest
    }
  }
}

import type { Matrix } from '../contract.ts'
import { productsWasm } from './products-wasm.ts'
import { instanceOf, type KernelInstance, Layout } from './wasm-module.ts'

/** What assembly/products.ts exports. */
export interface ProductExports {
  dot(a: number, b: number, rows: number): number
  addScaled(a: number, by: number, into: number, rows: number): void
  packColumns(x: number, rows: number, columns: number, minus: number, into: number): void
  packRows(x: number, rows: number, columns: number, minus: number, into: number): void
  spread(x: number, rows: number, columns: number, minus: number, into: number, step: number): void
  addGram(panels: number, rows: number, width: number, h: number): void
  multiply(panels: number, rows: number, columns: number, w: number, outputs: number, into: number): void
  reflect(block: number, rows: number, columns: number, reduced: number, stride: number, r: number): void
  rotate(a: number, v: number, n: number, size: number, stride: number, squares: number, tolerance: number): number
}

/** Multiplications below which a kernel is not worth its start. */
const fewProducts = 200_000
/** Doubles of a block of rows: it stays in the second cache, two of its panels in the first. */
const blockSize = 2 ** 14
/** Doubles of a block of columns that is reflected: it stays in the second cache. */
const reflectedSize = 2 ** 15

export const productsInstance = (layout: Layout): KernelInstance<ProductExports> | undefined =>
  instanceOf<ProductExports>(productsWasm, layout.bytes)
export const doubles = ({ memory }: { readonly memory: WebAssembly.Memory }, at: number, length: number) =>
  new Float64Array(memory.buffer as ArrayBuffer, at, length)

/**
 * Scalar products of all pairs of the columns of `X`, each less what stands in `minus`, and of further columns with them and each other.
 *
 * @param further as long as `X` has rows
 * @returns [columns + further][columns + further], the lower half; undefined where plain loops do as well
 */
export function gramKernel(X: Matrix, minus: Float64Array, further: readonly Float64Array[] = []): Float64Array[] | undefined {
  const { rows, columns, data } = X
  const all = columns + further.length
  if (rows * all * all < fewProducts) return undefined
  const width = (all + 3) & ~3
  const most = Math.max(8, (blockSize / width) & ~3)
  const layout = new Layout()
  const [xAt, minusAt, panelsAt, sumsAt] = [
    layout.take(8 * most * columns),
    layout.take(8 * columns),
    layout.take(8 * most * width),
    layout.take(8 * width * width),
  ]
  const made = productsInstance(layout)
  if (!made) return undefined
  const { exports } = made
  const x = doubles(made, xAt, most * columns)
  const panels = doubles(made, panelsAt, most * width)
  doubles(made, minusAt, columns).set(minus)
  for (let from = 0; from < rows; from += most) {
    const count = Math.min(most, rows - from)
    x.set(data.subarray(from * columns, (from + count) * columns))
    exports.packColumns(xAt, count, columns, minusAt, panelsAt)
    for (let f = 0; f < further.length; f++) {
      const column = further[f]
      const place = columns + f
      for (let i = 0, at = (place >> 2) * count * 4 + (place & 3); i < count; i++, at += 4) panels[at] = column[from + i]
    }
    exports.addGram(panelsAt, count, width, sumsAt)
  }
  const sums = doubles(made, sumsAt, width * width)
  return Array.from({ length: all }, (_, j) => sums.slice(j * width, j * width + all))
}

/**
 * Rows of `X`, each less `minus`, along some directions.
 *
 * @param directions each [columns]
 * @param into [rows][directions], written
 * @returns false where plain loops do as well: nothing is written then
 */
export function projectionKernel(X: Matrix, minus: Float64Array, directions: readonly Float64Array[], into: Float64Array): boolean {
  const { rows, columns, data } = X
  const count = directions.length
  if (rows * columns * count < fewProducts) return false
  const outputs = (count + 3) & ~3
  const most = Math.max(8, (blockSize / columns) & ~3)
  const layout = new Layout()
  const [xAt, minusAt, panelsAt, wAt, sumsAt] = [
    layout.take(8 * most * columns),
    layout.take(8 * columns),
    layout.take(8 * most * columns),
    layout.take(8 * columns * outputs),
    layout.take(8 * most * outputs),
  ]
  const made = productsInstance(layout)
  if (!made) return false
  const { exports } = made
  const x = doubles(made, xAt, most * columns)
  const w = doubles(made, wAt, columns * outputs)
  const sums = doubles(made, sumsAt, most * outputs)
  doubles(made, minusAt, columns).set(minus)
  directions.forEach((direction, k) => {
    for (let j = 0, at = (k >> 2) * columns * 4 + (k & 3); j < columns; j++, at += 4) w[at] = direction[j]
  })
  for (let from = 0; from < rows; from += most) {
    const some = Math.min(most, rows - from)
    const whole = (some + 3) & ~3
    x.set(data.subarray(from * columns, (from + some) * columns))
    exports.packRows(xAt, whole, columns, minusAt, panelsAt)
    exports.multiply(panelsAt, whole, columns, wAt, outputs, sumsAt)
    if (outputs === count) into.set(some < most ? sums.subarray(0, some * count) : sums, from * count)
    else for (let i = 0, to = from * count; i < some; i++) for (let k = 0; k < count; k++) into[to++] = sums[i * outputs + k]
  }
  return true
}

/**
 * The triangle R of the columns' QR decomposition, by blocks of rows, and the first entries of Q'b. Signs of its rows are those of some QR.
 *
 * @param columns each [rows], rows >= columns
 * @param rhs right-hand sides, each [rows]
 * @returns R by columns: [k][i] for i <= k; undefined where plain loops do as well
 */
export function triangleKernel(
  columns: readonly Float64Array[],
  rhs: readonly Float64Array[],
): { readonly R: Float64Array[]; readonly qtb: Float64Array[] } | undefined {
  const n = columns.length
  const all = n + rhs.length
  const rows = columns[0]?.length ?? 0
  if (rows * n * all < fewProducts) return undefined
  const most = Math.max(64, Math.floor(reflectedSize / all) & ~7)
  const layout = new Layout()
  const [blockAt, rAt] = [layout.take(8 * most * all), layout.take(8 * n * all)]
  const made = productsInstance(layout)
  if (!made) return undefined
  const block = doubles(made, blockAt, most * all)
  for (let from = 0; from < rows; from += most) {
    const count = Math.min(most, rows - from)
    columns.forEach((column, j) => {
      block.set(column.subarray(from, from + count), j * most)
    })
    rhs.forEach((column, j) => {
      block.set(column.subarray(from, from + count), (n + j) * most)
    })
    made.exports.reflect(blockAt, count, all, n, 8 * most, rAt)
  }
  const r = doubles(made, rAt, n * all)
  return {
    R: columns.map((_, k) => Float64Array.from({ length: k + 1 }, (_, i) => r[i * all + k])),
    qtb: rhs.map((_, j) => Float64Array.from({ length: n }, (_, i) => r[i * all + n + j])),
  }
}

/**
 * Rotates columns until all are orthogonal, as `jacobi` of algebra/svd.ts; both are overwritten.
 *
 * @param a [n][size], n <= size
 * @param v [n][n]
 * @returns false where plain loops do as well: nothing has happened then
 */
export function rotationKernel(a: readonly Float64Array[], v: readonly Float64Array[], tolerance: number): boolean {
  const n = a.length
  const size = a[0]?.length ?? 0
  if (n * n * size < 5000) return false
  const room = (Math.max(n, size) + 1) & ~1
  const layout = new Layout()
  const [aAt, vAt, squaresAt] = [layout.take(8 * n * room), layout.take(8 * n * room), layout.take(8 * n)]
  const made = productsInstance(layout)
  if (!made) return false
  const [as, vs] = [doubles(made, aAt, n * room), doubles(made, vAt, n * room)]
  for (let k = 0; k < n; k++) {
    as.set(a[k], k * room)
    vs.set(v[k], k * room)
  }
  for (let sweep = 0; sweep < 60; sweep++) if (!made.exports.rotate(aAt, vAt, n, size, 8 * room, squaresAt, tolerance)) break
  for (let k = 0; k < n; k++) {
    a[k].set(as.subarray(k * room, k * room + size))
    v[k].set(vs.subarray(k * room, k * room + n))
  }
  return true
}

import type { Matrix } from '../contract.ts'
import { doubles, type ProductExports, productsInstance } from './products-kernel.ts'
import { type KernelInstance, Layout } from './wasm-module.ts'

/** Columns and a vector that moves along them: what coordinate descent does with its data. */
export interface ColumnSpace {
  readonly columns: number
  /** The vector, as it stands. */
  readonly vector: Float64Array
  /** Scalar product of a column with the vector. */
  readonly product: (j: number) => number
  /** vector += by * column */
  readonly move: (j: number, by: number) => void
  /** Scalar product of a column with itself. */
  readonly square: (j: number) => number
}

/** Columns are held in the kernel's memory up to this. */
const mostHeld = 2 ** 28

/** Cells of some rows that are spread over columns at a time: they stay in the first cache. */
const passing = 4096

interface Held {
  readonly made: KernelInstance<ProductExports>
  readonly bytes: number
}
/** The last memory that held columns, until it is collected: fresh pages take longer than to fill them, and the trials of a study want it again. */
let last: WeakRef<Held> | undefined

function heldInstance(layout: Layout): KernelInstance<ProductExports> | undefined {
  const known = last?.deref()
  if (known && known.bytes >= layout.bytes) return known.made
  const made = productsInstance(layout)
  if (made) last = new WeakRef({ made, bytes: layout.bytes })
  return made
}

/**
 * The columns of `X`, each less its offset, in the kernel's memory, and a vector that moves along them. It is good until the next is made.
 *
 * @returns undefined where plain loops do as well
 */
export function columnSpace(X: Matrix, minus: Float64Array, start: Float64Array): ColumnSpace | undefined {
  const { rows, columns: count, data } = X
  if (rows < 256 || 8 * rows * (count + 1) > mostHeld) return undefined
  const layout = new Layout()
  const atOnce = Math.max(2, Math.floor(passing / count) & ~1)
  const [xAt, minusAt] = [layout.take(8 * atOnce * count), layout.take(8 * count)]
  const places = Array.from({ length: count }, () => layout.take(8 * rows))
  const vectorAt = layout.take(8 * rows)
  const made = heldInstance(layout)
  if (!made) return undefined
  const { dot, addScaled, spread } = made.exports
  const x = doubles(made, xAt, atOnce * count)
  doubles(made, minusAt, count).set(minus)
  const step = count > 1 ? places[1] - places[0] : 0
  for (let from = 0; from < rows; from += atOnce) {
    const some = Math.min(atOnce, rows - from)
    x.set(data.subarray(from * count, (from + some) * count))
    spread(xAt, some, count, minusAt, places[0] + 8 * from, step)
  }
  const vector = doubles(made, vectorAt, rows)
  vector.set(start)
  return {
    columns: count,
    vector,
    product: j => dot(places[j], vectorAt, rows),
    move: (j, by) => addScaled(places[j], by, vectorAt, rows),
    square: j => dot(places[j], places[j], rows),
  }
}

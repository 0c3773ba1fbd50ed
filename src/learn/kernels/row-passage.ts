import type { Matrix } from '../contract.ts'
import { rowsWasm } from './rows-wasm.ts'
import { instanceOf, Layout } from './wasm-module.ts'

/** What assembly/rows.ts exports. */
interface RowsExports {
  times(x: number, rows: number, columns: number, w: number, constant: number, into: number, step: number): void
  hasInfinite(x: number, cells: number): number
  centre(x: number, cells: number, minus: number, over: number, period: number): void
  subtract(x: number, cells: number, minus: number, period: number): void
  divide(x: number, cells: number, over: number, period: number): void
  multiply(x: number, cells: number, by: number, period: number): void
  multiplyAdd(x: number, cells: number, by: number, plus: number, period: number): void
  fillMissing(x: number, cells: number, fills: number, period: number): void
  clamp(x: number, cells: number, low: number, high: number): void
  total(x: number, cells: number): number
  countEdges(x: number, cells: number, edges: number, count: number, period: number): void
  addRows(x: number, rows: number, columns: number, sums: number, change: number): void
  addDeviations(x: number, rows: number, columns: number, centre: number, sums: number, squares: number, missing: boolean): void
  leafSums(x: number, rows: number, columns: number, into: number, change: number): void
  leafDeviations(x: number, rows: number, columns: number, centre: number, sums: number, squares: number, missing: boolean): void
  widen(x: number, rows: number, columns: number, least: number, most: number): void
  addToClasses(x: number, rows: number, columns: number, width: number, codes: number, centres: number, sums: number, squares: number): void
  normalize(x: number, rows: number, columns: number, norm: number): void
}

/** Cells below which plain loops do as well. */
const fewCells = 40_000
/** Cells that pass through at a time: they stay in the first cache. */
export const passing = 4096
/** Doubles of one parameter or sum per column, repeated up to a period. */
export const room = 8192
/** Leaves of pairwise sums have up to 128 rows. */
export const leafRows = 128

/** The memory that everything passes through; nothing of a data set stays in it. */
export interface Passage {
  readonly exports: RowsExports
  readonly buffer: ArrayBuffer
  readonly x: number
  readonly cells: Float64Array
  /** Two parameters, two results. */
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly doubles: (at: number, length: number) => Float64Array<ArrayBuffer>
}
let made: Passage | null | undefined

export function passageFor({ rows, columns }: Pick<Matrix, 'rows' | 'columns'>): Passage | undefined {
  // One number more per row: of odd rows the kernels take two at the end.
  if (rows * columns < fewCells || columns >= room) return undefined
  if (made === undefined) made = makePassage() ?? null
  return made ?? undefined
}

function makePassage(): Passage | undefined {
  const layout = new Layout()
  const [a, b, c, d] = [0, 1, 2, 3].map(() => layout.take(8 * (room + 2)))
  // A leaf of the widest matrix; pages that nobody writes cost nothing.
  const x = layout.take(8 * (leafRows * room + 16))
  const instance = instanceOf<RowsExports>(rowsWasm, layout.bytes)
  if (!instance) return undefined
  const buffer = instance.memory.buffer as ArrayBuffer
  const doubles = (at: number, length: number) => new Float64Array(buffer, at, length)
  return { exports: instance.exports, buffer, x, cells: doubles(x, leafRows * room), a, b, c, d, doubles }
}

/** Calls for some rows at a time while they lie at `x`; all but the last time for `atOnce` of them. */
export function through(
  { cells }: Passage,
  { rows, columns, data }: Matrix,
  atOnce: number,
  visit: (count: number, from: number) => void,
): void {
  for (let from = 0; from < rows; from += atOnce) {
    const count = Math.min(atOnce, rows - from)
    cells.set(data.subarray(from * columns, (from + count) * columns))
    visit(count, from)
  }
}

export const rowsAtOnce = (columns: number): number => Math.max(1, Math.floor(passing / columns))

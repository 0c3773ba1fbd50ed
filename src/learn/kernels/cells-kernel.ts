import type { Matrix } from '../contract.ts'
import { memoryOrder } from '../features.ts'
import { type Passage, passageFor, passing, room, rowsAtOnce, through } from './row-passage.ts'

/** What `scaledMatrix` and imputers do to each cell, by its column. */
export interface CellWork {
  readonly minus?: Float64Array
  readonly over?: Float64Array
  readonly times?: Float64Array
  readonly plus?: Float64Array
  /** In place of NaN. */
  readonly fills?: Float64Array
  readonly clip?: readonly [low: number, high: number]
}

/**
 * @param into as many cells as `X` has, written
 * @returns a number that is not finite where one of the written cells is not; undefined where plain loops do as well: nothing is written then
 */
export function cellsKernel(X: Matrix, { minus, over, times, plus, fills, clip }: CellWork, into: Float64Array): number | undefined {
  const { columns } = X
  const repeats = repeatsOf(columns)
  const period = columns * repeats
  const passage = period <= room ? passageFor(X) : undefined
  if (!passage) return undefined
  const { exports, x, a, b, cells, doubles } = passage
  const put = (at: number, numbers: Float64Array) => {
    const place = doubles(at, period)
    for (let from = 0; from < period; from += columns) place.set(numbers, from)
  }
  const [first, second] = fills ? [fills] : minus ? [minus, over] : times ? [times, plus] : [over]
  if (first) put(a, first)
  if (second) put(b, second)
  const work = (count: number) => {
    if (fills) exports.fillMissing(x, count, a, period)
    else if (minus && over) exports.centre(x, count, a, b, period)
    else if (minus) exports.subtract(x, count, a, period)
    else if (times && plus) exports.multiplyAdd(x, count, a, b, period)
    else if (times) exports.multiply(x, count, a, period)
    else if (over) exports.divide(x, count, a, period)
    if (clip) exports.clamp(x, count, clip[0], clip[1])
  }
  let total = 0
  const atOnce = repeats * Math.max(1, Math.floor(passing / period))
  through(passage, X, atOnce, (count, from) => {
    const whole = Math.ceil((count * columns) / period) * period
    work(whole)
    total += exports.total(x, whole)
    into.set(cells.subarray(0, count * columns), from * columns)
  })
  return total
}

/** Parameters of columns are repeated up to a multiple of 4 numbers, and up to some dozens. */
function repeatsOf(columns: number): number {
  const least = columns % 4 === 0 ? 1 : columns % 2 === 0 ? 2 : 4
  return least * Math.max(1, Math.floor(48 / (least * columns)))
}

/**
 * How many of the edges of its column each cell is not below.
 *
 * @param edges [columns][count]
 * @param into as many cells as `X` has, written
 * @returns false where plain loops do as well: nothing is written then
 */
export function edgesKernel(X: Matrix, edges: Float64Array, count: number, into: Float64Array): boolean {
  const { columns } = X
  const repeats = repeatsOf(columns)
  const period = columns * repeats
  const passage = period * count <= room ? passageFor(X) : undefined
  if (!passage) return false
  const { exports, x, a, cells, doubles } = passage
  const place = doubles(a, period * count)
  for (let k = 0, at = 0; k < count; k++) for (let p = 0; p < period; p++, at++) place[at] = edges[(p % columns) * count + k]
  through(passage, X, repeats * Math.max(1, Math.floor(passing / period)), (some, from) => {
    exports.countEdges(x, Math.ceil((some * columns) / period) * period, a, count, period)
    into.set(cells.subarray(0, some * columns), from * columns)
  })
  return true
}

/** Scalar products of all rows with each of some `w`, plus constants: [rows][outputs]. @returns false where plain loops do as well */
export function timesKernel(X: Matrix, weights: readonly Float64Array[], constants: Float64Array, into: Float64Array): boolean {
  const outputs = weights.length
  const passage = outputs * X.columns <= room && outputs <= X.columns + 1 ? passageFor(X) : undefined
  if (!passage) return false
  const { exports, x, a, c, doubles } = passage
  const w = doubles(a, room)
  weights.forEach((numbers, k) => {
    w.set(numbers, k * X.columns)
  })
  const sums = doubles(c, room)
  const atOnce = Math.max(4, Math.floor(Math.min(passing / X.columns, room / outputs)) & ~3)
  through(passage, X, atOnce, (count, from) => {
    const whole = (count + 3) & ~3
    for (let k = 0; k < outputs; k++) exports.times(x, whole, X.columns, a + 8 * k * X.columns, constants[k], c + 8 * k, 8 * outputs)
    into.set(sums.subarray(0, count * outputs), from * outputs)
  })
  return true
}

/** Calls with how many of some cells lie at `x`, in any order of rows: a multiple of 8, filled up with 0. */
function throughCells({ cells }: Passage, data: Float64Array, visit: (count: number) => void): void {
  for (let from = 0; from < data.length; from += passing) {
    const count = Math.min(passing, data.length - from)
    cells.set(data.subarray(from, from + count))
    if (count < passing) cells.fill(0, count, count + 8)
    visit((count + 7) & ~7)
  }
}

/** A number that is not finite where one of the cells is not; undefined where plain loops do as well. */
export function totalKernel(data: Float64Array): number | undefined {
  const passage = passageFor({ rows: data.length, columns: 1 })
  if (!passage) return undefined
  let total = 0
  throughCells(passage, data, count => {
    total += passage.exports.total(passage.x, count)
  })
  return total
}

/** Whether a cell is infinite; undefined where plain loops do as well. */
export function infiniteKernel(data: Float64Array): boolean | undefined {
  const passage = passageFor({ rows: data.length, columns: 1 })
  if (!passage) return undefined
  let found = false
  throughCells(passage, data, count => {
    if (passage.exports.hasInfinite(passage.x, count)) found = true
  })
  return found
}

const norms = { max: 0, l1: 1, l2: 2 } as const

/** Each row divided by its length, in memory order C. @param into written @returns false where plain loops do as well */
export function normalizeKernel(X: Matrix, norm: keyof typeof norms, into: Float64Array): boolean {
  const passage = memoryOrder(X) !== 'F' ? passageFor(X) : undefined
  if (!passage) return false
  const { exports, x, cells } = passage
  through(passage, X, rowsAtOnce(X.columns), (count, from) => {
    exports.normalize(x, count, X.columns, norms[norm])
    into.set(cells.subarray(0, count * X.columns), from * X.columns)
  })
  return true
}

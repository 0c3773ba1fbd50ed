import type { Matrix } from '../contract.ts'
import { memoryOrder } from '../features.ts'
import { leafRows, type Passage, passageFor, passing, room, rowsAtOnce, through } from './row-passage.ts'

/** The changes of cells that column-sums.ts knows, as the kernel numbers them. */
export type KnownChange = 0 | 1 | 2 | 3

/** Sum of each column in numpy's order: what `columnSums` gives. Undefined where plain loops do as well. */
export function columnSumsKernel(X: Matrix, change: KnownChange): Float64Array<ArrayBuffer> | undefined {
  const passage = passageFor(X)
  if (!passage) return undefined
  const { exports, x, c, doubles } = passage
  if (memoryOrder(X) !== 'C') {
    return pairwiseRows(passage, X, [c], rows => exports.leafSums(x, rows, X.columns, c, change))[0]
  }
  const sums = doubles(c, X.columns)
  through(passage, X, rowsAtOnce(X.columns), (count, from) => {
    if (from === 0) exports.leafSums(x, 1, X.columns, c, change)
    const first = from === 0 ? 1 : 0
    exports.addRows(x + 8 * first * X.columns, count - first, X.columns, c, change)
  })
  return sums.slice()
}

/** Sums of each column of cell - centre and of its square: what `deviationSums` gives. Undefined where plain loops do as well. */
export function deviationSumsKernel(
  X: Matrix,
  centre: Float64Array,
  missing: boolean,
): { readonly sums: Float64Array<ArrayBuffer>; readonly squares: Float64Array<ArrayBuffer> } | undefined {
  const passage = passageFor(X)
  if (!passage) return undefined
  const { exports, x, a, c, d, doubles } = passage
  const { columns } = X
  doubles(a, columns).set(centre)
  if (memoryOrder(X) !== 'C') {
    const [sums, squares] = pairwiseRows(passage, X, [c, d], rows => exports.leafDeviations(x, rows, columns, a, c, d, missing))
    return { sums, squares }
  }
  const [sums, squares] = [doubles(c, columns).fill(0), doubles(d, columns).fill(0)]
  through(passage, X, rowsAtOnce(columns), count => exports.addDeviations(x, count, columns, a, c, d, missing))
  return { sums: sums.slice(), squares: squares.slice() }
}

/** numpy's pairwise sums down all columns at once. @param places where `leaf` writes sums of up to 128 rows that lie at `x` */
function pairwiseRows({ cells, doubles }: Passage, X: Matrix, places: readonly number[], leaf: (rows: number) => void) {
  const { columns, data } = X
  const found = places.map(at => doubles(at, columns))
  const sumOf = (from: number, count: number): Float64Array<ArrayBuffer>[] => {
    if (count <= leafRows) {
      cells.set(data.subarray(from * columns, (from + count) * columns))
      leaf(count)
      return found.map(sums => sums.slice())
    }
    let half = count >> 1
    half -= half % 8
    const left = sumOf(from, half)
    const right = sumOf(from + half, count - half)
    left.forEach((sums, k) => {
      for (let j = 0; j < columns; j++) sums[j] += right[k][j]
    })
    return left
  }
  return sumOf(0, X.rows)
}

/** Smallest and largest cell of each column but NaN, which stands where there is nothing else. Undefined where plain loops do as well. */
export function rangeKernel(X: Matrix): { readonly min: Float64Array<ArrayBuffer>; readonly max: Float64Array<ArrayBuffer> } | undefined {
  const passage = passageFor(X)
  if (!passage) return undefined
  const { exports, x, c, d, doubles } = passage
  const [min, max] = [doubles(c, X.columns).fill(Number.POSITIVE_INFINITY), doubles(d, X.columns).fill(Number.NEGATIVE_INFINITY)]
  through(passage, X, rowsAtOnce(X.columns), count => exports.widen(x, count, X.columns, c, d))
  for (let j = 0; j < X.columns; j++) if (min[j] > max[j]) min[j] = max[j] = Number.NaN
  return { min: min.slice(), max: max.slice() }
}

/** Sums per class and column of cell - centre and of its square, row by row. @param centres [classes][columns] @returns undefined where plain loops do as well */
export function classSumsKernel(
  X: Matrix,
  codes: Int32Array,
  classes: number,
  centres?: readonly Float64Array[],
): { readonly sums: Float64Array<ArrayBuffer>[]; readonly squares: Float64Array<ArrayBuffer>[] } | undefined {
  const { columns } = X
  const width = columns + (columns & 1)
  const passage = classes * width <= room ? passageFor(X) : undefined
  if (!passage) return undefined
  const { exports, x, a, b, c, d, buffer, doubles } = passage
  const centre = doubles(a, classes * width).fill(0)
  centres?.forEach((row, k) => {
    centre.set(row, k * width)
  })
  const [sums, squares] = [doubles(c, classes * width).fill(0), doubles(d, classes * width).fill(0)]
  const codesRoom = new Int32Array(buffer, b, passing)
  through(passage, X, rowsAtOnce(columns), (count, from) => {
    codesRoom.set(codes.subarray(from, from + count))
    exports.addToClasses(x, count, columns, width, b, a, c, d)
  })
  const perClass = (all: Float64Array<ArrayBuffer>) => Array.from({ length: classes }, (_, k) => all.slice(k * width, k * width + columns))
  return { sums: perClass(sums), squares: perClass(squares) }
}

import { type ArgsortMode, argsortOf } from '../../numerics/argsort.ts'
import { StudyError } from '../contract.ts'
import { dot, matrixDot } from '../numerics/blas-dot.ts'
import { distinctRows, isOnFront, type Losses } from './non-domination.ts'

export interface HypervolumeOptions {
  readonly assumePareto?: boolean
  readonly argsort?: ArgsortMode
}

/**
 * The volume between `losses` and a reference point that is worse than all of them. Infinite when it cannot be told.
 *
 * @param options.assumePareto the rows are a front already: distinct, none dominated
 * @param options.argsort which of numpy's sorts orders equal values: it decides the last digit
 * @throws StudyError `study/bad-reference-point`, in Optuna's words
 * Source: optuna 5.0, `_hypervolume.wfg` (While, Bradstreet and Barone 2012 for four objectives and more).
 */
export function hypervolume(losses: Losses, reference: readonly number[], options: HypervolumeOptions = {}): number {
  const { assumePareto = false, argsort = 'simd' } = options
  if (!losses.every(row => row.every((value, i) => value <= reference[i]))) {
    throw new StudyError(
      'study/bad-reference-point',
      'ValueError',
      'All points must dominate or equal the reference point. That is, for all points in the loss_vals and the coordinate `i`, ' +
        '`loss_vals[i] <= reference_point[i]`.',
    )
  }
  if (!reference.every(Number.isFinite)) return Number.POSITIVE_INFINITY
  if (losses.length === 0) return 0
  const front = assumePareto
    ? argsortOf(
        losses.map(row => row[0]),
        argsort,
      ).map(i => losses[i])
    : sortedFront(losses)
  const volume =
    reference.length === 2 ? area(front, reference) : reference.length === 3 ? volumeOf3(front, reference, argsort) : wfg(front, reference)
  return Number.isFinite(volume) ? volume : Number.POSITIVE_INFINITY
}

/** The distinct rows that none dominates, in lexicographic order. */
function sortedFront(losses: Losses): Losses {
  const rows = distinctRows(losses).first.map(i => losses[i])
  const on = isOnFront(rows)
  return rows.filter((_, i) => on[i])
}

function area(front: Losses, [x, y]: readonly number[]): number {
  return dot(
    front.map(row => x - row[0]),
    front.map((row, i) => (i === 0 ? y : front[i - 1][1]) - row[1]),
  )
}

/** A height field over the grid of the points' x and y. */
function volumeOf3(front: Losses, [x, y, z]: readonly number[], mode: ArgsortMode): number {
  const n = front.length
  const byY = argsortOf(
    front.map(row => row[1]),
    mode,
  )
  const height = new Float64Array(n * n)
  for (let j = 0; j < n; j++) height[byY[j] * n + j] = z - front[byY[j]][2]
  for (let i = 1; i < n; i++) for (let j = 0; j < n; j++) height[i * n + j] = Math.max(height[i * n + j], height[(i - 1) * n + j])
  for (let i = 0; i < n; i++) for (let j = 1; j < n; j++) height[i * n + j] = Math.max(height[i * n + j], height[i * n + j - 1])
  const widths = byY.map((at, j) => (j === n - 1 ? y : front[byY[j + 1]][1]) - front[at][1])
  const lengths = front.map((row, i) => (i === n - 1 ? x : front[i + 1][0]) - row[0])
  return dot(matrixDot(height, n, widths), lengths)
}

/** Volume of the box between one row and the reference point. */
export const boxOf = (row: readonly number[], reference: readonly number[]): number => {
  let volume = 1
  for (let i = 0; i < row.length; i++) volume *= reference[i] - row[i]
  return volume
}

/** The worse of two rows in each objective. */
export const worse = (a: readonly number[], b: readonly number[]): number[] => a.map((value, i) => Math.max(value, b[i]))

function wfg(sorted: Losses, reference: readonly number[]): number {
  if (sorted.length === 1) return boxOf(sorted[0], reference)
  if (sorted.length === 2) {
    return boxOf(sorted[0], reference) + boxOf(sorted[1], reference) - boxOf(worse(sorted[0], sorted[1]), reference)
  }
  let exclusive = 0
  for (let i = 0; i < sorted.length - 1; i++) {
    const limited = sorted.slice(i + 1).map(row => worse(sorted[i], row))
    const front = limited.length <= 3 ? limited : keepFront(limited)
    exclusive += boxOf(sorted[i], reference) - wfg(front, reference)
  }
  return boxOf(sorted[sorted.length - 1], reference) + exclusive
}

function keepFront(rows: Losses): Losses {
  const on = isOnFront(rows)
  return rows.filter((_, i) => on[i])
}

/** A point a tenth worse than the worst in every objective, as Optuna chooses it. */
export function referencePoint(losses: Losses): number[] {
  return losses[0].map((_, i) => {
    const worst = losses.reduce((a, row) => Math.max(a, row[i]), Number.NEGATIVE_INFINITY)
    const point = Math.max(1.1 * worst, 0.9 * worst)
    return point === 0 ? 1e-12 : point
  })
}

import type { Features, Matrix } from '../contract.ts'
import { cellsKernel } from '../kernels/cells-kernel.ts'
import { toMatrix } from '../matrix.ts'

/** What happens to each cell, by its column: (cell - minus) / over, or cell * times + plus, as far as they are given. */
export interface Scaling {
  readonly minus?: Float64Array
  readonly over?: Float64Array
  readonly times?: Float64Array
  /** Only beside `times`. */
  readonly plus?: Float64Array
  /** Numbers outside are moved to the nearer end. */
  readonly clip?: readonly [low: number, high: number]
}

/**
 * Features, missing values too, scaled. What is infinite shows in what becomes of it: only then all cells are looked at, which takes half as long as to scale them.
 *
 * @throws LearnError for infinite cells, as `toMatrix`
 */
export function scaledFeatures(features: Features, estimator: string, scaling: Scaling, names: readonly string[]): Matrix {
  // Clipped, they would not show.
  const X = toMatrix(features, estimator, { allowMissing: true, finite: scaling.clip !== undefined })
  const scaled = new Float64Array(X.data.length)
  const total = cellsKernel(X, scaling, scaled)
  if (total === undefined || !Number.isFinite(total)) toMatrix(features, estimator, { allowMissing: true })
  if (total === undefined) plainScaled(X, scaling, scaled)
  return likeWith(X, scaled, names)
}

/** A matrix of the same shape, order and kind, scaled. */
export function scaledMatrix(X: Matrix, scaling: Scaling, names?: readonly string[]): Matrix {
  const scaled = new Float64Array(X.data.length)
  if (cellsKernel(X, scaling, scaled) === undefined) plainScaled(X, scaling, scaled)
  return likeWith(X, scaled, names)
}

/** The kernel's plain twin. A loop for each case: a call per cell would take longer than its arithmetic. */
export function plainScaled({ rows, columns, data }: Matrix, { minus, over, times, plus, clip }: Scaling, scaled: Float64Array): void {
  let at = 0
  if (minus && over) {
    for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) scaled[at] = (data[at] - minus[j]) / over[j]
  } else if (minus) {
    for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) scaled[at] = data[at] - minus[j]
  } else if (over) {
    for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) scaled[at] = data[at] / over[j]
  } else if (times && plus) {
    for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) scaled[at] = data[at] * times[j] + plus[j]
  } else if (times) {
    for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) scaled[at] = data[at] * times[j]
  } else scaled.set(data)
  if (clip) moveInside(scaled, clip)
}

function moveInside(cells: Float64Array, [low, high]: readonly [number, number]): void {
  for (let at = 0; at < cells.length; at++) {
    if (cells[at] < low) cells[at] = low
    else if (cells[at] > high) cells[at] = high
  }
}

/** A matrix of the same shape, order and kind with other cells. */
export function likeWith(X: Matrix, data: Float64Array, names?: readonly string[]): Matrix {
  const { dtype: _, ...rest } = X
  return { ...rest, data, ...(names ? { names } : {}) }
}

/** 1 / each: scikit-learn multiplies a sparse matrix by the inverse. */
export const inverse = (scale: Float64Array): Float64Array => scale.map(value => 1 / value)

/** Scales below rounding count as 1: a constant column is left where it is. Source: scikit-learn 1.9, `_handle_zeros_in_scale`. */
export const withoutZeros = (scale: Float64Array): Float64Array => scale.map(value => (value < 10 * Number.EPSILON ? 1 : value))

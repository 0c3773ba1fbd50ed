import type { Matrix } from '../contract.ts'
import { rangeKernel } from '../kernels/columns-kernel.ts'

export interface ColumnRange {
  readonly min: Float64Array<ArrayBuffer>
  readonly max: Float64Array<ArrayBuffer>
}

/** Smallest and largest value per column; missing values do not count, and a column of nothing else gives NaN. */
export const columnRange = (X: Matrix): ColumnRange => rangeKernel(X) ?? plainColumnRange(X)

/** The kernel's plain twin. */
export function plainColumnRange({ rows, columns, data }: Matrix): ColumnRange {
  const min = new Float64Array(columns).fill(Number.NaN)
  const max = new Float64Array(columns).fill(Number.NaN)
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) {
      const value = data[at]
      if (!(value >= min[j])) min[j] = Number.isNaN(value) ? min[j] : value
      if (!(value <= max[j])) max[j] = Number.isNaN(value) ? max[j] : value
    }
  }
  return { min, max }
}

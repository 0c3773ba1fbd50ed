import { LearnError } from '../contract.ts'

/** Cells of the largest matrix that is made: 2 GB. */
const mostCells = 2 ** 28

/** @throws LearnError `learn/out-of-memory` with an estimate, before anything is allocated */
export function requireMemory(estimator: string, rows: number, columns: number): void {
  if (rows * columns <= mostCells) return
  const gigabytes = ((rows * columns * 8) / 2 ** 30).toFixed(1)
  throw new LearnError(
    'learn/out-of-memory',
    'MemoryError',
    `Unable to allocate ${gigabytes} GiB for an array with shape (${rows}, ${columns}) and data type float64`,
    { hint: `${estimator} would make ${columns} columns: group rare categories, lower the degree, or leave columns out.` },
  )
}

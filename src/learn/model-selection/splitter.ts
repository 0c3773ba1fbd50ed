import type { Target } from '../contract.ts'
import type { Warn } from '../metrics/scored.ts'

/** Rows to learn from and rows to judge by. */
export interface Split {
  readonly train: Int32Array
  readonly test: Int32Array
}

/** A way to cut rows into folds. */
export interface Splitter {
  /** scikit-learn's class name. */
  readonly name: string
  readonly nSplits: number
  /**
   * One split per fold, each row in the test part of exactly one.
   *
   * @throws LearnError in scikit-learn's words when there are too few rows
   */
  split(rows: number, y?: Target, warn?: Warn): Iterable<Split>
}

/** Splits from the fold that each row is tested in. */
export function* splitsByFold(folds: Int32Array, nSplits: number): Iterable<Split> {
  const rows = Int32Array.from(folds, (_, i) => i)
  for (let fold = 0; fold < nSplits; fold++) {
    yield { train: rows.filter(row => folds[row] !== fold), test: rows.filter(row => folds[row] === fold) }
  }
}

import type { Column, Table } from '../data/index.ts'
import { LearnError, RandomState } from '../learn/index.ts'

/**
 * Which of `rows` rows are held out for testing: `train_test_split(range(rows), test_size=testSize, random_state=seed)`.
 *
 * @param testSize a share in (0, 1) or a number of rows
 * @throws LearnError in scikit-learn's words when there are not enough rows
 * Source: scikit-learn 1.9 `ShuffleSplit`: the first rows of one permutation are the test set, the following the training set.
 */
export function trainTestSplit(
  rows: number,
  testSize: number,
  seed = Math.floor(Math.random() * 2 ** 32),
): { readonly train: Int32Array; readonly test: Int32Array } {
  if (!(testSize > 0) || (testSize >= 1 && !(Number.isInteger(testSize) && testSize < rows))) {
    throw new LearnError(
      'learn/invalid-parameter',
      'ValueError',
      `test_size=${testSize} should be either positive and smaller than the number of samples ${rows} or a float in the (0, 1) range`,
      { parameter: 'test_size' },
    )
  }
  const testRows = testSize < 1 ? Math.ceil(testSize * rows) : testSize
  if (rows - testRows < 1) {
    throw new LearnError(
      'learn/too-few-rows',
      'ValueError',
      `With n_samples=${rows}, test_size=${testSize} and train_size=None, the resulting train set will be empty. Adjust any of the aforementioned parameters.`,
    )
  }
  const order = Int32Array.from({ length: rows }, (_, i) => i)
  new RandomState(seed).shuffle(order)
  return { train: order.slice(testRows), test: order.slice(0, testRows) }
}

/** The given rows, in the given order. */
export const takeRows = ({ columns }: Table, order: Int32Array): Table => ({
  rows: order.length,
  columns: columns.map(
    (column): Column =>
      column.type === 'text'
        ? { ...column, codes: order.map(row => column.codes[row]) }
        : { ...column, values: Float64Array.from(order, row => column.values[row]) },
  ),
})

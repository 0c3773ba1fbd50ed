import type { Matrix } from '../contract.ts'

/** First index of each row's largest value; NaN counts as the largest, as for numpy. */
export function argmaxRows({ rows, columns, data }: Matrix): Int32Array {
  const best = new Int32Array(rows)
  for (let i = 0, row = 0; i < rows; i++, row += columns) {
    let most = data[row]
    for (let k = 1; k < columns; k++) {
      const value = data[row + k]
      // Neither is greater when one is NaN: the first of them stays.
      if (value > most || (Number.isNaN(value) && !Number.isNaN(most))) {
        best[i] = k
        most = value
      }
    }
  }
  return best
}

/** 1 where a row's only value is positive, else 0: what a decision between two classes says. */
export function positiveRows({ data }: Matrix): Int32Array {
  const positive = new Int32Array(data.length)
  for (let i = 0; i < positive.length; i++) positive[i] = data[i] > 0 ? 1 : 0
  return positive
}

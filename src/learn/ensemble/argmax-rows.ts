import type { Matrix } from '../contract.ts'

/** First index of each row's largest value. */
export function argmaxRows({ rows, columns, data }: Matrix): Int32Array {
  const best = new Int32Array(rows)
  for (let i = 0; i < rows; i++) for (let k = 1; k < columns; k++) if (data[i * columns + k] > data[i * columns + best[i]]) best[i] = k
  return best
}

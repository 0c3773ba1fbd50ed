import { log } from '../../../numerics/exp-log.ts'
import { pairwiseSum } from '../../numerics/pairwise-sum.ts'

/** A categorical parameter: a kernel on a choice is one of `choices` rows of probabilities, the last row is the prior. */
export interface CategoricalKernels {
  readonly kind: 'categorical'
  readonly n: number
  readonly choices: number
  /** [choices + 1, choices] */
  readonly rows: Float64Array
  readonly logRows: Float64Array
  /** Row of each kernel; may be longer than `n`. */
  readonly rowOf: Float64Array
}

/** @param indices observed choices [n], with room for one more; becomes the kernels' rows */
export function categoricalKernels(indices: Float64Array, n: number, choices: number, priorWeight: number): CategoricalKernels {
  const rows = new Float64Array((choices + 1) * choices)
  if (n === 0) rows.fill(1 / choices)
  else {
    rows.fill(priorWeight / (n + 1))
    for (let i = 0; i < choices; i++) rows[i * choices + i] += 1
    for (let row = 0; row <= choices; row++) {
      const sum = pairwiseSum(rows, row * choices, choices)
      if (sum !== 0) for (let i = 0; i < choices; i++) rows[row * choices + i] /= sum
    }
  }
  indices[n] = choices
  return { kind: 'categorical', n: n + 1, choices, rows, logRows: rows.map(log), rowOf: indices }
}

/** The choice that a uniform `u` falls on in a row. */
export function drawChoice({ rows, choices }: CategoricalKernels, row: number, u: number): number {
  let sum = 0
  let below = 0
  for (let i = 0; i < choices; i++) {
    sum += rows[row * choices + i]
    if ((i === choices - 1 ? 1 : sum) < u) below++
  }
  return below
}

/** Adds each kernel's log probability of the points `x` to `density` [size, nKernels]. */
export function addCategoricalLogPdf(density: Float64Array, { n, logRows, rowOf, choices }: CategoricalKernels, x: Float64Array): void {
  for (let s = 0, at = 0; s < x.length; s++) {
    for (let k = 0; k < n; k++, at++) density[at] += logRows[rowOf[k] * choices + x[s]]
  }
}

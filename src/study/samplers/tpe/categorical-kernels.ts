import { log } from '../../../numerics/exp-log.ts'
import { pairwiseSum } from '../../numerics/pairwise-sum.ts'

/**
 * A categorical parameter: a kernel on a choice has one probability for that choice and one for all others; the prior's row, the last one,
 * has only the latter.
 */
export interface CategoricalKernels {
  readonly kind: 'categorical'
  readonly n: number
  readonly choices: number
  /** Probability of the row's own choice, by row [choices + 1]; of rows that a kernel has. */
  readonly own: Float64Array
  readonly other: Float64Array
  readonly logOwn: Float64Array
  readonly logOther: Float64Array
  /** Row of each kernel; may be longer than `n`. */
  readonly rowOf: Float64Array
}

/** @param indices observed choices [n], with room for one more; becomes the kernels' rows */
export function categoricalKernels(indices: Float64Array, n: number, choices: number, priorWeight: number): CategoricalKernels {
  const own = new Float64Array(choices + 1)
  const other = new Float64Array(choices + 1).fill(-1)
  if (n === 0) other[choices] = 1 / choices
  else {
    const base = priorWeight / (n + 1)
    const row = new Float64Array(choices).fill(base)
    const keep = (i: number, largest: number) => {
      // The sum depends on where in the row the largest is.
      if (i < choices) row[i] = largest
      const sum = pairwiseSum(row, 0, choices)
      if (i < choices) row[i] = base
      own[i] = sum === 0 ? largest : largest / sum
      other[i] = sum === 0 ? base : base / sum
    }
    keep(choices, base)
    for (let k = 0; k < n; k++) if (other[indices[k]] < 0) keep(indices[k], base + 1)
  }
  indices[n] = choices
  return { kind: 'categorical', n: n + 1, choices, own, other, logOwn: own.map(log), logOther: other.map(log), rowOf: indices }
}

/** The choice that a uniform `u` falls on in a row. */
export function drawChoice({ own, other, choices }: CategoricalKernels, row: number, u: number): number {
  let sum = 0
  let below = 0
  for (let i = 0; i < choices; i++) {
    sum += i === row ? own[row] : other[row]
    if ((i === choices - 1 ? 1 : sum) < u) below++
  }
  return below
}

/** Adds each kernel's log probability of the points `x` to `density` [size, nKernels]. */
export function addCategoricalLogPdf(density: Float64Array, { n, logOwn, logOther, rowOf }: CategoricalKernels, x: Float64Array): void {
  for (let s = 0, at = 0; s < x.length; s++) {
    for (let k = 0; k < n; k++, at++) density[at] += rowOf[k] === x[s] ? logOwn[x[s]] : logOther[rowOf[k]]
  }
}

import type { Target } from '../contract.ts'
import { RandomState } from '../random-state.ts'
import { drawShares, strataOf } from './strata.ts'

/**
 * Some of `rows` rows without repetition, in random order.
 *
 * @param stratify keeps the shares of its values
 * Source: scikit-learn 1.9 `resample(replace=False)`: the same rows in the same order for the same seed.
 */
export function resample(rows: number, draws: number, seed: number, stratify?: Target): Int32Array {
  const random = new RandomState(seed)
  if (!stratify) return random.permutation(rows).slice(0, draws)
  const { codes, counts } = strataOf(stratify)
  const rowsOf: number[][] = Array.from(counts, () => [])
  codes.forEach((code, row) => {
    rowsOf[code].push(row)
  })
  const shares = drawShares(counts, draws, random)
  const drawn = rowsOf.flatMap((own, k) => Array.from(random.permutation(own.length).subarray(0, shares[k]), at => own[at]))
  const order = Int32Array.from(drawn)
  random.shuffle(order)
  return order
}

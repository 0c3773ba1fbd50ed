import { times } from '../algebra/times.ts'
import type { Features, Matrix } from '../contract.ts'
import { allFinite, requireColumns, toMatrix } from '../matrix.ts'

/**
 * X w + constant per row and output.
 *
 * @param weights [outputs][columns]
 * @returns [rows, outputs]
 * @throws LearnError in scikit-learn's words: first for cells that are missing or infinite, then for another number of columns
 */
export function rawPredictions(features: Features, weights: readonly Float64Array[], constants: Float64Array, estimator: string): Matrix {
  const X = toMatrix(features, estimator, { finite: false })
  const width = weights[0]?.length ?? 0
  const data = X.columns === width ? times(X, weights, constants) : undefined
  // What is not finite shows in the products: only then the cells are looked at, which takes as long as to multiply them.
  if (!data || !allFinite(data)) toMatrix(features, estimator)
  requireColumns(X, width, estimator)
  return { rows: X.rows, columns: weights.length, data: data! }
}

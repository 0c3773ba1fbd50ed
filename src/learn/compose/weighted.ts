import { type Features, isMatrix, type ParamValue } from '../contract.ts'
import { numbersOf } from '../features.ts'
import { numeric } from '../parameters.ts'
import { scaledMatrix } from '../preprocessing/scaled.ts'

/** A transformer's output times its weight; without a weight as it is. */
export function weighted(X: Features, weight: ParamValue | undefined): Features {
  if (weight === undefined || weight === null) return X
  const factor = numeric(weight)
  const { dtype: _, ...matrix } = isMatrix(X) ? X : numbersOf(X)
  return scaledMatrix(matrix, { times: new Float64Array(matrix.columns).fill(factor) })
}

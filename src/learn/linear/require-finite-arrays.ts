import { LearnError } from '../contract.ts'
import { allFinite } from '../matrix.ts'

/**
 * What scipy's solvers ask of their arrays: numbers near 1e308 are finite, and their means, differences and products are not.
 *
 * @throws LearnError in scipy's words
 */
export function requireFiniteArrays(...arrays: readonly (readonly Float64Array[])[]): void {
  if (arrays.every(rows => rows.every(allFinite))) return
  throw new LearnError('learn/infinite', 'ValueError', 'array must not contain infs or NaNs', {
    hint: 'Numbers of this size overflow when they are added or multiplied: scale the columns down.',
  })
}

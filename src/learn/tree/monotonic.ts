import { LearnError, type ParamValue } from '../contract.ts'
import { numpyInts, numpyWords } from '../numpy-text.ts'
import { isFraction, itemsOf, numeric } from '../parameters.ts'
import type { TreeTarget } from './growth.ts'

/** What values below a node may be. */
export interface Bounds {
  readonly lower: number
  readonly upper: number
}
export const unbounded: Bounds = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY }

/**
 * `monotonic_cst` per column: 1 where values may only rise with it, -1 where they may only fall; undefined where that changes nothing.
 *
 * A tree of two classes constrains the share of the first, so that signs are turned.
 *
 * @throws LearnError in scikit-learn's words for another number of columns, other values, and more than two classes
 * Source: scikit-learn 1.9.
 */
export function monotonicOf(given: ParamValue | undefined, columns: number, target: TreeTarget): Int8Array | undefined {
  if (given === null || given === undefined) return undefined
  const items = itemsOf(given)
  if (items.length !== columns) throw wrong(`monotonic_cst has shape ${items.length} but the input data X has ${columns} features.`)
  const values = items.map(numeric)
  if (!values.every(value => value === 0 || value === 1 || value === -1)) {
    const different = [...new Set(values)].sort((a, b) => a - b)
    const shown = items.some(isFraction) ? `[${numpyWords(different).join(' ')}]` : numpyInts(different)
    throw wrong(`monotonic_cst must be None or an array-like of -1, 0 or 1, but got ${shown}`)
  }
  if (target.kind === 'classes' && target.classes > 2)
    throw wrong('Monotonicity constraints are not supported with multiclass classification')
  if (target.kind === 'values' && values.every(value => value === 0)) return undefined
  return Int8Array.from(values, value => (target.kind === 'classes' ? -value : value))
}

const wrong = (message: string) =>
  new LearnError('learn/invalid-parameter', 'ValueError', message, {
    parameter: 'monotonic_cst',
    hint: 'One of -1, 0 and 1 per column, in the order of the columns.',
  })

/** What the children of a split may be. @param middle between the values of both */
export function boundsBelow(sign: number, bounds: Bounds, middle: number): readonly [left: Bounds, right: Bounds] {
  if (sign === 0) return [bounds, bounds]
  const lower = { lower: bounds.lower, upper: middle }
  const upper = { lower: middle, upper: bounds.upper }
  return sign > 0 ? [lower, upper] : [upper, lower]
}

/** Moves a node's value into its bounds; of two classes the second takes what the first leaves. */
export function clipValue(values: Float64Array, at: number, outputs: number, { lower, upper }: Bounds): void {
  if (values[at] < lower) values[at] = lower
  else if (values[at] > upper) values[at] = upper
  if (outputs === 2) values[at + 1] = 1 - values[at]
}

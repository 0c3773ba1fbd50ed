import type { Params, ParamValue } from '../contract.ts'
import { isFraction, numeric } from '../parameters.ts'

/** Which categories of a column are grouped as infrequent, and what code each gets then. */
export interface Grouping {
  /** Codes of the infrequent categories, ascending. */
  readonly infrequent: readonly number[]
  /** New code per old one; the infrequent ones share the last. */
  readonly mapping: Int32Array
}

export const groupsInfrequent = ({ min_frequency, max_categories }: Params): boolean =>
  (max_categories !== null && max_categories !== undefined) || (min_frequency !== null && min_frequency !== undefined)

/**
 * Groups categories that are rarer than `min_frequency` (a count, or a share of the rows) or beyond the `max_categories` most frequent ones.
 *
 * @param counts rows per category, without the missing one where it is left alone
 * @returns undefined when none is infrequent
 * Source: scikit-learn 1.9, `_identify_infrequent`: of equally frequent ones the first keep their place.
 */
export function groupInfrequent(counts: readonly number[], rows: number, { min_frequency, max_categories }: Params): Grouping | undefined {
  const least = leastCount(min_frequency ?? null, rows)
  const infrequent = new Set(counts.flatMap((count, code) => (count < least ? [code] : [])))
  const kept = counts.length - infrequent.size + 1
  const most = max_categories === null || max_categories === undefined ? undefined : numeric(max_categories)
  if (most !== undefined && most < kept) {
    const byCount = counts.map((_, code) => code).sort((a, b) => counts[a] - counts[b] || a - b)
    for (const code of most === 1 ? byCount : byCount.slice(0, byCount.length - (most - 1))) infrequent.add(code)
  }
  if (!infrequent.size) return undefined
  const frequent = counts.length - infrequent.size
  let next = 0
  const mapping = Int32Array.from(counts, (_, code) => (infrequent.has(code) ? frequent : next++))
  return { infrequent: [...infrequent].sort((a, b) => a - b), mapping }
}

function leastCount(given: ParamValue, rows: number): number {
  if (given === null) return 0
  return isFraction(given) ? rows * numeric(given) : numeric(given)
}

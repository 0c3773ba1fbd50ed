import { type Features, isMatrix, LearnError, type ParamValue, Tuple } from '../../contract.ts'
import { aDict, itemsOf, numeric, pythonRepr } from '../../parameters.ts'

const wrong = (parameter: string, message: string) => new LearnError('learn/invalid-parameter', 'ValueError', message, { parameter })
const isSign = (value: ParamValue): boolean => typeof value !== 'object' && [-1, 0, 1].includes(Number(value))

/**
 * `monotonic_cst` per column of the data: 1 where predictions may only rise with it, -1 where they may only fall; undefined without any.
 *
 * @param given a list of signs, or signs by the names of columns
 * @throws LearnError in scikit-learn's words for unknown names, other signs and another number of columns
 */
export function monotonicSigns(given: ParamValue, features: Features, estimator: string): Int8Array | undefined {
  if (given === null) return undefined
  const names = isMatrix(features) ? undefined : features.columns.map(column => column.name)
  const width = isMatrix(features) ? features.columns : features.columns.length
  if (aDict.accepts(given)) {
    if (!names) {
      throw wrong(
        'monotonic_cst',
        `${estimator} was not fitted on data with feature names. Pass monotonic_cst as an integer array instead.`,
      )
    }
    return signsByName(given as Readonly<Record<string, ParamValue>>, names)
  }
  const items = itemsOf(given)
  const unexpected = [...new Set(items.filter(item => !isSign(item)).map(numeric))].sort((a, b) => a - b)
  if (unexpected.length) {
    throw wrong('monotonic_cst', `monotonic_cst must be an array-like of -1, 0 or 1. Observed values: ${pythonRepr(unexpected)}.`)
  }
  if (items.length !== width) {
    throw wrong('monotonic_cst', `monotonic_cst has shape (${items.length},) but the input data X has ${width} features.`)
  }
  return Int8Array.from(items, numeric)
}

function signsByName(given: Readonly<Record<string, ParamValue>>, names: readonly string[]): Int8Array {
  const unknown = Object.keys(given)
    .filter(name => !names.includes(name))
    .sort()
  if (unknown.length) {
    const shown = unknown.length > 5 ? [...unknown.slice(0, 5), '...'] : unknown
    throw wrong('monotonic_cst', `monotonic_cst contains ${unknown.length} unexpected feature names: ${pythonRepr(shown)}.`)
  }
  return Int8Array.from(names, name => {
    const sign = given[name]
    if (sign === undefined) return 0
    if (!isSign(sign)) throw wrong('monotonic_cst', `monotonic_cst['${name}'] must be either -1, 0 or 1. Got ${pythonRepr(sign)}.`)
    return numeric(sign)
  })
}

/**
 * `interaction_cst` as groups of encoded columns that may act together; columns that no group names are one more group. Undefined: all.
 *
 * @throws LearnError in scikit-learn's words for what is no position of a column
 */
export function interactionGroups(given: ParamValue, width: number): readonly ReadonlySet<number>[] | undefined {
  if (given === null) return undefined
  const groups = given === 'no_interactions' ? alone(width) : given === 'pairwise' ? pairs(width) : itemsOf(given).map(groupItems)
  if (groups.some(group => group === undefined)) {
    throw wrong('interaction_cst', `Interaction constraints must be a sequence of tuples or lists, got: ${pythonRepr(given)}.`)
  }
  const sets = (groups as (readonly ParamValue[])[]).map(group => {
    if (group.every(item => Number.isInteger(item) && Number(item) >= 0 && Number(item) < width)) return new Set(group.map(numeric))
    const shown = [...new Set(group)].map(item => pythonRepr(item)).join(', ')
    throw wrong(
      'interaction_cst',
      `Interaction constraints must consist of integer indices in [0, n_features - 1] = [0, ${width - 1}], specifying the position of features, got invalid indices: {${shown}}`,
    )
  })
  const named = new Set(sets.flatMap(set => [...set]))
  const rest = Array.from({ length: width }, (_, j) => j).filter(j => !named.has(j))
  return rest.length ? [...sets, new Set(rest)] : sets
}

const groupItems = (group: ParamValue): readonly ParamValue[] | undefined =>
  Array.isArray(group) || group instanceof Tuple ? itemsOf(group) : undefined
const alone = (width: number): number[][] => Array.from({ length: width }, (_, j) => [j])
const pairs = (width: number): number[][] =>
  Array.from({ length: width }, (_, i) => Array.from({ length: width - i - 1 }, (_, k) => [i, i + 1 + k])).flat()

/** Columns that a node may be split by, and the groups that still hold for it. */
export interface Allowed {
  readonly columns: readonly number[]
  readonly groups: readonly ReadonlySet<number>[]
}

const together = (groups: readonly ReadonlySet<number>[]): Allowed => ({
  groups,
  columns: [...new Set(groups.flatMap(group => [...group]))].sort((a, b) => a - b),
})

export const allowedAtRoot = (groups: readonly ReadonlySet<number>[]): Allowed => together(groups)
/** Below a split only the groups that its column is in go on. Source: scikit-learn `_compute_interactions`. */
export const allowedBelow = ({ groups }: Allowed, column: number): Allowed => together(groups.filter(group => group.has(column)))

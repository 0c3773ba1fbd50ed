import type { Column, Table } from '../../data/table.ts'
import { Callable, type Features, type FitControl, LearnError, type ParamValue, Tuple } from '../contract.ts'
import { columnCount, isDataFrame, shownNames } from '../features.ts'
import { typeError, valueError } from '../not-built-in.ts'
import { itemsOf, numeric, pythonRepr } from '../parameters.ts'

/** Columns by position, and how they were asked for. */
export interface Selection {
  readonly indices: readonly number[]
  readonly by: 'name' | 'position' | 'mask'
}

const badKey =
  'No valid specification of the columns. Only a scalar, list or slice of all integers or all strings, or boolean mask is allowed'

/** Whether columns are found by a function of the data. */
export const isSelector = (given: ParamValue): given is Callable => given instanceof Callable && given.name === 'make_column_selector'

/**
 * Which columns a ColumnTransformer's entry means: a name, names, positions (from the end when negative), a mask, a slice or a selector.
 *
 * @throws LearnError in scikit-learn's words; for a single name or position too, since every transformer here takes tables
 */
export function selectedColumns(X: Features, given: ParamValue, control?: FitControl): Selection {
  const key = isSelector(given) ? selectorNames(X, given, control) : given
  const count = columnCount(X)
  if (key instanceof Callable) return sliced(X, key)
  if (typeof key === 'string' || typeof key === 'number') {
    const { indices } = selectedColumns(X, [key])
    const [name] = indices.map(j => shownNames(X)[j])
    throw valueError(
      "Expected a 2-dimensional container but got <class 'pandas.Series'> instead. Pass a DataFrame containing a single row (i.e. single sample) or a single column (i.e. single feature) instead.",
      'transformers',
      `Write the column as a list: [${name}].`,
    )
  }
  if (!Array.isArray(key) && !(key instanceof Tuple)) throw valueError(badKey, 'transformers')
  const items = itemsOf(key)
  if (!items.length) return { indices: [], by: 'position' }
  if (items.every(item => typeof item === 'string')) return byName(X, items as readonly string[])
  if (items.every(item => typeof item === 'boolean')) {
    if (items.length !== count) throw outOfRange(count)
    return { indices: items.flatMap((chosen, j) => (chosen ? [j] : [])), by: 'mask' }
  }
  if (items.every(item => typeof item === 'number' && Number.isInteger(item))) {
    return { indices: (items as readonly number[]).map(item => position(item, count)), by: 'position' }
  }
  throw valueError(badKey, 'transformers')
}

function position(item: number, count: number): number {
  if (item >= count || item < -count) throw outOfRange(count)
  return item < 0 ? item + count : item
}

const outOfRange = (count: number) => valueError(`all features must be in [0, ${count - 1}] or [-${count}, 0]`, 'transformers')

function byName(X: Features, wanted: readonly string[]): Selection {
  if (!isDataFrame(X)) {
    throw new LearnError('learn/needs-names', 'ValueError', 'Specifying the columns using strings is only supported for dataframes.', {
      parameter: 'transformers',
      hint: 'After another scikit-learn transformer columns have no names: give positions, or put the ColumnTransformer first.',
    })
  }
  const names = shownNames(X)
  const unknown = wanted.filter(name => !names.includes(name))
  if (unknown.length) {
    const list = [...new Set(unknown)].map(name => `'${name}'`).join(', ')
    throw new LearnError('learn/missing-column', 'ValueError', `Some column names are not columns of the dataframe: {${list}}`, {
      parameter: 'transformers',
      column: unknown[0],
      hint: `The columns are ${names.join(', ')}.`,
    })
  }
  return { indices: wanted.map(name => names.indexOf(name)), by: 'name' }
}

/** `slice(start, stop)` of positions, or of names with the last one included. */
function sliced(X: Features, { args }: Callable): Selection {
  const { start = null, stop = null, step = null } = args as Record<string, ParamValue>
  const byNames = typeof start === 'string' || typeof stop === 'string' || (start === null && stop === null)
  if (byNames && step !== null && numeric(step) !== 1) {
    throw new LearnError('learn/invalid-parameter', 'NotImplementedError', 'key.step must be 1 or None', { parameter: 'transformers' })
  }
  const count = columnCount(X)
  const stride = step === null ? 1 : numeric(step)
  const all = Array.from({ length: count }, (_, j) => j)
  if (typeof start === 'string' || typeof stop === 'string') {
    const names = [start, stop].filter(name => name !== null) as readonly string[]
    const unknown = isDataFrame(X) ? names.find(name => !shownNames(X).includes(name)) : undefined
    if (unknown !== undefined) throw valueError(`'${unknown}' is not in list`, 'transformers')
    const { indices } = byName(X, names)
    const first = start === null ? 0 : indices[0]
    const last = stop === null ? count - 1 : indices[indices.length - 1]
    return { indices: all.filter(j => j >= first && j <= last && (j - first) % stride === 0), by: 'name' }
  }
  const bound = (value: ParamValue, fallback: number) =>
    value === null ? fallback : Math.min(count, Math.max(0, numeric(value) < 0 ? numeric(value) + count : numeric(value)))
  const first = bound(start, 0)
  const end = bound(stop, count)
  return { indices: all.filter(j => j >= first && j < end && (j - first) % stride === 0), by: 'position' }
}

/** `make_column_selector(pattern, dtype_include, dtype_exclude)`: names of the columns that fit. */
function selectorNames(X: Features, { args }: Callable, control?: FitControl): ParamValue {
  if (!isDataFrame(X)) {
    throw valueError('make_column_selector can only be applied to pandas dataframes', 'transformers')
  }
  const { pattern = null, dtype_include = null, dtype_exclude = null } = args as Record<string, ParamValue>
  let columns: readonly Column[] = (X as Table).columns
  if ((dtype_include !== null || dtype_exclude !== null) && !named(dtype_include) && !named(dtype_exclude)) {
    throw valueError('at least one of include or exclude must be nonempty', 'transformers')
  }
  if (dtype_include !== null) columns = columns.filter(column => dtypes(dtype_include).some(isOfType => isOfType(column)))
  if (dtype_exclude !== null) columns = columns.filter(column => !dtypes(dtype_exclude).some(isOfType => isOfType(column)))
  const names = columns.map(column => column.name)
  if (pattern === null) return names
  const matches = pythonPattern(String(pattern))
  if (new RegExp(`${matches.source}|`).exec('')!.length > 1) {
    const said = 'This pattern is interpreted as a regular expression, and has match groups. To actually get the groups, use str.extract.'
    control?.onWarning?.('UserWarning', said)
  }
  return names.filter(name => matches.test(name))
}

/** Whether any type is named. */
const named = (dtypes: ParamValue): boolean => dtypes !== null && !(Array.isArray(dtypes) && !dtypes.length)

/** A Python regular expression, where it means the same here. */
function pythonPattern(pattern: string): RegExp {
  const inlineFlag = /^\(\?i\)/.test(pattern)
  const source = pattern
    .replace(/^\(\?i\)/, '')
    .replaceAll('(?P<', '(?<')
    .replaceAll('\\A', '^')
    .replaceAll('\\Z', '$')
  try {
    return new RegExp(source, inlineFlag ? 'iu' : 'u')
  } catch {
    throw valueError(`The pattern '${pattern}' is no regular expression.`, 'transformers')
  }
}

/** bool with gaps is pandas' object; text is its str, which object includes too. */
const isObject = (column: Column): boolean =>
  column.type === 'text' && column.codes.includes(-1) && column.categories.every(text => text === 'True' || text === 'False')

const typeTests: Readonly<Record<string, (column: Column) => boolean>> = {
  number: ({ type }) => type === 'int' || type === 'float',
  integer: ({ type }) => type === 'int',
  int: ({ type }) => type === 'int',
  int64: ({ type }) => type === 'int',
  floating: ({ type }) => type === 'float',
  f8: ({ type }) => type === 'float',
  d: ({ type }) => type === 'float',
  i8: ({ type }) => type === 'int',
  q: ({ type }) => type === 'int',
  l: ({ type }) => type === 'int',
  '?': ({ type }) => type === 'bool',
  float: ({ type }) => type === 'float',
  float64: ({ type }) => type === 'float',
  bool: ({ type }) => type === 'bool',
  bool_: ({ type }) => type === 'bool',
  object: ({ type }) => type === 'text',
  O: ({ type }) => type === 'text',
  str: column => column.type === 'text' && !isObject(column),
  string: column => column.type === 'text' && !isObject(column),
  generic: column => column.type !== 'text' || isObject(column),
}
/** Types that no column of a CSV has. */
const absent =
  /^(?:category|categorical|datetime.*|timedelta.*|boolean|u?int(?:8|16|32)|uint64|float(?:16|32)|complex.*|period|interval|[bBhHiIeLQfgFDGSUVMm]|[iu][124]|u8|f[24])$/

function dtypes(given: ParamValue): readonly ((column: Column) => boolean)[] {
  const items = Array.isArray(given) || given instanceof Tuple ? itemsOf(given) : [given]
  return items.map(item => {
    const name = item instanceof Callable ? item.name.replace(/^(?:numpy|np|builtins)\./, '') : String(item).replace(/^(?:numpy|np)\./, '')
    if (Object.hasOwn(typeTests, name)) return typeTests[name]
    if (absent.test(name)) return () => false
    if (typeof item !== 'string') throw typeError(`Cannot interpret '${pythonRepr(item)}' as a data type`, 'transformers')
    throw typeError(`data type '${name}' not understood`, 'transformers')
  })
}

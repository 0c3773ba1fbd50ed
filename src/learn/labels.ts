import { type FitControl, LearnError, type Target } from './contract.ts'
import { numpyFloats } from './numpy-text.ts'
import { pythonRepr } from './parameters.ts'
import { pythonFloat } from './python-float.ts'
import { requireKnown } from './target-values.ts'

/** Labels as scikit-learn sees them: sorted unique values and an index per row. */
export interface EncodedLabels {
  readonly classes: readonly (number | string | boolean)[]
  readonly codes: Int32Array
  /** Whether the labels are whole floats: some messages show them with their point. */
  readonly isFloat?: boolean
}

const encodedOf = new WeakMap<Target, EncodedLabels>()

/**
 * `np.unique(y, return_inverse=True)`.
 *
 * @throws LearnError `learn/target-missing` when a label is missing, `learn/infinite` when one is infinite, `learn/continuous-target` for fractional numbers
 */
export function encodeLabels(y: Target, words: FractionWords = maybeContinuous): EncodedLabels {
  const known = encodedOf.get(y)
  if (known) return known
  requireKnown(y)
  requireWhole(y, words)
  const encoded = y.type === 'text' ? encodeText(y) : encodeNumbers(y)
  encodedOf.set(y, encoded)
  return encoded
}

/**
 * `encodeLabels` for classifiers that look whether a regressor was meant: they warn where there are nearly as many classes as rows.
 *
 * Source: scikit-learn 1.9 `check_classification_targets`.
 */
export function encodeClasses(y: Target, control?: FitControl): EncodedLabels {
  const labels = encodeLabels(y)
  const rows = labels.codes.length
  const classes = labels.classes.length
  if (classes > 2 && rows > 20 && classes > halfToEven(rows)) {
    control?.onWarning?.(
      'UserWarning',
      'The number of unique classes is greater than 50% of the number of samples. `y` could represent a regression problem, not a classification problem.',
    )
  }
  return labels
}

/** Python's `round(0.5 * n)`. */
const halfToEven = (n: number): number => (n % 4 === 1 ? (n - 1) / 2 : Math.ceil(n / 2))

/** The same where fractions are labels like any other. @throws LearnError `learn/target-missing` */
export function encodeAnyLabels(y: Target): EncodedLabels {
  if (y.type === 'text' || y.values.every(Number.isInteger)) return encodeLabels(y)
  requireKnown(y)
  return encodeNumbers(y)
}

/** How an estimator refuses fractional labels. */
type FractionWords = (values: ArrayLike<number>) => string

const maybeContinuous: FractionWords = () =>
  'Unknown label type: continuous. Maybe you are trying to fit a classifier, which expects discrete classes on a regression target with continuous values.'
/** In the words of `LabelBinarizer`, which shows the column. */
export const allFractions: FractionWords = values => `Unknown label type: (${numpyFloats(values)}`.replace(/\)$/, '),)')
/** In the words of `unique_labels`, which has sorted out the different ones. */
export const distinctFractions: FractionWords = values => allFractions([...new Set(Array.from(values))].sort((a, b) => a - b))

function requireWhole(y: Target, words: FractionWords): void {
  // What no 64 bits hold is no whole number to NumPy.
  const fraction = y.type === 'text' ? undefined : y.values.find(value => !Number.isInteger(value) || Math.abs(value) >= 2 ** 63)
  if (fraction === undefined) return
  throw new LearnError('learn/continuous-target', 'ValueError', words(y.type === 'text' ? [] : y.values), {
    column: y.name,
    hint: `The target column '${y.name}' holds fractional numbers such as ${fraction}; use a regressor.`,
  })
}

function encodeText(y: Target & { type: 'text' }): EncodedLabels {
  const used = new Set(y.codes)
  // numpy sorts text by code points; so does the default sort for characters of the basic plane.
  const classes = y.categories.filter((_, code) => used.has(code)).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const rank = new Map(classes.map((name, i) => [name, i]))
  return { classes, codes: y.codes.map(code => rank.get(y.categories[code])!) }
}

function encodeNumbers(y: Exclude<Target, { type: 'text' }>): EncodedLabels {
  const { values, codes: found } = byAppearance(y.values)
  const numbers = values.toSorted((a, b) => a - b)
  const place = new Map(numbers.map((value, i) => [value, i]))
  const rank = Int32Array.from(values, value => place.get(value)!)
  for (let i = 0; i < found.length; i++) found[i] = rank[found[i]]
  return { classes: y.type === 'bool' ? numbers.map(Boolean) : numbers, codes: found, isFloat: y.type === 'float' }
}

/** Whole numbers from 0 to below this are looked up in a table, other values in a Map. */
const tableSize = 1024

/** The different values in the order in which they appear, and which of them each row has. */
export function byAppearance(rows: ArrayLike<number>): { readonly values: number[]; readonly codes: Int32Array } {
  const values: number[] = []
  const codeOf = new Map<number, number>()
  const table = new Int32Array(tableSize).fill(-1)
  const codes = new Int32Array(rows.length)
  for (let i = 0; i < rows.length; i++) {
    const value = rows[i]
    const small = value >>> 0
    const tabled = small === value && small < tableSize
    let code = tabled ? table[small] : (codeOf.get(value) ?? -1)
    if (code < 0) {
      code = values.length
      // A first -0 is 0.
      values.push(value + 0)
      if (tabled) table[small] = code
      else codeOf.set(value, code)
    }
    codes[i] = code
  }
  return { values, codes }
}

/** @throws LearnError `learn/one-class` when there is only one class, in the words of the estimator that asks. */
export function requireTwoClasses({ classes, isFloat }: EncodedLabels, column: string): void {
  if (classes.length > 1) return
  throw new LearnError(
    'learn/one-class',
    'ValueError',
    `This solver needs samples of at least 2 classes in the data, but the data contains only one class: ${isFloat ? `np.float64(${pythonFloat(Number(classes[0]))})` : pythonScalar(classes[0])}`,
    { column, hint: `Every row of the training data has the same value in the target column '${column}'.` },
  )
}

const pythonScalar = (value: number | string | boolean) =>
  typeof value === 'number' ? `np.int64(${value})` : typeof value === 'boolean' ? `np.${value ? 'True_' : 'False_'}` : pythonRepr(value)

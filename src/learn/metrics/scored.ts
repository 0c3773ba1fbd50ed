import { LearnError, type Matrix, type Target } from '../contract.ts'
import { byAppearance } from '../labels.ts'
import { pythonRepr } from '../parameters.ts'

export type Label = number | string | boolean

/** What a classification metric is computed from. */
export interface ScoredLabels {
  /** The model's `classes_`, then what only the truth holds, sorted all together. */
  readonly labels: readonly Label[]
  /** Per row an index into `labels`. */
  readonly truth: ArrayLike<number>
  readonly predicted: ArrayLike<number>
  /** The model's `classes_`: the columns of `proba` and `decision`. */
  readonly classes: readonly Label[]
  /** [rows, classes]; undefined where the model has none. */
  proba?(): Matrix | undefined
  /** [rows, 1] for two classes, else [rows, classes]; undefined where the model has none. */
  decision?(): Matrix | undefined
}

/** What a regression metric is computed from. */
export interface ScoredValues {
  readonly truth: ArrayLike<number>
  readonly predicted: ArrayLike<number>
}

/** A warning in scikit-learn's words. */
export type Warn = (category: string, message: string) => void

/** numpy's order: numbers and booleans by value, text by code points. */
export function compareLabels(a: Label, b: Label): number {
  if (typeof a !== 'string' && typeof b !== 'string') return Number(a) - Number(b)
  const [left, right] = [String(a), String(b)]
  return left === right ? 0 : comparePoints(left, right)
}

function comparePoints(a: string, b: string): number {
  const [left, right] = [[...a], [...b]]
  const shared = Math.min(left.length, right.length)
  for (let i = 0; i < shared; i++) {
    const difference = left[i].codePointAt(0)! - right[i].codePointAt(0)!
    if (difference) return difference
  }
  return left.length - right.length
}

/**
 * The truth of rows that a classifier has judged.
 *
 * @param classes the model's, sorted; labels that training never saw find their place among them
 * @param predicted per row an index into `classes`
 * @throws LearnError `learn/target-missing` for a row without a label
 */
export function scoredLabels(
  classes: readonly Label[],
  truth: Target,
  predicted: ArrayLike<number>,
): Pick<ScoredLabels, 'labels' | 'truth' | 'predicted' | 'classes'> {
  const values = truthLabels(truth)
  const known = new Map(classes.map((label, i) => [keyOf(label), i]))
  const labels = [...classes]
  const foreign = new Int32Array(values.labels.length)
  values.labels.forEach((label, i) => {
    let at = known.get(keyOf(label))
    if (at === undefined) {
      at = labels.push(label) - 1
      known.set(keyOf(label), at)
    }
    foreign[i] = at
  })
  const order = labels.map((_, i) => i).sort((a, b) => compareLabels(labels[a], labels[b]))
  const rank = new Int32Array(labels.length)
  order.forEach((at, i) => {
    rank[at] = i
  })
  return {
    classes,
    labels: order.map(at => labels[at]),
    truth: translated(
      values.codes,
      foreign.map(at => rank[at]),
    ),
    predicted: translated(predicted, rank),
  }
}

function translated(codes: ArrayLike<number>, into: Int32Array): Int32Array {
  const other = new Int32Array(codes.length)
  for (let i = 0; i < other.length; i++) other[i] = into[codes[i]]
  return other
}

/** 1, 1.0 and True are one label, as in Python. */
const keyOf = (label: Label): string => (typeof label === 'boolean' ? String(Number(label)) : String(label))

/** Distinct labels of a column in order of appearance, and each row's index among them. */
function truthLabels(truth: Target): { readonly labels: readonly Label[]; readonly codes: Int32Array } {
  const hole = truth.type === 'text' ? truth.codes.indexOf(-1) : truth.values.findIndex(Number.isNaN)
  if (hole >= 0) {
    throw new LearnError('learn/target-missing', 'ValueError', 'Input y_true contains NaN.', {
      column: truth.name,
      row: hole,
      hint: `The target column '${truth.name}' is empty in row ${hole + 1}.`,
    })
  }
  const { values, codes } = byAppearance(truth.type === 'text' ? truth.codes : truth.values)
  const labelOf = (value: number): Label => (truth.type === 'text' ? truth.categories[value] : truth.type === 'bool' ? value === 1 : value)
  return { labels: values.map(labelOf), codes }
}

/** Labels as numpy prints an array of them. */
export function labelsText(labels: readonly Label[]): string {
  const texts = labels.map(label =>
    typeof label === 'string'
      ? pythonRepr(label)
      : typeof label === 'boolean'
        ? label
          ? 'True'
          : 'False'
        : Number.isInteger(label)
          ? String(label)
          : String(label),
  )
  const width = typeof labels[0] === 'string' ? 0 : Math.max(...texts.map(text => text.length))
  return `[${texts.map(text => text.padStart(width)).join(' ')}]`
}

/** `ValueError` of a metric: it cannot be computed from what is there. */
export const metricError = (message: string, hint?: string): LearnError =>
  new LearnError('learn/undefined-metric', 'ValueError', message, hint ? { hint } : {})

/** @throws LearnError for the probabilities of a model that has seen one class only */
export function requireTwoColumns({ rows, columns }: Pick<Matrix, 'rows' | 'columns'>): void {
  if (columns > 1) return
  throw metricError(
    `Got predict_proba of shape (${rows}, ${columns}), but need classifier with two classes.`,
    'The rows that the model learned from have all the same label.',
  )
}

/** Labels that occur in the truth or the predictions, sorted, and both in terms of them. */
export interface PresentLabels {
  readonly labels: readonly Label[]
  readonly truth: Int32Array
  readonly predicted: Int32Array
}

export function presentLabels({ labels, truth, predicted }: Pick<ScoredLabels, 'labels' | 'truth' | 'predicted'>): PresentLabels {
  const used = new Uint8Array(labels.length)
  for (let i = 0; i < truth.length; i++) used[truth[i]] = used[predicted[i]] = 1
  const place = new Int32Array(labels.length)
  let count = 0
  for (let k = 0; k < labels.length; k++) if (used[k]) place[k] = count++
  return {
    labels: labels.filter((_, k) => used[k]),
    truth: translated(truth, place),
    predicted: translated(predicted, place),
  }
}

/** Indices of the labels that the truth holds, sorted. */
export function trueLabels({ labels, truth }: Pick<ScoredLabels, 'labels' | 'truth'>): readonly number[] {
  const used = new Uint8Array(labels.length)
  for (let i = 0; i < truth.length; i++) used[truth[i]] = 1
  return labels.flatMap((_, k) => (used[k] ? [k] : []))
}

/** A classifier's numeric labels as values, as scikit-learn's regression metrics take them. @throws LearnError for text */
export function labelValues(
  { labels, truth, predicted }: Pick<ScoredLabels, 'labels' | 'truth' | 'predicted'>,
  metric: string,
): ScoredValues {
  const text = labels.find(label => typeof label === 'string')
  if (text !== undefined) {
    throw metricError(`could not convert string to float: '${text}'`, 'This metric is for numbers; the target holds text.')
  }
  if (typeof labels[0] === 'boolean' && /max_error|median_absolute_error/.test(metric)) {
    throw metricError(
      'numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.',
    )
  }
  const values = (codes: ArrayLike<number>) => Float64Array.from(codes, code => Number(labels[code]))
  return { truth: values(truth), predicted: values(predicted) }
}

import { LearnError, type ParamValue } from './contract.ts'
import type { EncodedLabels } from './labels.ts'
import { numeric, pythonRepr } from './parameters.ts'

/** Weight per class inverse to its frequency: rows / (classes * count). Classes without rows get 0. Source: scikit-learn `compute_class_weight`. */
export function balancedWeights(codes: Int32Array, classes: number, counts?: Int32Array): Float64Array {
  const weightOf = new Float64Array(classes)
  let total = 0
  for (let i = 0; i < codes.length; i++) {
    const n = counts ? counts[i] : 1
    weightOf[codes[i]] += n
    total += n
  }
  const present = weightOf.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0)
  return weightOf.map(count => (count > 0 ? total / (present * count) : 0))
}

/**
 * Weight per row for `class_weight`.
 *
 * @returns undefined when all rows weigh the same because nothing was given
 * @throws LearnError when a dict names none but unknown classes (scikit-learn: "The classes, [2], are not in class_weight")
 */
export function rowWeights(given: ParamValue, { classes, codes }: EncodedLabels): Float64Array | undefined {
  if (given === null || given === undefined) return undefined
  const weightOf = typeof given === 'string' ? balancedWeights(codes, classes.length) : dictWeights(given, classes)
  return Float64Array.from(codes, code => weightOf[code])
}

/** Keys of a dict that were written as text though they look like whole numbers: `{"10": 3}`, which is not `{10: 3}` in Python. */
export const textKeys = Symbol('keys that are text')

const wholeNumber = /^-?\d+(\.0*)?$/
/** A label or a key as scikit-learn compares them: what Python's `int` reads is a whole number, be it text, True or 1.0. */
const plain = (key: string): string => (wholeNumber.test(key) ? String(Number(key)) : key === 'True' ? '1' : key === 'False' ? '0' : key)

/** Text that Python's `int` reads: with spaces around it, a sign, underscores between digits. */
const pythonInt = (text: string): string | undefined =>
  /^\s*[+-]?\d+(_\d+)*\s*$/.test(text) ? String(Number(text.replaceAll('_', ''))) : undefined

/**
 * Forests look for the classes of text among weights that they have made themselves, and there for whole numbers.
 *
 * @throws LearnError where a class is text that Python's `int` reads, in scikit-learn's words
 */
export function refuseNumbersAsText(classes: EncodedLabels['classes']): void {
  const numbers = classes.flatMap(label => (typeof label === 'string' ? (pythonInt(label) ?? []) : []))
  if (!numbers.length) return
  throw new LearnError('learn/class-weight', 'ValueError', `The classes, [${numbers.join(', ')}], are not in class_weight`, {
    parameter: 'class_weight',
    hint: 'scikit-learn takes these labels for numbers, though they are text beside other text: name them otherwise, or take balanced_subsample.',
  })
}

/** Weight per class from a dict; classes that it leaves out weigh 1. */
export function dictWeights(given: ParamValue, classes: EncodedLabels['classes']): Float64Array {
  const dict = (Array.isArray(given) ? given[0] : given) as {
    readonly [key: string]: ParamValue
    readonly [textKeys]?: ReadonlySet<string>
  }
  const keys = Object.keys(dict)
  const weights = new Map(keys.filter(key => !dict[textKeys]?.has(key)).map(key => [plain(key), dict[key]]))
  const weightOf = new Float64Array(classes.length).fill(1)
  const left: string[] = []
  for (const [k, label] of classes.entries()) {
    const own = typeof label === 'string' ? (pythonInt(label) ?? label) : String(Number(label))
    const value = weights.get(own)
    if (value === undefined) left.push(own)
    else weightOf[k] = numeric(value)
  }
  const matched = classes.length - left.length
  if (left.length && matched !== keys.length) {
    const isText = left.some(own => !wholeNumber.test(own))
    const shown = left.map(own => (isText ? pythonRepr(own) : own)).join(', ')
    throw new LearnError('learn/class-weight', 'ValueError', `The classes, [${shown}], are not in class_weight`, {
      parameter: 'class_weight',
    })
  }
  return weightOf
}

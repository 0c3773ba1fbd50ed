import { LearnError, type ParamValue } from './contract.ts'
import type { EncodedLabels } from './labels.ts'
import { numeric } from './parameters.ts'

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

const numericText = /^-?\d+\.0*$/

/** Weight per class from a dict; classes that it leaves out weigh 1. */
export function dictWeights(given: ParamValue, classes: EncodedLabels['classes']): Float64Array {
  const dict = (Array.isArray(given) ? given[0] : given) as { readonly [key: string]: ParamValue }
  // 1.0, 1 and True are one key, as in Python.
  const entries = new Map(Object.entries(dict).map(([key, value]) => [numericText.test(key) ? String(Number(key)) : key, value]))
  const weightOf = new Float64Array(classes.length).fill(1)
  const left: string[] = []
  for (const [k, label] of classes.entries()) {
    const key = typeof label === 'boolean' ? String(Number(label)) : String(label)
    const value = entries.get(key) ?? (typeof label === 'boolean' ? entries.get(label ? 'True' : 'False') : undefined)
    if (value === undefined) left.push(typeof label === 'string' ? `'${label}'` : key)
    else weightOf[k] = numeric(value)
  }
  const matched = classes.length - left.length
  if (left.length && matched !== entries.size) {
    throw new LearnError('learn/class-weight', 'ValueError', `The classes, [${left.join(', ')}], are not in class_weight`, {
      parameter: 'class_weight',
    })
  }
  return weightOf
}

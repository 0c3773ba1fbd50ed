import type { Classifier, Features, Matrix, Target } from './contract.ts'
import { LearnError } from './contract.ts'

/**
 * A feature matrix from rows of numbers, as numpy makes one of nested lists.
 *
 * @param rows [nSamples][nFeatures]; NaN where a value is missing
 * @throws LearnError `learn/feature-count` when the rows differ in length
 */
export function matrix(rows: readonly (readonly number[])[], names?: readonly string[]): Matrix {
  const columns = names?.length ?? rows[0]?.length ?? 0
  const data = new Float64Array(rows.length * columns)
  rows.forEach((row, i) => {
    if (row.length !== columns) {
      const message = `setting an array element with a sequence. Row ${i} has ${row.length} values, expected ${columns}.`
      throw new LearnError('learn/feature-count', 'ValueError', message, { row: i })
    }
    data.set(row, i * columns)
  })
  return { rows: rows.length, columns, data, ...(names ? { names } : {}) }
}

/**
 * Labels or values to learn, from an array: text, booleans, or numbers (ints when all are whole).
 *
 * @param y [nSamples]
 */
export function target(y: readonly (string | number | boolean)[], name = 'y'): Target {
  if (y.every(value => typeof value === 'boolean')) return { name, type: 'bool', values: Float64Array.from(y, Number) }
  if (y.every(value => typeof value === 'number')) {
    return { name, type: y.every(Number.isInteger) ? 'int' : 'float', values: Float64Array.from(y as readonly number[]) }
  }
  const places = new Map<string, number>()
  const codes = Int32Array.from(y, value => {
    const text = String(value)
    if (!places.has(text)) places.set(text, places.size)
    return places.get(text)!
  })
  return { name, type: 'text', codes, categories: [...places.keys()] }
}

/** The predicted label of each row: scikit-learn's `classifier.predict(X)`. */
export function predictLabels(classifier: Classifier, X: Features): (string | number | boolean)[] {
  const { classes_ } = classifier
  return Array.from(classifier.predictIndex(X), index => classes_[index])
}

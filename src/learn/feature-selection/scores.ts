import { classSums, columnSums } from '../column-sums.ts'
import { type FitControl, LearnError, type Matrix, type Target } from '../contract.ts'
import { encodeLabels } from '../labels.ts'
import { chiSquareUpper, fUpper } from '../numerics/distributions.ts'
import { numpyIntWords, numpyLine } from '../numpy-text.ts'
import { targetValues } from '../target-values.ts'

/** A score and p-value per column. */
export interface Scores {
  readonly scores: Float64Array
  readonly pvalues: Float64Array
}

export type ScoreFunction = (X: Matrix, y: Target, control?: FitControl) => Scores

/** One-way analysis of variance of each column between the classes. Source: scikit-learn 1.9, `f_oneway`. */
export const fClassif: ScoreFunction = (X, y, control) => {
  const { classes, codes } = groupsOf(y)
  const { rows, columns } = X
  const { sums, squares: squaresOf, rows: rowsPerClass } = classSums(X, codes, classes.length)
  const total = new Float64Array(columns)
  for (const sum of sums) for (let j = 0; j < columns; j++) total[j] += sum[j]
  const squares = new Float64Array(columns)
  for (const square of squaresOf) for (let j = 0; j < columns; j++) squares[j] += square[j]
  const scores = new Float64Array(columns)
  const [between, within] = [classes.length - 1, rows - classes.length]
  const constant: number[] = []
  let flat = false
  for (let j = 0; j < columns; j++) {
    const correction = total[j] ** 2 / rows
    const all = squares[j] - correction
    const explained = sums.reduce((sum, own, k) => sum + own[j] ** 2 / rowsPerClass[k], 0) - correction
    scores[j] = explained / between / ((all - explained) / within)
    // With as many groups as rows nothing is within them, and numpy's 0 / 0 is no 0.
    if (all - explained === 0 && within > 0) constant.push(j)
    if (explained === 0) flat = true
  }
  if (flat && constant.length) control?.onWarning?.('UserWarning', `Features ${numpyLine(numpyIntWords(constant), ' are constant.')}`)
  return { scores, pvalues: scores.map(score => fUpper(between, within, score)) }
}

/** Each distinct value is a group, fractional numbers too: nothing asks whether they are labels. */
function groupsOf(y: Target): { readonly classes: readonly unknown[]; readonly codes: Int32Array } {
  if (y.type !== 'float' || y.values.some(Number.isNaN)) return encodeLabels(y)
  const classes = [...new Set(y.values)].sort((a, b) => a - b)
  const codeOf = new Map(classes.map((value, k) => [value, k]))
  return { classes, codes: Int32Array.from(y.values, value => codeOf.get(value)!) }
}

/** Linear correlation of each column with the target. Source: scikit-learn 1.9, `r_regression` and `f_regression`. */
export const fRegression: ScoreFunction = (X, y) => {
  const values = targetValues(y)
  const { rows, columns } = X
  const meanY = values.reduce((sum, value) => sum + value, 0) / rows
  const centred = values.map(value => value - meanY)
  const means = columnSums(X).map(sum => sum / rows)
  const products = new Float64Array(columns)
  const squares = new Float64Array(columns)
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) {
      products[j] += centred[i] * X.data[at]
      squares[j] += X.data[at] * X.data[at]
    }
  }
  const lengths = squares.map((square, j) => square - rows * means[j] ** 2)
  const norm = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0))
  const freedom = rows - 2
  const scores = products.map((product, j) => {
    const correlation = product / Math.sqrt(lengths[j]) / norm
    // Without spread there is no correlation: scikit-learn says 0 then.
    if (!Number.isFinite(correlation)) return 0
    const score = (correlation ** 2 / (1 - correlation ** 2)) * freedom
    return Number.isFinite(score) ? score : Number.MAX_VALUE
  })
  return { scores, pvalues: scores.map(score => (score === Number.MAX_VALUE ? 0 : fUpper(1, freedom, score))) }
}

/** Chi-squared of each column's sums per class against what the class shares expect. Source: scikit-learn 1.9, `chi2`. */
export const chi2: ScoreFunction = (X, y) => {
  if (X.data.some(value => value < 0)) {
    throw new LearnError('learn/negative-values', 'ValueError', 'Input X must be non-negative.', {
      parameter: 'score_func',
      hint: 'Use a MinMaxScaler before, or f_classif.',
    })
  }
  const { classes, codes } = encodeLabels(y)
  const { rows, columns } = X
  const observed = classes.map(() => new Float64Array(columns))
  const shares = new Float64Array(classes.length)
  for (let i = 0, at = 0; i < rows; i++) {
    shares[codes[i]]++
    for (let j = 0; j < columns; j++, at++) observed[codes[i]][j] += X.data[at]
  }
  const totals = columnSums(X)
  const scores = new Float64Array(columns)
  for (let j = 0; j < columns; j++) {
    for (let k = 0; k < classes.length; k++) {
      const expected = (shares[k] / rows) * totals[j]
      scores[j] += (observed[k][j] - expected) ** 2 / expected
    }
  }
  return { scores, pvalues: scores.map(score => chiSquareUpper(classes.length - 1, score)) }
}

/** By the name under which scikit-learn has them. */
export const scoreFunctions: ReadonlyMap<string, ScoreFunction> = new Map([
  ['f_classif', fClassif],
  ['f_regression', fRegression],
  ['chi2', chi2],
])

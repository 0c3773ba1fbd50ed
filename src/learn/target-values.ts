import { LearnError, type Target } from './contract.ts'

/** @throws LearnError for a missing or infinite value: what scikit-learn asks of a target before anything else */
export function requireKnown(y: Target): void {
  if (y.type === 'text') {
    const hole = y.codes.indexOf(-1)
    if (hole >= 0) throw missingTarget(y, hole)
    return
  }
  // x - x is 0 for a finite number, else NaN.
  let sum = 0
  for (let i = 0; i < y.values.length; i++) sum += y.values[i] - y.values[i]
  if (sum === 0) return
  const hole = y.values.findIndex(Number.isNaN)
  if (hole >= 0) throw missingTarget(y, hole)
  throw new LearnError('learn/infinite', 'ValueError', "Input y contains infinity or a value too large for dtype('float64').", {
    column: y.name,
    row: y.values.findIndex(value => !Number.isFinite(value)),
  })
}

const missingTarget = (y: Target, row: number): LearnError =>
  // Of text scikit-learn does not say which input it is.
  new LearnError('learn/target-missing', 'ValueError', y.type === 'text' ? 'Input contains NaN' : 'Input y contains NaN.', {
    column: y.name,
    row,
    hint: `The target column '${y.name}' is empty in row ${row + 1}.`,
  })

/**
 * A target column as numbers to regress on.
 *
 * @throws LearnError for text, missing or infinite values, and for what a Poisson criterion refuses
 */
export function targetValues(
  y: Target,
  { forPoisson = false, ofOneTree = false }: { readonly forPoisson?: boolean; readonly ofOneTree?: boolean } = {},
): Float64Array {
  const column = { column: y.name }
  if (y.type === 'text') {
    requireKnown(y)
    const cell = y.categories[y.codes.find(code => code >= 0) ?? 0] ?? ''
    throw new LearnError('learn/not-numeric', 'ValueError', `could not convert string to float: '${cell}'`, {
      ...column,
      hint: `The target column '${y.name}' holds text: use a classifier.`,
    })
  }
  requireKnown(y)
  if (forPoisson && y.values.some(value => value < 0)) {
    throw new LearnError(
      'learn/negative-target',
      'ValueError',
      'Some value(s) of y are negative which is not allowed for Poisson regression.',
      column,
    )
  }
  if (forPoisson && !y.values.some(value => value > 0)) {
    const message = `Sum of y is not ${ofOneTree ? '' : 'strictly '}positive which is necessary for Poisson regression.`
    throw new LearnError('learn/negative-target', 'ValueError', message, column)
  }
  return y.values
}

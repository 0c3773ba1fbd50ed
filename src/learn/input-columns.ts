import { type Features, type FitControl, LearnError } from './contract.ts'
import { columnCount, isDataFrame, numberedNames, shownNames } from './features.ts'

/** What an estimator remembers of the columns it was fitted on. */
export interface InputColumns {
  readonly n_features_in_: number
  /** Only when it was fitted on a table. */
  readonly feature_names_in_?: readonly string[]
}

export function inputColumns(X: Features): InputColumns {
  return { n_features_in_: columnCount(X), ...(isDataFrame(X) ? { feature_names_in_: shownNames(X) } : {}) }
}

/**
 * The columns must be those of fit, in the same order.
 *
 * @throws LearnError in scikit-learn's words: names first, then their number
 */
export function requireSameColumns(X: Features, seen: InputColumns, estimator: string, control?: FitControl): void {
  requireSameNames(X, seen, estimator, control)
  const count = columnCount(X)
  if (count === seen.n_features_in_) return
  throw new LearnError(
    'learn/feature-count',
    'ValueError',
    `X has ${count} features, but ${estimator} is expecting ${seen.n_features_in_} features as input.`,
  )
}

/**
 * The names must be those of fit: what scikit-learn looks at before the cells, and these before their number.
 *
 * @throws LearnError that lists the names that are missing or new
 */
export function requireSameNames(X: Features, seen: Partial<InputColumns>, estimator: string, control?: FitControl): void {
  const fitted = seen.feature_names_in_
  if (isDataFrame(X) && fitted) compareNames(shownNames(X), fitted)
  else if (fitted) {
    control?.onWarning?.('UserWarning', `X does not have valid feature names, but ${estimator} was fitted with feature names`)
  } else if (isDataFrame(X)) {
    control?.onWarning?.('UserWarning', `X has feature names, but ${estimator} was fitted without feature names`)
  }
}

function compareNames(names: readonly string[], fitted: readonly string[]): void {
  if (names.length === fitted.length && names.every((name, j) => name === fitted[j])) return
  const unexpected = names.filter(name => !fitted.includes(name)).sort()
  const missing = fitted.filter(name => !names.includes(name)).sort()
  const lines = ['The feature names should match those that were passed during fit.']
  const listed = (title: string, some: readonly string[]) => {
    if (some.length) lines.push(title, ...some.slice(0, 5).map(name => `- ${name}`), ...(some.length > 5 ? ['- ...'] : []))
  }
  listed('Feature names unseen at fit time:', unexpected)
  listed('Feature names seen at fit time, yet now missing:', missing)
  if (!unexpected.length && !missing.length) lines.push('Feature names must be in the same order as they were in fit.')
  throw new LearnError('learn/feature-names', 'ValueError', `${lines.join('\n')}\n`, {
    hint: lines.slice(1).join(' '),
    ...(missing.length ? { column: missing[0] } : {}),
  })
}

/**
 * Names to build output names from, as `_check_feature_names_in` gives them.
 *
 * @throws LearnError when they are not those of fit
 */
export function namesIn({ n_features_in_, feature_names_in_ }: InputColumns, given?: readonly string[]): readonly string[] {
  if (!given) return feature_names_in_ ?? numberedNames(n_features_in_)
  if (feature_names_in_ && !(given.length === feature_names_in_.length && given.every((name, j) => name === feature_names_in_[j]))) {
    throw new LearnError('learn/feature-names', 'ValueError', 'input_features is not equal to feature_names_in_')
  }
  if (given.length !== n_features_in_) {
    const message = `input_features should have length equal to number of features (${n_features_in_}), got ${given.length}`
    throw new LearnError('learn/feature-names', 'ValueError', message)
  }
  return given
}

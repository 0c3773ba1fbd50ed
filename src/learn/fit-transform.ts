import { type Features, type FitControl, LearnError, type Step, type Target, type Transformer } from './contract.ts'

/** Fits a transformer and transforms what it was fitted on, as scikit-learn's `fit_transform`. An error knows the step that it is about. */
export function fitTransform(transformer: Transformer, X: Features, y?: Target, control?: FitControl): Features {
  return within(transformer, () => transformer.fitTransform?.(X, y, control) ?? transformer.fit(X, y, control).transform(X, control))
}

/** What a fitted transformer makes of later rows. An error knows the step that it is about. */
export function transformed(transformer: Transformer, X: Features, control?: FitControl): Features {
  return within(transformer, () => transformer.transform(X, control))
}

function within<T>(step: Step, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof LearnError) error.step ??= step
    throw error
  }
}

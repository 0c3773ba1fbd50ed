import type { Features, FitControl, Target, Transformer } from './contract.ts'

/** Fits a transformer and transforms what it was fitted on, as scikit-learn's `fit_transform`. */
export function fitTransform(transformer: Transformer, X: Features, y?: Target, control?: FitControl): Features {
  return transformer.fitTransform?.(X, y, control) ?? transformer.fit(X, y, control).transform(X, control)
}

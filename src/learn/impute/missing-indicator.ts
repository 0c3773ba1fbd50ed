import type { Params } from '../contract.ts'

/** Which columns had gaps in fit: what SimpleImputer's `indicator_` is in scikit-learn 1.9. */
export class MissingIndicator {
  readonly name = 'MissingIndicator'
  readonly params: Params
  /** Positions of the columns that had gaps. */
  readonly features_: readonly number[]
  readonly n_features_in_: number

  constructor(params: Params, fitted: { readonly features_: readonly number[]; readonly n_features_in_: number }) {
    this.params = { missing_values: Number.NaN, features: 'missing-only', sparse: 'auto', error_on_new: true, ...params }
    this.features_ = fitted.features_
    this.n_features_in_ = fitted.n_features_in_
  }
}

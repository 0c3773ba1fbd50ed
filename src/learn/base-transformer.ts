import type { Features, FitControl, Params, ParamValue, Target, Transformer } from './contract.ts'
import { shownNames } from './features.ts'
import type { FittedData } from './fitted-data.ts'
import { inputColumns, namesIn, requireSameColumns } from './input-columns.ts'

/** What scikit-learn's transformers have in common: the columns of fit, and that each later input must have them. */
export abstract class BaseTransformer implements Transformer {
  readonly kind = 'transformer'
  abstract readonly name: string
  readonly params: Params
  n_features_in_ = 0
  feature_names_in_?: readonly string[]

  constructor(params: Readonly<Record<string, ParamValue>>) {
    this.params = params
  }

  abstract fit(X: Features, y?: Target, control?: FitControl): this
  abstract transform(X: Features, control?: FitControl): Features
  abstract toJSON(): unknown

  /** One name out for each name in, unless a transformer says otherwise. */
  getFeatureNamesOut(inputFeatures?: readonly string[]): readonly string[] {
    return namesIn(this, inputFeatures)
  }

  protected remember(X: Features): void {
    const seen = inputColumns(X)
    this.n_features_in_ = seen.n_features_in_
    if (seen.feature_names_in_) this.feature_names_in_ = seen.feature_names_in_
    else delete this.feature_names_in_
  }

  protected requireColumns(X: Features, control?: FitControl): void {
    requireSameColumns(X, this, this.name, control)
  }

  /** Names for what is made of `X`, which has passed `requireColumns`. */
  protected namesFor(X: Features): readonly string[] {
    return this.getFeatureNamesOut(this.feature_names_in_ ? undefined : shownNames(X))
  }

  protected columnsJSON() {
    return { n_features_in_: this.n_features_in_, feature_names_in_: this.feature_names_in_ }
  }

  protected restoreColumns(fitted: FittedData): this {
    this.n_features_in_ = fitted.int('n_features_in_', 0, 2 ** 31)
    const names = fitted.names('feature_names_in_')
    if (names && names.length !== this.n_features_in_) throw fitted.wrong('feature_names_in_', `${this.n_features_in_} names`)
    if (names) this.feature_names_in_ = names
    return this
  }
}

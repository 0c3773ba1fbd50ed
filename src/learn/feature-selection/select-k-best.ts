import { Callable, type Features, type FitControl, LearnError, type Params, type Target } from '../contract.ts'
import { type FittedData, jsonNumbers } from '../fitted-data.ts'
import { toMatrix } from '../matrix.ts'
import { notBuiltIn } from '../not-built-in.ts'
import { aCallable, anInt, checkParameters, numeric, oneOf } from '../parameters.ts'
import { scoreFunctions } from './scores.ts'
import { Selector } from './selector.ts'

/** Keeps the columns with the highest scores. Source: scikit-learn 1.9: of equal scores the later columns win. */
export class SelectKBest extends Selector {
  readonly name = 'SelectKBest'
  protected readonly allowMissing = false
  scores_ = new Float64Array(0)
  pvalues_ = new Float64Array(0)

  constructor(params: Params = {}) {
    super(
      checkParameters('SelectKBest', params, {
        score_func: { default: new Callable('f_classif'), accepts: [aCallable] },
        k: { default: 10, accepts: [oneOf('all'), anInt(0)] },
      }),
    )
    if (!scoreFunctions.has(this.scoreName())) {
      throw notBuiltIn(this.name, 'score_func', this.params.score_func!, `Use ${[...scoreFunctions.keys()].join(', ')}.`)
    }
  }

  private scoreName(): string {
    const { name } = this.params.score_func as Callable
    return name.slice(name.lastIndexOf('.') + 1)
  }

  fit(features: Features, y?: Target, control?: FitControl): this {
    if (!y)
      throw new LearnError(
        'learn/needs-target',
        'ValueError',
        'This SelectKBest estimator requires y to be passed, but the target y is None.',
      )
    const X = toMatrix(features, this.name)
    this.remember(features)
    const k = this.params.k!
    if (k !== 'all' && numeric(k) > X.columns) {
      control?.onWarning?.('UserWarning', `k=${numeric(k)} is greater than n_features=${X.columns}. All the features will be returned.`)
    }
    const { scores, pvalues } = scoreFunctions.get(this.scoreName())!(X, y, control)
    this.scores_ = scores as Float64Array<ArrayBuffer>
    this.pvalues_ = pvalues as Float64Array<ArrayBuffer>
    return this
  }

  getSupport(): readonly number[] {
    const k = this.params.k === 'all' ? this.scores_.length : numeric(this.params.k!)
    // NaN is worse than any score.
    const score = (j: number) => (Number.isNaN(this.scores_[j]) ? -Number.MAX_VALUE : this.scores_[j])
    const ranked = [...this.scores_.keys()].sort((a, b) => score(a) - score(b) || a - b)
    return k === 0 ? [] : ranked.slice(-k).sort((a, b) => a - b)
  }

  static restore(params: Params, fitted: FittedData): SelectKBest {
    const selector = new SelectKBest(params).restoreColumns(fitted)
    selector.scores_ = fitted.anyNumbers('scores_', selector.n_features_in_) as Float64Array<ArrayBuffer>
    selector.pvalues_ = fitted.anyNumbers('pvalues_', selector.n_features_in_) as Float64Array<ArrayBuffer>
    return selector
  }

  toJSON() {
    return { scores_: jsonNumbers(this.scores_), pvalues_: jsonNumbers(this.pvalues_), support: this.getSupport(), ...this.columnsJSON() }
  }
}

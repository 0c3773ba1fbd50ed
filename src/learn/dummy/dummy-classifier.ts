import {
  type Classifier,
  type Features,
  type FitControl,
  float,
  type Matrix,
  type Params,
  type ParamValue,
  type Target,
} from '../contract.ts'
import { argmaxRows } from '../ensemble/argmax-rows.ts'
import type { FittedData } from '../fitted-data.ts'
import { inputColumns } from '../input-columns.ts'
import { encodeAnyLabels } from '../labels.ts'
import { valueError } from '../not-built-in.ts'
import { anArray, anyInt, anyText, aSeed, checkParameters, itemsOf, none, numeric, oneOf, pythonRepr } from '../parameters.ts'
import { RandomState } from '../random-state.ts'

/** Predicts without looking at the features: what a real model must beat. Source: scikit-learn 1.9. */
export class DummyClassifier implements Classifier {
  readonly kind = 'classifier'
  readonly name = 'DummyClassifier'
  readonly params: Params
  classes_: readonly (number | string | boolean)[] = []
  class_prior_ = new Float64Array(0)
  readonly n_outputs_ = 1
  readonly sparse_output_ = false
  n_features_in_ = 0
  feature_names_in_?: readonly string[]
  private constant = 0
  private shownClasses: ParamValue = []

  constructor(params: Params = {}) {
    this.params = checkParameters('DummyClassifier', params, {
      strategy: { default: 'prior', accepts: [oneOf('most_frequent', 'prior', 'stratified', 'uniform', 'constant')] },
      random_state: { default: null, accepts: [aSeed, none] },
      constant: { default: null, accepts: [anyInt, anyText, anArray, none] },
    })
  }

  fit(features: Features, y: Target, _?: FitControl): this {
    Object.assign(this, inputColumns(features))
    const { classes, codes, isFloat } = encodeAnyLabels(y)
    this.classes_ = classes
    this.shownClasses = isFloat ? classes.map(label => float(Number(label))) : (classes as ParamValue)
    const counts = new Float64Array(classes.length)
    for (const code of codes) counts[code]++
    this.class_prior_ = counts.map(count => count / codes.length)
    if (this.params.strategy === 'constant') this.constant = this.constantCode()
    return this
  }

  get n_classes_(): number {
    return this.classes_.length
  }

  private constantCode(): number {
    const given = this.params.constant!
    if (given === null) throw valueError('Constant target value has to be specified when the constant strategy is used.', 'constant')
    const items = itemsOf(given)
    const wanted = items.length ? items[0] : given
    // True is 1 here too, as for Python.
    const code = this.classes_.findIndex(label => (typeof label === 'string' ? label === wanted : Number(label) === plain(wanted)))
    if (code >= 0) return code
    throw valueError(
      `The constant target value must be present in the training data. You provided constant=${typeof given === 'string' ? given : pythonRepr(given)}. Possible values are: ${pythonRepr(this.shownClasses)}.`,
      'constant',
    )
  }

  predictProba(features: Features): Matrix {
    const { rows } = features
    const columns = this.classes_.length
    const data = new Float64Array(rows * columns)
    const { strategy } = this.params
    const single = strategy === 'constant' ? this.constant : argmax(this.class_prior_)
    const random = strategy === 'stratified' ? this.random() : undefined
    for (let i = 0; i < rows; i++) {
      if (strategy === 'prior') data.set(this.class_prior_, i * columns)
      else if (strategy === 'uniform') data.fill(1 / columns, i * columns, (i + 1) * columns)
      else data[i * columns + (random ? drawn(random, this.class_prior_) : single)] = 1
    }
    return { rows, columns, data }
  }

  predictIndex(features: Features): Int32Array {
    if (this.params.strategy !== 'uniform') return argmaxRows(this.predictProba(features))
    const random = this.random()
    return Int32Array.from({ length: features.rows }, () => random.below(this.classes_.length))
  }

  /** Without a seed each prediction is another one. */
  private random(): RandomState {
    const seed = this.params.random_state
    return new RandomState(seed === null ? Math.floor(Math.random() * 2 ** 32) : numeric(seed!))
  }

  static restore(params: Params, fitted: FittedData): DummyClassifier {
    const model = new DummyClassifier(params)
    model.classes_ = fitted.labels('classes_')
    model.class_prior_ = fitted.numbers('class_prior_', model.classes_.length) as Float64Array<ArrayBuffer>
    if (model.params.strategy === 'constant') model.constant = model.constantCode()
    model.n_features_in_ = fitted.number('n_features_in_', 0)
    const names = fitted.names('feature_names_in_')
    if (names) model.feature_names_in_ = names
    return model
  }

  private columns() {
    return { n_features_in_: this.n_features_in_, feature_names_in_: this.feature_names_in_ }
  }

  toJSON() {
    return { classes_: this.classes_, class_prior_: [...this.class_prior_], ...this.columns() }
  }
}

const plain = (value: ParamValue): number => (typeof value === 'string' ? Number.NaN : numeric(value))
const argmax = (values: Float64Array): number => values.indexOf(Math.max(...values))

/** One draw of `RandomState.multinomial(1, shares)`: a binomial draw per class until one says yes. */
function drawn(random: RandomState, shares: Float64Array): number {
  let left = 1
  for (let k = 0; k < shares.length - 1; k++) {
    if (binomialOfOne(random, shares[k] / left)) return k
    left -= shares[k]
  }
  return shares.length - 1
}

/** numpy's legacy `binomial(1, p)` by inversion. */
function binomialOfOne(random: RandomState, p: number): boolean {
  if (p === 0) return false
  if (p > 0.5) return !byInversion(random, 1 - p)
  return byInversion(random, p)
}

function byInversion(random: RandomState, p: number): boolean {
  const q = 1 - p
  const none = Math.exp(Math.log(q))
  for (;;) {
    const u = random.double()
    if (!(u > none)) return false
    if (!(u - none > (p * none) / q)) return true
  }
}

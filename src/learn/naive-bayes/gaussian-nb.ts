import { classSums, columnSums, squaredDeviationSums } from '../column-sums.ts'
import type { Classifier, Features, FitControl, Matrix, Params, Target } from '../contract.ts'
import { argmaxRows } from '../ensemble/argmax-rows.ts'
import type { FittedData } from '../fitted-data.ts'
import { inputColumns, requireSameNames } from '../input-columns.ts'
import { distinctFractions, encodeLabels } from '../labels.ts'
import { requireColumns, toMatrix } from '../matrix.ts'
import { valueError } from '../not-built-in.ts'
import { pairwiseSum } from '../pairwise-sum.ts'
import { anArray, aReal, checkParameters, itemsOf, none, numeric } from '../parameters.ts'

/** Naive Bayes with a normal distribution per class and column. Source: scikit-learn 1.9. */
export class GaussianNB implements Classifier {
  readonly kind = 'classifier'
  readonly name = 'GaussianNB'
  readonly params: Params
  classes_: readonly (number | string | boolean)[] = []
  class_count_ = new Float64Array(0)
  class_prior_ = new Float64Array(0)
  /** Means: [classes][features]. */
  theta_: readonly Float64Array[] = []
  var_: readonly Float64Array[] = []
  epsilon_ = 0
  n_features_in_ = 0
  feature_names_in_?: readonly string[]

  constructor(params: Params = {}) {
    this.params = checkParameters('GaussianNB', params, {
      priors: { default: null, accepts: [anArray, none] },
      var_smoothing: { default: 1e-9, accepts: [aReal(0, Number.POSITIVE_INFINITY, 'left')] },
    })
  }

  fit(features: Features, y: Target, _?: FitControl): this {
    const labels = encodeLabels(y, distinctFractions)
    const X = this.input(features)
    const seen = inputColumns(features)
    this.n_features_in_ = seen.n_features_in_
    if (seen.feature_names_in_) this.feature_names_in_ = seen.feature_names_in_
    this.classes_ = labels.classes
    this.epsilon_ = numeric(this.params.var_smoothing!) * Math.max(...variances(X).var)
    const { sums, rows } = classSums(X, labels.codes, labels.classes.length)
    this.class_count_ = Float64Array.from(rows)
    this.theta_ = sums.map((sum, k) => sum.map(value => value / rows[k]))
    const { squares } = classSums(X, labels.codes, labels.classes.length, this.theta_)
    this.var_ = squares.map((square, k) => square.map(value => value / rows[k] + this.epsilon_))
    this.class_prior_ = this.priors()
    return this
  }

  private priors(): Float64Array<ArrayBuffer> {
    const { priors } = this.params
    if (priors === null) {
      const total = pairwiseSum(this.class_count_)
      return this.class_count_.map(count => count / total)
    }
    const given = Float64Array.from(itemsOf(priors!), numeric)
    if (given.length !== this.classes_.length) throw valueError('Number of priors must match number of classes.', 'priors')
    if (Math.abs(given.reduce((sum, value) => sum + value, 0) - 1) > 1e-8 + 1e-5)
      throw valueError('The sum of the priors should be 1.', 'priors')
    if (given.some(value => value < 0)) throw valueError('Priors must be non-negative.', 'priors')
    return given
  }

  private input(features: Features): Matrix {
    return toMatrix(features, this.name, { dense: true })
  }

  /** log P(class) + log P(row | class): [rows, classes]. */
  private jointLogLikelihood(features: Features): Matrix {
    requireSameNames(features, this, this.name)
    const X = this.input(features)
    requireColumns(X, this.n_features_in_, this.name)
    const columns = this.classes_.length
    const data = new Float64Array(X.rows * columns)
    for (let k = 0; k < columns; k++) {
      const variance = this.var_[k]
      const mean = this.theta_[k]
      const constant = -0.5 * pairwiseSum(variance.map(value => Math.log(2 * Math.PI * value)))
      const prior = Math.log(this.class_prior_[k])
      for (let i = 0; i < X.rows; i++) {
        let sum = 0
        for (let j = 0, at = i * X.columns; j < mean.length; j++, at++) {
          const away = X.data[at] - mean[j]
          sum += (away * away) / variance[j]
        }
        data[i * columns + k] = prior + (constant - 0.5 * sum)
      }
    }
    return { rows: X.rows, columns, data }
  }

  predictProba(features: Features): Matrix {
    const logarithms = this.predictLogProba(features)
    const { data } = logarithms
    for (let at = 0; at < data.length; at++) data[at] = Math.exp(data[at])
    return logarithms
  }

  predictLogProba(features: Features): Matrix {
    const joint = this.jointLogLikelihood(features)
    const { rows, columns, data } = joint
    for (let i = 0; i < rows; i++) {
      const row = data.subarray(i * columns, (i + 1) * columns)
      let most = row[0]
      for (let k = 1; k < columns; k++) most = Math.max(most, row[k])
      let sum = 0
      for (let k = 0; k < columns; k++) sum += Math.exp(row[k] - most)
      const log = most + Math.log(sum)
      for (let k = 0; k < columns; k++) row[k] -= log
    }
    return joint
  }

  predictIndex(features: Features): Int32Array {
    return argmaxRows(this.jointLogLikelihood(features))
  }

  static restore(params: Params, fitted: FittedData): GaussianNB {
    const model = new GaussianNB(params)
    model.classes_ = fitted.labels('classes_')
    const classes = model.classes_.length
    model.theta_ = fitted.rows('theta_')
    model.var_ = fitted.rows('var_')
    model.n_features_in_ = model.theta_[0]?.length ?? 0
    if (model.theta_.length !== classes || model.var_.length !== classes) throw fitted.wrong('theta_', `${classes} rows`)
    model.class_prior_ = fitted.numbers('class_prior_', classes) as Float64Array<ArrayBuffer>
    if (fitted.has('class_count_')) model.class_count_ = fitted.numbers('class_count_', classes) as Float64Array<ArrayBuffer>
    model.epsilon_ = fitted.number('epsilon_', 0)
    const names = fitted.names('feature_names_in_')
    if (names) model.feature_names_in_ = names
    return model
  }

  toJSON() {
    return {
      classes_: this.classes_,
      class_count_: [...this.class_count_],
      class_prior_: [...this.class_prior_],
      theta_: this.theta_.map(row => [...row]),
      var_: this.var_.map(row => [...row]),
      epsilon_: this.epsilon_,
      feature_names_in_: this.feature_names_in_,
    }
  }
}

function variances(X: Matrix): { readonly mean: Float64Array; readonly var: Float64Array } {
  const mean = columnSums(X).map(sum => sum / X.rows)
  return { mean, var: squaredDeviationSums(X, mean).map(sum => sum / X.rows) }
}

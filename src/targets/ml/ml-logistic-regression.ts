import type { Classifier, Features, FitControl, Matrix, Params, Target } from '../../learn/index.ts'
import { toMatrix } from '../../learn/matrix.ts'
import { numeric } from '../../learn/parameters.ts'
import type { WorkerPort } from '../../platform/ports.ts'
import { fitMl, type MlFitted, needsFitAsync, predictMl } from './ml-classifier.ts'

const defaults = { numSteps: 50000, learningRate: 0.0005, fit_intercept: true }
/** Seconds per step, row, column and class, measured: 7.7 ms a step at 10,000 x 19, two classes. */
const secondsPerCell = 2e-8
const patience = 60

/** The npm package ml-logistic-regression behind scikit-learn's methods, with its own parameters only. */
export class MlLogisticRegression implements Classifier {
  readonly kind = 'classifier'
  readonly name = 'LogisticRegression'
  readonly type = 'ml-logistic-regression.LogisticRegression'
  readonly params: Params
  private fitted?: MlFitted

  constructor(
    params: Params,
    private readonly worker?: WorkerPort,
  ) {
    this.params = { ...defaults, ...params }
  }

  get classes_() {
    return this.fitted?.classes ?? []
  }

  fit(): this {
    return needsFitAsync('ml-logistic-regression')
  }

  async fitAsync(features: Features, y: Target, control?: FitControl): Promise<this> {
    const X = this.matrix(features)
    const options = { numSteps: numeric(this.params.numSteps!), learningRate: numeric(this.params.learningRate!) }
    const classes = y.type === 'text' ? y.categories.length : new Set(y.values).size
    const seconds = options.numSteps * X.data.length * classes * secondsPerCell
    if (seconds > patience) {
      control?.onWarning?.(
        'UserWarning',
        `ml-logistic-regression runs all ${options.numSteps} steps over ${X.rows} rows: about ${Math.round(seconds / 60)} min. Fewer numSteps with a larger learningRate, or sklearn.linear_model.LogisticRegression, is faster.`,
      )
    }
    this.fitted = await fitMl({ package: 'ml-logistic-regression', options }, X, y, this.worker, control)
    return this
  }

  predictIndex(features: Features): Int32Array {
    return predictMl(this.fitted, features, this.name, () => this.matrix(features))
  }

  toJSON() {
    if (!this.fitted) return undefined
    const { classes, columns, model } = this.fitted
    return { classes_: classes, n_features_in_: columns, package: 'ml-logistic-regression', model }
  }

  static restore(params: Params, fitted: MlFitted): MlLogisticRegression {
    const model = new MlLogisticRegression(params)
    model.fitted = fitted
    return model
  }

  /** The features, with a last column of ones when a constant term is learnt: the package has none. */
  private matrix(features: Features): Matrix {
    const X = toMatrix(features, this.name)
    if (!this.params.fit_intercept) return X
    const columns = X.columns + 1
    const data = new Float64Array(X.rows * columns).fill(1)
    for (let i = 0; i < X.rows; i++) data.set(X.data.subarray(i * X.columns, (i + 1) * X.columns), i * columns)
    return { rows: X.rows, columns, data }
  }
}

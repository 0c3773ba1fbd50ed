import type { Classifier, Features, FitControl, Matrix, Params, Target } from '../contract.ts'
import { argmaxRows } from '../ensemble/argmax-rows.ts'
import type { FittedData } from '../fitted-data.ts'
import { encodeClasses } from '../labels.ts'
import { toMatrix } from '../matrix.ts'
import { checkParameters } from '../parameters.ts'
import { KNeighbors, neighborParameters } from './k-neighbors.ts'

/** The class that most of the nearest rows have. Source: scikit-learn 1.9. */
export class KNeighborsClassifier extends KNeighbors implements Classifier {
  readonly kind = 'classifier'
  readonly name = 'KNeighborsClassifier'
  readonly params: Params
  classes_: readonly (number | string | boolean)[] = []
  readonly outputs_2d_ = false
  private codes = new Int32Array(0)

  constructor(params: Params = {}) {
    super()
    this.params = checkParameters('KNeighborsClassifier', params, neighborParameters)
  }

  fit(features: Features, y: Target, control?: FitControl): this {
    const X = toMatrix(features, this.name)
    const labels = encodeClasses(y, control)
    this.fitRows(features, X, control)
    this.classes_ = labels.classes
    this.codes = labels.codes as Int32Array<ArrayBuffer>
    return this
  }

  predictProba(features: Features): Matrix {
    const votes = this.votes(features)
    const { rows, columns, data } = votes
    for (let i = 0; i < rows; i++) {
      let sum = 0
      for (let k = 0; k < columns; k++) sum += data[i * columns + k]
      if (sum === 0) sum = 1
      for (let k = 0; k < columns; k++) data[i * columns + k] /= sum
    }
    return votes
  }

  predictIndex(features: Features): Int32Array {
    return argmaxRows(this.votes(features))
  }

  private votes(features: Features): Matrix {
    const { k, indices, weights } = this.neighbors(features)
    const columns = this.classes_.length
    const rows = indices.length / k
    const data = new Float64Array(rows * columns)
    for (let at = 0; at < indices.length; at++) data[Math.floor(at / k) * columns + this.codes[indices[at]]] += weights[at]
    return { rows, columns, data }
  }

  static restore(params: Params, fitted: FittedData): KNeighborsClassifier {
    const model = new KNeighborsClassifier(params).restoreRows(fitted)
    model.classes_ = fitted.labels('classes_')
    const range = { low: 0, high: model.classes_.length - 1, length: model.n_samples_fit_ }
    model.codes = fitted.ints('y', range) as Int32Array<ArrayBuffer>
    return model
  }

  toJSON() {
    return { classes_: this.classes_, y: [...this.codes], ...this.rowsJSON() }
  }
}

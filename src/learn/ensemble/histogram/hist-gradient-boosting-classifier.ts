import { rowWeights } from '../../class-weight.ts'
import type { Classifier, Features, FitControl, Matrix, Params, Target } from '../../contract.ts'
import type { FittedData } from '../../fitted-data.ts'
import { encodeClasses } from '../../labels.ts'
import { aDict, checkParameters, none, oneOf } from '../../parameters.ts'
import { argmaxRows } from '../argmax-rows.ts'
import { expit, softmax } from '../boosting-losses.ts'
import { HistGradientBoosting } from './hist-gradient-boosting.ts'
import { histogramParameters } from './histogram-parameters.ts'
import { type HistogramLoss, halfBinomial, halfMultinomial } from './losses.ts'

/** Boosted trees on binned columns, for classes. */
export class HistGradientBoostingClassifier extends HistGradientBoosting implements Classifier {
  readonly kind = 'classifier'
  override get name() {
    return 'HistGradientBoostingClassifier'
  }
  protected readonly stratified = true
  classes_: readonly (number | string | boolean)[] = []

  constructor(params: Params = {}) {
    super(
      checkParameters('HistGradientBoostingClassifier', params, {
        loss: { default: 'log_loss', accepts: [oneOf('log_loss')] },
        ...histogramParameters,
        class_weight: { default: null, accepts: [aDict, oneOf('balanced'), none] },
      }),
    )
  }

  protected readTarget(y: Target, control?: FitControl) {
    const labels = encodeClasses(y, control)
    this.classes_ = labels.classes
    // scikit-learn looks for the codes of the classes among the keys of a dict, not for the classes themselves.
    const weights = rowWeights(this.params.class_weight!, { codes: labels.codes, classes: labels.classes.map((_, code) => code) })
    const { length } = labels.classes
    return { values: Float64Array.from(labels.codes), ...(weights ? { weights } : {}), outputs: length > 2 ? length : 1 }
  }

  protected makeLoss(): HistogramLoss {
    const { length } = this.classes_
    return length > 2 ? halfMultinomial(length) : halfBinomial
  }

  /** Log-odds of the second class, [rows, 1], or of each of more than two. */
  decisionFunction(features: Features): Matrix {
    return { columns: this.loss.outputs, ...this.raw(features) }
  }

  predictProba(features: Features): Matrix {
    const { rows, columns, data: raw } = this.decisionFunction(features)
    const width = Math.max(columns, 2)
    const data = new Float64Array(rows * width)
    for (let i = 0; i < rows; i++) {
      if (columns > 1) softmax(raw, i * width, data.subarray(i * width, (i + 1) * width))
      else {
        data[2 * i + 1] = expit(raw[i])
        data[2 * i] = 1 - data[2 * i + 1]
      }
    }
    return { rows, columns: width, data }
  }

  predictIndex(features: Features): Int32Array {
    const scores = this.decisionFunction(features)
    if (scores.columns > 1) return argmaxRows(scores)
    const second = new Int32Array(scores.rows)
    for (let i = 0; i < second.length; i++) second[i] = scores.data[i] > 0 ? 1 : 0
    return second
  }

  static restore(params: Params, fitted: FittedData): HistGradientBoostingClassifier {
    const model = new HistGradientBoostingClassifier(params)
    model.classes_ = fitted.labels('classes_')
    model.loss = model.makeLoss()
    return model.restoreTrees(fitted)
  }

  toJSON() {
    return { classes_: this.classes_, ...this.treesJSON() }
  }
}

import type { Classifier, Features, FitControl, Matrix, Params, Predictor, Target } from '../contract.ts'
import { LearnError } from '../contract.ts'
import { DummyClassifier } from '../dummy/dummy-classifier.ts'
import type { FittedData } from '../fitted-data.ts'
import { encodeClasses } from '../labels.ts'
import { trainTestSplit } from '../model-selection/train-test-split.ts'
import { checkParameters, numeric, oneOf } from '../parameters.ts'
import type { RestoreNested } from '../step-data.ts'
import { argmaxRows } from './argmax-rows.ts'
import { type BoostingLoss, binomialLoss, centredLogs, expit, exponentialLoss, logit, multinomialLoss, softmax } from './boosting-losses.ts'
import { GradientBoosting } from './gradient-boosting.ts'
import { boostingParameters, initParameter } from './gradient-boosting-parameters.ts'

/** Boosted trees for classes: the sum of the stages is the log-odds of a class. */
export class GradientBoostingClassifier extends GradientBoosting implements Classifier {
  readonly kind = 'classifier'
  override get name() {
    return 'GradientBoostingClassifier'
  }
  classes_: readonly (number | string | boolean)[] = []

  constructor(params: Params = {}) {
    super(
      checkParameters('GradientBoostingClassifier', params, {
        loss: { default: 'log_loss', accepts: [oneOf('log_loss', 'exponential')] },
        ...boostingParameters,
        init: initParameter('predict_proba'),
      }),
    )
  }

  protected readTarget(y: Target, control?: FitControl): Float64Array {
    const { classes, codes } = encodeClasses(y, control)
    this.classes_ = classes
    if (classes.length < 2) {
      throw new LearnError(
        'learn/one-class',
        'ValueError',
        `y contains ${classes.length} class after sample_weight trimmed classes with zero weights, while a minimum of 2 classes are required.`,
        { column: y.name, hint: `Every row of the training data has the same value in the target column '${y.name}'.` },
      )
    }
    this.loss = this.lossFor(classes.length)
    return Float64Array.from(codes)
  }

  private lossFor(classes: number): BoostingLoss {
    if (this.params.loss === 'log_loss') return classes === 2 ? binomialLoss : multinomialLoss(classes)
    if (classes === 2) return exponentialLoss
    throw new LearnError(
      'learn/invalid-parameter',
      'ValueError',
      `loss='exponential' is only suitable for a binary classification problem, you have n_classes=${classes}. Please use loss='log_loss' instead.`,
      { parameter: 'loss' },
    )
  }

  protected split(y: Float64Array) {
    const { random_state, validation_fraction } = this.params
    const parts = trainTestSplit(y.length, {
      testSize: numeric(validation_fraction!),
      stratify: { name: 'y', type: 'float', values: y },
      ...(random_state === null ? {} : { randomState: numeric(random_state!) }),
    })
    if (new Set(Array.from(parts.train, row => y[row])).size < this.classes_.length) {
      throw new LearnError(
        'learn/too-few-rows',
        'ValueError',
        'The training data after the early stopping split is missing some classes. Try using another random seed.',
        { parameter: 'n_iter_no_change' },
      )
    }
    return parts
  }

  protected constantModel(): Predictor {
    return new DummyClassifier({ strategy: 'prior' })
  }

  protected rawOf(init: Predictor, X: Matrix): Float64Array {
    const { data, columns } = (init as Classifier).predictProba!(X)
    const clipped = data.map(share => Math.min(Math.max(share, Number.EPSILON), 1 - Number.EPSILON))
    const rows = Array.from({ length: X.rows }, (_, i) => [...clipped.subarray(i * columns, (i + 1) * columns)])
    if (this.loss.outputs > 1) return Float64Array.from(rows.flatMap(centredLogs))
    const scale = this.params.loss === 'exponential' ? 0.5 : 1
    return Float64Array.from(rows, row => scale * logit(row[1]))
  }

  /** Log-odds of the second class, [rows, 1], or of each of more than two. */
  decisionFunction(features: Features): Matrix {
    return { columns: this.loss.outputs, ...this.raw(features) }
  }

  get n_classes_(): number {
    return this.classes_.length
  }

  predictProba(features: Features): Matrix {
    return this.shares(this.decisionFunction(features).data)
  }

  private shares(raw: Float64Array): Matrix {
    const columns = this.classes_.length
    const rows = raw.length / this.loss.outputs
    const data = new Float64Array(rows * columns)
    const scale = this.params.loss === 'exponential' ? 2 : 1
    for (let i = 0; i < rows; i++) {
      if (columns > 2) softmax(raw, i * columns, data.subarray(i * columns, (i + 1) * columns))
      else {
        data[2 * i + 1] = expit(scale * raw[i])
        data[2 * i] = 1 - data[2 * i + 1]
      }
    }
    return { rows, columns, data }
  }

  predictIndex(features: Features): Int32Array {
    return this.indexOf(this.decisionFunction(features).data)
  }

  private indexOf(raw: Float64Array): Int32Array {
    const { outputs } = this.loss
    if (outputs > 1) return argmaxRows({ rows: raw.length / outputs, columns: outputs, data: raw })
    const second = new Int32Array(raw.length)
    for (let i = 0; i < raw.length; i++) second[i] = raw[i] >= 0 ? 1 : 0
    return second
  }

  /** Index into `classes_` per row after each stage. */
  *stagedPredictIndex(features: Features): Generator<Int32Array> {
    for (const raw of this.stagedRaw(features)) yield this.indexOf(raw)
  }

  /** Probabilities after each stage. */
  *stagedPredictProba(features: Features): Generator<Matrix> {
    for (const raw of this.stagedRaw(features)) yield this.shares(raw)
  }

  static restore(params: Params, fitted: FittedData, nested: RestoreNested): GradientBoostingClassifier {
    const model = new GradientBoostingClassifier({ ...params, init: typeof params.init === 'string' ? 'zero' : null })
    model.classes_ = fitted.labels('classes_')
    if (model.classes_.length < 2) throw fitted.wrong('classes_', 'at least two labels')
    model.loss = model.lossFor(model.classes_.length)
    return model.restoreStages(fitted, nested)
  }

  toJSON() {
    return { classes_: this.classes_, ...this.stagesJSON() }
  }
}

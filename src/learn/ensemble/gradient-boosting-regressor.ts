import type { Features, Matrix, Params, Predictor, Regressor, Target } from '../contract.ts'
import { DummyRegressor } from '../dummy/dummy-regressor.ts'
import type { FittedData } from '../fitted-data.ts'
import { trainTestSplit } from '../model-selection/train-test-split.ts'
import { aReal, checkParameters, numeric, oneOf } from '../parameters.ts'
import type { RestoreNested } from '../step-data.ts'
import { targetValues } from '../target-values.ts'
import { absoluteError, type BoostingLoss, huberLoss, quantileLoss, squaredError } from './boosting-losses.ts'
import { GradientBoosting } from './gradient-boosting.ts'
import { boostingParameters, initParameter } from './gradient-boosting-parameters.ts'

/** Boosted regression trees. */
export class GradientBoostingRegressor extends GradientBoosting implements Regressor {
  readonly kind = 'regressor'
  override get name() {
    return 'GradientBoostingRegressor'
  }

  constructor(params: Params = {}) {
    super(
      checkParameters('GradientBoostingRegressor', params, {
        loss: { default: 'squared_error', accepts: [oneOf('squared_error', 'absolute_error', 'huber', 'quantile')] },
        ...boostingParameters,
        init: initParameter('predict'),
        alpha: { default: 0.9, accepts: [aReal(0, 1, 'neither')] },
      }),
    )
    this.loss = this.lossByName()
  }

  private lossByName(): BoostingLoss {
    const alpha = numeric(this.params.alpha!)
    if (this.params.loss === 'huber') return huberLoss(alpha)
    if (this.params.loss === 'quantile') return quantileLoss(alpha)
    return this.params.loss === 'absolute_error' ? absoluteError : squaredError
  }

  protected readTarget(y: Target): Float64Array {
    this.loss = this.lossByName()
    return targetValues(y)
  }

  protected split(y: Float64Array) {
    const { random_state, validation_fraction } = this.params
    return trainTestSplit(y.length, {
      testSize: numeric(validation_fraction!),
      ...(random_state === null ? {} : { randomState: numeric(random_state!) }),
    })
  }

  protected constantModel(): Predictor {
    const { loss, alpha } = this.params
    if (loss === 'squared_error') return new DummyRegressor({ strategy: 'mean' })
    return new DummyRegressor({ strategy: 'quantile', quantile: loss === 'quantile' ? alpha! : 0.5 })
  }

  protected rawOf(init: Predictor, X: Matrix): Float64Array {
    return (init as Regressor).predict(X)
  }

  predict(features: Features): Float64Array {
    return this.raw(features).data
  }

  /** Predictions after each stage. */
  *stagedPredict(features: Features): Generator<Float64Array> {
    for (const raw of this.stagedRaw(features)) yield raw.slice()
  }

  static restore(params: Params, fitted: FittedData, nested: RestoreNested): GradientBoostingRegressor {
    return new GradientBoostingRegressor({ ...params, init: params.init === 'zero' ? 'zero' : null }).restoreStages(fitted, nested)
  }

  toJSON() {
    return this.stagesJSON()
  }
}

import { type Features, LearnError, type Params, type Regressor, type Target } from '../../contract.ts'
import type { FittedData } from '../../fitted-data.ts'
import { pairwiseSum } from '../../pairwise-sum.ts'
import { aReal, checkParameters, none, numeric, oneOf } from '../../parameters.ts'
import { targetValues } from '../../target-values.ts'
import { HistGradientBoosting } from './hist-gradient-boosting.ts'
import { histogramParameters } from './histogram-parameters.ts'
import { type HistogramLoss, halfGamma, halfPoisson, halfSquaredError, histogramAbsoluteError, histogramQuantile } from './losses.ts'

/** Boosted trees on binned columns, for values. */
export class HistGradientBoostingRegressor extends HistGradientBoosting implements Regressor {
  readonly kind = 'regressor'
  override get name() {
    return 'HistGradientBoostingRegressor'
  }
  protected readonly stratified = false

  constructor(params: Params = {}) {
    super(
      checkParameters('HistGradientBoostingRegressor', params, {
        loss: { default: 'squared_error', accepts: [oneOf('squared_error', 'absolute_error', 'gamma', 'poisson', 'quantile')] },
        quantile: { default: null, accepts: [aReal(0, 1, 'both'), none] },
        ...histogramParameters,
      }),
    )
  }

  protected readTarget(y: Target) {
    const values = targetValues(y)
    const { loss } = this.params
    if (loss === 'gamma' && values.some(value => value <= 0)) throw badTarget(y, "loss='gamma' requires strictly positive y.")
    if (loss === 'poisson' && (values.some(value => value < 0) || !(pairwiseSum(values) > 0))) {
      throw badTarget(y, "loss='poisson' requires non-negative y and sum(y) > 0.")
    }
    return { values, outputs: 1 }
  }

  protected makeLoss(): HistogramLoss {
    const { loss, quantile } = this.params
    if (loss === 'quantile') {
      if (quantile === null) throw badQuantile('TypeError', 'quantile must be an instance of float, not NoneType.')
      const share = numeric(quantile!)
      if (share === 0) throw badQuantile('ValueError', `quantile == ${share}, must be > 0.`)
      if (share === 1) throw badQuantile('ValueError', `quantile == ${share}, must be < 1.`)
      return histogramQuantile(share)
    }
    if (loss === 'absolute_error') return histogramAbsoluteError
    if (loss === 'poisson') return halfPoisson
    return loss === 'gamma' ? halfGamma : halfSquaredError
  }

  predict(features: Features): Float64Array {
    return this.raw(features).data.map(this.loss.inverse)
  }

  static restore(params: Params, fitted: FittedData): HistGradientBoostingRegressor {
    const model = new HistGradientBoostingRegressor(params)
    model.loss = model.makeLoss()
    return model.restoreTrees(fitted)
  }

  toJSON() {
    return this.treesJSON()
  }
}

const badTarget = (y: Target, message: string) => new LearnError('learn/negative-target', 'ValueError', message, { column: y.name })
const badQuantile = (type: string, message: string) => new LearnError('learn/invalid-parameter', type, message, { parameter: 'quantile' })

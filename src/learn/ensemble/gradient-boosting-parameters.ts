import { aBool, anInt, aReal, none, oneOf } from '../parameters.ts'
import { growthParameters, maxFeaturesParameter } from '../tree/growth.ts'
import { anEstimatorWith } from './sub-estimator.ts'

const { monotonic_cst: _, ...growth } = growthParameters

/** What both kinds of gradient boosting take. */
export const boostingParameters = {
  learning_rate: { default: 0.1, accepts: [aReal(0, Number.POSITIVE_INFINITY, 'left')] },
  n_estimators: { default: 100, accepts: [anInt(1)] },
  subsample: { default: 1, accepts: [aReal(0, 1, 'right')] },
  criterion: { default: 'deprecated', accepts: [oneOf('squared_error'), oneOf('deprecated', 'friedman_mse')] },
  ...growth,
  max_depth: { ...growth.max_depth, default: 3 },
  max_features: { default: null, accepts: maxFeaturesParameter },
  verbose: { default: 0, accepts: [anInt(0), aBool] },
  warm_start: { default: false, accepts: [aBool] },
  validation_fraction: { default: 0.1, accepts: [aReal(0, 1, 'neither')] },
  n_iter_no_change: { default: null, accepts: [anInt(1), none] },
  tol: { default: 0.0001, accepts: [aReal(0, Number.POSITIVE_INFINITY, 'left')] },
}
export const initParameter = (method: 'predict' | 'predict_proba') => ({
  default: null,
  accepts: [oneOf('zero'), none, anEstimatorWith(method)],
})

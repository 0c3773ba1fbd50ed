import type { ParamValue, Predictor } from '../contract.ts'
import type { Constraint } from '../parameters.ts'

const isPredictor = (value: ParamValue): value is Predictor =>
  typeof value === 'object' && value !== null && 'kind' in value && (value.kind === 'classifier' || value.kind === 'regressor')

/** An estimator as a parameter of another one: scikit-learn's `HasMethods(["fit", method])`. */
export const anEstimatorWith = (method: 'predict' | 'predict_proba'): Constraint => ({
  says: `an object implementing 'fit' and '${method}'`,
  accepts: value =>
    isPredictor(value) &&
    (method === 'predict' ? value.kind === 'regressor' : value.kind === 'classifier' && value.predictProba !== undefined),
})

import { aBool, aCallable, aDict, aFloat, aList, anArray, anInt, anyText, aReal, aSeed, aTuple, none, oneOf } from '../../parameters.ts'

const unlimited = Number.POSITIVE_INFINITY

/** What both kinds of histogram boosting take. */
export const histogramParameters = {
  learning_rate: { default: 0.1, accepts: [aReal(0, unlimited, 'neither')] },
  max_iter: { default: 100, accepts: [anInt(1)] },
  max_leaf_nodes: { default: 31, accepts: [anInt(2), none] },
  max_depth: { default: null, accepts: [anInt(1), none] },
  min_samples_leaf: { default: 20, accepts: [anInt(1)] },
  l2_regularization: { default: 0, accepts: [aReal(0, unlimited, 'left')] },
  max_features: { default: 1, accepts: [aReal(0, 1, 'right')] },
  max_bins: { default: 255, accepts: [anInt(2, 255)] },
  categorical_features: { default: 'from_dtype', accepts: [aList, oneOf('from_dtype'), none] },
  monotonic_cst: { default: null, accepts: [anArray, aDict, none] },
  interaction_cst: { default: null, accepts: [aList, aTuple, oneOf('no_interactions', 'pairwise'), none] },
  warm_start: { default: false, accepts: [aBool] },
  early_stopping: { default: 'auto', accepts: [oneOf('auto'), aBool] },
  scoring: { default: 'loss', accepts: [anyText, aCallable, none] },
  validation_fraction: { default: 0.1, accepts: [aFloat(0, 1, 'neither'), anInt(1), none] },
  n_iter_no_change: { default: 10, accepts: [anInt(1)] },
  tol: { default: 1e-7, accepts: [aReal(0, unlimited, 'left')] },
  verbose: { default: 0, accepts: [anInt(0), aBool] },
  random_state: { default: null, accepts: [aSeed, none] },
}

import { float } from '../../learn/contract.ts'
import {
  GradientBoostingClassifier,
  GradientBoostingRegressor,
  HistGradientBoostingClassifier,
  HistGradientBoostingRegressor,
} from '../../learn/index.ts'
import type { ParameterSpec, TargetSpec } from '../contract.ts'
import {
  array,
  bool,
  dict,
  fraction,
  having,
  int,
  list,
  none,
  object,
  oneOf,
  parameter,
  randomState,
  real,
  text,
  tuple,
  verbose,
  warmStart,
} from './parameter.ts'
import { maxFeatures, treeParameters as tree } from './tree-parameters.ts'

const criterion = having(
  parameter(
    'criterion',
    'Has no effect any more: stages are fitted by squared error.',
    'deprecated',
    oneOf('squared_error'),
    oneOf('deprecated', 'friedman_mse'),
  ),
  {
    says: "a str among {'squared_error'}",
    deprecated:
      'The parameter `criterion` is deprecated and will be removed in 1.11. It has no effect. Leave it to its default value to avoid this warning.',
  },
)

/** A boosting's parameters in scikit-learn's order; `more` come behind `max_features`. */
function boosting(loss: ParameterSpec, init: ParameterSpec, more: readonly ParameterSpec[]): ParameterSpec[] {
  return [
    loss,
    parameter('learning_rate', 'How much each stage counts; smaller needs more stages.', 0.1, real('[0.0, inf)')),
    parameter('n_estimators', 'Number of stages.', 100, int('[1, inf)')),
    parameter('subsample', 'Share of the rows that each stage learns from.', float(1), real('(0.0, 1.0]')),
    criterion,
    tree.min_samples_split,
    tree.min_samples_leaf,
    tree.min_weight_fraction_leaf,
    having(tree.max_depth, { default: 3 }),
    tree.min_impurity_decrease,
    init,
    randomState(),
    maxFeatures(null),
    ...more,
    verbose,
    tree.max_leaf_nodes,
    warmStart,
    parameter('validation_fraction', 'Share of the rows set aside to decide when to stop.', 0.1, real('(0.0, 1.0)')),
    parameter('n_iter_no_change', 'Stop when the rows set aside have not improved for so many stages.', null, int('[1, inf)'), none),
    parameter('tol', 'Smallest improvement that counts for stopping.', 0.0001, real('[0.0, inf)')),
    tree.ccp_alpha,
  ]
}

/** Parameters of the histogram kind behind the loss, in scikit-learn's order. */
const histogram: readonly ParameterSpec[] = [
  parameter('learning_rate', 'How much each tree counts; smaller needs more iterations.', 0.1, real('(0.0, inf)')),
  parameter('max_iter', 'Most iterations; one tree each, or one per class.', 100, int('[1, inf)')),
  parameter('max_leaf_nodes', 'Most leaves of a tree.', 31, int('[2, inf)'), none),
  parameter('max_depth', 'Deepest level of a tree; null sets no limit.', null, int('[1, inf)'), none),
  parameter('min_samples_leaf', 'Fewest rows of a leaf.', 20, int('[1, inf)')),
  parameter('l2_regularization', 'Strength of the l2 penalty on leaf values.', float(0), real('[0.0, inf)')),
  parameter('max_features', 'Share of the features tried per split.', float(1), fraction('(0.0, 1.0]')),
  parameter('max_bins', 'Most bins that a column is cut into.', 255, int('[2, 255]')),
  having(
    parameter(
      'categorical_features',
      'Columns that are categories: names, positions, or a mask.',
      'from_dtype',
      list(),
      oneOf('from_dtype'),
      none,
    ),
    { says: "an array-like, a str among {'from_dtype'} or None" },
  ),
  having(
    parameter('monotonic_cst', 'Direction in which each feature may act: 1, 0 or -1, in a list or by name.', null, array, dict, none),
    {
      says: "an array-like, an instance of 'dict' or None",
    },
  ),
  having(
    parameter(
      'interaction_cst',
      'Which features may act together: lists of their positions.',
      null,
      list(),
      tuple,
      oneOf('no_interactions', 'pairwise'),
      none,
    ),
    { says: "an instance of 'list', an instance of 'tuple', a str among {'no_interactions', 'pairwise'} or None" },
  ),
  warmStart,
  parameter('early_stopping', 'Stop when the score stands still; auto: from 10,000 rows on.', 'auto', oneOf('auto'), bool),
  having(parameter('scoring', 'What decides when to stop: loss, the name of a metric, or None for accuracy or r2.', 'loss', text, none), {
    says: "an instance of 'str', a callable or None",
  }),
  parameter(
    'validation_fraction',
    'Rows set aside to decide when to stop: a share, or a number.',
    0.1,
    fraction('(0.0, 1.0)'),
    int('[1, inf)'),
    none,
  ),
  parameter('n_iter_no_change', 'Iterations without improvement before it stops.', 10, int('[1, inf)')),
  parameter('tol', 'Smallest improvement that counts for stopping.', 1e-7, real('[0.0, inf)')),
  verbose,
  randomState(),
]

export const sklearnBoosting: readonly TargetSpec[] = [
  {
    name: 'sklearn.ensemble.GradientBoostingClassifier',
    aliases: ['sklearn.ensemble._gb.GradientBoostingClassifier'],
    kind: 'classifier',
    doc: 'Adds up small regression trees, each fitted to what the ones before it leave of the log-odds.',
    positional: 0,
    parameters: boosting(
      parameter('loss', 'What is minimised.', 'log_loss', oneOf('exponential', 'log_loss')),
      having(parameter('init', 'Model before the first stage; zero starts at 0.', null, oneOf('zero'), none, object('classifier')), {
        says: "a str among {'zero'}, None or an object implementing 'fit' and 'predict_proba'",
      }),
      [],
    ),
    create: params => new GradientBoostingClassifier(params),
  },
  {
    name: 'sklearn.ensemble.GradientBoostingRegressor',
    aliases: ['sklearn.ensemble._gb.GradientBoostingRegressor'],
    kind: 'regressor',
    doc: 'Adds up small regression trees, each fitted to the residuals of the ones before it.',
    positional: 0,
    parameters: boosting(
      parameter('loss', 'What is minimised.', 'squared_error', oneOf('absolute_error', 'huber', 'quantile', 'squared_error')),
      having(parameter('init', 'Model before the first stage; zero starts at 0.', null, oneOf('zero'), none, object('regressor')), {
        says: "a str among {'zero'}, None or an object implementing 'fit' and 'predict'",
      }),
      [parameter('alpha', 'The quantile of the huber and quantile losses.', 0.9, real('(0.0, 1.0)'))],
    ),
    create: params => new GradientBoostingRegressor(params),
  },
  {
    name: 'sklearn.ensemble.HistGradientBoostingClassifier',
    aliases: ['sklearn.ensemble._hist_gradient_boosting.gradient_boosting.HistGradientBoostingClassifier'],
    kind: 'classifier',
    doc: 'Gradient boosting on binned columns: fast on many rows; takes missing values and categories.',
    positional: 1,
    parameters: [
      having(parameter('loss', 'What is minimised.', 'log_loss', oneOf('log_loss')), {
        says: "a str among {'log_loss'} or an instance of 'sklearn._loss.loss.BaseLoss'",
      }),
      ...histogram,
      parameter(
        'class_weight',
        'Weights per class, or "balanced" for weights inverse to frequencies.',
        null,
        dict,
        oneOf('balanced'),
        none,
      ),
    ],
    create: params => new HistGradientBoostingClassifier(params),
  },
  {
    name: 'sklearn.ensemble.HistGradientBoostingRegressor',
    aliases: ['sklearn.ensemble._hist_gradient_boosting.gradient_boosting.HistGradientBoostingRegressor'],
    kind: 'regressor',
    doc: 'Gradient boosting on binned columns, for values: fast on many rows; takes missing values and categories.',
    positional: 1,
    parameters: [
      having(
        parameter('loss', 'What is minimised.', 'squared_error', oneOf('absolute_error', 'gamma', 'poisson', 'quantile', 'squared_error')),
        {
          says: "a str among {'absolute_error', 'gamma', 'poisson', 'quantile', 'squared_error'} or an instance of 'sklearn._loss.loss.BaseLoss'",
        },
      ),
      parameter('quantile', 'The quantile of the quantile loss.', null, real('[0.0, 1.0]'), none),
      ...histogram,
    ],
    create: params => new HistGradientBoostingRegressor(params),
  },
]

import { float } from '../../learn/contract.ts'
import { ExtraTreesClassifier, ExtraTreesRegressor, RandomForestClassifier, RandomForestRegressor } from '../../learn/index.ts'
import type { ParameterSpec, TargetSpec } from '../contract.ts'
import { bool, dict, having, int, jobs, list, none, oneOf, parameter, randomState, real, verbose, warmStart } from './parameter.ts'
import { maxFeatures, regressionCriterion, treeParameters as tree } from './tree-parameters.ts'

const oobScore = having(parameter('oob_score', 'Score the forest on the rows that each tree did not see.', false, bool), {
  says: "an instance of 'bool' or an instance of 'numpy.bool' or a callable",
})

const forestClassWeight = having(
  parameter(
    'class_weight',
    'Weights per class; "balanced": inverse to frequencies; "balanced_subsample": the same per tree.',
    null,
    oneOf('balanced', 'balanced_subsample'),
    dict,
    list(dict),
    none,
  ),
  { says: "a str among {'balanced', 'balanced_subsample'}, an instance of 'dict', an instance of 'list' or None" },
)

const maxSamples = parameter(
  'max_samples',
  'Rows drawn per tree: a number, or a share of all rows; null draws as many as there are.',
  null,
  none,
  real('(0.0, inf)'),
  int('[1, inf)'),
)

/** A forest's parameters in scikit-learn's order. */
const forest = (criterion: ParameterSpec, features: ParameterSpec, bootstrap: boolean, more: readonly ParameterSpec[]): ParameterSpec[] => [
  parameter('n_estimators', 'Number of trees.', 100, int('[1, inf)')),
  criterion,
  tree.max_depth,
  tree.min_samples_split,
  tree.min_samples_leaf,
  tree.min_weight_fraction_leaf,
  features,
  tree.max_leaf_nodes,
  tree.min_impurity_decrease,
  parameter('bootstrap', 'Grow each tree on rows drawn with replacement; false: on all rows.', bootstrap, bool),
  oobScore,
  having(jobs, { says: "an instance of 'int' or None" }),
  randomState(),
  verbose,
  warmStart,
  ...more,
  tree.ccp_alpha,
  maxSamples,
  tree.monotonic_cst,
]

export const sklearnEnsemble: readonly TargetSpec[] = [
  {
    name: 'sklearn.ensemble.RandomForestClassifier',
    aliases: ['sklearn.ensemble._forest.RandomForestClassifier'],
    kind: 'classifier',
    doc: 'Averages the class probabilities of many trees, each grown on a bootstrap sample with random features per split.',
    positional: 1,
    parameters: forest(tree.criterion, maxFeatures('sqrt'), true, [forestClassWeight]),
    create: (params, { worker }) => new RandomForestClassifier(params, worker),
  },
  {
    name: 'sklearn.ensemble.RandomForestRegressor',
    aliases: ['sklearn.ensemble._forest.RandomForestRegressor'],
    kind: 'regressor',
    doc: 'Averages the values of many regression trees, each grown on a bootstrap sample.',
    positional: 1,
    parameters: forest(regressionCriterion, maxFeatures(float(1)), true, []),
    create: (params, { worker }) => new RandomForestRegressor(params, worker),
  },
  {
    name: 'sklearn.ensemble.ExtraTreesClassifier',
    aliases: ['sklearn.ensemble._forest.ExtraTreesClassifier'],
    kind: 'classifier',
    doc: 'Averages the class probabilities of many trees that cut each drawn feature at random.',
    positional: 1,
    parameters: forest(tree.criterion, maxFeatures('sqrt'), false, [forestClassWeight]),
    create: (params, { worker }) => new ExtraTreesClassifier(params, worker),
  },
  {
    name: 'sklearn.ensemble.ExtraTreesRegressor',
    aliases: ['sklearn.ensemble._forest.ExtraTreesRegressor'],
    kind: 'regressor',
    doc: 'Averages the values of many regression trees that cut each drawn feature at random.',
    positional: 1,
    parameters: forest(regressionCriterion, maxFeatures(float(1)), false, []),
    create: (params, { worker }) => new ExtraTreesRegressor(params, worker),
  },
]

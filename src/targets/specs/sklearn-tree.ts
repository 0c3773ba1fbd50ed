import { float } from '../../learn/contract.ts'
import { DecisionTreeClassifier, DecisionTreeRegressor, ExtraTreeClassifier, ExtraTreeRegressor } from '../../learn/index.ts'
import type { ParameterSpec, TargetSpec } from '../contract.ts'
import { having, randomState } from './parameter.ts'
import { maxFeatures, regressionCriterion, treeParameters as tree, treeClassWeight } from './tree-parameters.ts'

const growth = (criterion: ParameterSpec, splitter: ParameterSpec, features: ParameterSpec): readonly ParameterSpec[] => [
  criterion,
  splitter,
  tree.max_depth,
  tree.min_samples_split,
  tree.min_samples_leaf,
  tree.min_weight_fraction_leaf,
  features,
  randomState(),
]
const random = having(tree.splitter, { default: 'random' })

export const sklearnTree: readonly TargetSpec[] = [
  {
    name: 'sklearn.tree.DecisionTreeClassifier',
    aliases: ['sklearn.tree._classes.DecisionTreeClassifier'],
    kind: 'classifier',
    doc: 'One tree of yes-or-no questions; a leaf answers with the class shares of its training rows.',
    positional: 0,
    parameters: [
      ...growth(tree.criterion, tree.splitter, maxFeatures(null)),
      tree.max_leaf_nodes,
      tree.min_impurity_decrease,
      treeClassWeight,
      tree.ccp_alpha,
      tree.monotonic_cst,
    ],
    create: params => new DecisionTreeClassifier(params),
  },
  {
    name: 'sklearn.tree.DecisionTreeRegressor',
    aliases: ['sklearn.tree._classes.DecisionTreeRegressor'],
    kind: 'regressor',
    doc: 'One tree of yes-or-no questions; a leaf answers with the mean (or median) of its training rows.',
    positional: 0,
    parameters: [
      ...growth(regressionCriterion, tree.splitter, maxFeatures(null)),
      tree.max_leaf_nodes,
      tree.min_impurity_decrease,
      tree.ccp_alpha,
      tree.monotonic_cst,
    ],
    create: params => new DecisionTreeRegressor(params),
  },
  {
    name: 'sklearn.tree.ExtraTreeClassifier',
    aliases: ['sklearn.tree._classes.ExtraTreeClassifier'],
    kind: 'classifier',
    doc: 'A decision tree that cuts each drawn feature at random; meant for ensembles.',
    positional: 0,
    parameters: [
      ...growth(tree.criterion, random, maxFeatures('sqrt')),
      tree.max_leaf_nodes,
      tree.min_impurity_decrease,
      treeClassWeight,
      tree.ccp_alpha,
      tree.monotonic_cst,
    ],
    create: params => new ExtraTreeClassifier(params),
  },
  {
    name: 'sklearn.tree.ExtraTreeRegressor',
    aliases: ['sklearn.tree._classes.ExtraTreeRegressor'],
    kind: 'regressor',
    doc: 'A regression tree that cuts each drawn feature at random; meant for ensembles.',
    positional: 0,
    parameters: [
      ...growth(regressionCriterion, random, maxFeatures(float(1))),
      tree.min_impurity_decrease,
      tree.max_leaf_nodes,
      tree.ccp_alpha,
      tree.monotonic_cst,
    ],
    create: params => new ExtraTreeRegressor(params),
  },
]

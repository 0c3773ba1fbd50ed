import { type Float, float } from '../../learn/contract.ts'
import type { ParameterSpec } from '../contract.ts'
import { array, dict, fraction, having, int, list, none, oneOf, parameter, real } from './parameter.ts'

/** What trees and forests of them have in common, in scikit-learn's order of a forest. */
export const treeParameters = {
  criterion: parameter('criterion', 'How the quality of a split is measured.', 'gini', oneOf('gini', 'entropy', 'log_loss')),
  splitter: parameter(
    'splitter',
    'Take the best cut of each drawn feature, or one random cut per feature.',
    'best',
    oneOf('best', 'random'),
  ),
  max_depth: parameter('max_depth', 'Deepest level of a tree; null grows until leaves are pure.', null, int('[1, inf)'), none),
  min_samples_split: parameter(
    'min_samples_split',
    'Fewest rows of a node that may be split: a number, or a share of all rows when written with a point.',
    2,
    int('[2, inf)'),
    fraction('(0.0, 1.0]'),
  ),
  min_samples_leaf: parameter(
    'min_samples_leaf',
    'Fewest rows of a leaf: a number, or a share of all rows when written with a point.',
    1,
    int('[1, inf)'),
    fraction('(0.0, 1.0)'),
  ),
  min_weight_fraction_leaf: parameter(
    'min_weight_fraction_leaf',
    'Smallest share of the total weight in a leaf.',
    float(0),
    real('[0.0, 0.5]'),
  ),
  max_leaf_nodes: parameter('max_leaf_nodes', 'Most leaves; grows best-first when given.', null, int('[2, inf)'), none),
  min_impurity_decrease: parameter(
    'min_impurity_decrease',
    'A node is split only when its impurity falls by at least this much.',
    float(0),
    real('[0.0, inf)'),
  ),
  ccp_alpha: parameter('ccp_alpha', 'Strength of cost-complexity pruning.', float(0), real('[0.0, inf)')),
  monotonic_cst: having(parameter('monotonic_cst', 'Direction in which each feature may act: 1, 0 or -1.', null, array, none), {
    says: 'an array-like or None',
  }),
} satisfies Record<string, ParameterSpec>

/** What a regression tree minimises; `friedman_mse` is an old name of `squared_error`. */
export const regressionCriterion: ParameterSpec = having(
  parameter(
    'criterion',
    'How the quality of a split is measured.',
    'squared_error',
    oneOf('squared_error', 'absolute_error', 'poisson'),
    oneOf('friedman_mse'),
  ),
  {
    says: "a str among {'absolute_error', 'poisson', 'squared_error'}",
    deprecated:
      'Value `"friedman_mse"` for `criterion` is deprecated and will be removed in 1.11. It maps to `"squared_error"` as both were always equivalent. Use `criterion="squared_error"` to remove this warning.',
    deprecatedFor: 'friedman_mse',
  },
)

export const maxFeatures = (fallback: 'sqrt' | Float | null): ParameterSpec =>
  parameter(
    'max_features',
    'Features tried per split: a number, a share when written with a point, sqrt, log2, or null for all.',
    fallback,
    int('[1, inf)'),
    fraction('(0.0, 1.0]'),
    oneOf('log2', 'sqrt'),
    none,
  )

export const treeClassWeight: ParameterSpec = having(
  parameter(
    'class_weight',
    'Weights per class, or "balanced" for weights inverse to frequencies.',
    null,
    dict,
    list(dict),
    oneOf('balanced'),
    none,
  ),
  { says: "an instance of 'dict', an instance of 'list', a str among {'balanced'} or None" },
)

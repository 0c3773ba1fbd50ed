import { Callable, float } from '../../learn/contract.ts'
import { SelectKBest, VarianceThreshold } from '../../learn/index.ts'
import type { ParameterSpec, TargetSpec } from '../contract.ts'
import { any, callable, having, int, oneOf, parameter, real, required } from './parameter.ts'

const score = (name: string, doc: string, ...more: ParameterSpec[]): TargetSpec => ({
  name: `sklearn.feature_selection.${name}`,
  kind: 'value',
  doc,
  callable: true,
  positional: 2,
  parameters: [required('X', 'The data.', any), required('y', 'The target.', any), ...more],
  create: () => new Callable(name),
})

export const sklearnFeatureSelection: readonly TargetSpec[] = [
  {
    name: 'sklearn.feature_selection.SelectKBest',
    aliases: ['sklearn.feature_selection._univariate_selection.SelectKBest'],
    kind: 'transformer',
    doc: 'Keeps the columns with the highest scores.',
    positional: 1,
    parameters: [
      having(
        parameter(
          'score_func',
          'The score: f_classif, f_regression or chi2, as {_target_: sklearn.feature_selection.f_regression, _partial_: true}.',
          new Callable('f_classif'),
          callable,
        ),
        {},
      ),
      parameter('k', 'Columns to keep.', 10, oneOf('all'), int('[0, inf)')),
    ],
    create: params => new SelectKBest(params),
  },
  {
    name: 'sklearn.feature_selection.VarianceThreshold',
    aliases: ['sklearn.feature_selection._variance_threshold.VarianceThreshold'],
    kind: 'transformer',
    doc: 'Keeps the columns that vary more than a threshold.',
    parameters: [parameter('threshold', 'Columns that vary no more are left out.', float(0), real('[0.0, inf)'))],
    create: params => new VarianceThreshold(params),
  },
  score('f_classif', 'Analysis of variance between classes; hand it over with _partial_: true.'),
  score(
    'f_regression',
    'Correlation with a continuous target; hand it over with _partial_: true.',
    having(parameter('center', 'Centre the data.', true, any), { refused: 'Data is always centred.' }),
    having(parameter('force_finite', 'Give 0 for constant columns.', true, any), { refused: 'Scores are always finite.' }),
  ),
  score('chi2', 'Chi-squared of counts per class; hand it over with _partial_: true.'),
]

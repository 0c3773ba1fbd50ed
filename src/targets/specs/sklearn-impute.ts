import { float } from '../../learn/contract.ts'
import { SimpleImputer } from '../../learn/index.ts'
import type { TargetSpec } from '../contract.ts'
import { any, bool, callable, having, int, none, oneOf, parameter, real, text } from './parameter.ts'
import { copy } from './sklearn-preprocessing.ts'

export const sklearnImpute: readonly TargetSpec[] = [
  {
    name: 'sklearn.impute.SimpleImputer',
    aliases: ['sklearn.impute._base.SimpleImputer'],
    kind: 'transformer',
    doc: 'Fills gaps with the mean, median or most frequent value of a column, or with a constant.',
    positional: 0,
    parameters: [
      having(parameter('missing_values', 'What counts as a gap.', float(Number.NaN), int(), real(), any, text, none), {
        says: "an instance of 'int', a float in the range [-inf, inf], numpy.nan, pandas.NA, an instance of 'str' or None",
      }),
      parameter('strategy', 'What fills a gap.', 'mean', oneOf('mean', 'median', 'most_frequent', 'constant'), callable),
      parameter('fill_value', 'The constant; null is 0 for numbers and missing_value for text.', null, any),
      copy,
      parameter('add_indicator', 'Add a 0/1 column for each column that had gaps.', false, bool),
      parameter('keep_empty_features', 'Keep columns of nothing but gaps.', false, bool),
    ],
    create: params => new SimpleImputer(params),
  },
]

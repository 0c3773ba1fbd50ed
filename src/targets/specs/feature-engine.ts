import { CategoricalImputer, MeanMedianImputer, FeatureEngineOneHotEncoder as OneHotEncoder } from '../../learn/index.ts'
import type { TargetSpec } from '../contract.ts'
import { bool, having, int, list, none, oneOf, parameter, real, text } from './parameter.ts'

const variables = having(
  parameter('variables', 'The columns to work on; null takes all that fit.', null, none, int(), text, list(int(), text)),
  {
    complaint: '`variables` should contain a string, an integer or a list of strings or integers. Got {value} instead.',
    refused: 'It works on all columns of its kind.',
  },
)
const ignoreFormat = having(parameter('ignore_format', 'Take numeric columns for categories too.', false, bool), {
  complaint: 'ignore_format takes only booleans True and False',
  refused: 'It works on text columns only.',
})

export const featureEngine: readonly TargetSpec[] = [
  {
    name: 'feature_engine.imputation.MeanMedianImputer',
    aliases: ['feature_engine.imputation.mean_median.MeanMedianImputer'],
    kind: 'transformer',
    doc: 'Fills gaps in numeric columns with the mean or median of the training data.',
    parameters: [
      having(parameter('imputation_method', 'What fills a gap.', 'median', oneOf('median', 'mean')), {
        complaint: "imputation_method takes only values 'median' or 'mean'",
      }),
      variables,
    ],
    create: params => new MeanMedianImputer(params),
  },
  {
    name: 'feature_engine.imputation.CategoricalImputer',
    aliases: ['feature_engine.imputation.categorical.CategoricalImputer'],
    kind: 'transformer',
    doc: 'Fills gaps in text columns with a fixed word or the most frequent value of the training data.',
    parameters: [
      having(
        parameter(
          'imputation_method',
          'What fills a gap: fill_value, or the most frequent value.',
          'missing',
          oneOf('missing', 'frequent'),
        ),
        {
          complaint: "imputation_method takes only values 'missing' or 'frequent'",
        },
      ),
      parameter('fill_value', 'The word for gaps when imputation_method is missing.', 'Missing', text, int(), real()),
      variables,
      having(parameter('return_object', 'Return columns of numbers as text.', false, bool), { refused: 'It works on text columns only.' }),
      ignoreFormat,
    ],
    create: params => new CategoricalImputer(params),
  },
  {
    name: 'feature_engine.encoding.OneHotEncoder',
    aliases: ['feature_engine.encoding.one_hot.OneHotEncoder'],
    kind: 'transformer',
    doc: 'Replaces each text column by one 0/1 column per category, in the order in which categories first appear.',
    parameters: [
      having(parameter('top_categories', 'Encode only this many of the most frequent categories.', null, none, int('[0, inf)')), {
        complaint: 'top_categories takes only positive integers. Got {value} instead',
        refused: 'All categories are encoded.',
      }),
      having(parameter('drop_last', 'Leave out the column of the last category.', false, bool), {
        complaint: 'drop_last takes only True or False. Got {value} instead.',
        refused: 'All categories get a column.',
      }),
      having(parameter('drop_last_binary', 'Leave out the second column of columns with two categories.', false, bool), {
        complaint: 'drop_last_binary takes only True or False. Got {value} instead.',
        refused: 'All categories get a column.',
      }),
      variables,
      ignoreFormat,
    ],
    create: () => new OneHotEncoder(),
  },
]

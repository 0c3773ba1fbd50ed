import { float } from '../../learn/contract.ts'
import {
  AddMissingIndicator,
  ArbitraryNumberImputer,
  CategoricalImputer,
  DropFeatures,
  FeatureEngineOneHotEncoder,
  FeatureEngineOrdinalEncoder,
  MeanMedianImputer,
  RareLabelEncoder,
} from '../../learn/index.ts'
import type { TargetSpec } from '../contract.ts'
import { bool, dict, having, int, list, none, oneOf, parameter, real, required, text } from './parameter.ts'

const variables = having(
  parameter('variables', 'The columns to work on; null takes all that fit.', null, none, int(), text, list(int(), text)),
  { complaint: '`variables` should contain a string, an integer or a list of strings or integers. Got {value} instead.' },
)
const ignoreFormat = having(parameter('ignore_format', 'Take numeric columns for categories too.', false, bool), {
  complaint: 'ignore_format takes only booleans True and False. Got {value} instead.',
})
const missingValues = having(parameter('missing_values', 'Refuse empty cells, or leave them.', 'raise', oneOf('raise', 'ignore')), {
  complaint: "missing_values takes only values 'raise' or 'ignore'. Got {value} instead.",
})

/** Transformers of tables, in the order of feature_engine's modules. */
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
      parameter('return_object', 'Return columns of numbers as text.', false, bool),
      having(ignoreFormat, { complaint: 'ignore_format takes only booleans True and False' }),
    ],
    create: params => new CategoricalImputer(params),
  },
  {
    name: 'feature_engine.imputation.ArbitraryNumberImputer',
    aliases: ['feature_engine.imputation.arbitrary_number.ArbitraryNumberImputer'],
    kind: 'transformer',
    doc: 'Fills gaps in numeric columns with a given number.',
    parameters: [
      having(parameter('arbitrary_number', 'The number for gaps.', 999, int(), real()), {
        complaint: 'arbitrary_number must be numeric of type int or float',
      }),
      variables,
      having(parameter('imputer_dict', 'Numbers by column, instead of one for all.', null, dict, none), {
        complaint: 'The parameter can only take a dictionary or None. Got {value} instead.',
      }),
    ],
    create: params => new ArbitraryNumberImputer(params),
  },
  {
    name: 'feature_engine.imputation.AddMissingIndicator',
    aliases: ['feature_engine.imputation.missing_indicator.AddMissingIndicator'],
    kind: 'transformer',
    doc: 'Adds a 0/1 column that tells where a cell was empty.',
    parameters: [
      having(parameter('missing_only', 'Only for columns with gaps in the training data.', true, bool), {
        complaint: 'missing_only takes values True or False',
      }),
      variables,
    ],
    create: params => new AddMissingIndicator(params),
  },
  {
    name: 'feature_engine.encoding.OneHotEncoder',
    aliases: ['feature_engine.encoding.one_hot.OneHotEncoder'],
    kind: 'transformer',
    doc: 'Replaces each text column by one 0/1 column per category, in the order in which categories first appear.',
    parameters: [
      having(parameter('top_categories', 'Encode only this many of the most frequent categories.', null, none, int('[0, inf)')), {
        complaint: 'top_categories takes only positive integers. Got {value} instead',
      }),
      having(parameter('drop_last', 'Leave out the column of the last category.', false, bool), {
        complaint: 'drop_last takes only True or False. Got {value} instead.',
      }),
      having(parameter('drop_last_binary', 'Leave out the second column of columns with two categories.', false, bool), {
        complaint: 'drop_last_binary takes only True or False. Got {value} instead.',
      }),
      variables,
      ignoreFormat,
    ],
    create: params => new FeatureEngineOneHotEncoder(params),
  },
  {
    name: 'feature_engine.encoding.OrdinalEncoder',
    aliases: ['feature_engine.encoding.ordinal.OrdinalEncoder'],
    kind: 'transformer',
    doc: 'Replaces categories by numbers, in the order of the target’s mean or of first appearance.',
    parameters: [
      having(parameter('encoding_method', 'The order of the numbers.', 'ordered', oneOf('ordered', 'arbitrary')), {
        complaint: "encoding_method takes only values 'ordered' and 'arbitrary'",
      }),
      variables,
      missingValues,
      ignoreFormat,
      having(
        parameter(
          'unseen',
          'A category first seen later: leave a gap, refuse it, or give -1.',
          'ignore',
          oneOf('ignore', 'raise', 'encode'),
        ),
        { complaint: 'Parameter `unseen` takes only values ignore, raise, encode. Got {value} instead.' },
      ),
    ],
    create: params => new FeatureEngineOrdinalEncoder(params),
  },
  {
    name: 'feature_engine.encoding.RareLabelEncoder',
    aliases: ['feature_engine.encoding.rare_label.RareLabelEncoder'],
    kind: 'transformer',
    doc: 'Groups rare categories under one name.',
    parameters: [
      having(parameter('tol', 'Smallest share of the rows of a frequent category.', float(0.05), real('[0.0, 1.0]')), {
        complaint: 'tol takes values between 0 and 1. Got {value} instead.',
      }),
      having(parameter('n_categories', 'Columns with no more categories are left alone.', 10, int('[0, inf)')), {
        complaint: 'n_categories takes only positive integer numbers. Got {value} instead.',
      }),
      having(parameter('max_n_categories', 'Most categories that count as frequent.', null, none, int('[0, inf)')), {
        complaint: 'max_n_categories takes only positive integer numbers. Got {value} instead.',
      }),
      having(parameter('replace_with', 'The name for rare categories.', 'Rare', text, int(), real()), {
        complaint: 'replace_with can should be a string, integer or float. Got {value} instead.',
      }),
      variables,
      missingValues,
      ignoreFormat,
    ],
    create: params => new RareLabelEncoder(params),
  },
  {
    name: 'feature_engine.selection.DropFeatures',
    aliases: ['feature_engine.selection.drop_features.DropFeatures'],
    kind: 'transformer',
    doc: 'Leaves out the named columns.',
    parameters: [
      having(required('features_to_drop', 'The columns to leave out.', list(int(), text), text), {
        complaint:
          'features_to_drop should be a list with the name of the variables you wish to drop from the dataframe. Got {value} instead.',
      }),
    ],
    create: params => new DropFeatures(params),
  },
]

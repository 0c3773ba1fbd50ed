import { float, Tuple } from '../../learn/contract.ts'
import {
  KBinsDiscretizer,
  MaxAbsScaler,
  MinMaxScaler,
  Normalizer,
  OneHotEncoder,
  OrdinalEncoder,
  PolynomialFeatures,
  RobustScaler,
  StandardScaler,
} from '../../learn/index.ts'
import type { TargetSpec } from '../contract.ts'
import {
  any,
  array,
  bool,
  callable,
  dtype,
  dtypeName,
  fraction,
  having,
  int,
  list,
  none,
  oneOf,
  parameter,
  randomState,
  text,
  tuple,
} from './parameter.ts'

export const copy = having(parameter('copy', 'Work on a copy of the data.', true, bool), {
  effectless: 'Data is never changed in place here.',
})

const minFrequency = parameter(
  'min_frequency',
  'Group categories that are rarer: a count, or a share of the rows when written with a point.',
  null,
  int('[1, inf)'),
  fraction('(0.0, 1.0)'),
  none,
)
const maxCategories = parameter('max_categories', 'Most categories of a column, the grouped one included.', null, int('[1, inf)'), none)
const categories = parameter('categories', 'Categories per column, or "auto": those of the training data.', 'auto', oneOf('auto'), list())

export const sklearnPreprocessing: readonly TargetSpec[] = [
  {
    name: 'sklearn.preprocessing.StandardScaler',
    aliases: ['sklearn.preprocessing._data.StandardScaler'],
    kind: 'transformer',
    doc: 'Centres each column and divides it by its standard deviation.',
    positional: 0,
    parameters: [
      copy,
      parameter('with_mean', 'Subtract the mean.', true, bool),
      parameter('with_std', 'Divide by the standard deviation.', true, bool),
    ],
    create: params => new StandardScaler(params),
  },
  {
    name: 'sklearn.preprocessing.MinMaxScaler',
    aliases: ['sklearn.preprocessing._data.MinMaxScaler'],
    kind: 'transformer',
    doc: 'Moves each column into a range.',
    positional: 1,
    parameters: [
      parameter('feature_range', 'Smallest and largest value, as a tuple.', new Tuple([0, 1]), tuple),
      copy,
      parameter('clip', 'Keep later values within the range.', false, bool),
    ],
    create: params => new MinMaxScaler(params),
  },
  {
    name: 'sklearn.preprocessing.MaxAbsScaler',
    aliases: ['sklearn.preprocessing._data.MaxAbsScaler'],
    kind: 'transformer',
    doc: 'Divides each column by its largest absolute value.',
    positional: 0,
    parameters: [copy, parameter('clip', 'Keep later values between -1 and 1.', false, bool)],
    create: params => new MaxAbsScaler(params),
  },
  {
    name: 'sklearn.preprocessing.RobustScaler',
    aliases: ['sklearn.preprocessing._data.RobustScaler'],
    kind: 'transformer',
    doc: 'Centres each column at its median and divides it by the range between two quantiles.',
    positional: 0,
    parameters: [
      parameter('with_centering', 'Subtract the median.', true, bool),
      parameter('with_scaling', 'Divide by the range between the quantiles.', true, bool),
      parameter('quantile_range', 'The two quantiles in percent, as a tuple.', new Tuple([float(25), float(75)]), tuple),
      copy,
      parameter('unit_variance', 'Scale such that normally distributed columns have variance 1.', false, bool),
    ],
    create: params => new RobustScaler(params),
  },
  {
    name: 'sklearn.preprocessing.Normalizer',
    aliases: ['sklearn.preprocessing._data.Normalizer'],
    kind: 'transformer',
    doc: 'Divides each row by its length.',
    positional: 1,
    parameters: [parameter('norm', 'How a length is measured.', 'l2', oneOf('l1', 'l2', 'max')), copy],
    create: params => new Normalizer(params),
  },
  {
    name: 'sklearn.preprocessing.OneHotEncoder',
    aliases: ['sklearn.preprocessing._encoders.OneHotEncoder'],
    kind: 'transformer',
    doc: 'Replaces each column by one 0/1 column per category, in sorted order.',
    positional: 0,
    parameters: [
      categories,
      parameter(
        'drop',
        'Leave out a column: of the first category, in columns of two, or of the named ones.',
        null,
        oneOf('first', 'if_binary'),
        array,
        none,
      ),
      parameter('sparse_output', 'Give a sparse matrix.', true, bool),
      dtype(),
      parameter(
        'handle_unknown',
        'What to do with a category that was not there in training.',
        'error',
        oneOf('error', 'ignore', 'infrequent_if_exist', 'warn'),
      ),
      minFrequency,
      maxCategories,
      having(parameter('feature_name_combiner', 'How output columns are named.', 'concat', oneOf('concat'), callable), {
        refused: 'Names are put together with an underscore.',
      }),
    ],
    create: params => new OneHotEncoder({ ...params, dtype: dtypeName(params.dtype) }),
  },
  {
    name: 'sklearn.preprocessing.OrdinalEncoder',
    aliases: ['sklearn.preprocessing._encoders.OrdinalEncoder'],
    kind: 'transformer',
    doc: 'Replaces each category by its place among the sorted ones.',
    positional: 0,
    parameters: [
      categories,
      dtype(),
      parameter(
        'handle_unknown',
        'What to do with a category that was not there in training.',
        'error',
        oneOf('error', 'use_encoded_value'),
      ),
      having(parameter('unknown_value', 'The number for unknown categories.', null, int(), fraction('[-inf, inf]'), any, none), {
        says: "an instance of 'int', an instance of 'float' or None",
      }),
      having(parameter('encoded_missing_value', 'The number for missing cells.', float(Number.NaN), int(), any), {
        says: "an instance of 'int' or an instance of 'float'",
      }),
      minFrequency,
      maxCategories,
    ],
    create: params => new OrdinalEncoder({ ...params, dtype: dtypeName(params.dtype) }),
  },
  {
    name: 'sklearn.preprocessing.KBinsDiscretizer',
    aliases: ['sklearn.preprocessing._discretization.KBinsDiscretizer'],
    kind: 'transformer',
    doc: 'Cuts each column into bins.',
    positional: 1,
    parameters: [
      parameter('n_bins', 'Bins per column: one number, or one per column.', 5, int('[2, inf)'), array),
      parameter(
        'encode',
        'Give 0/1 columns, sparse or dense, or the number of the bin.',
        'onehot',
        oneOf('onehot', 'onehot-dense', 'ordinal'),
      ),
      parameter(
        'strategy',
        'Bins of equal width, of equal count, or around k-means centres.',
        'quantile',
        oneOf('uniform', 'quantile', 'kmeans'),
      ),
      parameter(
        'quantile_method',
        'How numpy finds a quantile between two values.',
        'averaged_inverted_cdf',
        oneOf(
          'inverted_cdf',
          'averaged_inverted_cdf',
          'closest_observation',
          'interpolated_inverted_cdf',
          'hazen',
          'weibull',
          'linear',
          'median_unbiased',
          'normal_unbiased',
        ),
      ),
      having(parameter('dtype', 'Type of the output; float64 is built in.', null, text, callable, none), {
        says: "a type among {<class 'numpy.float32'>, <class 'numpy.float64'>} or None",
      }),
      parameter('subsample', 'Most rows to look at; more are drawn from at random.', 200000, int('[1, inf)'), none),
      randomState('Seed of the draw of these rows.'),
    ],
    create: params => new KBinsDiscretizer({ ...params, dtype: dtypeName(params.dtype) }),
  },
  {
    name: 'sklearn.preprocessing.PolynomialFeatures',
    aliases: ['sklearn.preprocessing._polynomial.PolynomialFeatures'],
    kind: 'transformer',
    doc: 'Makes all products of columns up to a degree.',
    positional: 1,
    parameters: [
      parameter('degree', 'Highest degree, or the lowest and the highest.', 2, int('[0, inf)'), array),
      parameter('interaction_only', 'Only products of different columns.', false, bool),
      parameter('include_bias', 'Begin with a column of ones.', true, bool),
      parameter('order', 'Memory order of the output; F is slower to make.', 'C', oneOf('C', 'F')),
    ],
    create: params => new PolynomialFeatures(params),
  },
]

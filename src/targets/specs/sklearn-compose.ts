import { Callable, float } from '../../learn/contract.ts'
import { ColumnTransformer, FeatureUnion } from '../../learn/index.ts'
import type { TargetSpec } from '../contract.ts'
import { any, bool, callable, dict, having, int, jobs, list, none, object, oneOf, parameter, real, required, text } from './parameter.ts'

const columnJobs = having(jobs, { says: "an instance of 'int' or None" })
const effectless = 'Progress is always reported here.'

export const sklearnCompose: readonly TargetSpec[] = [
  {
    name: 'sklearn.compose.ColumnTransformer',
    aliases: ['sklearn.compose._column_transformer.ColumnTransformer'],
    kind: 'transformer',
    doc: 'Transforms groups of columns, each in its own way, and sets the results side by side.',
    positional: 1,
    parameters: [
      required('transformers', 'Entries of a name, a step and its columns: [[num, {_target_: …}, [Age, Fare]], …].', list()),
      having(
        parameter(
          'remainder',
          'What becomes of the other columns: drop, passthrough, or a step.',
          'drop',
          oneOf('drop', 'passthrough'),
          object('transformer', 'pipeline'),
        ),
        {
          says: "a str among {'drop', 'passthrough'}, an object implementing 'fit' and 'transform' or an object implementing 'fit_transform' and 'transform'",
        },
      ),
      parameter('sparse_threshold', 'The result stays sparse when fewer of its cells are filled.', float(0.3), real('[0.0, 1.0]')),
      columnJobs,
      parameter('transformer_weights', 'Factors by the name of a step.', null, dict, none),
      having(parameter('verbose', 'How much scikit-learn prints while it fits.', false, int('[0, inf)'), bool), {
        says: "an int in the range [0, inf), an instance of 'bool' or an instance of 'numpy.bool'",
        effectless,
      }),
      having(
        parameter('verbose_feature_names_out', 'Prefix output names with their step, or a format for them.', true, bool, text, callable),
        {
          says: "an instance of 'bool' or an instance of 'numpy.bool', an instance of 'str' or a callable",
        },
      ),
    ],
    create: params => new ColumnTransformer(params),
  },
  {
    name: 'sklearn.compose.make_column_selector',
    aliases: ['sklearn.compose._column_transformer.make_column_selector'],
    kind: 'value',
    doc: 'Selects columns of a ColumnTransformer by a pattern of their name, by type, or both.',
    positional: 1,
    parameters: [
      parameter('pattern', 'Regular expression that a name holds.', null, any),
      parameter('dtype_include', 'Types to take: number, str, bool, object, category.', null, any),
      parameter('dtype_exclude', 'Types to leave out.', null, any),
    ],
    create: params => new Callable('make_column_selector', params),
  },
]

export const sklearnFeatureUnion: TargetSpec = {
  name: 'sklearn.pipeline.FeatureUnion',
  kind: 'transformer',
  doc: 'Applies several steps to the same columns and sets the results side by side.',
  positional: 1,
  parameters: [
    required('transformer_list', 'Pairs of a name and a step: [[pca, {_target_: …}], [best, {_target_: …}]].', any),
    having(parameter('n_jobs', 'How many processor cores fit at once.', null, any), {
      effectless: 'Results do not depend on it; the number of workers is chosen by the size of the fit.',
    }),
    parameter('transformer_weights', 'Factors by the name of a step.', null, any),
    having(parameter('verbose', 'How much scikit-learn prints while it fits.', false, any), { effectless }),
    parameter('verbose_feature_names_out', 'Prefix output names with their step.', true, any),
  ],
  create: params => new FeatureUnion(params),
}

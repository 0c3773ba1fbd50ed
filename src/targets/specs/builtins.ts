import { Callable, LearnError, type Params, type ParamValue, Tuple } from '../../learn/contract.ts'
import type { TargetSpec } from '../contract.ts'
import { int, none, parameter, required, text } from './parameter.ts'

const items = ({ items: given }: Params): readonly ParamValue[] =>
  Array.isArray(given) ? given : given instanceof Tuple ? given.items : []

/** What may be handed over by its path: scores, and the types that a dtype means. */
const handedOver =
  /^(?:sklearn\.feature_selection(?:\._univariate_selection)?\.(?:f_classif|f_regression|chi2)|(?:numpy|np)\.(?:float64|float32|number|object_|bool_|int64|integer|floating)|(?:builtins\.)?(?:float|int|str|bool|object))$/

const getter = (name: string): TargetSpec => ({
  name: `hydra.utils.${name}`,
  kind: 'value',
  doc: 'Hands over a function or a type by its path, without calling it.',
  parameters: [required('path', 'Dotted name of the function or type.', text)],
  create: ({ path }) => {
    if (!handedOver.test(String(path))) {
      throw new LearnError('learn/not-built-in', 'ImportError', `Error loading '${path}'`, {
        parameter: 'path',
        hint: 'Known are sklearn.feature_selection.f_classif, f_regression and chi2, and types such as numpy.float64.',
      })
    }
    return new Callable(String(path))
  },
})

/** Python's own containers, where scikit-learn tells a tuple from a list, and Hydra's ways to hand over what is not called. */
export const builtins: readonly TargetSpec[] = [
  {
    name: 'builtins.tuple',
    kind: 'value',
    doc: 'A tuple: `_args_: [[0, 1]]`. Needed where scikit-learn refuses a list, as for feature_range.',
    parameters: [{ name: 'items', types: [{ type: 'list' }], default: [], doc: 'The items.' }],
    create: params => new Tuple(items(params)),
  },
  {
    name: 'builtins.list',
    kind: 'value',
    doc: 'A list: `_args_: [[0, 1]]`.',
    parameters: [{ name: 'items', types: [{ type: 'list' }], default: [], doc: 'The items.' }],
    create: params => [...items(params)],
  },
  {
    name: 'builtins.slice',
    kind: 'value',
    doc: 'A range of columns: `_args_: [0, 3]` or `_args_: [Age, Fare]`.',
    parameters: [
      parameter('start', 'The first; null begins at the beginning.', null, int(), text, none),
      parameter('stop', 'The one after the last, or the last name.', null, int(), text, none),
      parameter('step', 'Take each so many.', null, int(), none),
    ],
    create: params => new Callable('slice', params),
  },
  getter('get_method'),
  getter('get_object'),
  getter('get_class'),
]

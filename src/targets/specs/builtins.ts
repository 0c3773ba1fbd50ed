import { type Params, type ParamValue, Tuple } from '../../learn/contract.ts'
import type { TargetSpec } from '../contract.ts'

const items = ({ items: given }: Params): readonly ParamValue[] =>
  Array.isArray(given) ? given : given instanceof Tuple ? given.items : []

/** Python's own containers, where scikit-learn tells a tuple from a list. */
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
]

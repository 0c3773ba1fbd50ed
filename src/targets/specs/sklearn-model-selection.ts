import { KFold, type Params, StratifiedKFold } from '../../learn/index.ts'
import type { TargetSpec } from '../contract.ts'
import { bool, having, int, none, parameter } from './parameter.ts'

const folds = [
  having(parameter('n_splits', 'Number of folds.', 5, int('[2, inf)')), {
    complaint: 'k-fold cross-validation requires at least one train/test split by setting n_splits=2 or more, got n_splits={value}.',
  }),
  having(parameter('shuffle', 'Shuffle the rows before they are cut.', false, bool), {
    complaint: 'shuffle must be True or False; got {value}',
  }),
  having(parameter('random_state', 'Seed of the shuffle.', null, int('[0, 4294967295]'), none), {
    complaint: '{value} cannot be used to seed a numpy.random.RandomState instance',
  }),
]

/** Ways to cut data into folds, for `task.cv`. */
export const sklearnModelSelection: readonly TargetSpec[] = [
  {
    name: 'sklearn.model_selection.KFold',
    aliases: ['sklearn.model_selection._split.KFold'],
    kind: 'value',
    doc: 'Folds of neighbouring rows, or of shuffled ones.',
    positional: 1,
    parameters: folds,
    create: (params: Params) => new KFold(params),
  },
  {
    name: 'sklearn.model_selection.StratifiedKFold',
    aliases: ['sklearn.model_selection._split.StratifiedKFold'],
    kind: 'value',
    doc: 'Folds in which each class has its share.',
    positional: 1,
    parameters: folds,
    create: (params: Params) => new StratifiedKFold(params),
  },
]

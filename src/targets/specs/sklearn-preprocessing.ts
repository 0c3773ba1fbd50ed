import { StandardScaler } from '../../learn/index.ts'
import type { TargetSpec } from '../contract.ts'
import { bool, having, parameter } from './parameter.ts'

export const copy = having(parameter('copy', 'Work on a copy of the data.', true, bool), {
  effectless: 'Data is never changed in place here.',
})

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
]

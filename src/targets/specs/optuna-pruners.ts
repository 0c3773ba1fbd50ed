import type { Params } from '../../learn/contract.ts'
import { MedianPruner, NopPruner, PercentilePruner, type PrunerWarmup } from '../../study/index.ts'
import type { ParameterSpec, TargetSpec } from '../contract.ts'
import { plainNumbers } from '../node-value.ts'
import { having, int, parameter, real, required } from './parameter.ts'

const warmup: readonly ParameterSpec[] = [
  having(parameter('n_startup_trials', 'Complete trials before anything is pruned.', 5, int('[0, inf)')), {
    complaint: 'Number of startup trials cannot be negative, but got n_startup_trials={value}.',
  }),
  having(parameter('n_warmup_steps', 'Steps of a trial before it may be pruned.', 0, int('[0, inf)')), {
    complaint: 'Number of warmup steps cannot be negative, but got n_warmup_steps={value}.',
  }),
  having(parameter('interval_steps', 'Looks once in so many steps.', 1, int('[1, inf)')), {
    complaint: 'Pruning interval steps must be at least 1, but got interval_steps={value}.',
  }),
  having(parameter('n_min_trials', 'Trials that must have reported at the step.', 1, int('[1, inf)')), {
    complaint: 'Number of trials for pruning must be at least 1, but got n_min_trials={value}.',
  }),
]
const options = (params: Params) => plainNumbers(params) as PrunerWarmup & { percentile: number }

export const optunaPruners: readonly TargetSpec[] = [
  {
    name: 'optuna.pruners.MedianPruner',
    kind: 'pruner',
    doc: 'Stops a trial whose best value so far is worse than the median of complete trials at the same step.',
    positional: 3,
    parameters: warmup,
    create: params => new MedianPruner(options(params)),
  },
  {
    name: 'optuna.pruners.PercentilePruner',
    kind: 'pruner',
    doc: 'Stops a trial whose best value so far is worse than a percentile of complete trials at the same step.',
    positional: 4,
    parameters: [
      having(required('percentile', 'The percentile: 25 keeps the best quarter.', real('[0.0, 100.0]')), {
        complaint: 'Percentile must be between 0 and 100 inclusive, but got percentile={value}.',
      }),
      ...warmup,
    ],
    create: params => {
      const { percentile, ...rest } = options(params)
      return new PercentilePruner(percentile, rest)
    },
  },
  {
    name: 'optuna.pruners.NopPruner',
    kind: 'pruner',
    doc: 'Stops nothing.',
    parameters: [],
    create: () => new NopPruner(),
  },
]

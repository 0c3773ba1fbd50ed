import { float, type Params } from '../../learn/contract.ts'
import {
  HyperbandPruner,
  type HyperbandPrunerOptions,
  MedianPruner,
  NopPruner,
  PatientPruner,
  type PatientPrunerOptions,
  PercentilePruner,
  type Pruner,
  type PrunerWarmup,
  SuccessiveHalvingPruner,
  type SuccessiveHalvingPrunerOptions,
  ThresholdPruner,
  type ThresholdPrunerOptions,
} from '../../study/index.ts'
import type { ParameterSpec, TargetSpec } from '../contract.ts'
import { plainNumbers } from '../node-value.ts'
import { having, int, none, object, oneOf, parameter, real, required, text } from './parameter.ts'

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
  {
    name: 'optuna.pruners.SuccessiveHalvingPruner',
    kind: 'pruner',
    doc: 'Lets the best of each few trials go on for a few times as many steps, again and again.',
    parameters: [
      having(
        parameter('min_resource', 'Steps before the first check; auto: a hundredth of the longest complete trial.', 'auto', int(), text),
        {
          complaint: `The value of \`min_resource\` is {value}, but must be either \`min_resource >= 1\` or 'auto'`,
        },
      ),
      having(parameter('reduction_factor', 'Of so many trials one goes on.', 4, int('[2, inf)')), {
        complaint: 'The value of `reduction_factor` is {value}, but must be `reduction_factor >= 2`',
      }),
      having(parameter('min_early_stopping_rate', 'How many checks the first steps are spared.', 0, int('[0, inf)')), {
        complaint: 'The value of `min_early_stopping_rate` is {value}, but must be `min_early_stopping_rate >= 0`',
      }),
      having(parameter('bootstrap_count', 'Trials that a check needs before any goes on.', 0, int('[0, inf)')), {
        complaint: 'The value of `bootstrap_count` is {value}, but must be `bootstrap_count >= 0`',
      }),
    ],
    create: params => new SuccessiveHalvingPruner(plainNumbers(params) as SuccessiveHalvingPrunerOptions),
  },
  {
    name: 'optuna.pruners.HyperbandPruner',
    kind: 'pruner',
    doc: 'Successive halving in several brackets, which begin to stop trials later and later.',
    parameters: [
      parameter('min_resource', 'Steps before the first check.', 1, int('[1, inf)')),
      having(parameter('max_resource', 'Steps of the longest trial; auto: of the complete ones.', 'auto', int('[1, inf)'), oneOf('auto')), {
        complaint: "The 'max_resource' should be integer or 'auto'. But max_resource = {value}",
      }),
      parameter('reduction_factor', 'Of so many trials one goes on.', 3, int('[2, inf)')),
      parameter('bootstrap_count', 'Trials that a check needs before any goes on.', 0, int('[0, inf)')),
    ],
    create: params => new HyperbandPruner(plainNumbers(params) as HyperbandPrunerOptions),
  },
  {
    name: 'optuna.pruners.ThresholdPruner',
    kind: 'pruner',
    doc: 'Stops a trial that reports less than a lower bound, more than an upper one, or no number.',
    parameters: [
      parameter('lower', 'Values below it stop the trial.', null, real(), none),
      parameter('upper', 'Values above it stop the trial.', null, real(), none),
      having(parameter('n_warmup_steps', 'Steps of a trial before it may be pruned.', 0, int('[0, inf)')), {
        complaint: 'Number of warmup steps cannot be negative but got {value}.',
      }),
      having(parameter('interval_steps', 'Looks once in so many steps.', 1, int('[1, inf)')), {
        complaint: 'Pruning interval steps must be at least 1 but got {value}.',
      }),
    ],
    create: params => new ThresholdPruner(plainNumbers(params) as ThresholdPrunerOptions),
  },
  {
    name: 'optuna.pruners.PatientPruner',
    kind: 'pruner',
    doc: 'Asks another pruner only when a trial has not improved for a while.',
    parameters: [
      required('wrapped_pruner', 'The other pruner; null: stops the trial then.', object('pruner'), none),
      having(required('patience', 'Steps without improvement.', int('[0, inf)')), {
        complaint: 'patience cannot be negative but got {value}.',
      }),
      having(parameter('min_delta', 'What counts as improvement.', float(0), real('[0.0, inf)')), {
        complaint: 'min_delta cannot be negative but got {value}.',
      }),
    ],
    create: ({ wrapped_pruner, ...rest }) =>
      new PatientPruner((wrapped_pruner ?? null) as unknown as Pruner | null, plainNumbers(rest) as PatientPrunerOptions),
  },
]

import { RandomSampler, type RandomSamplerOptions, TPESampler, type TPESamplerOptions } from '../../study/index.ts'
import type { ParameterSpec, TargetSpec } from '../contract.ts'
import { plainNumbers } from '../node-value.ts'
import { bool, having, int, none, oneOf, parameter, real } from './parameter.ts'

export const seed: ParameterSpec = having(
  parameter('seed', 'Seed of all draws; the same seed gives the same trials.', null, none, int('[0, 4294967295]')),
  {
    complaint: 'Seed must be between 0 and 2**32 - 1',
  },
)

/** A parameter that takes a function: a config can only name one of the project's own module, where it is built in at all. */
export const callable = (name: string, doc: string, builtIn = true): ParameterSpec =>
  having(parameter(name, doc, null, none), {
    says: 'a callable or None',
    refused: builtIn ? 'A config cannot hold a function.' : 'Its own strategy is not built in.',
  })

export const warnsOnly = (name: string, fallback: boolean | null): ParameterSpec =>
  having(parameter(name, 'Warn when a parameter is drawn on its own or another than the seeded way.', fallback, bool, none), {
    effectless: 'It only warns.',
  })

const removed = (name: string, doc: string, since: string, ...types: Parameters<typeof parameter>[3][]): ParameterSpec =>
  having(parameter(name, doc, null, none, ...types), {
    deprecated: `\`${name}\` has been deprecated in v${since}. This feature will be removed in v6.0.0. See https://github.com/optuna/optuna/releases/tag/v${since}.`,
  })

export const profile = having(
  parameter('profile', 'Whose trials a seed gives: those of Optuna 5.0 or 4.9.', 'optuna-5', oneOf('optuna-5', 'optuna-4.9')),
  { own: true },
)

/** Given options only, as plain numbers; `null` is Optuna's "not given". */
export const givenOptions = <T>(params: object): T =>
  Object.fromEntries(Object.entries(params).flatMap(([name, value]) => (value === null ? [] : [[name, plainNumbers(value)]]))) as T

export const optunaSamplers: readonly TargetSpec[] = [
  {
    name: 'optuna.samplers.TPESampler',
    aliases: ['optuna.samplers._tpe.sampler.TPESampler'],
    kind: 'sampler',
    doc: 'Proposes values that good trials had and the others had not (tree-structured Parzen estimator).',
    parameters: [
      removed('consider_prior', 'Without effect: the prior is always considered.', '4.3.0', bool),
      removed('prior_weight', 'Weight of the prior against one trial.', '4.9.0', real('[0.0, inf)')),
      removed('consider_magic_clip', 'Keep the widths of kernels from becoming too small.', '4.9.0', bool),
      removed('consider_endpoints', 'Let the bounds take part in the widths of the outermost kernels.', '4.9.0', bool),
      parameter('n_startup_trials', 'Trials drawn at random before it proposes.', 10, int()),
      parameter('n_ei_candidates', 'Candidates drawn per proposal.', 24, int('[1, inf)')),
      callable('gamma', 'How many trials count as good.'),
      callable('weights', 'Weights of trials by age.'),
      seed,
      parameter('multivariate', 'Propose all parameters together; null: yes for one objective.', null, none, bool),
      parameter('group', 'Propose together what occurs together, for conditional spaces.', false, bool),
      warnsOnly('warn_independent_sampling', null),
      parameter('constant_liar', 'Count running trials as bad ones, so that parallel ones differ.', true, bool),
      callable('constraints_func', 'Constraints of a trial.'),
      profile,
    ],
    create: params => new TPESampler(givenOptions<TPESamplerOptions>(params)),
  },
  {
    name: 'optuna.samplers.RandomSampler',
    aliases: ['optuna.samplers._random.RandomSampler'],
    kind: 'sampler',
    doc: 'Draws each parameter on its own, uniformly.',
    parameters: [seed, profile],
    create: params => new RandomSampler(givenOptions<RandomSamplerOptions>(params)),
  },
]

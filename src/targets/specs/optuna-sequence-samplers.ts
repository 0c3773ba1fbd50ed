import type { Params } from '../../learn/contract.ts'
import {
  BruteForceSampler,
  type BruteForceSamplerOptions,
  CmaEsSampler,
  type CmaEsSamplerOptions,
  GridSampler,
  NSGAIISampler,
  type NSGAIISamplerOptions,
  type ParamChoice,
  PartialFixedSampler,
  QMCSampler,
  type QMCSamplerOptions,
  type Sampler,
} from '../../study/index.ts'
import type { ParameterSpec, TargetSpec } from '../contract.ts'
import { plainNumbers } from '../node-value.ts'
import { callable, givenOptions, profile, seed, warnsOnly } from './optuna-samplers.ts'
import { bool, dict, having, int, none, object, oneOf, parameter, real, required, text } from './parameter.ts'

const probability = (name: string, doc: string, fallback: number): ParameterSpec =>
  having(parameter(name, doc, fallback, real('[0.0, 1.0]')), {
    complaint: `\`${name}\` must be a float value within the range [0.0, 1.0].`,
  })

const notOfOurs = (...given: Parameters<typeof parameter>): ParameterSpec =>
  having(parameter(...given), { refused: 'This variant of CMA-ES is not built in.' })

const variants = ['restart_strategy', 'inc_popsize', 'use_separable_cma', 'with_margin', 'lr_adapt', 'source_trials']
/** Without the variants, which are at their defaults here. */
const builtIn = (params: Params): Params => Object.fromEntries(Object.entries(params).filter(([name]) => !variants.includes(name)))

/** Samplers that enumerate, fill or evolve. */
export const optunaSequenceSamplers: readonly TargetSpec[] = [
  {
    name: 'optuna.samplers.GridSampler',
    aliases: ['optuna.samplers._grid.GridSampler'],
    kind: 'sampler',
    doc: 'Tries each combination of given values once, in shuffled order, and ends the study then.',
    parameters: [required('search_space', 'Values per parameter: `{C: [0.1, 1, 10]}`.', dict), seed],
    create: ({ search_space, seed }) =>
      new GridSampler(plainNumbers(search_space) as Record<string, ParamChoice[]>, { seed: plainNumbers(seed) as number | undefined }),
  },
  {
    name: 'optuna.samplers.BruteForceSampler',
    aliases: ['optuna.samplers._brute_force.BruteForceSampler'],
    kind: 'sampler',
    doc: 'Tries all values of a finite search space, also of a conditional one, and ends the study then.',
    parameters: [
      seed,
      parameter('avoid_premature_stop', 'Also waits for the values of running trials, in case these fail.', false, bool),
      profile,
    ],
    create: params => new BruteForceSampler(givenOptions<BruteForceSamplerOptions>(params)),
  },
  {
    name: 'optuna.samplers.QMCSampler',
    aliases: ['optuna.samplers._qmc.QMCSampler'],
    kind: 'sampler',
    doc: 'Fills the space evenly with the points of a low-discrepancy sequence.',
    parameters: [
      having(parameter('qmc_type', 'The sequence.', 'sobol', oneOf('halton', 'sobol')), {
        complaint: "The `qmc_type='{value}'` is invalid. Choose either `halton` or `sobol`.",
      }),
      having(parameter('scramble', 'Randomise the sequence by the seed.', false, bool), {
        refused: 'The scrambled sequences of scipy are not built in.',
      }),
      seed,
      parameter(
        'independent_sampler',
        'Draws the first trial and what lies outside the space; null: at random.',
        null,
        none,
        object('sampler'),
      ),
      warnsOnly('warn_asynchronous_seeding', true),
      warnsOnly('warn_independent_sampling', true),
      profile,
    ],
    create: params => new QMCSampler(givenOptions<QMCSamplerOptions>(params)),
  },
  {
    name: 'optuna.samplers.PartialFixedSampler',
    aliases: ['optuna.samplers._partial_fixed.PartialFixedSampler'],
    kind: 'sampler',
    doc: 'Another sampler, with some parameters fixed.',
    parameters: [
      required('fixed_params', 'Values by parameter: `{max_depth: 3}`.', dict),
      required('base_sampler', 'Proposes the other parameters.', object('sampler')),
    ],
    create: ({ fixed_params, base_sampler }) =>
      new PartialFixedSampler(plainNumbers(fixed_params) as Record<string, ParamChoice>, base_sampler as unknown as Sampler),
  },
  {
    name: 'optuna.samplers.NSGAIISampler',
    aliases: ['optuna.samplers.nsgaii._sampler.NSGAIISampler'],
    kind: 'sampler',
    doc: 'Evolves generations of trials for one or several objectives (NSGA-II).',
    parameters: [
      having(parameter('population_size', 'Trials per generation.', 50, int('[2, inf)')), {
        complaint: '`population_size` must be greater than or equal to 2.',
      }),
      parameter('mutation', 'How a numeric parameter mutates; null: it is drawn anew.', null, none, object('mutation')),
      having(
        parameter('mutation_prob', 'Chance that a parameter mutates; null: one parameter per trial.', null, none, real('[0.0, 1.0]')),
        {
          complaint: '`mutation_prob` must be None or a float value within the range [0.0, 1.0].',
        },
      ),
      parameter('crossover', 'How parents make a child; null: each parameter from one of two.', null, none, object('crossover')),
      probability('crossover_prob', 'Chance that a child has two parents.', 0.9),
      probability('swapping_prob', 'Chance that a parameter comes from the other parent.', 0.5),
      seed,
      callable('constraints_func', 'Constraints of a trial.'),
      callable('elite_population_selection_strategy', 'Chooses the parents of a generation.', false),
      callable('child_generation_strategy', 'Makes a child.', false),
      callable('after_trial_strategy', 'Called after each trial.', false),
      profile,
    ],
    create: params => new NSGAIISampler(givenOptions<NSGAIISamplerOptions>(params)),
  },
  {
    name: 'optuna.samplers.CmaEsSampler',
    aliases: ['optuna.samplers._cmaes.CmaEsSampler'],
    kind: 'sampler',
    doc: 'Learns a normal distribution over the numeric parameters (CMA-ES); as good as Optuna, but not the same trials.',
    parameters: [
      parameter('x0', 'Where the search begins, by parameter; null: in the middle.', null, none, dict),
      parameter('sigma0', 'Width of the first generation; null: a sixth of the narrowest range.', null, none, real('(0.0, inf)')),
      parameter('n_startup_trials', 'Trials drawn by the independent sampler first.', 1, int('[0, inf)')),
      parameter('independent_sampler', 'Draws what is not numeric or not in every trial; null: at random.', null, none, object('sampler')),
      warnsOnly('warn_independent_sampling', true),
      seed,
      parameter('consider_pruned_trials', 'Learn from pruned trials by what they reported last.', false, bool),
      notOfOurs('restart_strategy', 'Begin again when it is stuck.', null, none, text),
      parameter('popsize', 'Trials per generation; null: by the number of parameters.', null, none, int('[2, inf)')),
      notOfOurs('inc_popsize', 'Factor of the population at a restart.', -1, int()),
      notOfOurs('use_separable_cma', 'Learn no correlations.', false, bool),
      notOfOurs('with_margin', 'Keep discrete parameters from freezing.', false, bool),
      notOfOurs('lr_adapt', 'Adapt the learning rate.', false, bool),
      notOfOurs('source_trials', 'Trials of another study to begin from.', null, none),
      profile,
    ],
    create: params => new CmaEsSampler(givenOptions<CmaEsSamplerOptions>(builtIn(params))),
  },
]

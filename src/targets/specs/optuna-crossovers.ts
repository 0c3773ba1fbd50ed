import { float } from '../../learn/contract.ts'
import {
  BLXAlphaCrossover,
  PolynomialMutation,
  SBXCrossover,
  SPXCrossover,
  type TwoChildrenOptions,
  UNDXCrossover,
  type UNDXOptions,
  UniformCrossover,
  VSBXCrossover,
} from '../../study/index.ts'
import type { ParameterSpec, TargetSpec } from '../contract.ts'
import { givenOptions } from './optuna-samplers.ts'
import { having, none, parameter, real } from './parameter.ts'

const twoChildren: readonly ParameterSpec[] = [
  having(
    parameter(
      'eta',
      'Small values allow children far from their parents; null: 2 for one objective, 20 for several.',
      null,
      none,
      real('[0.0, inf)'),
    ),
    {
      complaint: 'The value of `eta` must be greater than or equal to 0.0.',
    },
  ),
  having(parameter('uniform_crossover_prob', 'Chance that the two children exchange a parameter.', 0.5, real('[0.0, 1.0]')), {
    complaint: 'The value of `uniform_crossover_prob` must be in the range [0.0, 1.0].',
  }),
  having(parameter('use_child_gene_prob', "Chance that a parameter is the child's and not the parent's.", 0.5, real('(0.0, 1.0]')), {
    complaint: 'The value of `use_child_gene_prob` must be in the range (0.0, 1.0].',
  }),
]
const module = 'optuna.samplers.nsgaii'

/** How NSGA-II makes children and changes them. */
export const optunaCrossovers: readonly TargetSpec[] = [
  {
    name: `${module}.UniformCrossover`,
    aliases: [`${module}._crossovers._uniform.UniformCrossover`],
    kind: 'crossover',
    doc: 'Each parameter from one of two parents.',
    parameters: [
      having(parameter('swapping_prob', 'Chance that a parameter comes from the second parent.', 0.5, real('[0.0, 1.0]')), {
        complaint: '`swapping_prob` must be a float value within the range [0.0, 1.0].',
      }),
    ],
    create: params => new UniformCrossover(givenOptions<{ swapping_prob?: number }>(params)),
  },
  {
    name: `${module}.BLXAlphaCrossover`,
    aliases: [`${module}._crossovers._blxalpha.BLXAlphaCrossover`],
    kind: 'crossover',
    doc: 'Uniform between two parents and somewhat beyond.',
    parameters: [parameter('alpha', 'How far beyond, as a share of their distance.', 0.5, real())],
    create: params => new BLXAlphaCrossover(givenOptions<{ alpha?: number }>(params)),
  },
  {
    name: `${module}.SBXCrossover`,
    aliases: [`${module}._crossovers._sbx.SBXCrossover`],
    kind: 'crossover',
    doc: 'Near two parents and within the bounds (simulated binary crossover).',
    parameters: twoChildren,
    create: params => new SBXCrossover(givenOptions<TwoChildrenOptions>(params)),
  },
  {
    name: `${module}.VSBXCrossover`,
    aliases: [`${module}._crossovers._vsbx.VSBXCrossover`],
    kind: 'crossover',
    doc: 'Simulated binary crossover that leaves out no region.',
    parameters: twoChildren,
    create: params => new VSBXCrossover(givenOptions<TwoChildrenOptions>(params)),
  },
  {
    name: `${module}.SPXCrossover`,
    aliases: [`${module}._crossovers._spx.SPXCrossover`],
    kind: 'crossover',
    doc: 'Uniform in a simplex around three parents.',
    parameters: [parameter('epsilon', 'How much larger than theirs; null: the root of the number of parameters + 2.', null, none, real())],
    create: params => new SPXCrossover(givenOptions<{ epsilon?: number }>(params)),
  },
  {
    name: `${module}.UNDXCrossover`,
    aliases: [`${module}._crossovers._undx.UNDXCrossover`],
    kind: 'crossover',
    doc: 'Normal around two parents, as wide as a third one is away.',
    parameters: [
      parameter('sigma_xi', 'Spread along the line through the parents.', 0.5, real()),
      parameter('sigma_eta', 'Spread across it; null: 0.35 by the root of the number of parameters.', null, none, real()),
    ],
    create: params => new UNDXCrossover(givenOptions<UNDXOptions>(params)),
  },
  {
    name: `${module}.PolynomialMutation`,
    aliases: [`${module}._mutations._polynomial.PolynomialMutation`],
    kind: 'mutation',
    doc: 'Moves a parameter that mutates instead of drawing it anew.',
    parameters: [
      having(parameter('eta', 'Larger values keep closer to the value that was.', float(20), real('[0.0, inf)')), {
        complaint: '`eta` must be a non-negative float value.',
      }),
    ],
    create: params => new PolynomialMutation(givenOptions<{ eta?: number }>(params)),
  },
]

import type { Params } from '../../learn/contract.ts'
import { categoricalDistribution, floatDistribution, intDistribution, type ParamChoice, type Warn } from '../../study/index.ts'
import type { ParameterSpec, TargetSpec } from '../contract.ts'
import { plainNumbers } from '../node-value.ts'
import { bool, int, list, none, parameter, real, required, text } from './parameter.ts'

const low = required('low', 'Smallest value.', real('(-inf, inf)'))
const high = required('high', 'Largest value; lowered to the last one that the steps reach.', real('(-inf, inf)'))
const log = parameter('log', 'Draw on a logarithmic scale.', false, bool)
const intStep = parameter('step', 'Distance between values.', 1, int())

const options = (params: Params) => plainNumbers(params) as { low: number; high: number; step?: number; q?: number; log?: boolean }

/** A distribution that Optuna deprecates, built as the one that stands in for it. */
function legacy(
  name: string,
  instead: string,
  parameters: readonly ParameterSpec[],
  build: (params: ReturnType<typeof options>, warn?: Warn) => unknown,
): TargetSpec {
  return {
    name: `optuna.distributions.${name}`,
    kind: 'distribution',
    doc: `Deprecated since Optuna 3: ${instead} takes its place.`,
    parameters,
    create: (params, { warn }) => build(options(params), warn),
  }
}

export const optunaDistributions: readonly TargetSpec[] = [
  {
    name: 'optuna.distributions.FloatDistribution',
    kind: 'distribution',
    doc: 'A range of floats: uniform, logarithmic, or in steps.',
    parameters: [low, high, log, parameter('step', 'Distance between values.', null, none, real('(-inf, inf)'))],
    create: (params, { warn }) => {
      const { low, high, log, step } = options(params)
      return floatDistribution(low, high, { log, step }, warn)
    },
  },
  {
    name: 'optuna.distributions.IntDistribution',
    kind: 'distribution',
    doc: 'A range of whole numbers: uniform in steps, or logarithmic.',
    parameters: [low, high, log, intStep],
    create: (params, { warn }) => {
      const { low, high, log, step } = options(params)
      return intDistribution(low, high, { log, step }, warn)
    },
  },
  {
    name: 'optuna.distributions.CategoricalDistribution',
    kind: 'distribution',
    doc: 'A list of choices.',
    parameters: [required('choices', 'The values to choose from.', list(none, bool, int(), real(), text))],
    create: ({ choices }) => categoricalDistribution(plainNumbers(choices) as ParamChoice[]),
  },
  legacy('UniformDistribution', 'FloatDistribution', [low, high], ({ low, high }, warn) => floatDistribution(low, high, {}, warn)),
  legacy('LogUniformDistribution', 'FloatDistribution with log', [low, high], ({ low, high }, warn) =>
    floatDistribution(low, high, { log: true }, warn),
  ),
  legacy(
    'DiscreteUniformDistribution',
    'FloatDistribution with step',
    [low, high, required('q', 'Distance between values.', real('(-inf, inf)'))],
    ({ low, high, q }, warn) => floatDistribution(low, high, { step: q }, warn),
  ),
  legacy('IntUniformDistribution', 'IntDistribution', [low, high, intStep], ({ low, high, step }, warn) =>
    intDistribution(low, high, { step }, warn),
  ),
  legacy('IntLogUniformDistribution', 'IntDistribution with log', [low, high, intStep], ({ low, high, step }, warn) =>
    intDistribution(low, high, { step, log: true }, warn),
  ),
]

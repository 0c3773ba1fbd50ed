import { Float, type Params } from '../../learn/contract.ts'
import type { Written } from '../../study/distributions.ts'
import { categoricalDistribution, floatDistribution, intDistribution, type ParamChoice, type Warn } from '../../study/index.ts'
import { floatText } from '../../study/python-text.ts'
import type { ParameterSpec, TargetSpec } from '../contract.ts'
import { plainNumbers } from '../node-value.ts'
import { bool, int, list, none, parameter, real, required, text } from './parameter.ts'

const low = required('low', 'Smallest value.', real('(-inf, inf)'))
const high = required('high', 'Largest value; lowered to the last one that the steps reach.', real('(-inf, inf)'))
const log = parameter('log', 'Draw on a logarithmic scale.', false, bool)
const intStep = parameter('step', 'Distance between values.', 1, int())

const options = (params: Params) => ({
  ...(plainNumbers(params) as { low: number; high: number; step?: number; q?: number; log?: boolean }),
  written: writtenOf(params),
})

/** Floats that are whole, as Python prints them. */
const writtenOf = ({ low, high, step, q }: Params): Written =>
  Object.fromEntries(
    Object.entries({ low, high, step: step ?? q }).flatMap(([name, value]) =>
      value instanceof Float ? [[name, floatText(value.value)]] : [],
    ),
  )

/** A distribution that Optuna deprecates, built as the one that stands in for it. */
function legacy(
  name: string,
  { is, with: added, renamed }: { readonly is: string; readonly with?: string; readonly renamed?: Readonly<Record<string, string>> },
  parameters: readonly ParameterSpec[],
  build: (params: ReturnType<typeof options>, warn?: Warn) => unknown,
): TargetSpec {
  const instead = added ? `${is} with ${added.split(':')[0]}` : renamed ? `${is} with ${Object.values(renamed)[0]}` : is
  return {
    name: `optuna.distributions.${name}`,
    kind: 'distribution',
    doc: `Deprecated since Optuna 3: ${instead} takes its place.`,
    replacedBy: {
      name: `optuna.distributions.${is}`,
      warning:
        `FutureWarning: ${name} has been deprecated in v3.0.0. This feature will be removed in v6.0.0. ` +
        `See https://github.com/optuna/optuna/releases/tag/v3.0.0. Use :class:\`~optuna.distributions.${is}\` instead.`,
      ...(renamed ? { renamed } : {}),
      ...(added ? { added } : {}),
    },
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
      const { low, high, ...others } = options(params)
      return floatDistribution(low, high, others, warn)
    },
  },
  {
    name: 'optuna.distributions.IntDistribution',
    kind: 'distribution',
    doc: 'A range of whole numbers: uniform in steps, or logarithmic.',
    parameters: [low, high, log, intStep],
    create: (params, { warn }) => {
      const { low, high, ...others } = options(params)
      return intDistribution(low, high, others, warn)
    },
  },
  {
    name: 'optuna.distributions.CategoricalDistribution',
    kind: 'distribution',
    doc: 'A list of choices.',
    parameters: [required('choices', 'The values to choose from.', list(none, bool, int(), real(), text))],
    create: ({ choices }) => categoricalDistribution(plainNumbers(choices) as ParamChoice[]),
  },
  legacy('UniformDistribution', { is: 'FloatDistribution' }, [low, high], ({ low, high, written }, warn) =>
    floatDistribution(low, high, { written }, warn),
  ),
  legacy('LogUniformDistribution', { is: 'FloatDistribution', with: 'log: true' }, [low, high], ({ low, high, written }, warn) =>
    floatDistribution(low, high, { log: true, written }, warn),
  ),
  legacy(
    'DiscreteUniformDistribution',
    { is: 'FloatDistribution', renamed: { q: 'step' } },
    [low, high, required('q', 'Distance between values.', real('(-inf, inf)'))],
    ({ low, high, q, written }, warn) => floatDistribution(low, high, { step: q, written }, warn),
  ),
  legacy('IntUniformDistribution', { is: 'IntDistribution' }, [low, high, intStep], ({ low, high, step, written }, warn) =>
    intDistribution(low, high, { step, written }, warn),
  ),
  legacy(
    'IntLogUniformDistribution',
    { is: 'IntDistribution', with: 'log: true' },
    [low, high, intStep],
    ({ low, high, step, written }, warn) => intDistribution(low, high, { step, log: true, written }, warn),
  ),
]

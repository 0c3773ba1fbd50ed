import { Callable, type ParamValue } from '../../learn/contract.ts'
import type { ParameterSpec, ParameterType, TargetKind } from '../contract.ts'

/** `int('[2, inf)')`: whole numbers of an interval as scikit-learn writes it. */
export function int(interval?: string): ParameterType {
  const { min, max, exclusiveMin } = interval ? bounds(interval) : { min: undefined, max: undefined, exclusiveMin: false }
  return { type: 'int', ...(min === undefined ? {} : { min: exclusiveMin ? min + 1 : min }), ...(max === undefined ? {} : { max }) }
}

/** `real('(0.0, inf]')`: any number of an interval, whole or not. */
export const real = (interval = '[-inf, inf]'): ParameterType => ({ type: 'float', ...bounds(interval) })

/** `fraction('(0.0, 1.0]')`: as `real`, but a whole number written without a point does not count. */
export const fraction = (interval: string): ParameterType => ({ type: 'float', ...bounds(interval), fraction: true })

export const bool: ParameterType = { type: 'bool' }
export const none: ParameterType = { type: 'null' }
export const text: ParameterType = { type: 'str' }
export const dict: ParameterType = { type: 'dict' }
export const tuple: ParameterType = { type: 'tuple' }
export const array: ParameterType = { type: 'array' }
export const callable: ParameterType = { type: 'callable' }
export const any: ParameterType = { type: 'any' }
export const oneOf = (...values: string[]): ParameterType => ({ type: 'enum', values })
export const list = (...items: ParameterType[]): ParameterType => ({ type: 'list', ...(items.length ? { items } : {}) })
export const object = (...kinds: TargetKind[]): ParameterType => ({ type: 'object', kinds })

function bounds(interval: string) {
  const [low, high] = interval.slice(1, -1).split(', ')
  return {
    ...(low === '-inf' ? {} : { min: Number(low) }),
    ...(high === 'inf' ? {} : { max: Number(high) }),
    ...(interval.startsWith('(') ? { exclusiveMin: true as const } : {}),
    ...(interval.endsWith(')') ? { exclusiveMax: true as const } : {}),
  }
}

/** A parameter with a default. `C` is `parameter('C', 'One line.', float(1), real('(0.0, inf]'))`. */
export const parameter = (name: string, doc: string, fallback: ParamValue, ...types: ParameterType[]): ParameterSpec => ({
  name,
  types,
  default: fallback,
  doc,
})

/** A parameter that must be given. */
export const required = (name: string, doc: string, ...types: ParameterType[]): ParameterSpec => ({ name, types, doc })

/** Where a parameter is more than its types: refused, without effect, or said in other words. */
export const having = (spec: ParameterSpec, more: Partial<ParameterSpec>): ParameterSpec => ({ ...spec, ...more })

const seedDoc = 'Seed of all random draws; the same seed gives the same result.'
export const randomState = (doc = seedDoc, fallback: ParamValue = null): ParameterSpec =>
  having(parameter('random_state', doc, fallback, int('[0, 4294967295]'), none), {
    says: "an int in the range [0, 4294967295], an instance of 'numpy.random.mtrand.RandomState' or None",
  })

export const verbose: ParameterSpec = having(
  parameter('verbose', 'How much scikit-learn prints while it fits.', 0, int('[0, inf)'), bool),
  {
    says: "an int in the range [0, inf), an instance of 'bool' or an instance of 'numpy.bool'",
    effectless: 'Progress is always reported here.',
  },
)

export const jobs: ParameterSpec = having(parameter('n_jobs', 'How many processor cores fit at once.', null, none, int()), {
  effectless: 'Results do not depend on it; the number of workers is chosen by the size of the fit.',
})

export const warmStart: ParameterSpec = having(parameter('warm_start', 'Go on from the last fit instead of starting anew.', false, bool), {
  effectless: 'A job fits once, and a first fit is like any other.',
})

/** numpy's type of what comes out; only float64 is built in. */
export const dtype = (fallback: ParamValue = new Callable('float64')): ParameterSpec =>
  parameter('dtype', 'Type of the output; float64 is built in.', fallback, any)

/** A type that was handed over, by its name. */
export const dtypeName = (value: ParamValue | undefined): ParamValue | undefined =>
  value instanceof Callable ? value.name.slice(value.name.lastIndexOf('.') + 1) : value

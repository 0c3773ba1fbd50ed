import { Callable, Float, type ParamValue, Tuple } from '../../learn/contract.ts'
import type { ParameterSpec, ParameterType, TargetKind, TargetSpec } from '../contract.ts'
import { interpolation, or, ref, type Schema } from './schema.ts'

/** What proposes and ends trials, and the parts of it. */
export const studyKinds: readonly TargetKind[] = ['sampler', 'pruner', 'crossover', 'mutation']

const hydraProperties: Schema = {
  _args_: { type: 'array', description: 'Parameters by position.' },
  _partial_: { type: 'boolean', description: 'Give what builds it instead of what is built.' },
  _recursive_: { type: 'boolean', description: 'Whether targets inside are built too.' },
  _convert_: { enum: ['none', 'partial', 'object', 'all'], description: "Hydra's conversion of containers; without effect here." },
}

/** The parameters of a target. */
export function parameters(spec: TargetSpec): Schema {
  const properties = Object.fromEntries(spec.parameters.map(parameter => [parameter.name, parameterSchema(parameter, spec)]))
  const needed = spec.parameters.filter(parameter => parameter.default === undefined).map(({ name }) => name)
  return {
    description: spec.doc,
    properties: { _target_: {}, ...properties, ...hydraProperties },
    additionalProperties: spec.open === true,
    ...(needed.length
      ? { anyOf: [{ required: needed }, { required: ['_args_'] }, { properties: { _partial_: { const: true } }, required: ['_partial_'] }] }
      : {}),
  }
}

function parameterSchema(spec: ParameterSpec, target: TargetSpec): Schema {
  const notes = [
    spec.doc,
    spec.effectless && `Without effect: ${spec.effectless}`,
    spec.deprecated && 'Deprecated.',
    spec.refused && `Only the default: ${spec.refused}`,
  ]
  const fallback = spec.default === undefined || isNaNDefault(spec.default) ? {} : { default: plain(spec.default) }
  const description = notes.filter(Boolean).join(' ')
  const types = spec.types.map(type => typeSchema(type))
  if (target.study && !spec.types.some(({ type }) => type === 'space' || type === 'choices' || type === 'list'))
    types.push(searchSpace(spec))
  const searchable = target.kind === 'distribution' || studyKinds.includes(target.kind) ? [] : [ref('distribution')]
  return { description, ...fallback, anyOf: [...types, ref('interpolation'), ...searchable] }
}

/** JSON has no NaN. */
const isNaNDefault = (value: ParamValue): boolean => value instanceof Float && Number.isNaN(value.value)

function searchSpace({ types }: ParameterSpec): Schema {
  const numeric = types.some(({ type }) => type === 'int' || type === 'float')
  return numeric ? or(ref('choices'), ref('range')) : ref('choices')
}

const number: Schema = { anyOf: [{ type: 'number' }, interpolation] }
/** A search space of numbers. */
export const rangeSchema: Schema = {
  description: 'A range that trials draw from.',
  type: 'object',
  required: ['low', 'high'],
  properties: {
    low: { description: 'Smallest value.', ...number },
    high: { description: 'Largest value.', ...number },
    step: { description: 'Distance between values; whole numbers when all three are.', ...number },
    q: { description: 'Distance between values of a float.', ...number },
    log: { description: 'Draw on a logarithmic scale.', type: 'boolean' },
  },
  additionalProperties: false,
}

function typeSchema(type: ParameterType): Schema {
  switch (type.type) {
    case 'int':
      return { type: 'integer', ...given('minimum', type.min), ...given('maximum', type.max) }
    case 'float':
      return {
        type: 'number',
        ...given(type.exclusiveMin ? 'exclusiveMinimum' : 'minimum', type.min),
        ...given(type.exclusiveMax ? 'exclusiveMaximum' : 'maximum', type.max),
      }
    case 'bool':
      return { type: 'boolean' }
    case 'null':
      return { type: 'null' }
    case 'str':
      return { type: 'string' }
    case 'enum':
      return { enum: type.values }
    case 'list':
      return { type: 'array', ...(type.items ? { items: or(...type.items.map(typeSchema), ref('interpolation')) } : {}) }
    case 'dict':
      return { type: 'object', not: { required: ['_target_'] } }
    case 'tuple':
      return { description: 'A tuple: {_target_: builtins.tuple, _args_: [[…]]}.', type: 'object', required: ['_target_'] }
    case 'array':
      return { description: 'A list, or a tuple.', type: ['array', 'object'] }
    case 'callable':
      return { description: 'A function: {_target_: hydra.utils.get_method, path: …}.', type: 'object', required: ['_target_'] }
    case 'any':
      return {}
    case 'object':
      return ref('anyTarget')
    case 'space':
      return or(ref('choices'), ref('range'))
    case 'choices':
      return { type: 'array', minItems: 1, items: type.values === 'bool' ? { type: 'boolean' } : { enum: type.values } }
  }
}

const given = (keyword: string, value: number | undefined): Schema => (value === undefined ? {} : { [keyword]: value })

function plain(value: ParamValue): unknown {
  if (value instanceof Float) return value.value
  if (value instanceof Tuple) return value.items.map(plain)
  if (value instanceof Callable) return value.name
  if (Array.isArray(value)) return value.map(plain)
  return typeof value === 'bigint' ? Number(value) : value
}

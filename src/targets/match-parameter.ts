import { floatRepr } from '../config/python/index.ts'
import { Callable, Float, type ParamValue, Tuple } from '../learn/contract.ts'
import { aDict } from '../learn/parameters.ts'
import type { ParameterSpec, ParameterType } from './contract.ts'

/** A value that a parameter accepts, in the form its target takes: Python's `True` is also the int 1. */
export interface Match {
  readonly value: ParamValue
}

/** Whether one of a parameter's types takes `value`; undefined when none does. Objects are matched by whoever built them. */
export function matchParameter({ types }: Pick<ParameterSpec, 'types'>, value: ParamValue): Match | undefined {
  if (types.some(type => takes(type, value))) return { value }
  // bool is a subclass of int in Python: `n_estimators: true` is 1 tree.
  if (typeof value === 'boolean' && types.some(type => takes(type, Number(value)))) return { value: Number(value) }
  return undefined
}

function takes(type: ParameterType, value: ParamValue): boolean {
  switch (type.type) {
    case 'null':
      return value === null
    case 'bool':
      return typeof value === 'boolean'
    case 'str':
      return typeof value === 'string'
    case 'enum':
      return typeof value === 'string' && type.values.includes(value)
    case 'int':
      return isInt(value) && Number(value) >= (type.min ?? -Infinity) && Number(value) <= (type.max ?? Infinity)
    case 'float': {
      const number = value instanceof Float ? value.value : isInt(value) ? (type.fraction ? undefined : Number(value)) : value
      return typeof number === 'number' && withinBounds(type, number)
    }
    case 'list':
      return Array.isArray(value) && (!type.items || value.every(item => matchParameter({ types: type.items! }, item)))
    case 'dict':
      return aDict.accepts(value)
    case 'tuple':
      return value instanceof Tuple
    case 'array':
      return Array.isArray(value) || value instanceof Tuple
    case 'callable':
      return value instanceof Callable
    case 'any':
      return true
    default:
      return false
  }
}

const isInt = (value: ParamValue): value is number | bigint => typeof value === 'bigint' || Number.isInteger(value)

function withinBounds(type: ParameterType & { type: 'float' }, value: number): boolean {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = type
  return (type.exclusiveMin ? value > min : value >= min) && (type.exclusiveMax ? value < max : value <= max)
}

/** What a parameter accepts, in scikit-learn's words: `an int in the range [2, inf) or a float in the range (0.0, 1.0]`. */
export function acceptedText({ types, says }: Pick<ParameterSpec, 'types' | 'says'>): string {
  if (says) return says
  const said = types.map(typeText).filter(Boolean)
  return said.length < 2 ? said.join('') : `${said.slice(0, -1).join(', ')} or ${said.at(-1)}`
}

function typeText(type: ParameterType): string {
  switch (type.type) {
    case 'null':
      return 'None'
    case 'bool':
      return "an instance of 'bool' or an instance of 'numpy.bool'"
    case 'str':
      return "an instance of 'str'"
    case 'enum':
      return `a str among {${[...type.values]
        .sort()
        .map(value => `'${value}'`)
        .join(', ')}}`
    case 'int':
      if (type.min === undefined && type.max === undefined) return "an instance of 'int'"
      return `an int in the range ${type.min === undefined ? '(-inf' : `[${type.min}`}, ${type.max === undefined ? 'inf)' : `${type.max}]`}`
    case 'float': {
      const low = type.min === undefined ? '-inf' : floatRepr(type.min)
      const high = type.max === undefined ? 'inf' : floatRepr(type.max)
      return `a float in the range ${type.exclusiveMin ? '(' : '['}${low}, ${high}${type.exclusiveMax ? ')' : ']'}`
    }
    case 'list':
      return "an instance of 'list'"
    case 'dict':
      return "an instance of 'dict'"
    case 'tuple':
      return "an instance of 'tuple'"
    case 'array':
      return 'an array-like'
    case 'callable':
      return 'a callable'
    case 'any':
      return ''
    case 'object':
      return `a ${type.kinds.join(' or ')}`
    case 'space':
      return 'a search space {low, high}'
    case 'choices':
      return 'a list of choices'
  }
}

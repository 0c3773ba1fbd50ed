import type { ConfigNode, MapEntry, MapNode, ScalarNode } from '../../config/node.ts'
import { Callable, LearnError, type Params, type ParamValue } from '../../learn/contract.ts'
import { argumentsOf } from '../arguments.ts'
import type { TargetContext, TargetSpec } from '../contract.ts'
import { pythonName } from '../registry.ts'
import { isPlainDict } from './config-mark.ts'
import type { Floats } from './live-values.ts'

export type Kwargs = Readonly<Record<string, unknown>>

/** Something that a config can call. */
export interface CallableTarget {
  /** As Hydra's errors name it. */
  readonly name: string
  readonly floats: Floats
  readonly call: (args: readonly unknown[], kwargs: Kwargs) => unknown
  /** Checks names and counts of arguments, where the target has a signature. @throws LearnError as Python's TypeError */
  readonly partial: (args: readonly unknown[], kwargs: Kwargs) => unknown
}

type AnyFunction = (...args: unknown[]) => unknown

/**
 * A function or class of JavaScript: positional arguments in their places, then one object with the keyword arguments (left out when there
 * are none but positional ones).
 */
export function functionTarget(name: string, value: AnyFunction): CallableTarget {
  const call = (args: readonly unknown[], kwargs: Kwargs) => {
    const given = args.length > 0 && Object.keys(kwargs).length === 0 ? [...args] : [...args, kwargs]
    return isClass(value) ? Reflect.construct(value, given) : value(...given)
  }
  return { name, floats: 'plain', call, partial: (args, kwargs) => partialOf(name, call, args, kwargs) }
}

const isClass = (value: AnyFunction): boolean => Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false

/** An export of the project's module. */
export function projectTarget(
  full: string,
  { module, name }: { module: string; name: string },
  { modules }: TargetContext,
): CallableTarget {
  const call = (args: readonly unknown[], kwargs: Kwargs) => {
    return modules?.call?.(module, name, kwargs as Params, undefined, args as readonly ParamValue[])
  }
  return { name: full, floats: 'marked', call, partial: (args, kwargs) => partialOf(full, call, args, kwargs) }
}

/** A target that is built in: arguments are told apart by its signature. */
export function builtInTarget(spec: TargetSpec, context: TargetContext): CallableTarget {
  const params = (args: readonly unknown[], kwargs: Kwargs, partial: boolean) => paramsOf(spec, args, kwargs, partial)
  return {
    name: pythonName(spec),
    floats: 'marked',
    call: (args, kwargs) => spec.create(params(args, kwargs, false), context),
    partial: (args, kwargs) => {
      const given = params(args, kwargs, true)
      if (spec.callable) return new Callable(spec.name, given)
      return partialOf(spec.name, (more, named) => spec.create({ ...given, ...params(more, named, true) }, context), [], {})
    },
  }
}

/** `functools.partial`: what is given later comes behind, and takes the place of what has the same name. */
function partialOf(name: string, call: CallableTarget['call'], args: readonly unknown[], kwargs: Kwargs): unknown {
  const later = (...more: unknown[]) => {
    const named = isPlainDict(more.at(-1)) ? (more.pop() as Kwargs) : {}
    return call([...args, ...more], { ...kwargs, ...named })
  }
  return Object.assign(later, { target: name, args, kwargs, toString: () => `functools.partial(${name})` })
}

/** @throws LearnError in the words of Python's TypeError */
function paramsOf(spec: TargetSpec, args: readonly unknown[], kwargs: Kwargs, partial: boolean): Params {
  // the signature is matched on nodes; each stands for a value that was given
  const values = new Map<ConfigNode, unknown>()
  const stand = (value: unknown): ScalarNode => {
    const node: ScalarNode = { kind: 'scalar', type: 'null', value: null, origin: { kind: 'code' } }
    values.set(node, value)
    return node
  }
  const entries = new Map<string, MapEntry>(
    Object.entries(kwargs).map(([name, value]) => [name, { key: { type: 'str', value: name }, node: stand(value) }]),
  )
  const node: MapNode = { kind: 'map', entries, origin: { kind: 'code' } }
  const { given, problems } = argumentsOf(node, spec, { args: args.map(stand), partial, recursive: true, complaints: [] })
  const error = problems[0]
  if (error) throw new LearnError('learn/unknown-parameter', 'TypeError', error.message, error.hint ? { hint: error.hint } : {})
  return Object.fromEntries(given.map(argument => [argument.spec.name, values.get(argument.node) as ParamValue]))
}

import { isConfig } from '../../../src/targets/call/config-mark.ts'

/** The twins of `test/oracle/targets/echo.py`: callables that show what they received. */
export class Marker {
  constructor(readonly name: string) {}
}

class Echo {
  constructor(
    readonly name: string,
    readonly args: readonly unknown[],
    readonly kwargs: object,
  ) {}
}

/** What was given by position, and by name: named arguments come as one object behind the others. */
function split(given: readonly unknown[]): { args: readonly unknown[]; kwargs: Record<string, unknown> } {
  const last = given.at(-1)
  const named = isNamed(last)
  return named ? { args: given.slice(0, -1), kwargs: last as Record<string, unknown> } : { args: given, kwargs: {} }
}

const isNamed = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !isConfig(value) &&
  Object.getPrototypeOf(value) === Object.prototype

const fail = (name: string, message: string): never => {
  throw Object.assign(new Error(message), { name })
}

const echo = (name: string, given: readonly unknown[]) => {
  const { args, kwargs } = split(given)
  return new Echo(name, args, kwargs)
}

export const one = (...given: unknown[]) => echo('one', given)
export const two = (...given: unknown[]) => echo('two', given)
export const first = (...given: unknown[]) => {
  const { args, kwargs } = split(given)
  const values = [...args, ...Object.values(kwargs)]
  return values.length > 0 ? values[0] : fail('StopIteration', '')
}
export const as_dict = (...given: unknown[]) => {
  const { args, kwargs } = split(given)
  const were = args.length === 1 ? '1 was' : `${args.length} were`
  return args.length > 0 ? fail('TypeError', `as_dict() takes 0 positional arguments but ${were} given`) : kwargs
}
export const as_list = (...args: unknown[]) => args
export const nothing = () => null
export const broken = () => fail('ValueError', 'it broke')
export const constant = 3

/** A value as the vectors have it; JavaScript has one type of numbers. */
export function describe(value: unknown): unknown {
  if (value instanceof Echo) return { called: value.name, args: value.args.map(describe), kwargs: describeAll(value.kwargs) }
  if (value instanceof Marker) return { marker: value.name }
  if (typeof value === 'function') {
    if (!('target' in value)) return { function: value.name }
    const { target, args, kwargs } = value as unknown as { target: string; args: unknown[]; kwargs: object }
    return { partial: target.replace('echo.', ''), args: args.map(describe), kwargs: describeAll(kwargs) }
  }
  if (Array.isArray(value)) return { [isConfig(value) ? 'ListConfig' : 'list']: value.map(describe) }
  if (typeof value === 'object' && value !== null) return { [isConfig(value) ? 'DictConfig' : 'dict']: describeAll(value) }
  if (value === null) return { NoneType: null }
  return { [{ boolean: 'bool', number: 'number', string: 'str' }[typeof value as 'boolean'] ?? typeof value]: value }
}

const describeAll = (values: object) => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, describe(value)]))

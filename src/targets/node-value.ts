import type { ConfigNode, MapEntry, ScalarNode } from '../config/node.ts'
import { nodeStr, scalarStr } from '../config/python/index.ts'
import { textKeys } from '../learn/class-weight.ts'
import { Float, float, type ParamValue } from '../learn/contract.ts'

/** A scalar of a config as an estimator takes it: a float stays one even when it is whole. */
export function scalarValue({ type, value }: ScalarNode): ParamValue {
  if (type === 'float') return floatValue(value as number)
  if (type === 'bytes') return scalarStr({ type, value })
  return value as ParamValue
}

/** A float as a parameter's value; only whole ones need a mark. */
export const floatValue = (value: number): ParamValue => (Number.isInteger(value) ? float(value) : value)

/** A config value without targets in it, as data. */
export function nodeValue(node: ConfigNode): ParamValue {
  if (node.kind === 'scalar') return scalarValue(node)
  if (node.kind === 'list') return node.items.map(nodeValue)
  return dictValue([...node.entries.values()].map(({ key, node: value }) => [key, nodeValue(value)]))
}

/** A dict that any key is safe in. */
export function dictValue(entries: readonly (readonly [MapEntry['key'], ParamValue])[]): ParamValue {
  const dict: Record<string, ParamValue> = Object.create(null)
  for (const [key, value] of entries) dict[keyText(key)] = value
  const texts = entries.flatMap(([key]) => (key.type === 'str' && /^-?\d+$/.test(key.value as string) ? [key.value as string] : []))
  // Not enumerable: whoever reads the dict sees its keys and values only.
  if (texts.length) Object.defineProperty(dict, textKeys, { value: new Set(texts) })
  return dict
}

/** A key as text: `0` for the int 0. */
export const keyText = (key: MapEntry['key']): string => (key.type === 'str' ? (key.value as string) : scalarStr(key))

/** The number of an int or float node. */
export function numberOf(node: ConfigNode | undefined): number | undefined {
  return node?.kind === 'scalar' && (node.type === 'int' || node.type === 'float') ? Number(node.value) : undefined
}

export const isInt = (node: ConfigNode | undefined): boolean => node?.kind === 'scalar' && node.type === 'int'

/** A value as Optuna and feature_engine put it into their messages: Python's `str`. */
export const messageText = (node: ConfigNode): string => nodeStr(node)

/** Marked floats as plain numbers, for code that has no ints of its own. */
export function plainNumbers(value: unknown): unknown {
  if (value instanceof Float) return value.value
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(plainNumbers)
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainNumbers(item)]))
}

const isPlain = (value: object): boolean => {
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

import { type ConfigNode, keyId, type MapEntry, type Origin, type ScalarNode, stringOf } from '../../config/node.ts'
import { scalarStr, strRepr } from '../../config/python/index.ts'
import { Float } from '../../learn/contract.ts'
import { scalarValue } from '../node-value.ts'
import { isConfig, isPlainDict, nodeOfConfig } from './config-mark.ts'

/** Objects and functions that stand in a config for one call; a text that no file can hold stands for each in its nodes. */
export type LiveValues = Map<string, unknown>

const origin: Origin = { kind: 'code' }
const scalar = (type: ScalarNode['type'], value: ScalarNode['value']): ScalarNode => ({ kind: 'scalar', type, value, origin })

/** Containers inside containers that an argument may have; a circle has more. */
const deepest = 400

/** A value of a program as a node: data as data, everything else as itself. @throws TypeError for circles */
export function nodeOfValue(value: unknown, live: LiveValues, depth = 0): ConfigNode {
  if (depth > deepest) throw new TypeError('the value is nested too deeply, or contains itself')
  if (value === null || value === undefined) return scalar('null', null)
  if (typeof value === 'boolean') return scalar('bool', value)
  if (typeof value === 'number') return scalar(Number.isInteger(value) ? 'int' : 'float', value)
  if (typeof value === 'bigint') return scalar('int', value)
  if (typeof value === 'string') return scalar('str', value)
  if (value instanceof Float) return scalar('float', value.value)
  if (isNode(value)) return value
  const node = isConfig(value) ? nodeOfConfig(value) : undefined
  if (node) return node
  if (Array.isArray(value)) return { kind: 'list', items: value.map(item => nodeOfValue(item, live, depth + 1)), origin }
  if (!isPlainDict(value)) return liveNode(value, live)
  const entries = new Map<string, MapEntry>()
  for (const [name, item] of Object.entries(value)) {
    const key = { type: 'str' as const, value: name }
    entries.set(keyId(key), { key, node: nodeOfValue(item, live, depth + 1) })
  }
  return { kind: 'map', entries, origin }
}

function liveNode(value: unknown, live: LiveValues): ScalarNode {
  const token = `\0live ${live.size}`
  live.set(token, value)
  return scalar('str', token)
}

/** Whether a value is a node of a composed config. */
export const isNode = (value: unknown): value is ConfigNode =>
  typeof value === 'object' &&
  value !== null &&
  ['scalar', 'map', 'list'].includes((value as Partial<ConfigNode>).kind as string) &&
  typeof (value as Partial<ConfigNode>).origin === 'object'

/** The built-in targets tell `1.0` from `1` by a mark; functions of JavaScript get numbers. */
export type Floats = 'marked' | 'plain'

/** A scalar as a target takes it; bytes stay bytes for functions of JavaScript, ints beyond 2^53 are bigints. */
export function scalarOf(node: ScalarNode, live: LiveValues, floats: Floats): unknown {
  const text = stringOf(node)
  if (text !== undefined && live.has(text)) return live.get(text)
  return floats === 'marked' ? scalarValue(node) : node.value
}

/** Python's name of a value's type. */
export function typeNameOf(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  if (typeof value === 'bigint') return 'int'
  if (typeof value === 'string') return 'str'
  if (typeof value === 'function') return 'function'
  if (value instanceof Float) return 'float'
  if (Array.isArray(value)) return isConfig(value) ? 'ListConfig' : 'list'
  if (isPlainDict(value)) return isConfig(value) ? 'DictConfig' : 'dict'
  return (value as object).constructor?.name || 'object'
}

/** `str(value)` of Python. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(reprOf).join(', ')}]`
  if (isPlainDict(value))
    return `{${Object.entries(value)
      .map(([key, item]) => `${strRepr(key)}: ${reprOf(item)}`)
      .join(', ')}}`
  const node = nodeOfValue(value, new Map())
  return node.kind === 'scalar' && stringOf(node)?.startsWith('\0live') !== true ? scalarStr(node) : String(value)
}

const reprOf = (value: unknown): string => (typeof value === 'string' ? strRepr(value) : textOf(value))

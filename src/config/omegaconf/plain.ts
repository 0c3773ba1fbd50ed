import { type ConfigNode, keyId, type MapEntry, type Origin } from '../node.ts'
import { floatRepr } from '../python/float-repr.ts'
import { scalarStr } from '../python/str.ts'

/** A value that JSON can hold. */
export type PlainValue = null | boolean | number | string | PlainValue[] | { [key: string]: PlainValue }

export interface PlainOptions {
  /** Floats become `{ float: '1.0' }` (Python's repr), so that 1.0 and 1 stay apart and `nan`, `inf` survive JSON. */
  readonly markFloats?: boolean
}

/** A node as plain JavaScript values. Ints beyond 2^53 become text, bytes base64, map keys text. */
export function toPlain(node: ConfigNode, options: PlainOptions = {}): PlainValue {
  if (node.kind === 'list') return node.items.map(item => toPlain(item, options))
  if (node.kind === 'map') {
    const plain: { [key: string]: PlainValue } = {}
    for (const { key, node: value } of node.entries.values()) {
      // `__proto__` is data here.
      Object.defineProperty(plain, scalarStr(key), { value: toPlain(value, options), enumerable: true, configurable: true, writable: true })
    }
    return plain
  }
  const { type, value } = node
  if (type === 'float') return options.markFloats ? { float: floatRepr(value as number) } : (value as number)
  if (type === 'bytes') return btoa(String.fromCharCode(...(value as Uint8Array)))
  return typeof value === 'bigint' ? String(value) : (value as PlainValue)
}

const codeOrigin: Origin = { kind: 'code' }

/** Containers inside containers that a plain value may have; a circle has more. */
const deepestPlain = 400

/**
 * A node from plain JavaScript values: whole numbers are ints, other numbers floats, bigints ints. Maps keep their keys' types.
 * @throws TypeError for what no config can hold (a function, a promise, a circle)
 */
export function nodeFromPlain(value: unknown, origin: Origin = codeOrigin, depth = 0): ConfigNode {
  if (typeof value === 'function' || typeof value === 'symbol' || value instanceof Promise)
    throw new TypeError(`Value '${String(value)}' is not a supported primitive type`)
  if (depth > deepestPlain) throw new TypeError('the value is nested too deeply, or contains itself')
  switch (typeof value) {
    case 'boolean':
      return { kind: 'scalar', type: 'bool', value, origin }
    case 'number':
      return { kind: 'scalar', type: Number.isInteger(value) ? 'int' : 'float', value, origin }
    case 'bigint':
      return { kind: 'scalar', type: 'int', value, origin }
    case 'string':
      return { kind: 'scalar', type: 'str', value, origin }
  }
  if (value instanceof Uint8Array) return { kind: 'scalar', type: 'bytes', value, origin }
  if (Array.isArray(value)) return { kind: 'list', items: value.map(item => nodeFromPlain(item, origin, depth + 1)), origin }
  if (typeof value !== 'object' || value === null) return { kind: 'scalar', type: 'null', value: null, origin }
  const entries = new Map<string, MapEntry>()
  const pairs: Iterable<readonly [unknown, unknown]> = value instanceof Map ? value : Object.entries(value)
  for (const [name, item] of pairs) {
    const made = nodeFromPlain(name)
    const key: MapEntry['key'] = made.kind === 'scalar' ? { type: made.type, value: made.value } : { type: 'str', value: String(name) }
    entries.set(keyId(key), { key, node: nodeFromPlain(item, origin, depth + 1) })
  }
  return { kind: 'map', entries, origin }
}

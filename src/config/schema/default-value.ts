import { type ConfigNode, child, type MapEntry, type MapNode, type ScalarNode, stringOf } from '../node.ts'
import { isMissing, setReadonly } from '../omegaconf/index.ts'
import { ConformStop, conform } from './conform.ts'
import type { SchemaAt, SchemaReader } from './read-schema.ts'
import type { Schema } from './schema.ts'

/** A field of a class, and the schema that says what it is by default. */
export interface Field {
  readonly type: Schema
  readonly at: SchemaAt
}

/** A new value of a class: every field with its default. */
export function prototypeOf(id: string, written: ConfigNode, fields: ReadonlyMap<string, Field>, reader: SchemaReader): MapNode {
  const entries = new Map<string, MapEntry>()
  reader.open.add(id)
  try {
    for (const [name, field] of fields) {
      const node = defaultValue(field, reader)
      const { keySpan } = field.at.node.origin
      entries.set(name, {
        key: { type: 'str', value: name },
        node: keySpan ? { ...node, origin: { ...node.origin, keySpan } } : node,
      })
    }
  } finally {
    reader.open.delete(id)
  }
  const made: MapNode = { kind: 'map', entries, origin: written.origin }
  return isFrozen(written) ? setReadonly(made, true) : made
}

/** `readOnly`: a frozen dataclass, whose values nothing changes. */
const isFrozen = (written: ConfigNode): boolean => {
  const flag = child(written, 'readOnly')
  return flag?.kind === 'scalar' && flag.value === true
}

/** `default` of the schema; a class in which no field needs it is itself; else `???`. */
function defaultValue({ type, at }: Field, reader: SchemaReader): ConfigNode {
  const written = writtenDefault(at, reader)
  if (written) {
    try {
      if (isMissing(written)) return written
      return conform(asNumber(written, type), type, [], { placed: new Map(), by: 'merge', isNew: true })
    } catch (error) {
      if (!(error instanceof ConformStop)) throw error
      reader.tell('schema/default', error.error.lines[0], written, 'the default value does not have the type of the schema')
      return missing(at.node)
    }
  }
  if (type.kind !== 'object' || type.optional || !type.prototype) return missing(at.node)
  if (!reader.open.has(type.id!)) return type.prototype()
  reader.tell('schema/circular', `'${type.name}' contains itself`, at.node, 'let it be null: "type": ["object", "null"]')
  return missing(at.node)
}

/** JSON has one kind of number: `1` is a float where a Union knows no int. */
function asNumber(node: ConfigNode, type: Schema): ConfigNode {
  const isFloat = type.kind === 'union' && type.types.some(one => one.kind === 'float') && !type.types.some(one => one.kind === 'int')
  return isFloat && node.kind === 'scalar' && node.type === 'int' ? { ...node, type: 'float', value: Number(node.value) } : node
}

function writtenDefault(at: SchemaAt, reader: SchemaReader): ConfigNode | undefined {
  const own = child(at.node, 'default')
  if (own) return own
  const target = stringOf(child(at.node, '$ref')) === undefined ? undefined : reader.referenced(at)
  return target && child(target.node, 'default')
}

const missing = ({ origin }: ConfigNode): ScalarNode => ({ kind: 'scalar', type: 'str', value: '???', origin })

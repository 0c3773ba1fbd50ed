import { type ConfigNode, child, type MapNode, stringOf } from '../node.ts'
import { type Field, prototypeOf } from './default-value.ts'
import type { SchemaAt, SchemaReader } from './read-schema.ts'
import { any, type ObjectSchema, type Schema } from './schema.ts'
import { below, className, placeId, type SchemaPlace } from './schema-names.ts'

/** A class and its fields, whose schemas tell their default values. */
export interface ReadClass {
  readonly schema: ObjectSchema & { readonly fields: Record<string, Schema>; readonly bases: Set<string> }
  readonly fields: Map<string, Field>
}

/** The schema of an object with properties as a dataclass; `allOf` references are its bases. */
export function classAt(reader: SchemaReader, { node, place }: SchemaAt): ReadClass {
  const id = placeId(place)
  const made = reader.classes.get(id)
  if (made) return made
  const fields: ReadClass['fields'] = new Map()
  const rest = restOf(reader, { node, place })
  let prototype: MapNode | undefined
  const one: ReadClass = {
    fields,
    schema: {
      kind: 'object',
      name: className(stringOf(child(node, 'title')), place),
      fields: Object.create(null),
      id,
      bases: new Set(),
      ...(rest ? { rest } : {}),
      prototype: () => (prototype ??= prototypeOf(id, node, fields, reader)),
    },
  }
  reader.classes.set(id, one)
  const all = child(node, 'allOf')
  const parents = all?.kind === 'list' ? all.items.map((item, i) => ({ node: item, place: below(place, 'allOf', String(i)) })) : []
  // fields of a dataclass: those of its last base first
  for (const parent of parents.toReversed()) extend(reader, one, parent)
  addProperties(reader, one, { node, place })
  return one
}

function restOf(reader: SchemaReader, { node, place }: { readonly node: ConfigNode; readonly place: SchemaPlace }): Schema | undefined {
  const rest = child(node, 'additionalProperties')
  if (rest?.kind === 'map') return reader.typeOf({ node: rest, place: below(place, 'additionalProperties') })
  return rest?.kind === 'scalar' && rest.value === true ? any : undefined
}

function extend(reader: SchemaReader, one: ReadClass, parent: SchemaAt): void {
  const target = reader.referenced(parent)
  if (!target) {
    addProperties(reader, one, parent)
    return
  }
  const base = classAt(reader, target)
  one.schema.bases.add(base.schema.id!)
  for (const id of base.schema.bases) one.schema.bases.add(id)
  for (const [name, field] of base.fields) {
    one.fields.set(name, field)
    one.schema.fields[name] = field.type
  }
}

function addProperties(reader: SchemaReader, { schema, fields }: ReadClass, { node, place }: SchemaAt): void {
  const properties = child(node, 'properties')
  if (properties?.kind !== 'map') return
  for (const [name, { node: property }] of properties.entries) {
    const at = { node: property, place: below(place, 'properties', name) }
    const type = reader.typeOf(at)
    fields.set(name, { type, at })
    schema.fields[name] = type
  }
}

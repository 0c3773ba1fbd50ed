import type { PathStep } from '../omegaconf/index.ts'
import { type PlacedSchemas, typeAt } from './conform.ts'
import { any, type Schema } from './schema.ts'

/** The type of a key or item of a value of type `schema`; `path` is where that key is. */
export function schemaBelow(schema: Schema, path: readonly PathStep[], placed: PlacedSchemas): Schema {
  const step = path[path.length - 1]
  const key = typeof step === 'number' ? '' : String(step.value)
  let declared: Schema = any
  if (schema.kind === 'object') declared = Object.hasOwn(schema.fields, key) ? schema.fields[key] : (schema.rest ?? any)
  else if (schema.kind === 'dict') declared = schema.value
  else if (schema.kind === 'list') declared = schema.item
  return typeAt(declared, path, placed)
}

/** The type of the place `path` in a composed config. */
export function schemaAt(path: readonly PathStep[], placed: PlacedSchemas): Schema {
  let schema: Schema = placed.get('') ?? any
  for (let length = 1; length <= path.length; length++) schema = schemaBelow(schema, path.slice(0, length), placed)
  return schema
}

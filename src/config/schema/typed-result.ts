import type { ConfigNode } from '../node.ts'
import { fullKeyOf, type PathStep } from '../omegaconf/index.ts'
import { nodeRepr, nodeStr } from '../python/index.ts'
import { ConformStop, conform, type PlacedSchemas } from './conform.ts'
import { convertScalar, pythonType } from './convert-scalar.ts'
import { annotation, isScalarSchema, isSubclass, type ScalarSchema, type Schema, typeText, type UnionSchema } from './schema.ts'
import { schemaAt } from './schema-at.ts'

/** What an interpolation led to, as the type of its place makes it; or OmegaConf's sentence that refuses it, in which `text` is the interpolation. */
export type TypedResult = ConfigNode | { readonly error: string }

/** An interpolation and what it led to. */
export interface Reached {
  readonly value: ConfigNode
  readonly text: string
  /** Where the interpolation stands, and where the value. */
  readonly path: readonly PathStep[]
  readonly from: readonly PathStep[]
}

/** OmegaConf gives the result of an interpolation the type of the place where the interpolation stands. */
export function typedResult({ value, text, path, from }: Reached, types: PlacedSchemas): TypedResult {
  const schema = schemaAt(path, types)
  if (schema.kind === 'any') return value
  const isNull = value.kind === 'scalar' && value.type === 'null'
  if (isNull && schema.optional) return value
  if (isScalarSchema(schema)) {
    const made = isNull ? `Incompatible value 'None' for field of type '${typeText(schema)}'` : scalar(value, schema)
    return typeof made === 'string' ? { error: `While dereferencing interpolation '${text}': ${made}` } : made
  }
  if (schema.kind === 'union') return member(value, schema, isNull)
  if (schema.kind !== 'object' || isNull) return container(value, path, schema, isNull)
  const there = value.kind === 'map' ? schemaAt(from, types) : undefined
  if (there?.kind === 'object' && isSubclass(there, schema)) return value
  return { error: `Invalid type assigned: ${pythonType(value)} is not a subclass of ${schema.name}. value: ${nodeStr(value)}` }
}

function scalar(value: ConfigNode, schema: ScalarSchema): ConfigNode | string {
  if (schema.kind === 'enum' && (value.kind !== 'scalar' || (value.type !== 'str' && value.type !== 'int')))
    return `Value ${nodeRepr(value)} (${configType(value)}) is not a valid input for <enum '${schema.name}'>`
  if (schema.kind === 'str' && value.kind !== 'scalar') return `Cannot convert '${configType(value)}' to string: '${nodeRepr(value)}'`
  return convertScalar(value, schema, 'merge')
}

const configType = (node: ConfigNode) => (node.kind === 'scalar' ? pythonType(node) : node.kind === 'map' ? 'DictConfig' : 'ListConfig')

/** OmegaConf 2.3 does not fill in the templates of these messages. */
function member(value: ConfigNode, schema: UnionSchema, isNull: boolean): TypedResult {
  const hint = annotation(schema)
  if (isNull) return { error: `Value '$VALUE' is incompatible with type hint '${hint}'` }
  if (value.kind !== 'scalar') return { error: `Cannot assign container '$VALUE' of type '$VALUE_TYPE' to ${hint}` }
  if (schema.types.some(one => one.kind === value.type)) return value
  return { error: `Value '$VALUE' of type '$VALUE_TYPE' is incompatible with type hint '${hint}'` }
}

function container(value: ConfigNode, path: readonly PathStep[], schema: Schema, isNull: boolean): TypedResult {
  if (schema.kind === 'list') {
    if (isNull) return { error: 'Non optional ListConfig cannot be constructed from None' }
    if (value.kind !== 'list') return { error: `Invalid value assigned: ${configType(value)} is not a ListConfig, list or tuple.` }
  } else {
    if (isNull) return { error: `field '${fullKeyOf(path)}' is not Optional` }
    if (value.kind === 'scalar') return { error: `Cannot assign ${pythonType(value)} to ${typeText(schema)}` }
    if (value.kind === 'list')
      return { error: `Invalid type assigned: list is not a subclass of ${typeText(schema)}. value: ${nodeStr(value)}` }
  }
  try {
    return conform(value, schema, path, { placed: new Map(), by: 'merge', isNew: true })
  } catch (error) {
    if (error instanceof ConformStop) return { error: error.error.lines[0] }
    throw error
  }
}

import type { ConfigNode, MapNode } from '../node.ts'

/** Types of structured configs: what OmegaConf makes of the annotations of a dataclass. */
export type Schema = AnySchema | ScalarSchema | UnionSchema | ListSchema | DictSchema | ObjectSchema

/** What the schema file says of a value beyond its type. */
interface Described {
  readonly doc?: string
  /** Keywords of JSON Schema that look at the value: `minimum`, `pattern`, … */
  readonly limits?: readonly Limit[]
}

export interface Limit {
  readonly keyword: string
  readonly value: ConfigNode
}

export interface AnySchema extends Described {
  readonly kind: 'any'
}

export type ScalarSchema = PrimitiveSchema | EnumSchema

interface PrimitiveSchema extends Described {
  readonly kind: 'str' | 'int' | 'float' | 'bool'
  readonly optional?: boolean
}

export interface EnumSchema extends Described {
  readonly kind: 'enum'
  readonly name: string
  readonly values: readonly string[]
  /** The values have no numbers: only their names are taken. */
  readonly namesOnly?: boolean
  readonly optional?: boolean
}

/** `Union[int, str]`: nothing is converted. */
export interface UnionSchema extends Described {
  readonly kind: 'union'
  readonly types: readonly ScalarSchema[]
  readonly optional?: boolean
}

export interface ListSchema extends Described {
  readonly kind: 'list'
  readonly item: Schema
  readonly optional?: boolean
}

export interface DictSchema extends Described {
  readonly kind: 'dict'
  readonly value: Schema
  readonly optional?: boolean
}

export interface ObjectSchema extends Described {
  readonly kind: 'object'
  /** Of the dataclass: `JobConf`. */
  readonly name: string
  readonly fields: Readonly<Record<string, Schema>>
  /** Type of keys that are no fields; without it they are errors. */
  readonly rest?: Schema
  /** Where the schema is written, and those of the schemas that it extends. */
  readonly id?: string
  readonly bases?: ReadonlySet<string>
  /** A new value of the type: what its fields are by default. */
  readonly prototype?: () => MapNode
  readonly optional?: boolean
}

export const any: Schema = { kind: 'any' }
export const str: Schema = { kind: 'str' }
export const int: Schema = { kind: 'int' }
export const float: Schema = { kind: 'float' }
export const bool: Schema = { kind: 'bool' }
export const list = (item: Schema): Schema => ({ kind: 'list', item })
export const dict = (value: Schema): Schema => ({ kind: 'dict', value })
export const optional = <S extends Exclude<Schema, AnySchema>>(schema: Schema): S => ({ ...schema, optional: true }) as S
export const object = (name: string, fields: Readonly<Record<string, Schema>>): ObjectSchema => ({ kind: 'object', name, fields })

export const isScalarSchema = (schema: Schema): schema is ScalarSchema =>
  schema.kind === 'str' || schema.kind === 'int' || schema.kind === 'float' || schema.kind === 'bool' || schema.kind === 'enum'

/** Whether a value of `type` may stand where `base` is asked for. */
export const isSubclass = (type: ObjectSchema, base: ObjectSchema): boolean =>
  type.id === undefined ? type.name === base.name : type.id === base.id || (base.id !== undefined && type.bases?.has(base.id) === true)

/** The type as OmegaConf's errors write it. */
export function typeText(schema: Schema): string {
  switch (schema.kind) {
    case 'any':
      return 'Any'
    case 'object':
    case 'enum':
      return schema.name
    case 'list':
      return `List[${annotation(schema.item)}]`
    case 'dict':
      return `Dict[str, ${annotation(schema.value)}]`
    case 'union':
      return `Union[${schema.types.map(typeText).join(', ')}]`
    default:
      return schema.kind
  }
}

/** The same with its `Optional`. */
export const annotation = (schema: Schema): string =>
  schema.kind !== 'any' && schema.optional ? `Optional[${typeText(schema)}]` : typeText(schema)

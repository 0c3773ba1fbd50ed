import type { ConfigNode, ListNode, MapEntry, MapNode, ScalarNode } from '../node.ts'
import { fullKeyOf, isInterpolationNode, isMissing, type PathStep } from '../omegaconf/index.ts'
import { intValue, nodeStr, parseFloat64, parseInt10, scalarRepr, scalarStr } from '../python/index.ts'
import type { ObjectSchema, Schema } from './schema.ts'

/** A value that a typed config does not take: OmegaConf's exception with all its lines. */
export interface ConformError {
  readonly kind: string
  readonly lines: readonly string[]
  readonly node: ConfigNode
}

export class ConformStop extends Error {
  constructor(readonly error: ConformError) {
    super(error.lines[0])
  }
}

/** Types of structured configs by the place where they are in the composed config: `hydra`, `hydra.sweeper`. */
export type PlacedSchemas = ReadonlyMap<string, ObjectSchema>

export interface ConformOptions {
  readonly placed: PlacedSchemas
  /** How the value arrives: merged from a file or set by an override; OmegaConf words some errors differently. */
  readonly by: 'merge' | 'set'
  /** Keys that the type does not have stay (what was there before a type came). */
  readonly lenient?: boolean
  /** What is at the place now: keys that were added to a typed dict may be set again. */
  readonly present?: ConfigNode
}

interface Holder {
  readonly name: string
  readonly isRoot: boolean
}

/**
 * `node` converted to `schema` at `path`, as assigning it to a structured config does: `1` becomes `'1'` in a field of type str.
 * @throws ConformStop
 */
export function conform(node: ConfigNode, schema: Schema, path: readonly PathStep[], options: ConformOptions, holder?: Holder): ConfigNode {
  const placed = options.placed.get(fullKeyOf(path))
  const type: Schema = schema.kind === 'any' && placed && options.by === 'merge' ? { ...placed, optional: true } : schema
  if (type.kind === 'any' || isMissing(node)) return node
  const refuse = (kind: string, message: string, lines: readonly string[]): never => {
    throw new ConformStop({ kind, lines: [...message.split('\n'), ...lines], node })
  }
  const own = `    full_key: ${fullKeyOf(path)}`
  const inHolder = holder ? holderLines(holder) : ['    object_type=dict']
  const atRoot = ['    full_key: ', '    object_type=dict']
  if (node.kind === 'scalar' && node.type === 'null') {
    if (type.optional) return node
    if (isScalarType(type) && options.by === 'merge')
      refuse('ValidationError', `Incompatible value 'None' for field of type '${typeText(type)}'`, [own, ...inHolder])
    const lines = options.by === 'merge' ? typeLines(type) : inHolder
    refuse('ValidationError', `field '${fullKeyOf(path)}' is not Optional`, [own, ...lines])
  }
  switch (type.kind) {
    case 'object': {
      if (node.kind === 'map') return objectMap(node, type, path, options)
      if (isInterpolationNode(node) && options.by === 'set') return node
      const what = `${pythonType(node)} is not a subclass of ${type.name}. value: ${nodeStr(node)}`
      return options.by === 'merge'
        ? refuse('ValidationError', `Merge error: ${what}`, atRoot)
        : refuse('ValidationError', `Invalid type assigned: ${what}`, [own, ...inHolder])
    }
    case 'dict':
      if (node.kind === 'map') {
        const { present } = options
        if (options.by === 'merge' || present?.kind !== 'scalar' || present.type !== 'null') return dictMap(node, type.value, path, options)
        // OmegaConf 2.3 cannot merge a dict into a typed dict that is null
        if (node.entries.size === 0) return present
        const lines = [own, `    reference_type=Optional[${typeText(type)}]`, '    object_type=NoneType']
        return refuse('AttributeError', "'NoneType' object has no attribute 'get'", lines)
      }
      if (isInterpolationNode(node)) return node
      if (node.kind === 'list') return refuse('ConfigTypeError', 'Cannot merge DictConfig with ListConfig', atRoot)
      return refuse('ValidationError', `Cannot assign ${pythonType(node)} to Dict[str, ${typeText(type.value)}]`, [own, ...inHolder])
    case 'list':
      if (node.kind === 'list') return items(node, type.item, path, options)
      if (isInterpolationNode(node)) return node
      if (node.kind === 'map') return refuse('ConfigTypeError', 'Cannot merge DictConfig with ListConfig', atRoot)
      return refuse(
        'ValidationError',
        `Invalid value assigned: ${options.by === 'merge' ? 'AnyNode' : pythonType(node)} is not a ListConfig, list or tuple.`,
        [own, ...inHolder],
      )
    default: {
      if (isInterpolationNode(node)) return node
      const converted = convert(node, type, options.by)
      return typeof converted === 'string' ? refuse('ValidationError', converted, [own, ...inHolder]) : converted
    }
  }
}

/** Lines that OmegaConf adds about the typed dict that holds the value. */
export const holderLines = ({ name, isRoot }: Holder): string[] =>
  isRoot ? [`    object_type=${name}`] : [`    reference_type=${name}`, `    object_type=${name}`]

/** A config that was merged as a whole (`hydra`, `hydra.sweeper`) has no reference type; a field of one has. */
export const holderOf = (schema: ObjectSchema, path: readonly PathStep[], placed: PlacedSchemas): Holder => ({
  name: schema.name,
  isRoot: placed.has(fullKeyOf(path)),
})

function objectMap(node: MapNode, schema: ObjectSchema, path: readonly PathStep[], options: ConformOptions): MapNode {
  const holder = holderOf(schema, path, options.placed)
  const { present } = options
  return mapEntries(node, (id, entry) => {
    const here = [...path, entry.key]
    const field = entry.key.type === 'str' && Object.hasOwn(schema.fields, id) ? schema.fields[id] : undefined
    const before = present?.kind === 'map' ? present.entries.get(id)?.node : undefined
    if (field) return conform(entry.node, field, here, { ...options, present: before }, holder)
    if (options.lenient || before) return entry.node
    const lines = [`Key '${scalarStr(entry.key)}' not in '${schema.name}'`, `    full_key: ${fullKeyOf(here)}`, ...holderLines(holder)]
    throw new ConformStop({ kind: 'ConfigKeyError', lines, node: entry.node })
  })
}

function dictMap(node: MapNode, value: Schema, path: readonly PathStep[], options: ConformOptions): MapNode {
  const lines = [`    reference_type=Dict[str, ${typeText(value)}]`, '    object_type=dict']
  return mapEntries(node, (_, { key, node: child }) => {
    const here = [...path, key]
    if (key.type !== 'str') {
      const message = `Key ${scalarStr(key)} (${key.type === 'null' ? 'NoneType' : key.type}) is incompatible with (str)`
      throw new ConformStop({ kind: 'KeyValidationError', lines: [message, `    full_key: ${fullKeyOf(here)}`, ...lines], node: child })
    }
    return conform(child, value, here, { ...options, present: undefined })
  })
}

function mapEntries(node: MapNode, change: (id: string, entry: MapEntry) => ConfigNode): MapNode {
  const entries = new Map<string, MapEntry>()
  for (const [id, entry] of node.entries) entries.set(id, { key: entry.key, node: change(id, entry) })
  return { ...node, entries }
}

function items(node: ListNode, item: Schema, path: readonly PathStep[], options: ConformOptions): ListNode {
  const lines = (index: number) => [
    `    full_key: ${fullKeyOf([...path, index])}`,
    `    reference_type=List[${typeText(item)}]`,
    '    object_type=list',
  ]
  const made = node.items.map((one, index) => {
    const isNull = one.kind === 'scalar' && one.type === 'null'
    if ((isNull && isScalarType(item)) || (one.kind === 'scalar' && item.kind === 'object' && !isMissing(one))) {
      const message = `Invalid type assigned: ${pythonType(one)} is not a subclass of ${typeText(item)}. value: ${nodeStr(one)}`
      throw new ConformStop({ kind: 'ValidationError', lines: [message, ...lines(index)], node: one })
    }
    return conform(one, item, [...path, index], { ...options, present: undefined })
  })
  return { ...node, items: made }
}

const isScalarType = ({ kind }: Schema) => kind === 'str' || kind === 'int' || kind === 'float' || kind === 'bool' || kind === 'enum'

export function typeText(schema: Schema): string {
  if (schema.kind === 'any') return 'Any'
  if (schema.kind === 'object' || schema.kind === 'enum') return schema.name
  if (schema.kind === 'list') return `List[${typeText(schema.item)}]`
  return schema.kind === 'dict' ? `Dict[str, ${typeText(schema.value)}]` : schema.kind
}

function typeLines(schema: Schema): string[] {
  if (schema.kind === 'object') return [`    reference_type=${schema.name}`, `    object_type=${schema.name}`]
  return [`    reference_type=${typeText(schema)}`, `    object_type=${schema.kind === 'list' ? 'list' : 'dict'}`]
}

function pythonType(node: ConfigNode): string {
  if (node.kind !== 'scalar') return node.kind === 'map' ? 'dict' : 'list'
  return node.type === 'null' ? 'NoneType' : node.type
}

type ScalarSchema = Extract<Schema, { kind: 'str' | 'int' | 'float' | 'bool' | 'enum' }>

const trueWords = new Set(['yes', 'y', 'on', 'true'])
const falseWords = new Set(['no', 'n', 'off', 'false'])

/** The scalar that a field of the type makes of a value, or the sentence that refuses it. */
function convert(node: ConfigNode, type: ScalarSchema, by: 'merge' | 'set'): ScalarNode | string {
  const valueType =
    node.kind === 'scalar' ? pythonType(node) : by === 'set' ? pythonType(node) : node.kind === 'map' ? 'DictConfig' : 'ListConfig'
  const of = (kind: ScalarNode['type'], value: ScalarNode['value']): ScalarNode => ({
    kind: 'scalar',
    type: kind,
    value,
    origin: node.origin,
  })
  switch (type.kind) {
    case 'str':
      if (node.kind !== 'scalar' || node.type === 'bytes') return `Cannot convert '${valueType}' to string: '${nodeStr(node)}'`
      return node.type === 'str' ? node : of('str', scalarStr(node))
    case 'int': {
      if (node.kind === 'scalar' && node.type === 'int') return node
      const value = node.kind === 'scalar' && node.type === 'str' ? parseInt10(node.value as string) : undefined
      return value === undefined
        ? `Value '${nodeStr(node)}' of type '${valueType}' could not be converted to Integer`
        : of('int', intValue(value))
    }
    case 'float': {
      if (node.kind === 'scalar' && node.type === 'float') return node
      if (node.kind === 'scalar' && node.type === 'int') return of('float', Number(node.value))
      const value = node.kind === 'scalar' && node.type === 'str' ? parseFloat64(node.value as string) : undefined
      return value === undefined ? `Value '${nodeStr(node)}' of type '${valueType}' could not be converted to Float` : of('float', value)
    }
    case 'bool': {
      if (node.kind === 'scalar') {
        if (node.type === 'bool') return node
        if (node.type === 'int') return of('bool', node.value !== 0 && node.value !== 0n)
        const word = node.type === 'str' ? (node.value as string).toLowerCase() : ''
        if (trueWords.has(word) || falseWords.has(word)) return of('bool', trueWords.has(word))
        const number = node.type === 'str' ? parseInt10(word) : undefined
        if (number !== undefined) return of('bool', number !== 0n)
      }
      return `Value '${nodeStr(node)}' is not a valid bool (type ${valueType})`
    }
    case 'enum': {
      const text = node.kind === 'scalar' ? scalarStr(node) : ''
      const name = text.startsWith(`${type.name}.`) ? text.slice(type.name.length + 1) : text
      if (node.kind === 'scalar' && node.type === 'str' && type.values.includes(name)) return of('str', name)
      if (node.kind === 'scalar' && node.type === 'int' && type.values[Number(node.value) - 1])
        return of('str', type.values[Number(node.value) - 1])
      return `Invalid value '${node.kind === 'scalar' ? scalarStr(node) : scalarRepr({ type: 'str', value: nodeStr(node) })}', expected one of [${type.values.join(', ')}]`
    }
  }
}

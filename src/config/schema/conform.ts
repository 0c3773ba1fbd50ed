import { type ConfigNode, keyId, type ListNode, type MapEntry, type MapNode } from '../node.ts'
import { fullKeyOf, isInterpolationNode, isMissing, mergeMaps, type PathStep } from '../omegaconf/index.ts'
import { nodeStr, scalarStr } from '../python/index.ts'
import { convertScalar, pythonType } from './convert-scalar.ts'
import { annotation, any, isScalarSchema, isSubclass, type ObjectSchema, type Schema, typeText, type UnionSchema } from './schema.ts'

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
  /** Default values and items of a list are made anew, where others are changed. */
  readonly isNew?: boolean
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
  const type = options.by === 'merge' ? typeAt(schema, path, options.placed) : schema
  if (type.kind === 'any' || isMissing(node)) return node
  const refuse = (kind: string, message: string, lines: readonly string[]): never => {
    throw new ConformStop({ kind, lines: [...message.split('\n'), ...lines], node })
  }
  const own = `    full_key: ${fullKeyOf(path)}`
  const inHolder = holder ? holderLines(holder) : ['    object_type=dict']
  const atRoot = ['    full_key: ', '    object_type=dict']
  if (node.kind === 'scalar' && node.type === 'null') {
    if (type.optional) return node
    if (isScalarSchema(type) && options.by === 'merge')
      refuse('ValidationError', `Incompatible value 'None' for field of type '${typeText(type)}'`, [own, ...inHolder])
    const lines = options.by === 'merge' ? typeLines(type) : inHolder
    refuse('ValidationError', `field '${fullKeyOf(path)}' is not Optional`, [own, ...lines])
  }
  switch (type.kind) {
    case 'object': {
      if (node.kind === 'map') return expanded(objectMap(node, type, path, options), type, path, options)
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
      const converted = type.kind === 'union' ? member(node, type) : convertScalar(node, type, options.by)
      return typeof converted === 'string' ? refuse('ValidationError', converted, [own, ...inHolder]) : converted
    }
  }
}

/** The type of a place: a structured config that was put there is the field's own type or one that extends it. */
export function typeAt(schema: Schema, path: readonly PathStep[], placed: PlacedSchemas): Schema {
  const there = placed.size > 0 ? placed.get(fullKeyOf(path)) : undefined
  if (!there) return schema
  if (schema.kind === 'any') return { ...there, optional: true }
  return schema.kind === 'object' && isSubclass(there, schema) ? { ...there, optional: schema.optional } : schema
}

/** A Union takes what has one of its types as it is. */
function member(node: ConfigNode, type: UnionSchema): ConfigNode | string {
  if (node.kind === 'scalar' && type.types.some(one => one.kind === node.type)) return node
  if (node.kind !== 'scalar') {
    const container = node.kind === 'map' ? 'DictConfig' : 'ListConfig'
    return `Cannot assign container '${nodeStr(node)}' of type '${container}' to ${annotation(type)}`
  }
  const named = type.types.find(one => one.kind === 'enum')
  const converted = named && node.type === 'str' ? convertScalar(node, named, 'merge') : ''
  if (typeof converted !== 'string') return converted
  return `Value '${nodeStr(node)}' of type '${pythonType(node)}' is incompatible with type hint '${annotation(type)}'`
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
    // a container that was there before a scalar's type came has kept its place only where the type came without a value
    if (options.lenient && field && entry.node.kind !== 'scalar' && isScalarSchema(field)) return entry.node
    if (field) return conform(entry.node, field, here, { ...options, present: before }, holder)
    if (schema.rest) return conform(entry.node, schema.rest, here, { ...options, present: before }, holder)
    if (options.lenient || before) return conform(entry.node, any, here, { ...options, present: before }, holder)
    const lines = [`Key '${scalarStr(entry.key)}' not in '${schema.name}'`, `    full_key: ${fullKeyOf(here)}`, ...holderLines(holder)]
    throw new ConformStop({ kind: 'ConfigKeyError', lines, node: entry.node })
  })
}

/** A dict that comes where no value of the type is yet becomes one: the other fields have their defaults. */
function expanded(node: MapNode, type: ObjectSchema, path: readonly PathStep[], { present, by, isNew }: ConformOptions): MapNode {
  if (!type.prototype || (present && present.kind !== 'scalar')) return node
  const fresh = type.prototype()
  const [first] = node.entries.values()
  if (fresh.readonly && !node.readonly && first && by === 'merge' && !isNew) {
    const lines = [
      `    full_key: ${fullKeyOf([...path, first.key])}`,
      `    reference_type=${annotation(type)}`,
      `    object_type=${type.name}`,
    ]
    throw new ConformStop({ kind: 'ReadonlyConfigError', lines: ['Cannot set value of read-only config node', ...lines], node: first.node })
  }
  const merged = mergeMaps(fresh, node)
  return 'node' in merged ? { ...merged.node, origin: node.origin } : node
}

function dictMap(node: MapNode, value: Schema, path: readonly PathStep[], options: ConformOptions): MapNode {
  const { present } = options
  const lines = [`    reference_type=Dict[str, ${typeText(value)}]`, '    object_type=dict']
  return mapEntries(node, (_, { key, node: child }) => {
    const here = [...path, key]
    if (key.type !== 'str') {
      const message = `Key ${scalarStr(key)} (${key.type === 'null' ? 'NoneType' : key.type}) is incompatible with (str)`
      throw new ConformStop({ kind: 'KeyValidationError', lines: [message, `    full_key: ${fullKeyOf(here)}`, ...lines], node: child })
    }
    const before = present?.kind === 'map' ? present.entries.get(keyId(key))?.node : undefined
    return conform(child, value, here, { ...options, present: before })
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
    if ((isNull && isScalarSchema(item)) || (one.kind === 'scalar' && item.kind === 'object' && !isMissing(one))) {
      const message = `Invalid type assigned: ${pythonType(one)} is not a subclass of ${typeText(item)}. value: ${nodeStr(one)}`
      throw new ConformStop({ kind: 'ValidationError', lines: [message, ...lines(index)], node: one })
    }
    return conform(one, item, [...path, index], { ...options, present: undefined, isNew: true })
  })
  return { ...node, items: made }
}

function typeLines(schema: Schema): string[] {
  if (schema.kind === 'object') return [`    reference_type=${schema.name}`, `    object_type=${schema.name}`]
  return [`    reference_type=${typeText(schema)}`, `    object_type=${schema.kind === 'list' ? 'list' : 'dict'}`]
}

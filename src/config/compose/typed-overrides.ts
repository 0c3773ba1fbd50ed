import type { ConfigNode, MapNode } from '../node.ts'
import { childAt, fullKeyOf, isInterpolationNode, isMissing, type PathStep, splitKey, stringStep } from '../omegaconf/index.ts'
import { nodeStr } from '../python/index.ts'
import { type ConformError, ConformStop, conform, holderLines, holderOf, type PlacedSchemas } from '../schema/conform.ts'
import { any, isScalarSchema, type ObjectSchema, type Schema, typeText } from '../schema/schema.ts'

interface TypedPlace {
  readonly schema: Schema
  /** What the holder says of it: another type may have come since. */
  readonly declared: Schema
  /** The typed dict in which the value stands. */
  readonly holder?: { readonly schema: ObjectSchema; readonly path: readonly PathStep[] }
  readonly steps: readonly PathStep[]
  readonly present?: ConfigNode
}

/** The value as its place's type makes it; an error where the type has no such key or does not take the value. */
export function typedValue(
  root: MapNode,
  path: string,
  value: ConfigNode,
  { placed, add }: { readonly placed: PlacedSchemas; readonly add: boolean },
): { readonly value: ConfigNode } | { readonly error: ConformError } {
  try {
    const { schema, declared, holder, steps, present } = placeOf(root, path, placed, add ? 'add' : 'change')
    const place = holder && holderOf(holder.schema, holder.path, placed)
    if (schema.kind === 'object' && value.kind === 'map' && (add || present))
      refuseNew(schema, value, { steps, ...(present ? { present } : {}) })
    // a field of any type takes what is no dict; a dict is merged into the structured config there
    // a container that was there before its type came has stayed without one
    const isOlder = isScalarSchema(schema) && present !== undefined && present.kind !== 'scalar' && value.kind !== 'scalar'
    const given = isOlder || (declared.kind === 'any' && value.kind !== 'map') ? any : schema
    if (given.kind === 'object' && given.prototype && isNull(present) && value.kind === 'map' && value.entries.size === 0)
      return { value: present! }
    return { value: conform(value, given, steps, { placed, by: 'set', present }, place) }
  } catch (error) {
    if (!(error instanceof ConformStop)) throw error
    return { error: error.error }
  }
}

const isNull = (node: ConfigNode | undefined) => node?.kind === 'scalar' && node.type === 'null'

/** OmegaConf makes no structured config of a dict where there is none: not of null, nor as a new value of a typed dict. */
function refuseNew(schema: ObjectSchema, value: MapNode, { steps, present }: Pick<TypedPlace, 'steps' | 'present'>): void {
  const own = `    full_key: ${fullKeyOf(steps)}`
  if (!present && schema.prototype) {
    const message = `Invalid type assigned: dict is not a subclass of ${schema.name}. value: ${nodeStr(value)}`
    throw new ConformStop({ kind: 'ValidationError', lines: [message, own], node: value })
  }
  if (!isNull(present) || !schema.optional || value.entries.size === 0) return
  const lines = ["'NoneType' object has no attribute 'get'", own, `    reference_type=Optional[${schema.name}]`, '    object_type=NoneType']
  throw new ConformStop({ kind: 'AttributeError', lines, node: value })
}

/** What is on the way to a value and cannot hold it. */
function refuseOnTheWay(
  schema: Schema,
  node: ConfigNode | undefined,
  { steps, holder }: Pick<TypedPlace, 'steps' | 'holder'>,
  { root, how }: { readonly root: MapNode; readonly how: 'add' | 'change' },
): void {
  if (!node && how === 'change') return
  const isValue = (isScalarSchema(schema) || schema.kind === 'union') && (!node || (node.kind === 'scalar' && !isInterpolationNode(node)))
  if (isValue) conform(emptyMap, schema, steps, { placed: new Map(), by: 'set' }, holder && { name: holder.schema.name, isRoot: false })
  const isHolder = schema.kind === 'dict' || schema.kind === 'list' || (schema.kind === 'object' && schema.prototype)
  if (!isHolder) return
  const own = `    full_key: ${fullKeyOf(steps)}`
  const lines = [own, `    object_type=${holder?.schema.name ?? 'dict'}`]
  const stop = (kind: string, message: string) => new ConformStop({ kind, lines: [message, ...lines], node: node ?? root })
  if (!node && schema.kind === 'object')
    throw stop('ValidationError', `Invalid type assigned: dict is not a subclass of ${schema.name}. value: {}`)
  if (!node) return
  if (isMissing(node)) throw stop('MissingMandatoryValue', `Missing mandatory value: ${fullKeyOf(steps)}`)
  if (isNull(node)) throw stop('AttributeError', 'Unexpected type for root: NoneType')
}

/** OmegaConf's refusal to delete from a structured config. */
export function deletionError(root: MapNode, path: string, placed: PlacedSchemas): string | undefined {
  const { holder, steps } = placeOf(root, path, placed, 'add')
  // Hydra opens the root before it deletes
  if (!holder || holder.path.length === 0) return undefined
  const lines = holderLines(holderOf(holder.schema, holder.path, placed))
  return [`${holder.schema.name} (DictConfig) does not support deletion`, `    full_key: ${fullKeyOf(steps)}`, ...lines].join('\n')
}

function placeOf(root: MapNode, path: string, placed: PlacedSchemas, how: 'add' | 'change'): TypedPlace {
  let node: ConfigNode | undefined = root
  let schema: Schema = placed.get('') ?? any
  let declared = schema
  let holder: TypedPlace['holder']
  const steps: PathStep[] = []
  const keys = splitKey(path)
  for (const [i, key] of keys.entries()) {
    const next: ConfigNode | undefined = node && childAt(node, key)
    const here: PathStep = node?.kind === 'list' ? Number(key) : stringStep(key)
    holder = schema.kind === 'object' ? { schema, path: [...steps] } : undefined
    const isIndex = typeof here !== 'number' || !Number.isNaN(here)
    steps.push(here)
    if (schema.kind === 'object') {
      if (!Object.hasOwn(schema.fields, key) && !schema.rest && !next && how === 'change') {
        const lines = holderLines(holderOf(schema, steps.slice(0, -1), placed))
        const error = [`Key '${key}' not in '${schema.name}'`, `    full_key: ${fullKeyOf(steps)}`, ...lines]
        throw new ConformStop({ kind: 'ConfigAttributeError', lines: error, node: root })
      }
      schema = Object.hasOwn(schema.fields, key) ? schema.fields[key] : (schema.rest ?? any)
    } else if (schema.kind === 'dict') {
      if (node?.kind === 'scalar' && node.type === 'null') {
        // OmegaConf 2.3 puts nothing below a typed dict that is null
        throw new ConformStop({ kind: 'AttributeError', lines: ['Unexpected type for root: NoneType'], node: root })
      }
      if (!next && how === 'change') {
        const lines = [`    full_key: ${fullKeyOf(steps)}`, `    reference_type=${typeText(schema)}`, '    object_type=dict']
        throw new ConformStop({ kind: 'ConfigAttributeError', lines: [`Key '${key}' is not in struct`, ...lines], node: root })
      }
      schema = schema.value
    } else schema = schema.kind === 'list' && isIndex ? schema.item : any
    node = next
    declared = schema
    // a null that took the place of a structured config has lost its type
    const typed = placed.get(fullKeyOf(steps))
    if (typed && node?.kind === 'map') schema = typed
    if (i < keys.length - 1) refuseOnTheWay(schema, node, { steps, ...(holder ? { holder } : {}) }, { root, how })
  }
  return { schema, declared, steps, ...(holder ? { holder } : {}), ...(node ? { present: node } : {}) }
}

const emptyMap: MapNode = { kind: 'map', entries: new Map(), origin: { kind: 'code' } }

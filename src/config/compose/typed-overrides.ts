import { type ConformError, ConformStop, conform, holderLines, holderOf, type PlacedSchemas, typeText } from '../hydra/conform.ts'
import { any, type ObjectSchema, type Schema } from '../hydra/schema.ts'
import type { ConfigNode, MapNode } from '../node.ts'
import { childAt, fullKeyOf, type PathStep, splitKey, stringStep } from '../omegaconf/index.ts'

interface TypedPlace {
  readonly schema: Schema
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
    const { schema, holder, steps, present } = placeOf(root, path, placed, add ? 'add' : 'change')
    const place = holder && holderOf(holder.schema, holder.path, placed)
    // a field of any type takes what is no dict; a dict is merged into the structured config there
    const given = holder && holder.schema.fields[String(splitKey(path).at(-1))]?.kind === 'any' && value.kind !== 'map' ? any : schema
    return { value: conform(value, given, steps, { placed, by: 'set', present }, place) }
  } catch (error) {
    if (!(error instanceof ConformStop)) throw error
    return { error: error.error }
  }
}

/** OmegaConf's refusal to delete from a structured config. */
export function deletionError(root: MapNode, path: string, placed: PlacedSchemas): string | undefined {
  const { holder, steps } = placeOf(root, path, placed, 'add')
  if (!holder) return undefined
  const lines = holderLines(holderOf(holder.schema, holder.path, placed))
  return [`${holder.schema.name} (DictConfig) does not support deletion`, `    full_key: ${fullKeyOf(steps)}`, ...lines].join('\n')
}

function placeOf(root: MapNode, path: string, placed: PlacedSchemas, how: 'add' | 'change'): TypedPlace {
  let node: ConfigNode | undefined = root
  let schema: Schema = any
  let holder: TypedPlace['holder']
  const steps: PathStep[] = []
  for (const key of splitKey(path)) {
    const next: ConfigNode | undefined = node && childAt(node, key)
    const here: PathStep = node?.kind === 'list' ? Number(key) : stringStep(key)
    holder = schema.kind === 'object' ? { schema, path: [...steps] } : undefined
    steps.push(here)
    if (schema.kind === 'object') {
      if (!Object.hasOwn(schema.fields, key) && !next && how === 'change') {
        const lines = holderLines(holderOf(schema, steps.slice(0, -1), placed))
        const error = [`Key '${key}' not in '${schema.name}'`, `    full_key: ${fullKeyOf(steps)}`, ...lines]
        throw new ConformStop({ kind: 'ConfigAttributeError', lines: error, node: root })
      }
      schema = Object.hasOwn(schema.fields, key) ? schema.fields[key] : any
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
    } else schema = schema.kind === 'list' ? schema.item : any
    node = next
    // a null that took the place of a structured config has lost its type
    const typed = placed.get(fullKeyOf(steps))
    if (typed && node?.kind === 'map') schema = typed
  }
  return { schema, steps, ...(holder ? { holder } : {}), ...(node ? { present: node } : {}) }
}

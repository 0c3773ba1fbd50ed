import type { ConfigNode, ListNode, MapEntry, MapNode, Origin } from '../node.ts'
import { parseInt10 } from '../python/parse-number.ts'
import { strRepr } from '../python/str.ts'
import { errorAt, type OmegaConfError, OmegaConfStop, rawError } from './error.ts'
import { fullKeyOf, type PathStep, splitKey, stringStep } from './key-path.ts'
import { mergeNodes } from './merge.ts'
import { replacing } from './origin.ts'
import { flagOf, refuseChange, refuseDeletion } from './readonly.ts'
import type { ResolveContext } from './resolve-context.ts'

export interface UpdateOptions {
  /** A dict or list is merged into what is there, default true; else it replaces. */
  readonly merge?: boolean
  /** New keys are allowed along the whole path, whatever `struct` says. */
  readonly forceAdd?: boolean
  /** New keys are errors. */
  readonly struct?: boolean
  readonly resolve?: ResolveContext
}

export type UpdateResult = { readonly root: MapNode } | { readonly error: OmegaConfError }

/**
 * `OmegaConf.update(root, path, value)`: sets `value` at `path`. On the way, what is no container becomes an empty dict. Scalars replace;
 * containers are merged into containers.
 */
export function updateNode(root: MapNode, path: string, value: ConfigNode, options: UpdateOptions = {}): UpdateResult {
  const keys = splitKey(path)
  try {
    return { root: new Updater(root, value, options).set(root, keys, 0, [], root.readonly) as MapNode }
  } catch (error) {
    if (error instanceof OmegaConfStop) return { error: error.error }
    throw error
  }
}

class Updater {
  private readonly root: MapNode
  private readonly value: ConfigNode
  private readonly options: UpdateOptions
  private readonly emptyOrigin: Origin

  constructor(root: MapNode, value: ConfigNode, options: UpdateOptions) {
    this.root = root
    this.value = value
    this.options = options
    this.emptyOrigin = value.origin
  }

  /** `node` (at `at`) with the value set at `keys[from…]`. */
  set(node: MapNode | ListNode, keys: readonly string[], from: number, at: readonly PathStep[], readonly: boolean | undefined): ConfigNode {
    const isLast = from === keys.length - 1
    const key = keys[from]
    if (node.kind === 'list') {
      const index = isLast ? this.lastIndex(key) : this.index(key)
      const place = index < 0 ? index + node.items.length : index
      const old = node.items[place]
      if (!old) throw new OmegaConfStop(errorAt('ConfigIndexError', 'list index out of range', fullKeyOf([...at, index]), 'list'))
      // A negative index names nothing on the way, so what it names is replaced.
      if (readonly && this.replaces(old, isLast)) refuseChange('list', [...at, place])
      const inner = index < 0 ? this.empty(old) : this.container(old)
      const child = isLast
        ? this.replace(old, [...at, place], readonly)
        : this.set(inner, keys, from + 1, [...at, place], inner.readonly ?? readonly)
      const items = [...node.items]
      items[place] = child
      return { ...node, items }
    }
    const old = node.entries.get(key)?.node
    const here = [...at, stringStep(key)]
    if (!old && this.options.struct && !this.options.forceAdd)
      throw new OmegaConfStop(errorAt('ConfigAttributeError', `Key '${key}' is not in struct`, fullKeyOf(here), 'dict'))
    if (readonly && this.replaces(old, isLast)) refuseChange('map', here)
    const inner = old ? this.container(old) : this.empty()
    const child = isLast
      ? old
        ? this.replace(old, here, readonly)
        : this.value
      : this.set(inner, keys, from + 1, here, inner.readonly ?? readonly)
    const entries = new Map<string, MapEntry>(node.entries)
    entries.set(key, { key: node.entries.get(key)?.key ?? stringStep(key), node: child })
    return { ...node, entries }
  }

  /** Whether the container that holds `old` is changed itself, not what is in it. */
  private replaces(old: ConfigNode | undefined, isLast: boolean): boolean {
    if (!old || old.kind === 'scalar') return true
    return isLast && (this.options.merge === false || this.value.kind === 'scalar')
  }

  private replace(old: ConfigNode, at: readonly PathStep[], readonly: boolean | undefined): ConfigNode {
    const { value, options, root } = this
    if (options.merge === false || value.kind === 'scalar' || old.kind === 'scalar') return replacing(value, old)
    const struct = options.struct && !options.forceAdd
    const result = mergeNodes(old, value, { struct, readonly, at: { root, path: at }, resolve: options.resolve })
    if ('error' in result) throw new OmegaConfStop(result.error)
    return result.node
  }

  private container(old: ConfigNode): MapNode | ListNode {
    return old.kind === 'scalar' ? this.empty(old) : old
  }

  private empty(old?: ConfigNode): MapNode {
    const node: MapNode = { kind: 'map', entries: new Map(), origin: this.emptyOrigin }
    return old ? replacing(node, old) : node
  }

  private index(key: string): number {
    const index = parseInt10(key)
    if (index === undefined) throw new OmegaConfStop(rawError('TypeError', `Index '${key}' (str) is not an int`))
    return Number(index)
  }

  private lastIndex(key: string): number {
    const index = parseInt10(key)
    if (index === undefined) throw new OmegaConfStop(rawError('ValueError', `invalid literal for int() with base 10: ${strRepr(key)}`))
    return Number(index)
  }
}

/** Removes the key at `path`; its parent must be a dict that holds it. */
export function deleteNode(root: MapNode, path: string): UpdateResult {
  const keys = splitKey(path)
  const remove = (node: ConfigNode | undefined, from: number, at: readonly PathStep[], outer?: boolean): ConfigNode => {
    const key = keys[from]
    const readonly = (node && flagOf(node)) ?? outer
    if (readonly && from === keys.length - 1 && node && node.kind !== 'scalar')
      refuseDeletion(node.kind, [...at, node.kind === 'list' ? Number(key) : stringStep(key)])
    if (node?.kind === 'list') {
      if (from === keys.length - 1) throw new OmegaConfStop(rawError('TypeError', 'list indices must be integers or slices, not str'))
      const index = Number(parseInt10(key) ?? -1)
      if (index in node.items)
        return { ...node, items: node.items.map((item, i) => (i === index ? remove(item, from + 1, [...at, index], readonly) : item)) }
    } else if (node?.kind === 'map') {
      const entry = node.entries.get(key)
      if (entry) {
        const entries = new Map(node.entries)
        if (from === keys.length - 1) entries.delete(key)
        else entries.set(key, { key: entry.key, node: remove(entry.node, from + 1, [...at, stringStep(key)], readonly) })
        return { ...node, entries }
      }
    }
    throw new OmegaConfStop(errorAt('ConfigKeyError', `Key not found: '${key}'`, fullKeyOf([...at, stringStep(key)]), 'dict'))
  }
  try {
    return { root: remove(root, 0, []) as MapNode }
  } catch (error) {
    if (error instanceof OmegaConfStop) return { error: error.error }
    throw error
  }
}

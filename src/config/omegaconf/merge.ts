import type { ConfigNode, ListNode, MapEntry, MapNode } from '../node.ts'
import { dereferenceContainer } from './dereference.ts'
import { errorAt, type OmegaConfError, OmegaConfStop } from './error.ts'
import { fullKeyOf, type PathStep } from './key-path.ts'
import { replacing } from './origin.ts'
import { flagOf, refuseChange, setReadonly } from './readonly.ts'
import type { ResolveContext } from './resolve-context.ts'
import { isInterpolationNode, isMissing } from './select.ts'

export interface MergeOptions {
  /** New keys are errors (`Key 'x' is not in struct`). */
  readonly struct?: boolean
  /** Whether what `dest` is in is read-only. */
  readonly readonly?: boolean
  /** Where `dest` stands, so that errors name it and interpolations in it can be followed. Default: `dest` is the root. */
  readonly at?: { readonly root: MapNode; readonly path: readonly PathStep[] }
  /** For interpolations that a dict is merged into; default: no environment, only OmegaConf's resolvers. */
  readonly resolve?: ResolveContext
}

export type MergeResult<N extends ConfigNode = ConfigNode> = { readonly node: N } | { readonly error: OmegaConfError }

/**
 * `OmegaConf.merge(dest, src)` of two maps: dicts merge key by key in the order of `dest`, then of `src`; lists and scalars replace; `???`
 * never overwrites and null does; an interpolation to a container becomes a copy of its target before a dict is merged into it.
 * Neither argument changes. Each replaced value is remembered in the origin of its successor.
 */
export function mergeMaps(dest: MapNode, src: MapNode, options: MergeOptions = {}): MergeResult<MapNode> {
  // OmegaConf makes a copy, which it may change
  return guarded(() => withFlag(new Merger(dest, options).maps(dest, src, false), src.readonly ?? dest.readonly))
}

/** `dest.merge_with(src)`: as `mergeMaps`, but a read-only `dest` is refused. */
export function mergeWith(dest: MapNode, src: MapNode, options: MergeOptions = {}): MergeResult<MapNode> {
  return guarded(() => new Merger(dest, options).maps(dest, src, dest.readonly ?? options.readonly))
}

/** `dest.merge_with(src)` of two containers. */
export function mergeNodes(dest: ConfigNode, src: ConfigNode, options: MergeOptions = {}): MergeResult {
  return guarded(() => {
    const readonly = flagOf(dest) ?? options.readonly
    if (dest.kind === 'map' && src.kind === 'map') return new Merger(dest, options).maps(dest, src, readonly)
    if (dest.kind === 'list' && src.kind === 'list') return mergeLists(dest, src, { readonly, path: options.at?.path ?? [] })
    const objectType = dest.kind === 'list' ? 'list' : 'dict'
    throw new OmegaConfStop(
      errorAt('ConfigTypeError', 'Cannot merge DictConfig with ListConfig', fullKeyOf(options.at?.path ?? []), objectType),
    )
  })
}

function guarded<N extends ConfigNode>(work: () => N): MergeResult<N> {
  try {
    return { node: work() }
  } catch (error) {
    if (error instanceof OmegaConfStop) return { error: error.error }
    throw error
  }
}

function mergeLists(
  dest: ListNode,
  src: ListNode,
  { readonly, path }: { readonly?: boolean; readonly path: readonly PathStep[] },
): ListNode {
  if (readonly && src.items.length > 0) refuseChange('list', [...path, 0])
  return withFlag(replacing({ kind: 'list', items: src.items, origin: src.origin }, dest), src.readonly ?? dest.readonly)
}

/** Flags of the source take the place of those of the destination. */
const withFlag = <N extends MapNode | ListNode>(node: N, readonly: boolean | undefined): N =>
  node.readonly === readonly ? node : setReadonly(node, readonly)

/** A map being merged; the frames lead from the outermost such map to the innermost. */
interface Frame {
  readonly entries: Map<string, MapEntry>
  readonly origin: MapNode['origin']
  key: MapEntry['key']
  readonly readonly: boolean | undefined
}

class Merger {
  private readonly frames: Frame[] = []
  private readonly top: MapNode
  private readonly options: MergeOptions

  constructor(top: MapNode, options: MergeOptions) {
    this.top = top
    this.options = options
  }

  /** @param readonly the flag that counts in `dest` */
  maps(dest: MapNode, src: MapNode, readonly: boolean | undefined): MapNode {
    const entries = new Map(dest.entries)
    const frame: Frame = { entries, origin: dest.origin, key: { type: 'null', value: null }, readonly }
    this.frames.push(frame)
    for (const [id, { key, node }] of src.entries) {
      frame.key = key
      const old = entries.get(id)
      if (old) {
        const merged = this.value(old.node, node)
        if (merged !== old.node) entries.set(id, { key: old.key, node: merged })
      } else {
        if (this.options.struct) this.fail('ConfigKeyError', `Key '${key.value}' is not in struct`)
        if (readonly) refuseChange('map', this.path())
        entries.set(id, { key, node })
      }
    }
    this.frames.pop()
    return withFlag({ kind: 'map', entries, origin: dest.origin }, src.readonly ?? dest.readonly)
  }

  private value(old: ConfigNode, node: ConfigNode): ConfigNode {
    let dest = old
    const { readonly } = this.frames[this.frames.length - 1]
    // A scalar takes the place of whatever the interpolation leads to.
    if (isInterpolationNode(old) && (node.kind !== 'scalar' || isMissing(node))) {
      const target = this.target()
      if (target) dest = replacing(target, old)
    }
    if (readonly && (dest.kind === 'scalar' || (node.kind === 'scalar' && !isMissing(node)))) refuseChange('map', this.path())
    if (isMissing(node)) return dest
    if (dest.kind === 'scalar' || node.kind === 'scalar') return replacing(node, dest)
    const own = dest.readonly ?? readonly
    if (dest.kind === 'map' && node.kind === 'map') return this.maps(dest, node, own)
    if (dest.kind === 'list' && node.kind === 'list') return mergeLists(dest, node, { readonly: own, path: own ? this.path() : [] })
    // OmegaConf reports this for the map that the merge began with.
    throw new OmegaConfStop(
      errorAt('ConfigTypeError', 'Cannot merge DictConfig with ListConfig', fullKeyOf(this.options.at?.path ?? []), 'dict'),
    )
  }

  private path(): PathStep[] {
    return [...(this.options.at?.path ?? []), ...this.frames.map(({ key }) => key)]
  }

  private fail(kind: OmegaConfError['kind'], message: string): never {
    throw new OmegaConfStop(errorAt(kind, message, fullKeyOf(this.path()), 'dict'))
  }

  /** What the interpolation at the current key leads to, if that is a container. */
  private target(): ConfigNode | undefined {
    return dereferenceContainer(this.currentRoot(), this.path(), this.options.resolve)
  }

  /** The root as it is at this moment: keys merged so far count. */
  private currentRoot(): MapNode {
    let node: MapNode | undefined
    for (let i = this.frames.length - 1; i >= 0; i--) {
      const { entries, origin, key } = this.frames[i]
      node = { kind: 'map', entries: node ? withChild(entries, key, node) : entries, origin }
    }
    const { at } = this.options
    return at ? (replaceAt(at.root, at.path, node ?? this.top) as MapNode) : node!
  }
}

function withChild(entries: ReadonlyMap<string, MapEntry>, key: MapEntry['key'], node: ConfigNode): Map<string, MapEntry> {
  const copy = new Map(entries)
  for (const [id, entry] of entries)
    if (entry.key === key || (entry.key.type === key.type && entry.key.value === key.value)) copy.set(id, { key, node })
  return copy
}

/** `root` with the node at `path` replaced; the path must exist. */
export function replaceAt(root: ConfigNode, path: readonly PathStep[], node: ConfigNode): ConfigNode {
  if (path.length === 0) return node
  const [step, ...rest] = path
  if (root.kind === 'list' && typeof step === 'number') {
    const items = [...root.items]
    items[step] = replaceAt(items[step], rest, node)
    return { ...root, items }
  }
  if (root.kind === 'map' && typeof step !== 'number') {
    for (const entry of root.entries.values())
      if (entry.key.type === step.type && entry.key.value === step.value)
        return { ...root, entries: withChild(root.entries, entry.key, replaceAt(entry.node, rest, node)) }
  }
  return root
}

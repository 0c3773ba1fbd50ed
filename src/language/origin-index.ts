import type { ComposedConfig } from '../config/compose-contract.ts'
import type { ConfigNode, MapNode, Origin } from '../config/node.ts'
import type { Span } from '../config/source-text.ts'
import type { PathStep } from './outline.ts'

/** A place in a file that set a node of a composed config, or did so until something replaced it. */
export interface OriginEntry {
  /** Where the node is in the composed config. */
  readonly path: readonly PathStep[]
  readonly node: ConfigNode
  readonly key?: Span
  readonly value?: Span
  /** What stands there now came from somewhere else. */
  readonly replaced: boolean
  readonly origin: Origin
}

/** Places of one composed config by the path of their file. */
export type OriginIndex = ReadonlyMap<string, readonly OriginEntry[]>

const indexes = new WeakMap<ComposedConfig, OriginIndex>()

/** Every place that had a say in the composed config, replaced ones included. */
export function originIndex(config: ComposedConfig): OriginIndex {
  const known = indexes.get(config)
  if (known) return known
  const index = new Map<string, OriginEntry[]>()
  const add = (path: readonly PathStep[], node: ConfigNode, origin: Origin, replaced: boolean) => {
    const file = (origin.keySpan ?? origin.span)?.source.path
    if (file === undefined) return
    const entry: OriginEntry = {
      path,
      node,
      replaced,
      origin,
      ...(origin.keySpan ? { key: origin.keySpan } : {}),
      ...(origin.span ? { value: origin.span } : {}),
    }
    const entries = index.get(file)
    if (entries) entries.push(entry)
    else index.set(file, [entry])
  }
  const walk = (node: ConfigNode, path: readonly PathStep[]) => {
    add(path, node, node.origin, false)
    for (let older = node.origin.replaced; older; older = older.origin.replaced) add(path, node, older.origin, true)
    if (node.kind === 'map') for (const { key, node: next } of node.entries.values()) walk(next, [...path, String(key.value)])
    else if (node.kind === 'list') for (let i = 0; i < node.items.length; i++) walk(node.items[i], [...path, i])
  }
  walk(config.task, [])
  const hydra: MapNode = config.hydra
  for (const { key, node } of hydra.entries.values()) walk(node, ['hydra', String(key.value)])
  indexes.set(config, index)
  return index
}

/** The entry whose key or value is at `offset` of a file: the innermost one. */
export function entryAt(
  config: ComposedConfig,
  path: string,
  offset: number,
): { readonly entry: OriginEntry; readonly on: 'key' | 'value' } | undefined {
  let best: { entry: OriginEntry; on: 'key' | 'value'; length: number } | undefined
  for (const entry of originIndex(config).get(path) ?? []) {
    for (const on of ['key', 'value'] as const) {
      const span = entry[on]
      if (!span || span.source.path !== path || offset < span.start || offset > span.end) continue
      const length = span.end - span.start
      if (!best || length < best.length || (length === best.length && best.entry.replaced && !entry.replaced)) best = { entry, on, length }
    }
  }
  return best
}

/** The node at a path of the composed config. */
export function nodeAt(root: ConfigNode, path: readonly PathStep[]): ConfigNode | undefined {
  let node: ConfigNode | undefined = root
  for (const step of path) {
    if (node?.kind === 'map')
      node = node.entries.get(String(step))?.node ?? [...node.entries.values()].find(({ key }) => String(key.value) === String(step))?.node
    else if (node?.kind === 'list') node = node.items[Number(step)]
    else return undefined
  }
  return node
}

import type { ComposedConfig } from '../config/compose-contract.ts'
import type { ConfigNode, Origin } from '../config/node.ts'
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

const indexes = new WeakMap<ComposedConfig, Map<string, readonly OriginEntry[]>>()

/** Every place of a file that had a say in the composed config, replaced ones included. */
export function entriesOf(config: ComposedConfig, path: string): readonly OriginEntry[] {
  let known = indexes.get(config)
  if (!known) indexes.set(config, (known = new Map()))
  let entries = known.get(path)
  if (!entries) known.set(path, (entries = collect(config, path)))
  return entries
}

/** Walks the whole config; paths are copied for this file’s nodes only, as most of it comes from other files. */
function collect(config: ComposedConfig, file: string): readonly OriginEntry[] {
  const entries: OriginEntry[] = []
  const path: PathStep[] = []
  const add = (node: ConfigNode, origin: Origin, replaced: boolean) => {
    if ((origin.keySpan ?? origin.span)?.source.path !== file) return
    entries.push({
      path: [...path],
      node,
      replaced,
      origin,
      ...(origin.keySpan ? { key: origin.keySpan } : {}),
      ...(origin.span ? { value: origin.span } : {}),
    })
  }
  const walk = (node: ConfigNode) => {
    add(node, node.origin, false)
    for (let older = node.origin.replaced; older; older = older.origin.replaced) add(node, older.origin, true)
    if (node.kind === 'map') {
      for (const { key, node: next } of node.entries.values()) {
        path.push(String(key.value))
        walk(next)
        path.pop()
      }
    } else if (node.kind === 'list') {
      for (let i = 0; i < node.items.length; i++) {
        path.push(i)
        walk(node.items[i])
        path.pop()
      }
    }
  }
  walk(config.task)
  path.push('hydra')
  for (const { key, node } of config.hydra.entries.values()) {
    path.push(String(key.value))
    walk(node)
    path.pop()
  }
  return entries
}

/** The entry whose key or value is at `offset` of a file: the innermost one. */
export function entryAt(
  config: ComposedConfig,
  path: string,
  offset: number,
): { readonly entry: OriginEntry; readonly on: 'key' | 'value' } | undefined {
  let best: { entry: OriginEntry; on: 'key' | 'value'; length: number } | undefined
  for (const entry of entriesOf(config, path)) {
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

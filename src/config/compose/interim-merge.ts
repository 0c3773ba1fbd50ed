import { type ConfigNode, keyId, type MapEntry, type MapNode } from '../node.ts'
import { nodeStr } from '../python/index.ts'

// Stands in for omegaconf/merge.ts and update.ts until they are there.

const isMissingValue = (node: ConfigNode) => node.kind === 'scalar' && node.type === 'str' && node.value === '???'
const short = (node: ConfigNode) => (node.kind === 'scalar' ? nodeStr(node) : node.kind === 'map' ? '{…}' : '[…]')
const replacing = (old: ConfigNode, by: ConfigNode): ConfigNode => ({
  ...by,
  origin: { ...by.origin, replaced: { origin: old.origin, text: short(old) } },
})

export interface Edited {
  readonly node?: ConfigNode
  readonly error?: { readonly type: string; readonly message: string }
}

export function mergeNodes(dest: ConfigNode, src: ConfigNode, struct = false, path = ''): Edited {
  if (isMissingValue(src)) return { node: dest }
  if (dest.kind === 'map' && src.kind === 'list')
    return { error: { type: 'ConfigTypeError', message: 'Cannot merge DictConfig with ListConfig' } }
  if (dest.kind === 'list' && src.kind === 'map')
    return { error: { type: 'ConfigTypeError', message: 'Cannot merge ListConfig with DictConfig' } }
  if (dest.kind !== 'map' || src.kind !== 'map') return { node: replacing(dest, src) }
  const entries = new Map(dest.entries)
  for (const [id, { key, node }] of src.entries) {
    const old = entries.get(id)
    const full = path === '' ? String(key.value) : `${path}.${key.value}`
    if (!old) {
      if (struct) return { error: { type: 'ConfigKeyError', message: notInStruct(String(key.value), full) } }
      entries.set(id, { key, node })
      continue
    }
    const merged = mergeNodes(old.node, node, struct, full)
    if (!merged.node) return merged
    entries.set(id, { key: old.key, node: merged.node })
  }
  return { node: { ...dest, entries } }
}

const notInStruct = (key: string, full: string) => `Key '${key}' is not in struct\n    full_key: ${full}\n    object_type=dict`

export const splitPath = (path: string): string[] => path.replace(/\[([^\]]*)\]/g, '.$1').split('.')

export function select(root: ConfigNode, path: string): ConfigNode | undefined {
  let at: ConfigNode | undefined = root
  for (const part of splitPath(path)) at = childOf(at, part)
  return at
}

const childOf = (node: ConfigNode | undefined, part: string) =>
  node?.kind === 'map' ? node.entries.get(part)?.node : node?.kind === 'list' ? node.items[Number(part)] : undefined

/** Sets `path`; without `add` all of it must exist. */
export function update(root: ConfigNode, path: readonly string[], value: ConfigNode, add: boolean, done: readonly string[] = []): Edited {
  if (path.length === 0)
    return value.kind === 'scalar'
      ? { node: replacing(root, value) }
      : root.kind === 'scalar' || (value.kind === 'list' && root.kind === 'list')
        ? { node: replacing(root, value) }
        : mergeNodes(root, value, !add, done.join('.'))
  const [part, ...rest] = path
  const here = [...done, part]
  if (root.kind === 'list') {
    const i = Number(part)
    if (!(i in root.items))
      return {
        error: {
          type: 'ConfigIndexError',
          message: `list index out of range\n    full_key: ${done.join('.')}[${part}]\n    object_type=list`,
        },
      }
    const edited = update(root.items[i], rest, value, add, here)
    return edited.node ? { node: { ...root, items: root.items.map((item, j) => (j === i ? edited.node! : item)) } } : edited
  }
  const map: MapNode = root.kind === 'map' ? root : { kind: 'map', entries: new Map(), origin: value.origin }
  const key: MapEntry['key'] = { type: 'str', value: part }
  const old = map.entries.get(keyId(key))
  if (!add && (!old || root.kind !== 'map')) return { error: { type: 'ConfigAttributeError', message: notInStruct(part, here.join('.')) } }
  const edited: Edited = old
    ? update(old.node, rest, value, add, here)
    : rest.length === 0
      ? { node: value }
      : update({ kind: 'map', entries: new Map(), origin: value.origin }, rest, value, add, here)
  if (!edited.node) return edited
  return { node: { ...map, entries: new Map(map.entries).set(keyId(key), { key: old?.key ?? key, node: edited.node }) } }
}

export function remove(root: ConfigNode, path: readonly string[]): ConfigNode {
  const [part, ...rest] = path
  if (root.kind === 'list')
    return {
      ...root,
      items: rest.length
        ? root.items.map((item, i) => (i === Number(part) ? remove(item, rest) : item))
        : root.items.filter((_, i) => i !== Number(part)),
    }
  if (root.kind !== 'map') return root
  const entries = new Map(root.entries)
  const old = entries.get(part)
  if (rest.length === 0) entries.delete(part)
  else if (old) entries.set(part, { key: old.key, node: remove(old.node, rest) })
  return { ...root, entries }
}

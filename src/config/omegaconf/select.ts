import type { ConfigNode, MapNode } from '../node.ts'
import { parseInt10 } from '../python/parse-number.ts'
import { splitKey } from './key-path.ts'

/** The child `key` of a map or list as text names it, or undefined. A negative index names nothing. */
export function childAt(node: ConfigNode, key: string): ConfigNode | undefined {
  if (node.kind === 'map') return node.entries.get(key)?.node
  if (node.kind !== 'list') return undefined
  const index = parseInt10(key)
  return index === undefined || index < 0n ? undefined : node.items[Number(index)]
}

/**
 * The node at `path` (`a.b[0].c`), as it is: interpolations are neither followed nor resolved. An empty path is the root.
 */
export function selectNode(root: ConfigNode, path: string): ConfigNode | undefined {
  if (path === '') return root
  let node: ConfigNode | undefined = root
  for (const key of splitKey(path)) {
    node = childAt(node, key)
    if (!node) return undefined
  }
  return node
}

/** Every mandatory value (`???`) below `root`, as full keys. */
export function missingKeys(root: MapNode): string[] {
  const found: string[] = []
  const visit = (node: ConfigNode, path: string) => {
    if (node.kind === 'scalar') {
      if (isMissing(node)) found.push(path)
    } else if (node.kind === 'map') for (const [key, entry] of node.entries) visit(entry.node, path === '' ? key : `${path}.${key}`)
    else for (const [index, item] of node.items.entries()) visit(item, `${path}[${index}]`)
  }
  visit(root, '')
  return found
}

/** Whether a node is the mandatory value `???`. */
export const isMissing = (node: ConfigNode): boolean => node.kind === 'scalar' && node.type === 'str' && node.value === '???'

/** Whether a node is a string that holds `${`. */
export const isInterpolationNode = (node: ConfigNode): boolean =>
  node.kind === 'scalar' && node.type === 'str' && (node.value as string).includes('${')

import type { ConfigNode, Origin } from '../node.ts'
import { nodeStr } from '../python/str.ts'

const maxTextLength = 60

/** A value in a line, for "was 10 in conf/config.yaml:3". */
export function shortText(node: ConfigNode): string {
  if (node.kind === 'scalar') {
    if (node.type === 'null') return 'null'
    if (node.type === 'bool') return node.value ? 'true' : 'false'
    return shorten(nodeStr(node))
  }
  const size = node.kind === 'map' ? node.entries.size : node.items.length
  if (size === 0) return node.kind === 'map' ? '{}' : '[]'
  if (node.kind === 'list') return shorten(`[${node.items.slice(0, 8).map(shortText).join(', ')}${size > 8 ? ', …' : ''}]`)
  const keys = [...node.entries.values()].slice(0, 8).map(({ key, node: value }) => `${key.value}: ${shortText(value)}`)
  return shorten(`{${keys.join(', ')}${size > 8 ? ', …' : ''}}`)
}

const shorten = (text: string): string => (text.length > maxTextLength ? `${text.slice(0, maxTextLength - 1)}…` : text)

/** `node` with an origin that remembers what it replaced. */
export function replacing<N extends ConfigNode>(node: N, old: ConfigNode): N {
  return { ...node, origin: withReplaced(node.origin, old) }
}

/** Replacements that one value remembers; the oldest beyond that are forgotten. */
const longestStory = 100

function withReplaced(origin: Origin, old: ConfigNode): Origin {
  // What the new value had replaced before comes first; the old value is at the end of that chain.
  const chain: Origin[] = [origin]
  for (let at = origin.replaced; at && chain.length < longestStory; at = at.origin.replaced) chain.push(at.origin)
  const last = chain.length - 1
  let made: Origin = last < longestStory - 1 ? { ...chain[last], replaced: { origin: old.origin, text: shortText(old) } } : chain[last]
  for (let i = last - 1; i >= 0; i--) made = { ...chain[i], replaced: { origin: made, text: chain[i].replaced!.text } }
  return made
}

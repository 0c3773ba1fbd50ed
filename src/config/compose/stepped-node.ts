import type { ConfigCache } from '../compose-contract.ts'
import type { ConfigNode, DefaultsStep, MapEntry } from '../node.ts'
import type { Span } from '../source-text.ts'

interface Stepped {
  readonly node: ConfigNode
  readonly via: DefaultsStep
  readonly result: ConfigNode
}

/**
 * The content of a config with the entry that brought it in, on each value. Most configs come through the same entries when a tree is
 * composed again: then it is the same object as before.
 */
export function steppedNode(
  node: ConfigNode,
  via: DefaultsStep,
  { name, cache }: { readonly name: string; readonly cache: ConfigCache },
): ConfigNode {
  const key = `stepped:${name}`
  const known = cache.parsed.get(key) as Stepped | undefined
  if (known?.node === node && equalSteps(known.via, via)) return known.result
  const result = withStep(node, via)
  cache.parsed.set(key, { node, via, result } satisfies Stepped)
  return result
}

function withStep(node: ConfigNode, via: DefaultsStep): ConfigNode {
  const origin = { ...node.origin, via }
  if (node.kind === 'scalar') return { ...node, origin }
  if (node.kind === 'list') return { ...node, items: node.items.map(item => withStep(item, via)), origin }
  const entries = new Map<string, MapEntry>()
  for (const [id, { key, node: inner }] of node.entries) entries.set(id, { key, node: withStep(inner, via) })
  return { ...node, entries, origin }
}

/** Whether two steps tell the same story. Files are the same object as long as their text is; overrides are read anew each time. */
function equalSteps(a: DefaultsStep | undefined, b: DefaultsStep | undefined): boolean {
  if (a === b) return true
  return (
    a !== undefined &&
    b !== undefined &&
    a.config === b.config &&
    a.text === b.text &&
    equalSpans(a.span, b.span) &&
    equalSteps(a.parent, b.parent) &&
    equalSteps(a.instead, b.instead)
  )
}

function equalSpans(a: Span | undefined, b: Span | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  if (a.start !== b.start || a.end !== b.end) return false
  return (
    a.source === b.source || (a.source.path.startsWith('override[') && a.source.path === b.source.path && a.source.text === b.source.text)
  )
}

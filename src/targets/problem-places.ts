import type { ConfigNode, Origin } from '../config/node.ts'
import type { Fix, Location } from '../config/problems.ts'
import type { Span } from '../config/source-text.ts'

/**
 * Where to look for a wrong value: first where it stands in the target's node (for a reference, the `${…}`), then where it comes from.
 * Falls back to `around` for values that no text holds.
 */
export function valuePlaces(node: ConfigNode, around?: ConfigNode): readonly Location[] {
  const reference = node.reference?.origin.span
  const own = node.origin.span
  if (reference && own) return [{ span: reference }, { span: own, note: 'the value comes from here' }]
  const span = reference ?? own ?? around?.origin.span
  return span ? [{ span }] : []
}

/** Where to look for a wrong key. */
export function keyPlaces(node: ConfigNode, around?: ConfigNode): readonly Location[] {
  const span = (node.reference?.origin ?? node.origin).keySpan
  return span ? [{ span }] : valuePlaces(node, around)
}

/** Offers to write `newText` over `span`, when that is in a file. */
export function replacing(origin: Origin, span: Span | undefined, texts: readonly string[]): readonly Fix[] {
  if (origin.kind !== 'file' || !span) return []
  return texts.map(newText => ({ title: `Change to ${newText}`, edits: [{ span, newText }] }))
}

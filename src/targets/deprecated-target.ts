import type { ConfigNode, MapNode } from '../config/node.ts'
import type { Fix, Problem, TextEdit } from '../config/problems.ts'
import type { Span } from '../config/source-text.ts'
import { lineColumn } from '../config/source-text.ts'
import type { TargetSpec } from './contract.ts'
import { valuePlaces } from './problem-places.ts'

type Replacement = NonNullable<TargetSpec['replacedBy']>

/** A target that its library is about to drop, with the edit that says the same in its successor's words. */
export function deprecatedTarget(replacement: Replacement, named: ConfigNode, node: MapNode): Problem {
  const fix = fixOf(replacement, named, node)
  return {
    code: 'target/deprecated',
    severity: 'warning',
    message: replacement.warning,
    locations: valuePlaces(named, node),
    ...(fix ? { fixes: [fix] } : {}),
  }
}

/** None where the parts come from several files, or through references. */
function fixOf({ name, renamed = {}, added }: Replacement, named: ConfigNode, node: MapNode): Fix | undefined {
  const { span, keySpan, kind } = named.origin
  if (kind !== 'file' || !span || named.reference) return undefined
  const edits: TextEdit[] = [{ span, newText: name }]
  for (const [before, after] of Object.entries(renamed)) {
    const key = node.entries.get(before)?.node.origin.keySpan
    if (!key) continue
    if (key.source !== span.source) return undefined
    edits.push({ span: key, newText: after })
  }
  if (added) {
    const end: Span = { ...span, start: span.end, end: span.end }
    const isFlow = keySpan && isInBraces(keySpan)
    const column = keySpan ? lineColumn(keySpan.source, keySpan.start).column : 1
    edits.push({ span: end, newText: isFlow ? `, ${added}` : `\n${' '.repeat(column - 1)}${added}` })
  }
  return { title: `Change to ${name.slice(name.lastIndexOf('.') + 1)}`, edits }
}

/** Whether a key stands in `{…}`: before it on its line comes a brace or a comma. */
const isInBraces = ({ source, start }: Span): boolean => /[{,]\s*$/.test(source.text.slice(0, start))

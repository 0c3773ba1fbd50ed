import type { ConfigNode } from '../node.ts'
import { lineColumn, type SourceText } from '../source-text.ts'
import { readYaml } from '../yaml/index.ts'

/** A value of a printed config and where in the print it stands. */
export interface PrintedValue {
  /** Keys and indices from the root. */
  readonly path: readonly string[]
  readonly node: ConfigNode
  /** Lines of the print, 0-based: of its key (or item) and of its end. */
  readonly line: number
  readonly endLine: number
}

/**
 * The scalars and empty containers of `composed`, by the line of `text` (what `toYaml(composed)` gave) on which they are printed.
 *
 * The print is read again: its nodes have lines, the composed ones have origins, and both have one shape.
 */
export function printedValues(text: string, composed: ConfigNode): readonly PrintedValue[] {
  const source: SourceText = { path: 'composed.yaml', text }
  const printed = readYaml(source).node
  const values: PrintedValue[] = []
  const path: string[] = []
  const lineAt = (offset: number) => lineColumn(source, offset).line - 1
  const add = (seen: ConfigNode, node: ConfigNode) => {
    const start = (seen.origin.keySpan ?? seen.origin.span)?.start
    const end = (seen.origin.span ?? seen.origin.keySpan)?.end
    if (start === undefined || end === undefined) return
    values.push({ path: [...path], node, line: lineAt(start), endLine: lineAt(Math.max(start, end - 1)) })
  }
  const step = (key: string, seen: ConfigNode, node: ConfigNode | undefined) => {
    if (!node) return
    path.push(key)
    walk(seen, node)
    path.pop()
  }
  const walk = (seen: ConfigNode, node: ConfigNode) => {
    if (seen.kind === 'map' && node.kind === 'map' && node.entries.size > 0) {
      const entries = [...node.entries.values()]
      ;[...seen.entries.values()].forEach(({ node: value }, i) => {
        if (entries[i]) step(String(entries[i].key.value), value, entries[i].node)
      })
    } else if (seen.kind === 'list' && node.kind === 'list' && node.items.length > 0) {
      seen.items.forEach((item, i) => void step(String(i), item, node.items[i]))
    } else if (path.length > 0) add(seen, node)
  }
  if (printed) walk(printed, composed)
  return values
}

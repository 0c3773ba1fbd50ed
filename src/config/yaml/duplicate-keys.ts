import type { Problem } from '../problems.ts'
import type { Span } from '../source-text.ts'
import { tags } from './tags.ts'
import type { YamlMapping, YamlNode } from './yaml-node.ts'

/** OmegaConf refuses duplicate keys, but only those that are strings. */
export function duplicateKeys(mapping: YamlMapping, span: (start: number, end: number) => Span): readonly Problem[] {
  const problems: Problem[] = []
  const seen = new Map<string, YamlNode>()
  for (const { key } of mapping.pairs) {
    if (key.tag !== tags.str || key.kind !== 'scalar') continue
    const first = seen.get(key.text)
    if (!first) {
      seen.set(key.text, key)
      continue
    }
    const locations = [
      { span: span(key.start, key.end) },
      { span: span(first.start, first.end), note: 'first set here' },
      { span: span(mapping.mark, mapping.mark), note: 'while constructing a mapping' },
    ]
    const message = `while constructing a mapping\nfound duplicate key ${key.text}`
    problems.push({ code: 'yaml/duplicate-key', severity: 'error', message, locations, hint: 'Remove one of them.' })
  }
  return problems
}

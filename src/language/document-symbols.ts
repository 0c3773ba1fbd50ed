import type { DocumentSymbol } from './contract.ts'
import type { OutlineLine } from './outline.ts'
import { rangeBetween } from './positions.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** The outline of a config file: keys and list items with short values. */
export function documentSymbols(model: WorkspaceModel, path: string): readonly DocumentSymbol[] {
  const outline = model.outline(path)
  if (!outline) return []
  return build(outline.lines, 0, outline.lines.length)

  function build(lines: readonly OutlineLine[], from: number, to: number): DocumentSymbol[] {
    const symbols: DocumentSymbol[] = []
    for (let i = from; i < to; ) {
      let next = i + 1
      while (next < to && lines[next].path.length > lines[i].path.length && lines[i].key) next++
      symbols.push(symbolOf(lines[i], lines[next - 1], build(lines, i + 1, next)))
      i = next
    }
    return symbols
  }

  function symbolOf(line: OutlineLine, last: OutlineLine, children: DocumentSymbol[]): DocumentSymbol {
    const { source } = outline!
    const own = line.key ?? line.value
    const target = children.find(({ name }) => name === '_target_')?.detail
    const detail = line.key ? line.value.text || target : undefined
    return {
      name: line.key?.text ?? line.value.text,
      ...(detail ? { detail } : {}),
      kind: target ? 'target' : kindOf(line, children),
      range: rangeBetween(source, own.start, Math.max(own.end, line.value.end, last.value.end, last.key?.end ?? 0)),
      selection: rangeBetween(source, own.start, own.end),
      children,
    }
  }
}

function kindOf({ value }: OutlineLine, children: readonly DocumentSymbol[]): DocumentSymbol['kind'] {
  if (value.text.startsWith('[')) return 'list'
  if (children.length || value.text.startsWith('{')) return 'map'
  if (/^(true|false)$/i.test(value.text)) return 'boolean'
  if (/^(null|~|)$/i.test(value.text)) return 'null'
  return /^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(value.text) ? 'number' : 'string'
}

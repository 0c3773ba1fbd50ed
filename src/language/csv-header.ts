import type { SourceText } from '../config/source-text.ts'

const headers = new WeakMap<SourceText, readonly string[]>()

/** Column names of a CSV: its first line that is not empty, read by RFC 4180. */
export function csvHeader(source: SourceText): readonly string[] {
  let header = headers.get(source)
  if (!header) headers.set(source, (header = readHeader(source.text)))
  return header
}

function readHeader(text: string): readonly string[] {
  const columns: string[] = []
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0
  while (text[at] === '\n' || text[at] === '\r') at++
  if (at >= text.length) return []
  for (;;) {
    if (text[at] === '"') {
      let name = ''
      for (at++; at < text.length; at++) {
        if (text[at] !== '"') name += text[at]
        else if (text[at + 1] === '"') name += text[++at]
        else break
      }
      columns.push(name)
      at++
    } else {
      const from = at
      while (at < text.length && text[at] !== ',' && text[at] !== '\n' && text[at] !== '\r') at++
      columns.push(text.slice(from, at))
    }
    if (text[at] !== ',') return columns
    at++
  }
}

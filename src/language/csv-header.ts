import type { SourceText } from '../config/source-text.ts'

const headers = new WeakMap<SourceText, readonly string[]>()

/** Column names of a CSV: its first line that is not empty. */
export function csvHeader(source: SourceText): readonly string[] {
  let header = headers.get(source)
  if (!header) headers.set(source, (header = readHeader(source.text)))
  return header
}

/** As the run finds it: where a comma gives one column only, another separator that the line shows. */
function readHeader(text: string): readonly string[] {
  const usual = cellsOf(text, ',')
  if (usual.length !== 1) return usual
  const others = [';', '\t', '|'].map(separator => cellsOf(text, separator))
  return others.reduce((most, cells) => (cells.length > most.length ? cells : most), usual)
}

function cellsOf(text: string, separator: string): readonly string[] {
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
      while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at++
      columns.push(text.slice(from, at))
    }
    if (text[at] !== separator) return columns
    at++
  }
}

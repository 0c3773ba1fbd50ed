import type { LineOrigin } from '../protocol.ts'

export interface ConfigLine {
  /** 1-based. */
  readonly number: number
  readonly indent: string
  readonly key: string
  readonly rest: string
  readonly origin?: LineOrigin
  readonly hit: boolean
}

const parts = /^(\s*(?:- )*)([^\s#'"][^:]*:|)(.*)$/

/** The lines of a composed config; with a search text only hits and the keys above them. */
export function configLines(config: string, origins: readonly LineOrigin[], search: string): ConfigLine[] {
  const byLine = new Map(origins.map(origin => [origin.line, origin]))
  const wanted = search.trim().toLowerCase()
  const lines = config.replace(/\n$/, '').split('\n')
  const all = lines.map((text, i): ConfigLine => {
    const [, indent, key, rest] = parts.exec(text) ?? ['', '', '', text]
    const origin = byLine.get(i + 1)
    const hit = wanted !== '' && (text.toLowerCase().includes(wanted) || origin?.text.toLowerCase().includes(wanted) === true)
    return { number: i + 1, indent, key, rest, origin, hit }
  })
  return wanted === '' ? all : withParents(all)
}

function withParents(lines: readonly ConfigLine[]): ConfigLine[] {
  const kept = new Set<ConfigLine>()
  lines.forEach((line, i) => {
    if (!line.hit) return
    kept.add(line)
    let depth = line.indent.length
    for (let j = i - 1; j >= 0 && depth > 0; j--) {
      if (lines[j].key && lines[j].indent.length < depth) {
        kept.add(lines[j])
        depth = lines[j].indent.length
      }
    }
  })
  return lines.filter(line => kept.has(line))
}

import { lineStarts, type SourceText } from '../source-text.ts'
import { type ParsedYaml, parseYaml } from './parse-yaml.ts'
import type { YamlError } from './yaml-error.ts'

/** Broken lines that are passed over before the rest of a file is given up. */
const maxAttempts = 30

/** Longer broken files are not worth the attempts. */
const maxLength = 1024 * 1024

/** Errors whose cause is where the construct begins, not where the scanner noticed. */
const startsAtContext = /^while (?:scanning a (?:simple key|quoted|double-quoted|block)|parsing a flow)/

/**
 * The tree of a text with errors, for editors: the line of each error is read as if its value were not there, and if that does not
 * help, as if it were empty. Offsets stay those of the text.
 */
export function parseBroken(source: SourceText, error: YamlError): ParsedYaml {
  if (error.code === 'yaml/limit' || source.text.length > maxLength) return { hasAliases: false }
  let { text } = source
  let current = error
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const next = without(source, text, current)
    if (next === undefined) break
    text = next
    const parsed = parseYaml(text)
    if (!parsed.error) return parsed
    current = parsed.error
  }
  return { hasAliases: false }
}

function without(source: SourceText, text: string, { context, contextAt, at }: YamlError): string | undefined {
  const preferred =
    contextAt !== undefined && context !== undefined && startsAtContext.test(context) ? [contextAt, at] : [at, contextAt ?? at]
  for (const place of preferred) {
    const [start, end] = lineAt(source, place)
    const line = text.slice(start, end)
    if (line.trim() === '') continue
    // `key: broken` keeps its key; `- broken` its dash.
    const head = /^\s*(?:- )*[\w.@/-]+:(?= )/.exec(line)?.[0] ?? /^\s*-(?= )/.exec(line)?.[0] ?? ''
    const kept = line.slice(head.length).trim() === '' ? '' : head
    return text.slice(0, start) + kept + blank(line.slice(kept.length)) + text.slice(end)
  }
  return undefined
}

const blank = (text: string): string => text.replace(/[^\r\n]/g, ' ')

/** The line around `offset`; past the last character, the last line that has text. */
function lineAt(source: SourceText, offset: number): readonly [number, number] {
  const starts = lineStarts(source)
  let line = starts.length - 1
  while (line > 0 && starts[line] > offset) line--
  const endOf = (index: number) => starts[index + 1] ?? source.text.length
  while (line > 0 && source.text.slice(starts[line], endOf(line)).trim() === '') line--
  return [starts[line], endOf(line)]
}

import type { SourceText } from '../config/source-text.ts'
import { lineStarts } from '../config/source-text.ts'
import { lineEnd } from './positions.ts'

/** A key of a map, or the index of a list item. */
export type PathStep = string | number

/** A stretch of text and what it says without quotes. */
export interface OutlineText {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** A line that says something. What it opens is told by indentation alone, so that a text which is no YAML yet has a structure too. */
export interface OutlineLine {
  /** 0-based. */
  readonly line: number
  /** Offset at which the line begins. */
  readonly start: number
  /** Column of its first character that is no space. */
  readonly indent: number
  /** Columns of the `-` that begin list items on this line. */
  readonly dashes: readonly number[]
  /** Column of the key or item behind the dashes. */
  readonly column: number
  readonly key?: OutlineText
  /** What stands behind `key:` or `-`, without comment; empty when nothing does. */
  readonly value: OutlineText
  /** Path of the key or item. */
  readonly path: readonly PathStep[]
}

export interface Outline {
  readonly source: SourceText
  readonly lines: readonly OutlineLine[]
}

interface Open {
  readonly column: number
  readonly step: PathStep
  readonly dash: boolean
}

/**
 * Reads the block structure of a YAML text by its lines. It never fails: block scalars are skipped, flow collections are values of
 * their line, anything else is taken by indentation.
 */
export function outlineOf(source: SourceText): Outline {
  const starts = lineStarts(source)
  const lines: OutlineLine[] = []
  const stack: Open[] = []
  let scalarIndent = -1
  let flowDepth = 0
  for (let line = 0; line < starts.length; line++) {
    const start = starts[line] + (line === 0 && source.text.charCodeAt(0) === 0xfeff ? 1 : 0)
    const text = source.text.slice(start, lineEnd(source, line))
    const indent = text.search(/[^ ]/)
    if (indent < 0) continue
    if (flowDepth > 0) {
      flowDepth = Math.max(0, flowDepth + bracketBalance(text))
      continue
    }
    if (scalarIndent >= 0 && indent > scalarIndent) continue
    scalarIndent = -1
    if (text[indent] === '#' || /^(---|\.\.\.)(\s|$)/.test(text) || text.startsWith('%')) continue
    const dashes: number[] = []
    let column = indent
    while (text[column] === '-' && (column + 1 >= text.length || text[column + 1] === ' ')) {
      dashes.push(column)
      const next = text.slice(column + 1).search(/[^ ]/)
      column = next < 0 ? text.length : column + 1 + next
      if (next < 0) break
    }
    for (const dash of dashes) {
      // A list may begin in the column of its own key.
      closeTo(stack, dash, 'keep own column')
      const top = stack.at(-1)
      if (top?.dash && top.column === dash) stack[stack.length - 1] = { column: dash, step: (top.step as number) + 1, dash: true }
      else stack.push({ column: dash, step: 0, dash: true })
    }
    const key = keyIn(text, column)
    if (key || dashes.length === 0) closeTo(stack, column, 'close own column')
    if (key) stack.push({ column, step: key.text, dash: false })
    const valueFrom = key ? key.colon + 1 : column
    const value = valueIn(text, valueFrom)
    lines.push({
      line,
      start,
      indent,
      dashes,
      column,
      ...(key ? { key: { text: key.text, start: start + key.start, end: start + key.end } } : {}),
      value: { text: unquoted(value.text), start: start + value.start, end: start + value.start + value.text.length },
      path: stack.map(open => open.step),
    })
    if (/^[|>][+\-0-9]*$/.test(value.text)) scalarIndent = key ? column : (dashes.at(-1) ?? indent)
    else if (/^[[{]/.test(value.text)) flowDepth = Math.max(0, bracketBalance(value.text))
  }
  return { source, lines }
}

/** Closes what is open at a greater column, or at this one too. */
function closeTo(stack: Open[], column: number, own: 'keep own column' | 'close own column'): void {
  while (stack.length && (stack.at(-1)!.column > column || (own === 'close own column' && stack.at(-1)!.column === column))) stack.pop()
}

function keyIn(text: string, column: number): { text: string; start: number; end: number; colon: number } | undefined {
  const rest = text.slice(column)
  const quoted = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*:(?=\s|$)/.exec(rest)
  if (quoted) {
    return { text: unquoted(quoted[1]), start: column, end: column + quoted[1].length, colon: column + quoted[0].length - 1 }
  }
  if (!rest || /^[[\]{},"'|>&*!%@`#]/.test(rest)) return undefined
  for (let i = 0; i < rest.length; i++) {
    if (rest[i] === '#' && rest[i - 1] === ' ') return undefined
    if (rest[i] !== ':' || (i + 1 < rest.length && rest[i + 1] !== ' ')) continue
    const key = rest.slice(0, i).trimEnd()
    return { text: key, start: column, end: column + key.length, colon: column + i }
  }
  return undefined
}

/** The value from `from` on, without blanks around it and without its comment. */
function valueIn(text: string, from: number): { text: string; start: number } {
  let start = from
  while (start < text.length && text[start] === ' ') start++
  let quote = ''
  let end = start
  for (let i = start; i < text.length; i++) {
    const c = text[i]
    if (quote) {
      if (c === '\\' && quote === '"') i++
      else if (c === quote) quote = ''
    } else if ((c === '"' || c === "'") && (i === start || /[\s[{,:(]/.test(text[i - 1]))) quote = c
    else if (c === '#' && (i === start || text[i - 1] === ' ')) break
    if (c !== ' ') end = Math.min(i + 1, text.length)
  }
  // An empty value stands one blank behind its colon or dash, if there is one.
  if (end === start) return { text: '', start: Math.min(from + 1, start) }
  return { text: text.slice(start, end), start }
}

function bracketBalance(text: string): number {
  let depth = 0
  let quote = ''
  for (const c of text) {
    if (quote) {
      if (c === quote) quote = ''
    } else if (c === '"' || c === "'") quote = c
    else if (c === '[' || c === '{') depth++
    else if (c === ']' || c === '}') depth--
    else if (c === '#') break
  }
  return depth
}

function unquoted(text: string): string {
  if (text.length >= 2 && text[0] === "'" && text.endsWith("'")) return text.slice(1, -1).replaceAll("''", "'")
  if (text.length >= 2 && text[0] === '"' && text.endsWith('"')) return text.slice(1, -1).replace(/\\(.)/g, '$1')
  return text
}

/** The keys that stand in the map at `path`. */
export const keysAt = (outline: Outline, path: readonly PathStep[]): string[] =>
  outline.lines
    .filter(({ key, path: own }) => key && own.length === path.length + 1 && path.every((step, i) => step === own[i]))
    .map(({ key }) => key!.text)

/** The line at which the key or item `path` begins. */
export const lineOf = (outline: Outline, path: readonly PathStep[]): OutlineLine | undefined =>
  outline.lines.find(({ path: own }) => own.length >= path.length && path.every((step, i) => step === own[i]))

/** The text behind the key `path`. */
export const valueAt = (outline: Outline, path: readonly PathStep[]): OutlineText | undefined =>
  outline.lines.find(({ path: own }) => own.length === path.length && path.every((step, i) => step === own[i]))?.value

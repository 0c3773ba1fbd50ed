import { strRepr } from '../python/str.ts'
import { isBlankOrEnd, isBreak } from './characters.ts'
import { atDocumentMarker, type Cursor, passBreak } from './cursor.ts'
import type { Token } from './tokens.ts'
import { stop } from './yaml-error.ts'

const escapes: Record<string, string> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '\\': '\\',
  '/': '/',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
}
const escapeLengths: Record<string, number> = { x: 2, u: 4, U: 8 }

/** A `'…'` or `"…"` scalar; line breaks in it are folded. */
export function scanQuoted(cursor: Cursor): Token {
  const { text } = cursor
  const start = cursor.pos
  const quote = text.charCodeAt(start)
  const double = quote === 34
  cursor.pos++
  let value = ''
  for (;;) {
    const from = cursor.pos
    while (!isContentEnd(text.charCodeAt(cursor.pos), quote, double)) cursor.pos++
    value += text.slice(from, cursor.pos)
    const c = text.charCodeAt(cursor.pos)
    if (c === quote) {
      if (!double && text.charCodeAt(cursor.pos + 1) === 39) {
        value += "'"
        cursor.pos += 2
        continue
      }
      cursor.pos++
      return { kind: '<scalar>', start, end: cursor.pos, text: value, detail: double ? '"' : "'" }
    }
    value += double && c === 92 ? passEscape(cursor, start) : passSpaces(cursor, start)
  }
}

const isContentEnd = (c: number, quote: number, double: boolean): boolean => c === quote || (double && c === 92) || isBlankOrEnd(c)

function passSpaces(cursor: Cursor, start: number): string {
  const { text } = cursor
  const from = cursor.pos
  while (text.charCodeAt(cursor.pos) === 32 || text.charCodeAt(cursor.pos) === 9) cursor.pos++
  const c = text.charCodeAt(cursor.pos)
  if (c === 0)
    stop({ context: 'while scanning a quoted scalar', contextAt: start, message: 'found unexpected end of stream', at: cursor.pos })
  if (!isBreak(c)) return text.slice(from, cursor.pos)
  const first = passBreak(cursor)
  const breaks = passBreaks(cursor, start)
  if (first !== '\n') return first + breaks
  return breaks || ' '
}

/** Empty lines, and the blanks that the next line starts with. */
function passBreaks(cursor: Cursor, start: number): string {
  const { text } = cursor
  let breaks = ''
  for (;;) {
    if (atDocumentMarker(cursor))
      stop({ context: 'while scanning a quoted scalar', contextAt: start, message: 'found unexpected document separator', at: cursor.pos })
    while (text.charCodeAt(cursor.pos) === 32 || text.charCodeAt(cursor.pos) === 9) cursor.pos++
    if (!isBreak(text.charCodeAt(cursor.pos))) return breaks
    breaks += passBreak(cursor)
  }
}

function passEscape(cursor: Cursor, start: number): string {
  const { text } = cursor
  cursor.pos++
  const c = text[cursor.pos]
  if (Object.hasOwn(escapes, c)) {
    cursor.pos++
    return escapes[c]
  }
  if (Object.hasOwn(escapeLengths, c)) return passCode(cursor, start, escapeLengths[c])
  if (isBreak(text.charCodeAt(cursor.pos))) {
    passBreak(cursor)
    return passBreaks(cursor, start)
  }
  return stop({
    context: 'while scanning a double-quoted scalar',
    contextAt: start,
    message: `found unknown escape character ${strRepr(characterAt(text, cursor.pos))}`,
    at: cursor.pos,
  })
}

function passCode(cursor: Cursor, start: number, length: number): string {
  const { text } = cursor
  cursor.pos++
  for (let i = 0; i < length; i++) {
    if (!/[0-9A-Fa-f]/.test(text[cursor.pos + i]))
      stop({
        context: 'while scanning a double-quoted scalar',
        contextAt: start,
        message: `expected escape sequence of ${length} hexadecimal numbers, but found ${strRepr(characterAt(text, cursor.pos + i))}`,
        at: cursor.pos,
      })
  }
  const code = Number.parseInt(text.slice(cursor.pos, cursor.pos + length), 16)
  cursor.pos += length
  if (code > 0x10ffff) stop({ message: 'chr() arg not in range(0x110000)', at: cursor.pos - length })
  return String.fromCodePoint(code)
}

/** The whole character at `at`; the end of the text shows as NUL, as in PyYAML. */
export function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at) ?? 0
  // Python has read every line end as \n.
  return code === 13 ? '\n' : String.fromCodePoint(code)
}

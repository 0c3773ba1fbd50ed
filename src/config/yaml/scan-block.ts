import { strRepr } from '../python/str.ts'
import { isBreak, isBreakOrEnd } from './characters.ts'
import { type Cursor, passBreak } from './cursor.ts'
import { characterAt } from './scan-quoted.ts'
import type { Token } from './tokens.ts'
import { stop } from './yaml-error.ts'

const context = 'while scanning a block scalar'

/**
 * A `|` (literal) or `>` (folded) scalar.
 *
 * @param parentIndent column of the collection it stands in, -1 at the root
 */
export function scanBlock(cursor: Cursor, parentIndent: number): Token {
  const { text } = cursor
  const start = cursor.pos
  const folded = text.charCodeAt(start) === 62
  cursor.pos++
  const { chomping, increment } = header(cursor, start)
  restOfHeaderLine(cursor, start)

  const minIndent = Math.max(parentIndent + 1, 1)
  let indent: number
  let breaks: string
  let end: number
  if (increment === 0) {
    const found = detectIndent(cursor)
    indent = Math.max(minIndent, found.widest)
    breaks = found.breaks
    end = found.end
  } else {
    indent = minIndent + increment - 1
    const passed = passBreaks(cursor, indent)
    breaks = passed.breaks
    end = passed.end
  }

  let value = ''
  let lineBreak = ''
  while (cursor.pos - cursor.lineStart === indent && text.charCodeAt(cursor.pos) !== 0) {
    value += breaks
    const leadingNonSpace = !isBlank(text.charCodeAt(cursor.pos))
    const from = cursor.pos
    while (!isBreakOrEnd(text.charCodeAt(cursor.pos))) cursor.pos++
    value += text.slice(from, cursor.pos)
    lineBreak = passBreak(cursor)
    const passed = passBreaks(cursor, indent)
    breaks = passed.breaks
    end = passed.end
    if (cursor.pos - cursor.lineStart !== indent || text.charCodeAt(cursor.pos) === 0) break
    if (folded && lineBreak === '\n' && leadingNonSpace && !isBlank(text.charCodeAt(cursor.pos))) {
      if (!breaks) value += ' '
    } else value += lineBreak
  }
  if (chomping !== '-') value += lineBreak
  if (chomping === '+') value += breaks
  return { kind: '<scalar>', start, end, text: value, detail: folded ? '>' : '|' }
}

const isBlank = (c: number): boolean => c === 32 || c === 9
const isChomping = (c: string): boolean => c === '+' || c === '-'
const isDigit = (c: string): boolean => c >= '0' && c <= '9'

function header(cursor: Cursor, start: number): { chomping: string; increment: number } {
  const { text } = cursor
  let chomping = ''
  let increment = 0
  const takeIncrement = () => {
    increment = Number(text[cursor.pos])
    if (increment === 0)
      stop({ context, contextAt: start, message: 'expected indentation indicator in the range 1-9, but found 0', at: cursor.pos })
    cursor.pos++
  }
  if (isChomping(text[cursor.pos])) {
    chomping = text[cursor.pos++]
    if (isDigit(text[cursor.pos])) takeIncrement()
  } else if (isDigit(text[cursor.pos])) {
    takeIncrement()
    if (isChomping(text[cursor.pos])) chomping = text[cursor.pos++]
  }
  const c = text.charCodeAt(cursor.pos)
  if (c !== 32 && !isBreakOrEnd(c))
    stop({
      context,
      contextAt: start,
      message: `expected chomping or indentation indicators, but found ${strRepr(characterAt(text, cursor.pos))}`,
      at: cursor.pos,
    })
  return { chomping, increment }
}

function restOfHeaderLine(cursor: Cursor, start: number): void {
  const { text } = cursor
  while (text.charCodeAt(cursor.pos) === 32) cursor.pos++
  if (text.charCodeAt(cursor.pos) === 35) while (!isBreakOrEnd(text.charCodeAt(cursor.pos))) cursor.pos++
  if (!isBreakOrEnd(text.charCodeAt(cursor.pos)))
    stop({
      context,
      contextAt: start,
      message: `expected a comment or a line break, but found ${strRepr(characterAt(text, cursor.pos))}`,
      at: cursor.pos,
    })
  passBreak(cursor)
}

/** Leading empty lines; the widest run of spaces in them and before the first text decides the indentation. */
function detectIndent(cursor: Cursor): { breaks: string; widest: number; end: number } {
  const { text } = cursor
  let breaks = ''
  let widest = 0
  let end = cursor.pos
  for (;;) {
    const c = text.charCodeAt(cursor.pos)
    if (c === 32) {
      cursor.pos++
      widest = Math.max(widest, cursor.pos - cursor.lineStart)
    } else if (isBreak(c)) {
      breaks += passBreak(cursor)
      end = cursor.pos
    } else return { breaks, widest, end }
  }
}

function passBreaks(cursor: Cursor, indent: number): { breaks: string; end: number } {
  const { text } = cursor
  let breaks = ''
  let end = cursor.pos
  const passIndent = () => {
    while (cursor.pos - cursor.lineStart < indent && text.charCodeAt(cursor.pos) === 32) cursor.pos++
  }
  passIndent()
  while (isBreak(text.charCodeAt(cursor.pos))) {
    breaks += passBreak(cursor)
    end = cursor.pos
    passIndent()
  }
  return { breaks, end }
}

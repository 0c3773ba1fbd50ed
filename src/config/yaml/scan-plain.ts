import { isBlankOrEnd, isBreak, isFlowIndicator } from './characters.ts'
import { atDocumentMarker, type Cursor, passBreak } from './cursor.ts'
import type { Token } from './tokens.ts'

/** A scanned plain scalar; `brokeLine` tells that it ended after a line break, where a new key may start. */
export interface PlainScalar {
  readonly token: Token
  readonly brokeLine: boolean
}

/**
 * A scalar without quotes; it may run over several lines, which are folded.
 *
 * @param minColumn lines of its continuation start at this column or later (in block context)
 */
export function scanPlain(cursor: Cursor, inFlow: boolean, minColumn: number): PlainScalar {
  const { text } = cursor
  const start = cursor.pos
  let end = start
  let value = ''
  let gap = ''
  let brokeLine = false
  for (;;) {
    if (text.charCodeAt(cursor.pos) === 35) break
    const from = cursor.pos
    cursor.pos = plainEnd(text, from, inFlow)
    if (cursor.pos === from) break
    brokeLine = false
    value += gap + text.slice(from, cursor.pos)
    end = cursor.pos
    const before = cursor.line
    const space = passGap(cursor)
    if (cursor.line !== before) brokeLine = true
    if (space === undefined) break
    gap = space
    if (text.charCodeAt(cursor.pos) === 35 || (!inFlow && cursor.pos - cursor.lineStart < minColumn)) break
  }
  return { token: { kind: '<scalar>', start, end, text: value, detail: 'plain' }, brokeLine }
}

/** Where the piece of a plain scalar that starts at `from` ends. */
function plainEnd(text: string, from: number, inFlow: boolean): number {
  let at = from
  for (;;) {
    const c = text.charCodeAt(at)
    if (isBlankOrEnd(c)) return at
    if (c === 58) {
      const next = text.charCodeAt(at + 1)
      if (isBlankOrEnd(next) || (inFlow && isFlowIndicator(next))) return at
    }
    if (inFlow && (c === 63 || isFlowIndicator(c))) return at
    at++
  }
}

/** Spaces and breaks inside a plain scalar, folded; undefined where the scalar cannot go on. */
function passGap(cursor: Cursor): string | undefined {
  const { text } = cursor
  const from = cursor.pos
  while (text.charCodeAt(cursor.pos) === 32) cursor.pos++
  if (!isBreak(text.charCodeAt(cursor.pos))) return cursor.pos > from ? text.slice(from, cursor.pos) : undefined
  const first = passBreak(cursor)
  if (atDocumentMarker(cursor)) return undefined
  let breaks = ''
  for (;;) {
    if (text.charCodeAt(cursor.pos) === 32) cursor.pos++
    else if (isBreak(text.charCodeAt(cursor.pos))) {
      breaks += passBreak(cursor)
      if (atDocumentMarker(cursor)) return undefined
    } else break
  }
  if (first !== '\n') return first + breaks
  return breaks || ' '
}

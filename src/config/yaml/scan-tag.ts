import { strRepr } from '../python/str.ts'
import { isBreakOrEnd, isSpaceOrEnd, isWordCharacter } from './characters.ts'
import { type Cursor, passBreak } from './cursor.ts'
import { characterAt } from './scan-quoted.ts'
import type { Token } from './tokens.ts'
import { stop } from './yaml-error.ts'

/** `!`, `!suffix`, `!!suffix`, `!handle!suffix` or `!<uri>`; `detail` is the handle, empty where there is none. */
export function scanTag(cursor: Cursor): Token {
  const { text } = cursor
  const start = cursor.pos
  const next = text[start + 1]
  let handle = ''
  let suffix: string
  if (next === '<') {
    cursor.pos += 2
    suffix = uri(cursor, 'tag', start)
    if (text[cursor.pos] !== '>')
      stop({
        context: 'while parsing a tag',
        contextAt: start,
        message: `expected '>', but found ${strRepr(characterAt(text, cursor.pos))}`,
        at: cursor.pos,
      })
    cursor.pos++
  } else if (isSpaceOrEnd(text.charCodeAt(start + 1)) || next === '\t') {
    suffix = '!'
    cursor.pos++
  } else {
    handle = hasHandle(text, start) ? tagHandle(cursor, 'tag', start) : '!'
    if (handle === '!' && cursor.pos === start) cursor.pos++
    suffix = uri(cursor, 'tag', start)
  }
  if (!isSpaceOrEnd(text.charCodeAt(cursor.pos)))
    stop({
      context: 'while scanning a tag',
      contextAt: start,
      message: `expected ' ', but found ${strRepr(characterAt(text, cursor.pos))}`,
      at: cursor.pos,
    })
  return { kind: '<tag>', start, end: cursor.pos, text: suffix, detail: handle }
}

/** Whether a second `!` follows before the tag ends. */
function hasHandle(text: string, start: number): boolean {
  for (let at = start + 1; !isSpaceOrEnd(text.charCodeAt(at)); at++) if (text[at] === '!') return true
  return false
}

function tagHandle(cursor: Cursor, name: string, start: number): string {
  const { text } = cursor
  const from = cursor.pos
  const expectBang = () =>
    stop({
      context: `while scanning a ${name}`,
      contextAt: start,
      message: `expected '!', but found ${strRepr(characterAt(text, cursor.pos))}`,
      at: cursor.pos,
    })
  if (text[cursor.pos] !== '!') expectBang()
  let at = cursor.pos + 1
  if (text[at] !== ' ') {
    while (isWordCharacter(text.charCodeAt(at))) at++
    if (text[at] !== '!') {
      cursor.pos = at
      expectBang()
    }
    at++
  }
  cursor.pos = at
  return text.slice(from, at)
}

const uriCharacter = /[0-9A-Za-z\-;/?:@&=+$,_.!~*'()[\]%]/

function uri(cursor: Cursor, name: string, start: number): string {
  const { text } = cursor
  let out = ''
  const from = cursor.pos
  while (uriCharacter.test(text[cursor.pos])) {
    if (text[cursor.pos] === '%') out += uriEscapes(cursor, name, start)
    else out += text[cursor.pos++]
  }
  if (cursor.pos === from)
    stop({
      context: `while parsing a ${name}`,
      contextAt: start,
      message: `expected URI, but found ${strRepr(characterAt(text, cursor.pos))}`,
      at: cursor.pos,
    })
  return out
}

/** A run of `%XX`, as UTF-8. */
function uriEscapes(cursor: Cursor, name: string, start: number): string {
  const { text } = cursor
  const at = cursor.pos
  const bytes: number[] = []
  while (text[cursor.pos] === '%') {
    cursor.pos++
    for (let k = 0; k < 2; k++)
      if (!/[0-9A-Fa-f]/.test(text[cursor.pos + k]))
        stop({
          context: `while scanning a ${name}`,
          contextAt: start,
          message: `expected URI escape sequence of 2 hexadecimal numbers, but found ${strRepr(characterAt(text, cursor.pos + k))}`,
          at: cursor.pos,
        })
    bytes.push(Number.parseInt(text.slice(cursor.pos, cursor.pos + 2), 16))
    cursor.pos += 2
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes))
  } catch {
    return stop({ context: `while scanning a ${name}`, contextAt: start, message: "'utf-8' codec can't decode the escapes", at })
  }
}

/** `&name` or `*name`. */
export function scanAnchor(cursor: Cursor): Token {
  const { text } = cursor
  const start = cursor.pos
  const isAlias = text[start] === '*'
  const wrong = () =>
    stop({
      context: `while scanning an ${isAlias ? 'alias' : 'anchor'}`,
      contextAt: start,
      message: `expected alphabetic or numeric character, but found ${strRepr(characterAt(text, cursor.pos))}`,
      at: cursor.pos,
    })
  cursor.pos++
  const from = cursor.pos
  while (isWordCharacter(text.charCodeAt(cursor.pos))) cursor.pos++
  if (cursor.pos === from) wrong()
  const c = text.charCodeAt(cursor.pos)
  if (!isSpaceOrEnd(c) && !'\t?:,]}%@`'.includes(text[cursor.pos])) wrong()
  return { kind: isAlias ? '<alias>' : '<anchor>', start, end: cursor.pos, text: text.slice(from, cursor.pos) }
}

/** `%YAML 1.1`, `%TAG ! prefix`, or another directive, which is passed over. `detail` holds the arguments, separated by spaces. */
export function scanDirective(cursor: Cursor): Token {
  const { text } = cursor
  const start = cursor.pos
  const context = 'while scanning a directive'
  const expected = (what: string) =>
    stop({ context, contextAt: start, message: `expected ${what}, but found ${strRepr(characterAt(text, cursor.pos))}`, at: cursor.pos })
  const passSpaces = () => {
    while (text[cursor.pos] === ' ') cursor.pos++
  }
  cursor.pos++
  const from = cursor.pos
  while (isWordCharacter(text.charCodeAt(cursor.pos))) cursor.pos++
  if (cursor.pos === from || !isSpaceOrEnd(text.charCodeAt(cursor.pos))) expected('alphabetic or numeric character')
  const name = text.slice(from, cursor.pos)
  let detail = ''
  let end = cursor.pos
  if (name === 'YAML') {
    passSpaces()
    const digits = (next: string) => {
      if (!/[0-9]/.test(text[cursor.pos])) expected('a digit')
      const begin = cursor.pos
      while (/[0-9]/.test(text[cursor.pos])) cursor.pos++
      if (next === '.' ? text[cursor.pos] !== '.' : !isSpaceOrEnd(text.charCodeAt(cursor.pos)))
        expected(next === '.' ? "a digit or '.'" : "a digit or ' '")
      return text.slice(begin, cursor.pos)
    }
    const major = digits('.')
    cursor.pos++
    detail = `${major}.${digits(' ')}`
    end = cursor.pos
  } else if (name === 'TAG') {
    passSpaces()
    const handle = tagHandle(cursor, 'directive', start)
    if (text[cursor.pos] !== ' ') expected("' '")
    passSpaces()
    const prefix = uri(cursor, 'directive', start)
    if (!isSpaceOrEnd(text.charCodeAt(cursor.pos))) expected("' '")
    detail = `${handle} ${prefix}`
    end = cursor.pos
  } else while (!isBreakOrEnd(text.charCodeAt(cursor.pos))) cursor.pos++
  passSpaces()
  if (text[cursor.pos] === '#') while (!isBreakOrEnd(text.charCodeAt(cursor.pos))) cursor.pos++
  if (!isBreakOrEnd(text.charCodeAt(cursor.pos))) expected('a comment or a line break')
  passBreak(cursor)
  return { kind: '<directive>', start, end, text: name, detail }
}

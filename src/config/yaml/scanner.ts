import { strRepr } from '../python/str.ts'
import { isBlankOrEnd, isBreak, isBreakOrEnd } from './characters.ts'
import { atDocumentMarker, type Cursor, passBreak } from './cursor.ts'
import { KeyCandidates } from './key-candidates.ts'
import { scanBlock } from './scan-block.ts'
import { scanPlain } from './scan-plain.ts'
import { characterAt, scanQuoted } from './scan-quoted.ts'
import { scanAnchor, scanDirective, scanTag } from './scan-tag.ts'
import type { Token, TokenKind } from './tokens.ts'
import { stop } from './yaml-error.ts'

/** Tokens of a YAML 1.1 text, on demand: an error comes only when the parser asks for what lies behind it. */
export interface Scanner {
  /** The next token, which stays. */
  peek(): Token
  /** Takes the next token. */
  take(): Token
}

const byteOrderMark = 0xfeff

/** Scans `text`, which must hold no NUL. */
export function createScanner(source: string): Scanner {
  // a byte order mark is passed over and counts as no column
  const first = source.charCodeAt(0) === byteOrderMark ? 1 : 0
  const cursor: Cursor = { text: `${source}\0`, pos: first, lineStart: first, line: 0 }
  const { text } = cursor
  const queue: Token[] = []
  let head = 0
  let done = false
  let indent = -1
  const indents: number[] = []
  let flowDepth = 0
  let keyAllowed = true
  const candidates = new KeyCandidates(cursor)

  const column = () => cursor.pos - cursor.lineStart
  const add = (kind: TokenKind, start: number, end: number) => {
    queue.push({ kind, start, end, text: '' })
  }

  const dropCandidate = () => candidates.drop(flowDepth)

  function rememberCandidate(): void {
    if (keyAllowed) candidates.remember(flowDepth, queue.length, flowDepth === 0 && indent === column())
  }

  function unindentTo(target: number): void {
    if (flowDepth > 0) return
    while (indent > target) {
      indent = indents.pop()!
      add('<block end>', cursor.pos, cursor.pos)
    }
  }

  function indentTo(target: number): boolean {
    if (indent >= target) return false
    indents.push(indent)
    indent = target
    return true
  }

  function passToToken(): void {
    for (;;) {
      while (text.charCodeAt(cursor.pos) === 32) cursor.pos++
      if (text.charCodeAt(cursor.pos) === 35) while (!isBreakOrEnd(text.charCodeAt(cursor.pos))) cursor.pos++
      if (!isBreak(text.charCodeAt(cursor.pos))) return
      passBreak(cursor)
      if (flowDepth === 0) keyAllowed = true
    }
  }

  /** An indicator of one character. */
  function indicator(kind: TokenKind): void {
    add(kind, cursor.pos, cursor.pos + 1)
    cursor.pos++
  }

  function openFlow(kind: '[' | '{'): void {
    rememberCandidate()
    flowDepth++
    keyAllowed = true
    indicator(kind)
  }

  function closeFlow(kind: ']' | '}'): void {
    candidates.close(flowDepth)
    flowDepth = Math.max(0, flowDepth - 1)
    keyAllowed = false
    indicator(kind)
  }

  function documentMarker(kind: '<document start>' | '<document end>'): void {
    unindentTo(-1)
    dropCandidate()
    keyAllowed = false
    add(kind, cursor.pos, cursor.pos + 3)
    cursor.pos += 3
  }

  function blockEntry(): void {
    if (flowDepth === 0) {
      if (!keyAllowed) stop({ message: 'sequence entries are not allowed here', at: cursor.pos })
      if (indentTo(column())) add('<block sequence start>', cursor.pos, cursor.pos)
    }
    keyAllowed = true
    dropCandidate()
    indicator('-')
  }

  function explicitKey(): void {
    if (flowDepth === 0) {
      if (!keyAllowed) stop({ message: 'mapping keys are not allowed here', at: cursor.pos })
      if (indentTo(column())) add('<block mapping start>', cursor.pos, cursor.pos)
    }
    keyAllowed = flowDepth === 0
    dropCandidate()
    indicator('?')
  }

  function value(): void {
    const candidate = candidates.take(flowDepth)
    if (candidate) {
      const { at } = candidate
      const before: Token[] = []
      if (flowDepth === 0 && indentTo(candidate.column)) before.push({ kind: '<block mapping start>', start: at, end: at, text: '' })
      before.push({ kind: '?', start: at, end: at, text: '' })
      queue.splice(candidate.token, 0, ...before)
      keyAllowed = false
    } else {
      if (flowDepth === 0) {
        if (!keyAllowed) stop({ message: 'mapping values are not allowed here', at: cursor.pos })
        if (indentTo(column())) add('<block mapping start>', cursor.pos, cursor.pos)
      }
      keyAllowed = flowDepth === 0
      dropCandidate()
    }
    indicator(':')
  }

  function scalarLike(scan: (cursor: Cursor) => Token): void {
    rememberCandidate()
    keyAllowed = false
    queue.push(scan(cursor))
  }

  function plain(): void {
    rememberCandidate()
    const { token, brokeLine } = scanPlain(cursor, flowDepth > 0, indent + 1)
    keyAllowed = brokeLine
    queue.push(token)
  }

  /** Adds at least one token to the queue. */
  function fetch(): void {
    passToToken()
    candidates.dropStale()
    unindentTo(column())
    const c = text.charCodeAt(cursor.pos)
    if (c === 0) endStream()
    else if (!atLineStart() || !lineStartToken(c)) token(c, text.charCodeAt(cursor.pos + 1))
  }

  function endStream(): void {
    unindentTo(-1)
    dropCandidate()
    candidates.clear()
    done = true
    add('<stream end>', cursor.pos, cursor.pos)
  }

  const atLineStart = () => cursor.pos === cursor.lineStart

  /** Directives and document markers. */
  function lineStartToken(c: number): boolean {
    if (c === 37) {
      unindentTo(-1)
      dropCandidate()
      keyAllowed = false
      queue.push(scanDirective(cursor))
      return true
    }
    if (!atDocumentMarker(cursor)) return false
    documentMarker(c === 45 ? '<document start>' : '<document end>')
    return true
  }

  function token(c: number, next: number): void {
    switch (c) {
      case 91:
        openFlow('[')
        break
      case 123:
        openFlow('{')
        break
      case 93:
        closeFlow(']')
        break
      case 125:
        closeFlow('}')
        break
      case 44:
        keyAllowed = true
        dropCandidate()
        indicator(',')
        break
      case 45:
        if (isBlankOrEnd(next)) blockEntry()
        else plain()
        break
      case 63:
        if (flowDepth > 0 || isBlankOrEnd(next)) explicitKey()
        else plain()
        break
      case 58:
        if (flowDepth > 0 || isBlankOrEnd(next)) value()
        else plain()
        break
      case 42:
      case 38:
        scalarLike(scanAnchor)
        break
      case 33:
        scalarLike(scanTag)
        break
      case 39:
      case 34:
        scalarLike(scanQuoted)
        break
      case 124:
      case 62:
        if (flowDepth > 0) noToken()
        keyAllowed = true
        dropCandidate()
        queue.push(scanBlock(cursor, indent))
        break
      // Tab, % @ `
      case 9:
      case 37:
      case 64:
      case 96:
        noToken()
        break
      default:
        plain()
    }
  }

  function noToken(): never {
    return stop({
      context: 'while scanning for the next token',
      message: `found character ${strRepr(characterAt(text, cursor.pos))} that cannot start any token`,
      at: cursor.pos,
    })
  }

  /** The head of the queue is certain once no key candidate points at it: a key token would come before it. */
  function prepare(): void {
    while (!done) {
      if (head < queue.length) {
        candidates.dropStale()
        if (!candidates.pointAt(head)) return
      }
      fetch()
    }
  }

  return {
    peek() {
      prepare()
      return queue[head]
    },
    take() {
      prepare()
      return queue[head++]
    },
  }
}

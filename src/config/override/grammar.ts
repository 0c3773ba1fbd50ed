import { deepestNesting, dictKeyToken, ElementScan, primitiveToken } from './element-scan.ts'
import type { ArgumentTree, OverrideTree, TextPiece, ValueTree } from './syntax-tree.ts'
import { TokenReader } from './token-reader.ts'
import type { Token, TokenKind } from './tokens.ts'

const set = (...kinds: TokenKind[]): ReadonlySet<TokenKind> => new Set(kinds)

const keyToken = set('ID', 'KEY_SPECIAL', 'DOT_PATH')
const valueStart: ReadonlySet<TokenKind> = new Set([...primitiveToken, 'BRACKET_OPEN', 'BRACE_OPEN', 'QUOTED_VALUE'])
const afterEqual: ReadonlySet<TokenKind> = new Set([...valueStart, 'EOF'])
const overrideStart = set('EQUAL', 'TILDE', 'PLUS', 'AT', 'KEY_SPECIAL', 'DOT_PATH', 'ID')
const afterPlus = set('EQUAL', 'PLUS', 'AT', 'KEY_SPECIAL', 'DOT_PATH', 'ID')
const keyEnd = set('EOF', 'EQUAL', 'AT')
const afterGroup = set('SLASH', 'EQUAL', 'AT')
const afterDeletedGroup = set('SLASH', 'EQUAL', 'AT', 'EOF')
const afterArgumentId: ReadonlySet<TokenKind> = new Set([...primitiveToken, 'EQUAL', 'POPEN', 'COMMA', 'PCLOSE'])
const end = set('EOF', 'EQUAL')
const nothing = set()

/**
 * Parses `key=value`, `+key=value`, `++key=value`, `~key`, `~key=value` (OverrideParser of Hydra 1.3).
 * @throws GrammarError where the text leaves the grammar; `seen` then tells what was read before.
 */
export function parseOverrideTree(tokens: readonly Token[], seen?: (part: Partial<OverrideTree>) => void): OverrideTree {
  const reader = new TokenReader(tokens)
  reader.sync(overrideStart)
  let type: OverrideTree['type'] = 'change'
  if (reader.kind() === 'TILDE') {
    reader.take()
    type = 'delete'
  } else if (reader.kind() === 'PLUS') {
    reader.take()
    reader.sync(afterPlus)
    type = reader.kind() === 'PLUS' ? 'force-add' : 'add'
    if (type === 'force-add') reader.take()
  }
  seen?.({ type })
  const group = groupOf(reader, type === 'delete')
  const pkg = reader.kind() === 'AT' ? packageOf(reader) : undefined
  const key = { type, group, ...(pkg ? { package: pkg } : {}) }
  seen?.(key)
  if (type === 'delete') {
    reader.sync(end)
    if (reader.kind() === 'EOF') return key
  }
  const equal = reader.match('EQUAL', afterEqual)
  reader.sync(afterEqual)
  const tree = reader.kind() === 'EOF' ? undefined : value(reader)
  reader.match('EOF', nothing)
  return { ...key, value: { ...(tree ? { tree } : {}), start: equal.end, end: reader.at().start } }
}

/** Parses a text that is a value alone, as the grammar's rule `value`. */
export function parseValueTree(tokens: readonly Token[]): ValueTree {
  const reader = new TokenReader(tokens)
  return value(reader)
}

const piece = (text: string, start: number): TextPiece => ({ text, start, end: start + text.length })

function groupOf(reader: TokenReader, mayEnd: boolean): TextPiece {
  const first = reader.at()
  if (first.kind !== 'ID') return optionalKey(reader)
  reader.take()
  let text = first.text
  while (reader.kind() === 'SLASH') {
    reader.take()
    text += `/${reader.match('ID', mayEnd ? afterDeletedGroup : afterGroup).text}`
  }
  return piece(text, first.start)
}

function packageOf(reader: TokenReader): TextPiece {
  reader.take()
  return optionalKey(reader)
}

function optionalKey(reader: TokenReader): TextPiece {
  const token = reader.at()
  if (keyToken.has(token.kind)) return piece(reader.take().text, token.start)
  if (keyEnd.has(token.kind)) return piece('', token.start)
  throw reader.noViableAlternative(token, token)
}

/** `element` or `element,element…`. Which one it is shows only behind the first element, so that one is looked through first. */
function value(reader: TokenReader): ValueTree {
  lookThroughFirstElement(reader)
  const first = element(reader, set('EOF', 'COMMA'), 0)
  if (reader.kind() !== 'COMMA') return first
  const items = [first]
  while (reader.kind() === 'COMMA') {
    reader.take()
    items.push(element(reader, set('EOF', 'COMMA'), 0))
  }
  return { kind: 'simple-choice', items, start: first.start, end: items[items.length - 1].end }
}

/** Errors inside the first element are reported from the value's start; behind it, by whoever goes on reading. */
function lookThroughFirstElement(reader: TokenReader): void {
  const { index } = reader
  const first = reader.at()
  const scan = new ElementScan(reader)
  const complete = scan.element(0)
  const offending = reader.at()
  reader.index = index
  if (!complete) throw reader.noViableAlternative(first, offending)
}

function element(reader: TokenReader, follow: ReadonlySet<TokenKind>, depth: number): ValueTree {
  reader.sync(valueStart)
  if (depth > deepestNesting) throw reader.noViableAlternative(reader.at(), reader.at())
  switch (reader.kind()) {
    case 'BRACKET_OPEN':
      return list(reader, follow, depth)
    case 'BRACE_OPEN':
      return dict(reader, follow, depth)
    case 'QUOTED_VALUE': {
      const token = reader.take()
      return { kind: 'primitive', tokens: [token], start: token.start, end: token.end }
    }
    case 'ID':
      if (reader.kind(1) === 'POPEN') return call(reader, follow, depth)
  }
  return primitive(reader, primitiveToken)
}

function primitive(reader: TokenReader, kinds: ReadonlySet<TokenKind>): ValueTree {
  const tokens: Token[] = []
  while (kinds.has(reader.kind())) tokens.push(reader.take())
  return { kind: 'primitive', tokens, start: tokens[0].start, end: tokens[tokens.length - 1].end }
}

function list(reader: TokenReader, follow: ReadonlySet<TokenKind>, depth: number): ValueTree {
  const { start } = reader.take()
  const items: ValueTree[] = []
  const inner = set('COMMA', 'BRACKET_CLOSE')
  reader.sync(new Set([...valueStart, 'BRACKET_CLOSE']))
  if (reader.kind() !== 'BRACKET_CLOSE') {
    items.push(element(reader, inner, depth + 1))
    reader.sync(inner)
    while (reader.kind() === 'COMMA') {
      reader.take()
      items.push(element(reader, inner, depth + 1))
      reader.syncAgain(inner)
    }
  }
  return { kind: 'list', items, start, end: reader.match('BRACKET_CLOSE', follow).end }
}

function dict(reader: TokenReader, follow: ReadonlySet<TokenKind>, depth: number): ValueTree {
  const { start } = reader.take()
  const entries: { key: ValueTree; value: ValueTree }[] = []
  const inner = set('COMMA', 'BRACE_CLOSE')
  reader.sync(new Set([...dictKeyToken, 'BRACE_CLOSE']))
  if (reader.kind() !== 'BRACE_CLOSE') {
    entries.push(entry(reader, inner, depth + 1))
    reader.sync(inner)
    while (reader.kind() === 'COMMA') {
      reader.take()
      entries.push(entry(reader, inner, depth + 1))
      reader.syncAgain(inner)
    }
  }
  return { kind: 'dict', entries, start, end: reader.match('BRACE_CLOSE', follow).end }
}

function entry(reader: TokenReader, follow: ReadonlySet<TokenKind>, depth: number) {
  reader.sync(dictKeyToken)
  const key = primitive(reader, dictKeyToken)
  reader.match('COLON', valueStart)
  return { key, value: element(reader, follow, depth) }
}

function call(reader: TokenReader, follow: ReadonlySet<TokenKind>, depth: number): ValueTree {
  const name = reader.take()
  reader.take()
  const args: ArgumentTree[] = []
  const inner = set('COMMA', 'PCLOSE')
  reader.sync(new Set([...valueStart, 'PCLOSE']))
  if (reader.kind() !== 'PCLOSE') {
    args.push(argument(reader, inner, depth + 1))
    reader.sync(inner)
    while (reader.kind() === 'COMMA') {
      reader.take()
      args.push(argument(reader, inner, depth + 1))
      reader.syncAgain(inner)
    }
  }
  return { kind: 'call', name, args, start: name.start, end: reader.match('PCLOSE', follow).end }
}

function argument(reader: TokenReader, follow: ReadonlySet<TokenKind>, depth: number): ArgumentTree {
  reader.sync(valueStart)
  if (reader.kind() === 'ID' && !afterArgumentId.has(reader.kind(1))) throw reader.noViableAlternative(reader.at(), reader.at(1))
  if (reader.kind() !== 'ID' || reader.kind(1) !== 'EQUAL') return { value: element(reader, follow, depth) }
  const name = reader.take().text
  reader.take()
  return { name, value: element(reader, follow, depth) }
}

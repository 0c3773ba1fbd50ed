import {
  escapeSpaces,
  type InterpolationLexer,
  InterpolationStop,
  type InterpolationToken,
  type InterpolationTokenKind as Kind,
} from './interpolation-lexer.ts'

export type Kinds = ReadonlySet<Kind>

const kinds = (...list: readonly (Kind | Kinds)[]): Kinds => new Set(list.flatMap(item => (typeof item === 'string' ? [item] : [...item])))

/** What may stand at the places of the grammar where an error can be noticed. */
export const expected = (() => {
  const dictKey = kinds('FLOAT', 'INT', 'BOOL', 'NULL', 'UNQUOTED_CHAR', 'ID', 'ESC', 'WS')
  const primitive = kinds('INTER_OPEN', 'COLON', dictKey)
  const element = kinds('BRACE_OPEN', 'QUOTE_OPEN_SINGLE', 'QUOTE_OPEN_DOUBLE', 'BRACKET_OPEN', primitive)
  const text = kinds('ANY_STR', 'ESC_INTER', 'TOP_ESC', 'INTER_OPEN', 'ESC', 'QUOTED_ESC')
  const key = kinds('INTER_OPEN', 'ID', 'INTER_KEY')
  return {
    dictKey,
    primitive,
    element,
    text,
    key,
    afterText: kinds(text, 'EOF'),
    quotedText: kinds(text, 'MATCHING_QUOTE_CLOSE'),
    firstKey: kinds(key, 'BRACKET_OPEN', 'DOT'),
    afterKey: kinds('BRACKET_OPEN', 'INTER_CLOSE', 'DOT'),
    afterBracketKey: kinds('BRACKET_CLOSE'),
    afterName: kinds('DOT', 'COLON'),
    resolverArgs: kinds(element, 'COMMA', 'BRACE_CLOSE'),
    listItems: kinds(element, 'COMMA', 'BRACKET_CLOSE'),
    dictEntries: kinds(dictKey, 'BRACE_CLOSE'),
    afterEntry: kinds('BRACE_CLOSE', 'COMMA'),
    afterItem: kinds('BRACKET_CLOSE', 'COMMA'),
    end: kinds('EOF'),
    inPrimitive: (after: Kinds): Kinds => kinds(primitive, after),
  } as const
})()

/** The order in which the real parser lists what it expected. */
const order: readonly Kind[] = [
  'EOF',
  'ANY_STR',
  'ESC_INTER',
  'TOP_ESC',
  'INTER_OPEN',
  'BRACE_OPEN',
  'BRACE_CLOSE',
  'QUOTE_OPEN_SINGLE',
  'QUOTE_OPEN_DOUBLE',
  'COMMA',
  'BRACKET_OPEN',
  'BRACKET_CLOSE',
  'COLON',
  'FLOAT',
  'INT',
  'BOOL',
  'NULL',
  'UNQUOTED_CHAR',
  'ID',
  'ESC',
  'WS',
  'INTER_CLOSE',
  'DOT',
  'INTER_KEY',
  'MATCHING_QUOTE_CLOSE',
  'QUOTED_ESC',
]

const nameOf = (kind: Kind): string => (kind === 'DOT' ? "'.'" : kind === 'EOF' ? '<EOF>' : kind)

function listOf(set: Kinds): string {
  const names = order.filter(kind => set.has(kind)).map(nameOf)
  return names.length === 1 ? names[0] : `{${names.join(', ')}}`
}

const quote = ({ text }: InterpolationToken): string => `'${escapeSpaces(text)}'`

/** Fails at `token`. */
export function failAt({ start, end }: InterpolationToken, message: string): never {
  throw new InterpolationStop({ message, start, end })
}

/** The next token must be one of `set`. `looped`: after a turn of a loop, where the real parser takes a wrong token for an extra one. */
export function expectOneOf(lexer: InterpolationLexer, set: Kinds, looped = false): void {
  const token = lexer.peek()
  if (set.has(token.kind)) return
  const isExtra = looped || set.has(lexer.peek(1).kind)
  failAt(token, `${isExtra ? 'extraneous' : 'mismatched'} input ${quote(token)} expecting ${listOf(set)}`)
}

/** The next token must be `kind`; `after` is what may follow it: if that stands here instead, `kind` is missing. */
export function expectToken(lexer: InterpolationLexer, kind: Kind, after: Kinds): void {
  const token = lexer.peek()
  if (token.kind === kind) return
  if (token.kind !== 'EOF' && lexer.peek(1).kind === kind) failAt(token, `extraneous input ${quote(token)} expecting ${nameOf(kind)}`)
  if (after.has(token.kind)) failAt(token, `missing ${nameOf(kind)} at ${quote(token)}`)
  failAt(token, `mismatched input ${quote(token)} expecting ${nameOf(kind)}`)
}

import type { Token, TokenKind } from './tokens.ts'

/** Where and how a text leaves the grammar. `kind` decides which first line Hydra prints. */
export class GrammarError extends Error {
  constructor(
    /** `lexer`: no token begins here; `recognition`: the parser's line comes first; `recovery`: Hydra's "Error parsing override" does. */
    readonly kind: 'lexer' | 'recognition' | 'recovery',
    message: string,
    readonly start: number,
    readonly end: number,
  ) {
    super(message)
  }
}

const noToken = ({ start }: Token) => new GrammarError('lexer', 'no token begins here', start, start + 1)

/** The order in which expected tokens are listed. */
const order: readonly TokenKind[] = [
  'EOF',
  'EQUAL',
  'TILDE',
  'PLUS',
  'AT',
  'COLON',
  'SLASH',
  'KEY_SPECIAL',
  'DOT_PATH',
  'POPEN',
  'COMMA',
  'PCLOSE',
  'BRACKET_OPEN',
  'BRACKET_CLOSE',
  'BRACE_OPEN',
  'BRACE_CLOSE',
  'FLOAT',
  'INT',
  'BOOL',
  'NULL',
  'UNQUOTED_CHAR',
  'ID',
  'ESC',
  'WS',
  'QUOTED_VALUE',
  'INTERPOLATION',
]
const names: Partial<Record<TokenKind, string>> = { EOF: '<EOF>', TILDE: "'~'", PLUS: "'+'", AT: "'@'", COLON: "':'", SLASH: "'/'" }

const quoted = (text: string) => `'${text.replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}'`

function expectation(kinds: ReadonlySet<TokenKind>): string {
  const listed = order.filter(kind => kinds.has(kind)).map(kind => names[kind] ?? kind)
  return listed.length > 1 ? `{${listed.join(', ')}}` : listed.join()
}

/**
 * Reads tokens as ANTLR's generated parsers do, so that errors appear at the same token and in the same words: an unexpected token that
 * could be left out is `extraneous`, a token that could be put in is `missing`, all others are `mismatched`.
 */
export class TokenReader {
  index = 0
  constructor(readonly tokens: readonly Token[]) {}

  /** The k-th token from here. Reading one that is none is an error even where the grammar would not need it. */
  at(k = 0): Token {
    const token = this.tokens[Math.min(this.index + k, this.tokens.length - 1)]
    if (token.kind === 'BAD') throw noToken(token)
    return token
  }

  kind(k = 0): TokenKind {
    return this.at(k).kind
  }

  take(): Token {
    const token = this.at()
    if (token.kind !== 'EOF') {
      this.index++
      this.at()
    }
    return token
  }

  /** Before an optional or repeated part: the next token must be one of `expected`. */
  sync(expected: ReadonlySet<TokenKind>): void {
    if (expected.has(this.kind())) return
    this.rejectExtraneous(expected)
    throw this.mismatch(expected)
  }

  /** The same after a repetition, where the token counts as extraneous without a further look. */
  syncAgain(expected: ReadonlySet<TokenKind>): void {
    if (!expected.has(this.kind()))
      throw this.error('recovery', `extraneous input ${quoted(this.at().text)} expecting ${expectation(expected)}`)
  }

  /** Takes a token of `kind`; `follow` are the kinds that may stand behind it. */
  match(kind: TokenKind, follow: ReadonlySet<TokenKind>): Token {
    if (this.kind() === kind) return this.take()
    const expected = new Set([kind])
    this.rejectExtraneous(expected)
    if (follow.has(this.kind())) throw this.error('recovery', `missing ${expectation(expected)} at ${quoted(this.at().text)}`)
    throw this.mismatch(expected)
  }

  noViableAlternative(from: Token, offending: Token): GrammarError {
    // to show the text, all tokens are read, and a bad one among them is reported instead
    const bad = this.tokens[this.tokens.length - 1]
    if (bad.kind === 'BAD' && from.kind !== 'EOF') throw noToken(bad)
    const first = this.tokens.indexOf(from)
    const last = this.tokens.indexOf(offending)
    const text =
      from.kind === 'EOF'
        ? '<EOF>'
        : this.tokens
            .slice(first, last + 1)
            .map(token => (token.kind === 'EOF' ? '' : token.text))
            .join('')
    return new GrammarError('recognition', `no viable alternative at input ${quoted(text)}`, offending.start, offending.end)
  }

  private mismatch(expected: ReadonlySet<TokenKind>): GrammarError {
    return this.error('recognition', `mismatched input ${quoted(this.at().text)} expecting ${expectation(expected)}`)
  }

  private rejectExtraneous(expected: ReadonlySet<TokenKind>): void {
    if (this.kind() !== 'EOF' && expected.has(this.kind(1)))
      throw this.error('recovery', `extraneous input ${quoted(this.at().text)} expecting ${expectation(expected)}`)
  }

  private error(kind: GrammarError['kind'], message: string): GrammarError {
    const { start, end } = this.at()
    return new GrammarError(kind, message, start, end)
  }
}

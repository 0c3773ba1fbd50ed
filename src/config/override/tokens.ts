/** Kinds of tokens of Hydra's override grammar (OverrideLexer of Hydra 1.3). */
export type TokenKind =
  | 'EQUAL'
  | 'TILDE'
  | 'PLUS'
  | 'AT'
  | 'COLON'
  | 'SLASH'
  | 'ID'
  | 'KEY_SPECIAL'
  | 'DOT_PATH'
  | 'POPEN'
  | 'COMMA'
  | 'PCLOSE'
  | 'BRACKET_OPEN'
  | 'BRACKET_CLOSE'
  | 'BRACE_OPEN'
  | 'BRACE_CLOSE'
  | 'FLOAT'
  | 'INT'
  | 'BOOL'
  | 'NULL'
  | 'UNQUOTED_CHAR'
  | 'ESC'
  | 'WS'
  | 'QUOTED_VALUE'
  | 'INTERPOLATION'
  | 'EOF'
  /** A character that begins no token; the text from here on is not read. */
  | 'BAD'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
  readonly start: number
  readonly end: number
}

const integer = `(?:0|[1-9](?:_?[0-9])*)`
const fraction = String.raw`(?:${integer}\.[0-9](?:_?[0-9])*|\.[0-9](?:_?[0-9])*|${integer}\.)`
const special = '[A-Za-z_$][A-Za-z0-9_$-]*'
const sticky = (pattern: string) => new RegExp(pattern, 'y')

/** In the order of the grammar: the longest match wins, the first of equally long ones. */
const keyRules: readonly (readonly [TokenKind, RegExp])[] = [
  ['EQUAL', /=[ \t]*/y],
  ['TILDE', /~/y],
  ['PLUS', /\+/y],
  ['AT', /@/y],
  ['COLON', /:/y],
  ['SLASH', /\//y],
  ['ID', /[A-Za-z_][A-Za-z0-9_-]*/y],
  ['KEY_SPECIAL', sticky(special)],
  ['DOT_PATH', sticky(String.raw`(?:${special}|${integer})(?:\.(?:${special}|${integer}))+`)],
]

const valueRules: readonly (readonly [TokenKind, RegExp])[] = [
  ['POPEN', /[ \t]*\([ \t]*/y],
  ['COMMA', /[ \t]*,[ \t]*/y],
  ['PCLOSE', /[ \t]*\)/y],
  ['BRACKET_OPEN', /\[[ \t]*/y],
  ['BRACKET_CLOSE', /[ \t]*\]/y],
  ['BRACE_OPEN', /\{[ \t]*/y],
  ['BRACE_CLOSE', /[ \t]*\}/y],
  ['COLON', /[ \t]*:[ \t]*/y],
  ['EQUAL', /[ \t]*=[ \t]*/y],
  ['FLOAT', sticky(`[+-]?(?:(?:${fraction}|${integer})[eE][+-]?[0-9](?:_?[0-9])*|${fraction}|[iI][nN][fF]|[nN][aA][nN])`)],
  ['INT', sticky(`[+-]?${integer}`)],
  ['BOOL', /[tT][rR][uU][eE]|[fF][aA][lL][sS][eE]/y],
  ['NULL', /[nN][uU][lL][lL]/y],
  ['UNQUOTED_CHAR', /[/\-\\+.$%*@?|]/y],
  ['ID', /[A-Za-z_][A-Za-z0-9_-]*/y],
  ['ESC', /(?:\\[\\()[\]{}:=, \t])+/y],
  ['WS', /[ \t]+/y],
  // closed by the first quote that an even number of backslashes precedes
  ['QUOTED_VALUE', /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'/y],
  ['INTERPOLATION', /\$\{[^}]+\}/y],
]

/**
 * Splits an override text into tokens: first the key's rules, from the first `=` on the value's. Always ends with `EOF`,
 * or with `BAD` at the first character that begins no token (Hydra's LexerNoViableAltException).
 */
export function tokenize(text: string, mode: 'key' | 'value' = 'key'): Token[] {
  const tokens: Token[] = []
  let rules = mode === 'key' ? keyRules : valueRules
  let at = 0
  while (at < text.length) {
    let kind: TokenKind = 'BAD'
    let end = at
    for (const [name, pattern] of rules) {
      pattern.lastIndex = at
      if (pattern.test(text) && pattern.lastIndex > end) {
        kind = name
        end = pattern.lastIndex
      }
    }
    if (kind === 'BAD') {
      tokens.push({ kind, text: text.slice(at), start: at, end: text.length })
      return tokens
    }
    tokens.push({ kind, text: text.slice(at, end), start: at, end })
    if (kind === 'EQUAL') rules = valueRules
    at = end
  }
  tokens.push({ kind: 'EOF', text: '<EOF>', start: at, end: at })
  return tokens
}

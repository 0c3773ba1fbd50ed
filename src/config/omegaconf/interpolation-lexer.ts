/** Kinds of tokens of OmegaConf's interpolation grammar, named as its messages name them. */
export type InterpolationTokenKind =
  | 'ANY_STR'
  | 'ESC_INTER'
  | 'TOP_ESC'
  | 'INTER_OPEN'
  | 'BRACE_OPEN'
  | 'BRACE_CLOSE'
  | 'QUOTE_OPEN_SINGLE'
  | 'QUOTE_OPEN_DOUBLE'
  | 'COMMA'
  | 'BRACKET_OPEN'
  | 'BRACKET_CLOSE'
  | 'COLON'
  | 'FLOAT'
  | 'INT'
  | 'BOOL'
  | 'NULL'
  | 'UNQUOTED_CHAR'
  | 'ID'
  | 'ESC'
  | 'WS'
  | 'INTER_CLOSE'
  | 'DOT'
  | 'INTER_KEY'
  | 'MATCHING_QUOTE_CLOSE'
  | 'QUOTED_ESC'
  | 'EOF'

export interface InterpolationToken {
  readonly kind: InterpolationTokenKind
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Where the lexer found no token, and the message. */
export interface InterpolationSyntaxError {
  readonly message: string
  readonly start: number
  readonly end: number
  /** No token could be read there. */
  readonly isLexical?: boolean
}

export class InterpolationStop extends Error {
  constructor(readonly syntax: InterpolationSyntaxError) {
    super(syntax.message)
    this.name = 'InterpolationStop'
  }
}

export type LexerMode = 'text' | 'value' | 'interpolation' | 'single' | 'double'

type ModeChange = 'pop' | { readonly push: LexerMode } | { readonly mode: LexerMode }

interface Rule {
  readonly kind: InterpolationTokenKind
  readonly pattern: RegExp
  readonly change?: ModeChange
}

const rule = (kind: InterpolationTokenKind, pattern: RegExp, change?: ModeChange): Rule => ({
  kind,
  pattern: new RegExp(pattern.source, `${pattern.flags}y`),
  change,
})

const id = /[a-zA-Z_][a-zA-Z0-9_-]*/
const int = '(?:0|[1-9](?:_?[0-9])*)'
const digits = '[0-9](?:_?[0-9])*'
const pointFloat = `(?:${int}?\\.${digits}|${int}\\.)`
const float = new RegExp(`[+-]?(?:(?:${pointFloat}|${int})[eE][+-]?${digits}|${pointFloat}|[iI][nN][fF]|[nN][aA][nN])`)
const openInterpolation = rule('INTER_OPEN', /\$\{[ \t]*/, { push: 'interpolation' })

/** The longest match wins, then the first rule. */
const rules: Record<LexerMode, readonly Rule[]> = {
  text: [
    openInterpolation,
    rule('ANY_STR', /[^\\$]+/),
    rule('ESC_INTER', /(?:\\\\)*\\\$\{/),
    rule('TOP_ESC', /(?:\\\\)+/),
    rule('ANY_STR', /\\+/),
    rule('ANY_STR', /\$/),
  ],
  value: [
    openInterpolation,
    rule('BRACE_OPEN', /\{[ \t]*/, { push: 'value' }),
    rule('BRACE_CLOSE', /[ \t]*\}/, 'pop'),
    rule('QUOTE_OPEN_SINGLE', /'/, { push: 'single' }),
    rule('QUOTE_OPEN_DOUBLE', /"/, { push: 'double' }),
    rule('COMMA', /[ \t]*,[ \t]*/),
    rule('BRACKET_OPEN', /\[[ \t]*/),
    rule('BRACKET_CLOSE', /[ \t]*\]/),
    rule('COLON', /[ \t]*:[ \t]*/),
    rule('FLOAT', float),
    rule('INT', new RegExp(`[+-]?${int}`)),
    rule('BOOL', /true|false/i),
    rule('NULL', /null/i),
    rule('UNQUOTED_CHAR', /[/\-\\+.$%*@?|]/),
    rule('ID', id),
    rule('ESC', /(?:\\\\|\\[()[\]{}:=, \t])+/),
    rule('WS', /[ \t]+/),
  ],
  interpolation: [
    openInterpolation,
    rule('COLON', /[ \t]*:[ \t]*/, { mode: 'value' }),
    rule('INTER_CLOSE', /[ \t]*\}/, 'pop'),
    rule('DOT', /\./),
    rule('BRACKET_OPEN', /\[/),
    rule('BRACKET_CLOSE', /\]/),
    rule('ID', id),
    rule('INTER_KEY', /[^\\{}()[\]:. \t'"]+/u),
  ],
  single: quotedRules("'"),
  double: quotedRules('"'),
}

function quotedRules(quote: string): Rule[] {
  return [
    openInterpolation,
    rule('MATCHING_QUOTE_CLOSE', new RegExp(quote), 'pop'),
    rule('ANY_STR', new RegExp(`[^${quote}\\\\$]+`)),
    rule('ESC_INTER', /(?:\\\\)*\\\$\{/),
    rule('ESC', new RegExp(`(?:\\\\\\\\)*\\\\${quote}`)),
    rule('QUOTED_ESC', /(?:\\\\)+/),
    rule('ANY_STR', /\\+/),
    rule('ANY_STR', /\$/),
  ]
}

/** Tokens of `text` on demand, so that an error is that of the first place which cannot be read or parsed. */
export class InterpolationLexer {
  private readonly modes: LexerMode[] = []
  private readonly queue: InterpolationToken[] = []
  private pos = 0
  readonly text: string
  private mode: LexerMode

  constructor(text: string, mode: LexerMode) {
    this.text = text
    this.mode = mode
  }

  /** The token `ahead` places from here (0: the next). */
  peek(ahead = 0): InterpolationToken {
    while (this.queue.length <= ahead) this.queue.push(this.scan())
    return this.queue[ahead]
  }

  take(): InterpolationToken {
    const token = this.peek()
    if (token.kind !== 'EOF') this.queue.shift()
    return token
  }

  /** Reads on to the end, for the errors that lie there. */
  drain(): void {
    for (let ahead = 0; this.peek(ahead).kind !== 'EOF'; ahead++);
  }

  private scan(): InterpolationToken {
    const { text, pos: start } = this
    if (start >= text.length) return { kind: 'EOF', text: '<EOF>', start, end: start }
    let best: Rule | undefined
    let end = start
    for (const candidate of rules[this.mode]) {
      candidate.pattern.lastIndex = start
      if (!candidate.pattern.test(text)) continue
      if (candidate.pattern.lastIndex <= end) continue
      end = candidate.pattern.lastIndex
      best = candidate
    }
    if (!best) return this.fail(start)
    this.pos = end
    this.change(best.change, start)
    return { kind: best.kind, text: text.slice(start, end), start, end }
  }

  private change(change: ModeChange | undefined, at: number): void {
    if (!change) return
    if (change === 'pop') {
      const mode = this.modes.pop()
      if (mode === undefined) throw new InterpolationStop({ message: 'Empty Stack', start: at, end: this.pos, isLexical: true })
      this.mode = mode
    } else if ('push' in change) {
      this.modes.push(this.mode)
      this.mode = change.push
    } else this.mode = change.mode
  }

  private fail(start: number): never {
    const { text } = this
    let end = start
    // Spaces before what cannot be read belong to the attempt.
    if (this.mode === 'interpolation') while (text[end] === ' ' || text[end] === '\t') end++
    end = Math.min(text.length, end + (text.codePointAt(end)! > 0xffff ? 2 : 1))
    throw new InterpolationStop({
      message: `token recognition error at: '${escapeSpaces(text.slice(start, end))}'`,
      start,
      end,
      isLexical: true,
    })
  }
}

export const escapeSpaces = (text: string): string => text.replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')

import type { ScalarNode } from '../node.ts'
import {
  escapeSpaces,
  InterpolationLexer,
  InterpolationStop,
  type InterpolationSyntaxError,
  type InterpolationToken,
  type InterpolationTokenKind,
  type LexerMode,
} from './interpolation-lexer.ts'
import { parsePrimitive } from './primitive.ts'

export type { InterpolationSyntaxError } from './interpolation-lexer.ts'

interface Ranged {
  /** Offsets in the parsed text, end exclusive. */
  readonly start: number
  readonly end: number
}

/** Text with its escapes resolved. */
export interface LiteralPart extends Ranged {
  readonly kind: 'text'
  readonly text: string
}

/** One key of a reference or one part of a resolver's name: a name, or an interpolation that gives it. */
export interface KeyPart extends Ranged {
  readonly name: string | Interpolation
  /** Written as `[name]`. */
  readonly bracket: boolean
}

/** `${a.b[c]}`; `dots` leading dots make it relative. */
export interface NodeReference extends Ranged {
  readonly kind: 'node'
  readonly dots: number
  readonly keys: readonly KeyPart[]
}

/** `${name:arg,arg}`. */
export interface ResolverCall extends Ranged {
  readonly kind: 'resolver'
  readonly name: readonly KeyPart[]
  /** Where the name stands. */
  readonly nameRange: Ranged
  readonly args: readonly Argument[]
}

export type Interpolation = NodeReference | ResolverCall
export type TextPart = LiteralPart | Interpolation

export interface Argument extends Ranged {
  /** As written; OmegaConf caches by it. */
  readonly text: string
  /** Absent where nothing stands between commas: an empty string. */
  readonly element?: Element
}

/** A value among a resolver's arguments. */
export type Element =
  | ({ readonly kind: 'value'; readonly type: ScalarNode['type']; readonly value: ScalarNode['value'] } & Ranged)
  | ({ readonly kind: 'parts'; readonly parts: readonly TextPart[]; readonly quoted: boolean } & Ranged)
  | ({ readonly kind: 'list'; readonly items: readonly Argument[] } & Ranged)
  | ({ readonly kind: 'dict'; readonly entries: readonly DictEntry[] } & Ranged)

export interface DictEntry {
  readonly key: { readonly type: ScalarNode['type']; readonly value: ScalarNode['value'] }
  readonly value: Element
}

/** A string value of a config: literal text and interpolations in turn. */
export interface ParsedInterpolation {
  readonly parts: readonly TextPart[]
  readonly error?: InterpolationSyntaxError
}

/** An element on its own, as `oc.decode` and override values have it. */
export interface ParsedElement {
  readonly element?: Element
  readonly error?: InterpolationSyntaxError
}

/** Nesting of interpolations and containers inside one text. */
export const maxInterpolationDepth = 100

/**
 * Parses a string value that may hold interpolations. After an error, `parts` holds what was read before it, so that an editor can complete
 * in `${models.`.
 */
export function parseInterpolation(text: string): ParsedInterpolation {
  const parser = new InterpolationParser(text, 'text')
  const parts: TextPart[] = []
  try {
    parser.text(parts, 'EOF')
    return { parts }
  } catch (error) {
    if (!(error instanceof InterpolationStop)) throw error
    if (parser.partial) parts.push(parser.partial)
    return { parts, error: error.syntax }
  }
}

/** Parses `text` as one element: `[1, a, {b: ${c}}]`. */
export function parseElement(text: string): ParsedElement {
  const parser = new InterpolationParser(text, 'value')
  try {
    return { element: parser.singleElement() }
  } catch (error) {
    if (!(error instanceof InterpolationStop)) throw error
    return { error: error.syntax }
  }
}

const primitiveKinds: ReadonlySet<InterpolationTokenKind> = new Set([
  'ID',
  'NULL',
  'INT',
  'FLOAT',
  'BOOL',
  'UNQUOTED_CHAR',
  'COLON',
  'ESC',
  'WS',
  'INTER_OPEN',
])
const elementStarts: ReadonlySet<InterpolationTokenKind> = new Set([
  ...primitiveKinds,
  'QUOTE_OPEN_SINGLE',
  'QUOTE_OPEN_DOUBLE',
  'BRACKET_OPEN',
  'BRACE_OPEN',
])

class InterpolationParser {
  private readonly lexer: InterpolationLexer
  private depth = 0
  /** The outermost interpolation that an error left unfinished. */
  partial: Interpolation | undefined

  constructor(text: string, mode: LexerMode) {
    this.lexer = new InterpolationLexer(text, mode)
  }

  text(parts: TextPart[], closing: 'EOF' | 'MATCHING_QUOTE_CLOSE'): void {
    for (;;) {
      const token = this.lexer.peek()
      switch (token.kind) {
        case closing:
          return
        case 'INTER_OPEN':
          parts.push(this.interpolation())
          break
        case 'ANY_STR':
        case 'ESC':
        case 'ESC_INTER':
        case 'TOP_ESC':
        case 'QUOTED_ESC': {
          this.lexer.take()
          const next = this.lexer.peek().kind
          parts.push({ kind: 'text', text: unescaped(token, next), start: token.start, end: token.end })
          break
        }
        default:
          this.mismatch(token, closing)
      }
    }
  }

  singleElement(): Element {
    const element = this.element()
    const token = this.lexer.peek()
    if (token.kind !== 'EOF') this.mismatch(token, '<EOF>')
    return element
  }

  private fail(message: string, { start, end }: Ranged): never {
    throw new InterpolationStop({ message, start, end })
  }

  private mismatch(token: InterpolationToken, expecting: string): never {
    return this.fail(`mismatched input '${escapeSpaces(token.text)}' expecting ${expecting}`, token)
  }

  /** Where the grammar cannot tell which form of an interpolation this is. */
  private noAlternative(start: number, token: InterpolationToken): never {
    const text = this.lexer.text.slice(start, token.end)
    return this.fail(`no viable alternative at input '${escapeSpaces(text)}'`, { start, end: token.end })
  }

  private enter(token: InterpolationToken): void {
    if (++this.depth > maxInterpolationDepth) this.fail(`more than ${maxInterpolationDepth} levels of nesting`, token)
  }

  private interpolation(): Interpolation {
    const open = this.lexer.take()
    this.enter(open)
    let dots = 0
    const keys: KeyPart[] = []
    const note = (end: number) => {
      if (this.depth === 1) this.partial = { kind: 'node', dots, keys, start: open.start, end }
    }
    note(open.end)
    while (this.lexer.peek().kind === 'DOT') {
      dots++
      note(this.lexer.take().end)
    }
    // Only names and dots so far: it can still become a resolver's name.
    let mayBeResolver = dots === 0
    for (;;) {
      const token = this.lexer.peek()
      if (token.kind === 'BRACKET_OPEN') {
        mayBeResolver = false
        this.lexer.take()
        const key = this.key(open, false)
        const close = this.lexer.peek()
        if (close.kind !== 'BRACKET_CLOSE') this.missing('BRACKET_CLOSE', close)
        this.lexer.take()
        keys.push({ ...key, bracket: true })
        note(close.end)
      } else {
        if (token.kind === 'INTER_KEY') mayBeResolver = false
        keys.push(this.key(open, mayBeResolver))
        note(keys.at(-1)!.end)
      }
      const next = this.lexer.peek()
      if (next.kind === 'DOT') {
        this.lexer.take()
        note(next.end)
        if (this.lexer.peek().kind === 'BRACKET_OPEN') this.unexpectedKey(open, this.lexer.peek(), mayBeResolver)
      } else if (next.kind === 'INTER_CLOSE') {
        this.lexer.take()
        this.depth--
        return { kind: 'node', dots, keys, start: open.start, end: next.end }
      } else if (next.kind === 'COLON' && mayBeResolver) return this.resolver(open, keys)
      else if (next.kind !== 'BRACKET_OPEN') this.unexpectedKey(open, next, mayBeResolver)
    }
  }

  private unexpectedKey(open: InterpolationToken, token: InterpolationToken, undecided: boolean): never {
    if (undecided) return this.noAlternative(open.start, token)
    return this.mismatch(token, "{BRACKET_OPEN, INTER_CLOSE, '.'}")
  }

  private missing(expected: string, token: InterpolationToken): never {
    return this.fail(`missing ${expected} at '${escapeSpaces(token.text)}'`, token)
  }

  private key(open: InterpolationToken, undecided: boolean): KeyPart {
    const token = this.lexer.peek()
    if (token.kind === 'INTER_OPEN') {
      const name = this.interpolation()
      return { name, bracket: false, start: name.start, end: name.end }
    }
    if (token.kind !== 'ID' && token.kind !== 'INTER_KEY') {
      if (undecided || token.start === open.end) this.noAlternative(open.start, token)
      this.mismatch(token, '{INTER_OPEN, ID, INTER_KEY}')
    }
    this.lexer.take()
    return { name: token.text, bracket: false, start: token.start, end: token.end }
  }

  private resolver(open: InterpolationToken, name: readonly KeyPart[]): ResolverCall {
    const colon = this.lexer.take()
    const nameRange = { start: name[0].start, end: name.at(-1)!.end }
    const partial = (args: readonly Argument[], end: number): ResolverCall => ({
      kind: 'resolver',
      name,
      nameRange,
      args,
      start: open.start,
      end,
    })
    if (this.depth === 1) this.partial = partial([], colon.end)
    const args = this.lexer.peek().kind === 'BRACE_CLOSE' ? [] : this.sequence()
    if (this.depth === 1) this.partial = partial(args, args.at(-1)?.end ?? colon.end)
    const close = this.lexer.peek()
    if (close.kind !== 'BRACE_CLOSE') {
      if (close.kind === 'EOF') this.missing('BRACE_CLOSE', close)
      this.mismatch(close, 'BRACE_CLOSE')
    }
    this.lexer.take()
    this.depth--
    return partial(args, close.end)
  }

  /** Elements between commas; a place where none stands counts as one. */
  private sequence(): Argument[] {
    const args: Argument[] = []
    let open = true
    for (;;) {
      const token = this.lexer.peek()
      if (token.kind === 'COMMA') {
        if (open) args.push({ text: '', start: token.start, end: token.start })
        open = true
        this.lexer.take()
      } else if (open && elementStarts.has(token.kind)) {
        const element = this.element()
        args.push({ element, text: this.lexer.text.slice(element.start, element.end), start: element.start, end: element.end })
        open = false
      } else {
        if (open && args.length === 0) this.mismatch(token, 'BRACE_CLOSE')
        if (open) args.push({ text: '', start: token.start, end: token.start })
        return args
      }
    }
  }

  private element(): Element {
    const token = this.lexer.peek()
    if (token.kind === 'QUOTE_OPEN_SINGLE' || token.kind === 'QUOTE_OPEN_DOUBLE') return this.quoted()
    if (token.kind === 'BRACKET_OPEN') return this.list()
    if (token.kind === 'BRACE_OPEN') return this.dict()
    if (!primitiveKinds.has(token.kind)) this.mismatch(token, 'an element')
    return this.primitive()
  }

  private quoted(): Element {
    const open = this.lexer.take()
    const parts: TextPart[] = []
    this.text(parts, 'MATCHING_QUOTE_CLOSE')
    const close = this.lexer.take()
    return { kind: 'parts', parts, quoted: true, start: open.start, end: close.end }
  }

  private list(): Element {
    const open = this.lexer.take()
    this.enter(open)
    const items = this.lexer.peek().kind === 'BRACKET_CLOSE' ? [] : this.sequence()
    const close = this.lexer.peek()
    if (close.kind !== 'BRACKET_CLOSE') this.mismatch(close, 'BRACKET_CLOSE')
    this.lexer.take()
    this.depth--
    return { kind: 'list', items, start: open.start, end: close.end }
  }

  private dict(): Element {
    const open = this.lexer.take()
    this.enter(open)
    const entries: DictEntry[] = []
    if (this.lexer.peek().kind !== 'BRACE_CLOSE') {
      for (;;) {
        const key = this.dictKey()
        const colon = this.lexer.peek()
        if (colon.kind !== 'COLON') this.mismatch(colon, 'COLON')
        this.lexer.take()
        entries.push({ key, value: this.element() })
        if (this.lexer.peek().kind !== 'COMMA') break
        this.lexer.take()
      }
    }
    const close = this.lexer.peek()
    if (close.kind !== 'BRACE_CLOSE') this.mismatch(close, 'BRACE_CLOSE')
    this.lexer.take()
    this.depth--
    return { kind: 'dict', entries, start: open.start, end: close.end }
  }

  private dictKey(): DictEntry['key'] {
    const tokens: InterpolationToken[] = []
    for (;;) {
      const token = this.lexer.peek()
      if (!primitiveKinds.has(token.kind) || token.kind === 'COLON' || token.kind === 'INTER_OPEN') break
      tokens.push(this.lexer.take())
    }
    if (tokens.length === 0) this.mismatch(this.lexer.peek(), 'a key')
    if (tokens.length === 1) return parsePrimitive(tokens[0].kind, unescaped(tokens[0], 'EOF'))
    return { type: 'str', value: tokens.map(token => unescaped(token, 'EOF')).join('') }
  }

  private primitive(): Element {
    const { start } = this.lexer.peek()
    const parts: TextPart[] = []
    let only: InterpolationToken | undefined
    let count = 0
    while (primitiveKinds.has(this.lexer.peek().kind)) {
      const token = this.lexer.peek()
      count++
      if (token.kind === 'INTER_OPEN') parts.push(this.interpolation())
      else {
        only = this.lexer.take()
        parts.push({ kind: 'text', text: unescaped(token, 'EOF'), start: token.start, end: token.end })
      }
    }
    const end = parts.at(-1)!.end
    if (count === 1 && only) return { kind: 'value', ...parsePrimitive(only.kind, unescaped(only, 'EOF')), start, end }
    return { kind: 'parts', parts, quoted: false, start, end }
  }
}

/** What a token stands for; some backslashes count only before an interpolation or the closing quote. */
function unescaped({ kind, text }: InterpolationToken, next: InterpolationTokenKind): string {
  switch (kind) {
    case 'ESC_INTER':
      return text.slice(-(Math.floor(text.length / 2) + 1))
    case 'ESC':
      return everySecond(text)
    case 'TOP_ESC':
      return next === 'INTER_OPEN' ? everySecond(text) : text
    case 'QUOTED_ESC':
      return next === 'INTER_OPEN' || next === 'MATCHING_QUOTE_CLOSE' ? everySecond(text) : text
    default:
      return text
  }
}

const everySecond = (text: string): string => text.replace(/[\s\S]([\s\S])/g, '$1')

import { expected, expectOneOf, expectToken, failAt, type Kinds } from './expected-tokens.ts'
import { InterpolationLexer, type InterpolationToken, type LexerMode } from './interpolation-lexer.ts'
import type { Argument, DictEntry, Element, Interpolation, TextPart } from './interpolation-tree.ts'
import { parsePrimitive } from './primitive.ts'
import { unescaped } from './unescape.ts'

/** Nesting of interpolations and containers inside one text. */
export const maxInterpolationDepth = 100

/** Texts, and the elements that stand as arguments of resolvers: both hold interpolations, which a parser of its own reads. */
export abstract class ElementParser {
  protected readonly lexer: InterpolationLexer
  protected depth = 0

  constructor(text: string, mode: LexerMode) {
    this.lexer = new InterpolationLexer(text, mode)
  }

  /** The interpolation that begins here. */
  protected abstract interpolation(after: Kinds): Interpolation

  protected text(parts: TextPart[], after: Kinds): void {
    for (;;) {
      const token = this.lexer.peek()
      if (!expected.text.has(token.kind)) return
      if (token.kind === 'INTER_OPEN') parts.push(this.interpolation(after))
      else {
        this.lexer.take()
        parts.push({ kind: 'text', text: unescaped(token, this.lexer.peek().kind), start: token.start, end: token.end })
      }
    }
  }

  protected enter(token: InterpolationToken): void {
    if (++this.depth > maxInterpolationDepth) failAt(token, `more than ${maxInterpolationDepth} levels of nesting`)
  }

  /** Elements between commas; a place where none stands counts as one. */
  protected sequence(args: Argument[], after: Kinds): void {
    let isOpen = true
    for (;;) {
      const token = this.lexer.peek()
      if (token.kind === 'COMMA') {
        if (isOpen) args.push({ text: '', start: token.start, end: token.start })
        isOpen = true
        this.lexer.take()
      } else if (isOpen && expected.element.has(token.kind)) {
        const element = this.element(after)
        args.push({ element, text: this.lexer.text.slice(element.start, element.end), start: element.start, end: element.end })
        isOpen = false
      } else {
        if (isOpen) args.push({ text: '', start: token.start, end: token.start })
        return
      }
    }
  }

  protected element(after: Kinds): Element {
    expectOneOf(this.lexer, expected.element)
    switch (this.lexer.peek().kind) {
      case 'QUOTE_OPEN_SINGLE':
      case 'QUOTE_OPEN_DOUBLE':
        return this.quoted(after)
      case 'BRACKET_OPEN':
        return this.list(after)
      case 'BRACE_OPEN':
        return this.dict(after)
      default:
        return this.primitive(after)
    }
  }

  private quoted(after: Kinds): Element {
    const open = this.lexer.take()
    const parts: TextPart[] = []
    expectOneOf(this.lexer, expected.quotedText)
    this.text(parts, expected.quotedText)
    expectToken(this.lexer, 'MATCHING_QUOTE_CLOSE', after)
    return { kind: 'parts', parts, quoted: true, start: open.start, end: this.lexer.take().end }
  }

  private list(after: Kinds): Element {
    const open = this.lexer.take()
    this.enter(open)
    const items: Argument[] = []
    expectOneOf(this.lexer, expected.listItems)
    if (this.lexer.peek().kind !== 'BRACKET_CLOSE') this.sequence(items, expected.afterItem)
    expectToken(this.lexer, 'BRACKET_CLOSE', after)
    this.depth--
    return { kind: 'list', items, start: open.start, end: this.lexer.take().end }
  }

  private dict(after: Kinds): Element {
    const open = this.lexer.take()
    this.enter(open)
    const entries: DictEntry[] = []
    expectOneOf(this.lexer, expected.dictEntries)
    if (this.lexer.peek().kind !== 'BRACE_CLOSE') {
      for (;;) {
        entries.push(this.entry())
        expectOneOf(this.lexer, expected.afterEntry, entries.length > 1)
        if (this.lexer.peek().kind !== 'COMMA') break
        this.lexer.take()
      }
    }
    expectToken(this.lexer, 'BRACE_CLOSE', after)
    this.depth--
    return { kind: 'dict', entries, start: open.start, end: this.lexer.take().end }
  }

  private entry(): DictEntry {
    expectOneOf(this.lexer, expected.dictKey)
    const tokens: InterpolationToken[] = []
    while (expected.dictKey.has(this.lexer.peek().kind)) tokens.push(this.lexer.take())
    const key: DictEntry['key'] =
      tokens.length === 1
        ? parsePrimitive(tokens[0].kind, unescaped(tokens[0], 'EOF'))
        : { type: 'str', value: tokens.map(token => unescaped(token, 'EOF')).join('') }
    expectToken(this.lexer, 'COLON', expected.element)
    this.lexer.take()
    return { key, value: this.element(expected.afterEntry) }
  }

  private primitive(after: Kinds): Element {
    const inside = expected.inPrimitive(after)
    const first = this.lexer.peek()
    const parts: TextPart[] = []
    while (expected.primitive.has(this.lexer.peek().kind)) {
      const token = this.lexer.peek()
      if (token.kind === 'INTER_OPEN') parts.push(this.interpolation(inside))
      else {
        this.lexer.take()
        parts.push({ kind: 'text', text: unescaped(token, 'EOF'), start: token.start, end: token.end })
      }
    }
    const { start } = first
    const { end } = parts.at(-1)!
    if (parts.length === 1 && first.kind !== 'INTER_OPEN')
      return { kind: 'value', ...parsePrimitive(first.kind, unescaped(first, 'EOF')), start, end }
    return { kind: 'parts', parts, quoted: false, start, end }
  }
}

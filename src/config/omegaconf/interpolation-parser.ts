import { ElementParser } from './element-parser.ts'
import { expected, expectOneOf, expectToken, failAt, type Kinds } from './expected-tokens.ts'
import { escapeSpaces, InterpolationStop, type InterpolationToken } from './interpolation-lexer.ts'
import type { Argument, Element, Interpolation, KeyPart, NodeReference, ResolverCall, TextPart } from './interpolation-tree.ts'

type Unplaced = Omit<NodeReference, 'text'> | Omit<ResolverCall, 'text'>

/** Recursive descent over one text; the first error leaves it as InterpolationStop, in the words of OmegaConf's parser. */
export class InterpolationParser extends ElementParser {
  /** The outermost interpolation that an error left unfinished. */
  partial: Interpolation | undefined
  configValue(parts: TextPart[]): void {
    this.text(parts, expected.afterText)
  }

  singleElement(): Element {
    const element = this.element(expected.end)
    expectToken(this.lexer, 'EOF', expected.end)
    return element
  }

  /** Until a key or a colon tells, `${a.b` can become a reference or a resolver: then any error is that nothing fits what was read so far. */
  private undecided<T>(open: InterpolationToken, work: () => T): T {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof InterpolationStop) || error.syntax.isLexical) throw error
      // The real parser reads all tokens before it words this error.
      this.lexer.drain()
      const { end } = error.syntax
      const text = escapeSpaces(this.lexer.text.slice(open.start, end))
      throw new InterpolationStop({ message: `no viable alternative at input '${text}'`, start: open.start, end })
    }
  }

  protected interpolation(after: Kinds): Interpolation {
    const open = this.lexer.take()
    this.enter(open)
    const keys: KeyPart[] = []
    const name = this.undecided(open, () => this.name(keys, open))
    const result = name === 'resolver' ? this.resolver(open, keys, after) : this.reference(open, keys)
    this.depth--
    return result
  }

  /** Names and dots as far as both forms share them. */
  private name(keys: KeyPart[], open: InterpolationToken): 'reference' | 'resolver' {
    for (;;) {
      const token = this.lexer.peek()
      // A bracket or a dot may only begin a reference.
      if (keys.length === 0 && (token.kind === 'DOT' || token.kind === 'BRACKET_OPEN')) return 'reference'
      if (token.kind === 'INTER_KEY') return 'reference'
      keys.push(this.key(expected.afterName))
      const next = this.lexer.peek()
      this.note({ kind: 'node', dots: 0, keys, start: open.start, end: keys.at(-1)!.end })
      if (next.kind === 'COLON') return 'resolver'
      if (next.kind === 'INTER_CLOSE' || next.kind === 'BRACKET_OPEN') return 'reference'
      if (next.kind !== 'DOT') failAt(next, '')
      this.lexer.take()
      this.note({ kind: 'node', dots: 0, keys, start: open.start, end: next.end })
    }
  }

  private placed(part: Unplaced): Interpolation {
    return { ...part, text: this.lexer.text.slice(part.start, part.end) }
  }

  private note(partial: Unplaced): void {
    if (this.depth === 1) this.partial = this.placed(partial)
  }

  private reference(open: InterpolationToken, keys: KeyPart[]): Interpolation {
    let dots = 0
    const note = (end: number) => this.note({ kind: 'node', dots, keys, start: open.start, end })
    note(keys.at(-1)?.end ?? open.end)
    const mustBeKey = this.lexer.peek().kind === 'INTER_KEY'
    if (keys.length === 0) {
      while (this.lexer.peek().kind === 'DOT') {
        dots++
        note(this.lexer.take().end)
      }
      expectOneOf(this.lexer, expected.firstKey, dots > 0)
      if (this.lexer.peek().kind === 'BRACKET_OPEN') keys.push(this.bracketKey())
      else keys.push(this.key(expected.afterKey))
    } else if (mustBeKey) keys.push(this.key(expected.afterKey))
    note(keys.at(-1)!.end)
    for (let looped = keys.length > 1; ; looped = true) {
      expectOneOf(this.lexer, expected.afterKey, looped)
      const token = this.lexer.peek()
      if (token.kind === 'INTER_CLOSE') {
        this.lexer.take()
        return this.placed({ kind: 'node', dots, keys, start: open.start, end: token.end })
      }
      if (token.kind === 'BRACKET_OPEN') keys.push(this.bracketKey())
      else {
        note(this.lexer.take().end)
        expectOneOf(this.lexer, expected.key)
        keys.push(this.key(expected.afterKey))
      }
      note(keys.at(-1)!.end)
    }
  }

  private bracketKey(): KeyPart {
    this.lexer.take()
    expectOneOf(this.lexer, expected.key)
    const key = this.key(expected.afterBracketKey)
    expectToken(this.lexer, 'BRACKET_CLOSE', expected.afterKey)
    this.lexer.take()
    return { ...key, bracket: true }
  }

  private key(after: Kinds): KeyPart {
    const token = this.lexer.peek()
    if (token.kind === 'INTER_OPEN') {
      const name = this.interpolation(after)
      return { name, bracket: false, start: name.start, end: name.end }
    }
    if (token.kind !== 'ID' && token.kind !== 'INTER_KEY') failAt(token, '')
    this.lexer.take()
    return { name: token.text, bracket: false, start: token.start, end: token.end }
  }

  private resolver(open: InterpolationToken, name: readonly KeyPart[], after: Kinds): Interpolation {
    const colon = this.lexer.take()
    const nameRange = { start: name[0].start, end: name.at(-1)!.end }
    const call = (args: readonly Argument[], end: number) =>
      this.placed({
        kind: 'resolver',
        name,
        nameRange,
        args,
        start: open.start,
        end,
      })
    const args: Argument[] = []
    this.note(call(args, colon.end))
    expectOneOf(this.lexer, expected.resolverArgs)
    if (this.lexer.peek().kind !== 'BRACE_CLOSE') this.sequence(args, expected.afterEntry)
    this.note(call(args, args.at(-1)?.end ?? colon.end))
    expectToken(this.lexer, 'BRACE_CLOSE', after)
    return call(args, this.lexer.take().end)
  }
}

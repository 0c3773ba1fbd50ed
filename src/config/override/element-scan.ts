import type { TokenReader } from './token-reader.ts'
import type { TokenKind } from './tokens.ts'

/** What the key of a dict is made of. */
export const dictKeyToken: ReadonlySet<TokenKind> = new Set<TokenKind>(['FLOAT', 'INT', 'BOOL', 'NULL', 'UNQUOTED_CHAR', 'ID', 'ESC', 'WS'])
/** What an unquoted value is made of. */
export const primitiveToken: ReadonlySet<TokenKind> = new Set([...dictKeyToken, 'COLON', 'INTERPOLATION'])

/** Nesting beyond this is refused: deeper texts are attacks, not configs. */
export const deepestNesting = 400

/** Tells whether an element can be read; stops at the token that cannot. */
export class ElementScan {
  constructor(private readonly reader: TokenReader) {}

  element(depth: number): boolean {
    const { reader } = this
    if (depth > deepestNesting) return false
    switch (reader.kind()) {
      case 'QUOTED_VALUE':
        reader.take()
        return true
      case 'BRACKET_OPEN':
        return this.list('BRACKET_CLOSE', () => this.element(depth + 1))
      case 'BRACE_OPEN':
        return this.list('BRACE_CLOSE', () => this.primitive(dictKeyToken, 'COLON') && this.element(depth + 1))
      case 'ID':
        if (reader.kind(1) === 'POPEN') {
          reader.take()
          return this.list('PCLOSE', () => this.argument(depth + 1))
        }
        return this.primitive(primitiveToken)
      default:
        return this.primitive(primitiveToken)
    }
  }

  private argument(depth: number): boolean {
    if (this.reader.kind() === 'ID' && this.reader.kind(1) === 'EQUAL') {
      this.reader.take()
      this.reader.take()
    }
    return this.element(depth)
  }

  private primitive(kinds: ReadonlySet<TokenKind>, ending?: TokenKind): boolean {
    if (!kinds.has(this.reader.kind())) return false
    while (kinds.has(this.reader.kind())) this.reader.take()
    if (!ending) return true
    if (this.reader.kind() !== ending) return false
    this.reader.take()
    return true
  }

  private list(close: TokenKind, item: () => boolean): boolean {
    const { reader } = this
    reader.take()
    if (reader.kind() !== close) {
      if (!item()) return false
      while (reader.kind() === 'COMMA') {
        reader.take()
        if (!item()) return false
      }
    }
    if (reader.kind() !== close) return false
    reader.take()
    return true
  }
}

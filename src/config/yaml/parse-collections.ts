import type { Scanner } from './scanner.ts'
import { tags } from './tags.ts'
import type { TokenKind } from './tokens.ts'
import { stop } from './yaml-error.ts'
import type { YamlNode, YamlPair } from './yaml-node.ts'

/** Lists and mappings, in block and in flow style: what is between their marks. Nodes inside of them are read by the whole parser. */
export abstract class CollectionParser {
  protected readonly scanner: Scanner

  constructor(scanner: Scanner) {
    this.scanner = scanner
  }

  /** A node in block or flow context; `indentless` allows `- ` items at the parent's column, as the value of a key. */
  protected abstract node(context: 'block' | 'flow', indentless: boolean): YamlNode

  protected peek(): TokenKind {
    return this.scanner.peek().kind
  }

  protected blockSequence<N extends { items: YamlNode[]; start: number }>(node: N): N & { end: number } {
    const { start } = this.scanner.take()
    while (this.peek() === '-') {
      const { end } = this.scanner.take()
      const next = this.peek()
      node.items.push(next === '-' || next === '<block end>' ? emptyScalar(end) : this.node('block', false))
    }
    this.blockEnd('while parsing a block collection', start)
    return closed(node, lastEnd(node.items, start))
  }

  protected indentlessSequence<N extends { items: YamlNode[]; start: number }>(node: N): N & { end: number } {
    while (this.peek() === '-') {
      const { end } = this.scanner.take()
      const next = this.peek()
      const isEmpty = next === '-' || next === '?' || next === ':' || next === '<block end>'
      node.items.push(isEmpty ? emptyScalar(end) : this.node('block', false))
    }
    return closed(node, lastEnd(node.items, node.start))
  }

  protected blockMapping<N extends { pairs: YamlPair[]; start: number }>(node: N): N & { end: number } {
    const { start } = this.scanner.take()
    const isEmpty = () => {
      const next = this.peek()
      return next === '?' || next === ':' || next === '<block end>'
    }
    while (this.peek() === '?') {
      const question = this.scanner.take()
      const key = isEmpty() ? emptyScalar(question.end) : this.node('block', true)
      if (this.peek() === ':') {
        const colon = this.scanner.take()
        node.pairs.push({ key, value: isEmpty() ? emptyScalar(colon.end) : this.node('block', true) })
      } else node.pairs.push({ key, value: emptyScalar(key.end) })
    }
    this.blockEnd('while parsing a block mapping', start)
    const last = node.pairs.at(-1)
    return closed(node, last ? Math.max(last.key.end, last.value.end) : start)
  }

  private blockEnd(context: string, contextAt: number): void {
    const token = this.scanner.peek()
    if (token.kind !== '<block end>')
      stop({ context, contextAt, message: `expected <block end>, but found '${token.kind}'`, at: token.start })
    this.scanner.take()
  }

  protected flowSequence<N extends { items: YamlNode[] }>(node: N): N & { end: number } {
    const { start } = this.scanner.take()
    for (let first = true; this.peek() !== ']'; first = false) {
      if (!first && !this.flowSeparator('while parsing a flow sequence', start, ']')) break
      if (this.peek() === '?') node.items.push(this.singlePair())
      else if (this.peek() !== ']') node.items.push(this.node('flow', false))
    }
    return closed(node, this.scanner.take().end)
  }

  /** `[a: b]` is a list that holds the mapping `{a: b}`. */
  private singlePair(): YamlNode {
    const question = this.scanner.take()
    const key = isOneOf(this.peek(), ':', ',', ']') ? emptyScalar(question.end) : this.node('flow', false)
    let value = emptyScalar(key.end)
    if (this.peek() === ':') {
      const colon = this.scanner.take()
      value = isOneOf(this.peek(), ',', ']') ? emptyScalar(colon.end) : this.node('flow', false)
    }
    return { kind: 'mapping', tag: tags.map, mark: question.start, start: question.start, end: value.end, pairs: [{ key, value }] }
  }

  protected flowMapping<N extends { pairs: YamlPair[] }>(node: N): N & { end: number } {
    const { start } = this.scanner.take()
    for (let first = true; this.peek() !== '}'; first = false) {
      if (!first && !this.flowSeparator('while parsing a flow mapping', start, '}')) break
      if (this.peek() === '?') {
        const question = this.scanner.take()
        const key = isOneOf(this.peek(), ':', ',', '}') ? emptyScalar(question.end) : this.node('flow', false)
        let value = emptyScalar(key.end)
        if (this.peek() === ':') {
          const colon = this.scanner.take()
          value = isOneOf(this.peek(), ',', '}') ? emptyScalar(colon.end) : this.node('flow', false)
        }
        node.pairs.push({ key, value })
      } else if (this.peek() !== '}') {
        const key = this.node('flow', false)
        node.pairs.push({ key, value: emptyScalar(key.end) })
      }
    }
    return closed(node, this.scanner.take().end)
  }

  /** Takes the comma between items; false when the collection ends after it. */
  private flowSeparator(context: string, contextAt: number, close: ']' | '}'): boolean {
    const token = this.scanner.peek()
    if (token.kind !== ',') stop({ context, contextAt, message: `expected ',' or '${close}', but got '${token.kind}'`, at: token.start })
    this.scanner.take()
    return this.peek() !== close
  }
}

const isOneOf = (kind: TokenKind, ...kinds: TokenKind[]): boolean => kinds.includes(kind)
/** The null that stands where nothing is written. */
export const emptyScalar = (at: number): YamlNode => ({ kind: 'scalar', tag: tags.null, mark: at, start: at, end: at, text: '' })
const lastEnd = (items: readonly YamlNode[], start: number): number => items.at(-1)?.end ?? start

/** Sets where a collection ends. */
function closed<N extends object>(node: N, end: number): N & { end: number } {
  return Object.assign(node, { end })
}

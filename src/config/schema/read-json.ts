import { type ConfigNode, keyId, type MapEntry, type Origin, type ScalarNode } from '../node.ts'
import type { Problem } from '../problems.ts'
import type { SourceText } from '../source-text.ts'

/** Containers inside containers; a JSON Schema has a dozen. */
const deepestJson = 200

/** A JSON file as nodes with their places, `1` and `1.0` kept apart; `node` is absent where the text is no JSON. */
export function readJson(source: SourceText): { readonly node?: ConfigNode; readonly problem?: Problem } {
  const reader = new JsonReader(source)
  try {
    return { node: reader.document() }
  } catch (error) {
    if (!(error instanceof JsonStop)) throw error
    const { message, at } = error
    const span = { source, start: Math.min(at, source.text.length), end: Math.min(at + 1, source.text.length) }
    return { problem: { code: 'schema/syntax', severity: 'error', message, locations: [{ span }] } }
  }
}

class JsonStop extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message)
  }
}

const blank = /[ \t\r\n]*/y
const number = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const words: readonly (readonly [string, ScalarNode['type'], ScalarNode['value']])[] = [
  ['true', 'bool', true],
  ['false', 'bool', false],
  ['null', 'null', null],
]

class JsonReader {
  private at = 0
  private readonly text: string
  private readonly source: SourceText

  constructor(source: SourceText) {
    this.source = source
    this.text = source.text
    if (this.text.startsWith('\ufeff')) this.at = 1
  }

  document(): ConfigNode {
    const node = this.value(0)
    this.skip()
    if (this.at < this.text.length) this.fail('Expected the end of the file')
    return node
  }

  private value(depth: number, key?: Origin['keySpan']): ConfigNode {
    this.skip()
    const start = this.at
    if (depth > deepestJson) this.fail(`More than ${deepestJson} values inside one another`)
    const c = this.text[start]
    if (c === '{') return this.map(depth, key)
    if (c === '[') return this.list(depth, key)
    const scalar = this.scalar(c)
    return { kind: 'scalar', ...scalar, origin: this.origin(start, key) }
  }

  private scalar(c: string | undefined): Pick<ScalarNode, 'type' | 'value'> {
    if (c === '"') return { type: 'str', value: this.string() }
    for (const [word, type, value] of words) if (this.take(word)) return { type, value }
    number.lastIndex = this.at
    const found = number.exec(this.text)
    if (!found) return this.fail(c === undefined ? 'Expected a value, the file ends here' : 'Expected a value')
    this.at += found[0].length
    if (found[1] !== undefined || found[2] !== undefined) return { type: 'float', value: Number(found[0]) }
    const value = Number(found[0])
    return { type: 'int', value: Number.isSafeInteger(value) ? value : BigInt(found[0]) }
  }

  private map(depth: number, keySpan: Origin['keySpan']): ConfigNode {
    const start = this.at++
    const entries = new Map<string, MapEntry>()
    this.skip()
    if (!this.take('}')) {
      do {
        this.skip()
        const from = this.at
        if (this.text[from] !== '"') this.fail('Expected a key in double quotes')
        const key = { type: 'str' as const, value: this.string() }
        const here = { source: this.source, start: from, end: this.at }
        if (entries.has(keyId(key))) this.fail(`Duplicate key ${JSON.stringify(key.value)}`, from)
        this.skip()
        if (!this.take(':')) this.fail("Expected ':'")
        entries.set(keyId(key), { key, node: this.value(depth + 1, here) })
        this.skip()
      } while (this.take(','))
      if (!this.take('}')) this.fail("Expected ',' or '}'")
    }
    return { kind: 'map', entries, origin: this.origin(start, keySpan) }
  }

  private list(depth: number, keySpan: Origin['keySpan']): ConfigNode {
    const start = this.at++
    const items: ConfigNode[] = []
    this.skip()
    if (!this.take(']')) {
      do {
        items.push(this.value(depth + 1))
        this.skip()
      } while (this.take(','))
      if (!this.take(']')) this.fail("Expected ',' or ']'")
    }
    return { kind: 'list', items, origin: this.origin(start, keySpan) }
  }

  private string(): string {
    string.lastIndex = this.at
    const found = string.exec(this.text)
    if (!found) return this.fail('A text in double quotes has no end here, or a letter that JSON writes as an escape')
    this.at += found[0].length
    return JSON.parse(found[0])
  }

  private origin(start: number, keySpan: Origin['keySpan']): Origin {
    return { kind: 'file', span: { source: this.source, start, end: this.at }, ...(keySpan ? { keySpan } : {}) }
  }

  private take(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false
    this.at += token.length
    return true
  }

  private skip(): void {
    blank.lastIndex = this.at
    this.at += blank.exec(this.text)![0].length
  }

  private fail(message: string, at = this.at): never {
    throw new JsonStop(message, at)
  }
}

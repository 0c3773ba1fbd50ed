import { floatText } from './python-text.ts'

/** Separators of Python's `json.dumps`: with spaces by default, without in journals. */
export interface JsonStyle {
  readonly comma: string
  readonly colon: string
}
export const SPACED: JsonStyle = { comma: ', ', colon: ': ' }
export const COMPACT: JsonStyle = { comma: ',', colon: ':' }

/** A number that is a float whatever its value: 1 is written 1.0. NaN and the infinities are bare words, as Python writes them. */
export function writeFloat(x: number): string {
  if (Number.isFinite(x)) return floatText(x)
  return Number.isNaN(x) ? 'NaN' : x > 0 ? 'Infinity' : '-Infinity'
}

/** A JSON string with every character beyond printable ASCII escaped. */
export function writeString(text: string): string {
  const plain = JSON.stringify(text)
  return /[^ -~]/.test(plain) ? plain.replace(/[^ -~]/g, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`) : plain
}

/** A value as Python's `json.dumps` writes it; whole numbers as ints, Maps and objects as dicts. */
export function writeJson(value: unknown, style: JsonStyle = SPACED): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return writeString(value)
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) <= 2 ** 53 ? integerText(value) : writeFloat(value)
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return `[${Array.from(value as ArrayLike<unknown>, item => writeJson(item, style)).join(style.comma)}]`
  }
  if (value instanceof Date) return writeString(value.toISOString())
  const entries = value instanceof Map ? [...value] : Object.entries(value as object)
  const members = entries.map(([key, item]) => `${writeString(String(key))}${style.colon}${writeJson(item, style)}`)
  return `{${members.join(style.comma)}}`
}

const integerText = (x: number): string => (Object.is(x, -0) ? '-0.0' : String(x))

/**
 * Parses JSON as Python does: NaN and Infinity are values, whole numbers beyond 2^53 become bigints, objects have no prototype.
 *
 * @throws SyntaxError with the position
 */
export function parseJson(text: string): unknown {
  if (!SPECIAL.test(text)) return JSON.parse(text)
  const parser = new JsonParser(text)
  return parser.parse()
}

/** What `JSON.parse` does not read as Python does: long whole numbers (not the digits after a point), bare words, a name with a meaning. */
const SPECIAL = /(?<![.\d])\d{16,}(?![\d.eE])|NaN|Infinity|"__proto__"/

class JsonParser {
  #at = 0
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  parse(): unknown {
    const value = this.#value()
    this.#space()
    if (this.#at < this.#text.length) this.#fail('Extra data')
    return value
  }

  #value(): unknown {
    this.#space()
    const c = this.#text[this.#at]
    if (c === '{') return this.#object()
    if (c === '[') return this.#array()
    if (c === '"') return this.#string()
    for (const [word, value] of WORDS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length
        return value
      }
    }
    return this.#number()
  }

  #object(): object {
    const object = Object.create(null) as Record<string, unknown>
    this.#at++
    this.#space()
    if (this.#text[this.#at] === '}') {
      this.#at++
      return object
    }
    for (;;) {
      this.#space()
      if (this.#text[this.#at] !== '"') this.#fail('Expecting property name enclosed in double quotes')
      const key = this.#string()
      this.#space()
      this.#expect(':')
      object[key] = this.#value()
      this.#space()
      if (this.#text[this.#at] === '}') break
      this.#expect(',')
    }
    this.#at++
    return object
  }

  #array(): unknown[] {
    const list: unknown[] = []
    this.#at++
    this.#space()
    if (this.#text[this.#at] === ']') {
      this.#at++
      return list
    }
    for (;;) {
      list.push(this.#value())
      this.#space()
      if (this.#text[this.#at] === ']') break
      this.#expect(',')
    }
    this.#at++
    return list
  }

  #string(): string {
    STRING.lastIndex = this.#at
    const found = STRING.exec(this.#text)
    if (found === null) this.#fail('Unterminated string')
    this.#at = STRING.lastIndex
    return JSON.parse(found![0]) as string
  }

  #number(): number | bigint {
    NUMBER.lastIndex = this.#at
    const found = NUMBER.exec(this.#text)
    if (found === null) this.#fail('Expecting value')
    this.#at = NUMBER.lastIndex
    const text = found![0]
    const value = Number(text)
    return /^-?\d+$/.test(text) && !Number.isSafeInteger(value) ? BigInt(text) : value
  }

  #space(): void {
    while (' \t\r\n'.includes(this.#text[this.#at] ?? 'x')) this.#at++
  }

  #expect(c: string): void {
    if (this.#text[this.#at] !== c) this.#fail(`Expecting '${c}' delimiter`)
    this.#at++
  }

  #fail(what: string): never {
    throw new SyntaxError(`${what}: char ${this.#at}`)
  }
}

const WORDS: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]
const STRING = /"(?:[^"\\\u0000-\u001f]|\\.)*"/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

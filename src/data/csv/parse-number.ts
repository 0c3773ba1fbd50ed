import type { CsvDialect } from './csv-options.ts'

const powersOfTen = Float64Array.from({ length: 23 }, (_, k) => 10 ** k)
const minus = 45
const plus = 43
const zero = 48
const nine = 57

/** What a cell that is a number looks like: pandas keeps whole numbers in int64 or uint64 while all of a column fit. */
export enum NumberKind {
  none,
  whole,
  /** A whole number above int64's largest, within uint64's. */
  wholeUnsigned,
  /** A whole number that no 64 bits hold. */
  wholeHuge,
  fraction,
}

const largestSigned = 2n ** 63n - 1n
const smallestSigned = -(2n ** 63n)
const largestUnsigned = 2n ** 64n - 1n

/**
 * Reads numbers as pandas 3.1 does: correctly rounded, blanks around them allowed, `inf` and `infinity` in any case.
 *
 * Fifteen digits and a small power of ten are exact in a double, so that one division rounds correctly (Clinger, 1990); the rest goes
 * through the engine's own parser.
 */
export class NumberParser {
  value = 0
  private readonly decimalText: string
  private readonly thousandsText: string

  constructor(private readonly dialect: CsvDialect) {
    this.decimalText = String.fromCharCode(dialect.decimal)
    this.thousandsText = dialect.thousands < 0 ? '' : String.fromCharCode(dialect.thousands)
  }

  /** @returns whether and what kind of number it is; its value is in `value` */
  parse(bytes: Uint8Array, start: number, end: number): NumberKind {
    let p = start
    let c = bytes[p]
    const negative = c === minus
    if (negative || c === plus) c = bytes[++p]
    let digits = 0
    const first = p
    while (p < end && c >= zero && c <= nine) {
      digits = digits * 10 + (c - zero)
      c = bytes[++p]
    }
    if (p === end) {
      if (p === first) return NumberKind.none
      if (p - first > 15) return this.slow(bytes, start, end)
      this.value = negative && digits > 0 ? -digits : digits
      return NumberKind.whole
    }
    if (c !== this.dialect.decimal || this.thousandsText) return this.slow(bytes, start, end)
    const point = p
    c = bytes[++p]
    while (p < end && c >= zero && c <= nine) {
      digits = digits * 10 + (c - zero)
      c = bytes[++p]
    }
    const decimals = p - point - 1
    if (p !== end || p - first > 16 || p - first === 1) return this.slow(bytes, start, end)
    this.value = negative ? -(digits / powersOfTen[decimals]) : digits / powersOfTen[decimals]
    return NumberKind.fraction
  }

  private slow(bytes: Uint8Array, start: number, end: number): NumberKind {
    if (end - start > 400) return NumberKind.none
    let text = ''
    for (let p = start; p < end; p++) {
      if (bytes[p] > 127) return NumberKind.none
      text += String.fromCharCode(bytes[p])
    }
    if (this.thousandsText) text = text.replaceAll(this.thousandsText, '')
    if (this.decimalText !== '.') {
      if (text.includes('.')) return NumberKind.none
      text = text.replace(this.decimalText, '.')
    }
    if (/^[ \t\n\v\f\r]*[+-]?\d+[ \t\n\v\f\r]*$/.test(text)) return this.whole(text)
    if (/^[ \t\n\v\f\r]*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[ \t\n\v\f\r]*$/.test(text)) this.value = Number(text)
    else if (/^[+-]?inf(?:inity)?$/i.test(text)) this.value = text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
    else return NumberKind.none
    return NumberKind.fraction
  }

  private whole(text: string): NumberKind {
    this.value = Number(text)
    if (Math.abs(this.value) < 2 ** 62) return NumberKind.whole
    const exact = BigInt(text.trim().replace(/^\+/, ''))
    if (exact >= smallestSigned && exact <= largestSigned) return NumberKind.whole
    return exact >= 0n && exact <= largestUnsigned ? NumberKind.wholeUnsigned : NumberKind.wholeHuge
  }
}

import type { CsvDialect } from './csv-options.ts'

const powersOfTen = Float64Array.from({ length: 23 }, (_, k) => 10 ** k)
const minus = 45
const plus = 43
const zero = 48
const nine = 57
const lowerE = 101
const upperE = 69

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

/** The upper and lower half of a double's digits, so that products of halves are exact (Veltkamp). */
const splitter = 134217729
const upperHalf = (x: number) => x * splitter - (x * splitter - x)
const powersHigh = powersOfTen.map(upperHalf)
const powersLow = powersOfTen.map((power, k) => power - powersHigh[k])

/**
 * (head * 10^shift + tail) / 10^decimals, correctly rounded: whole number and quotient are carried in two doubles each (Dekker, 1971).
 * NaN where the second double does not decide the rounding, or for other sizes: then the engine's parser must.
 *
 * @param head fifteen digits
 * @param tail the next `shift` ones, at most four
 */
function longDecimal(head: number, tail: number, shift: number, decimals: number): number {
  if (decimals > 22) return Number.NaN
  const scale = powersOfTen[shift]
  const upper = upperHalf(head)
  const product = head * scale
  const more = upper * scale - product + (head - upper) * scale + tail
  const high = product + more
  const low = more - (high - product)

  const power = powersOfTen[decimals]
  const powerHigh = powersHigh[decimals]
  const powerLow = powersLow[decimals]
  const quotient = high / power
  const whole = quotient * power
  const quotientHigh = upperHalf(quotient)
  const quotientLow = quotient - quotientHigh
  const error = quotientHigh * powerHigh - whole + quotientHigh * powerLow + quotientLow * powerHigh + quotientLow * powerLow
  const rest = (high - whole - error + low) / power
  // What the two doubles may be off; within it of a tie they cannot say where to round.
  const doubt = quotient * 2 ** -96
  const value = quotient + (rest + doubt)
  return value === quotient + (rest - doubt) ? value : Number.NaN
}

/** A number without what separates its groups of digits; undefined where no digit stands before the first, or one stands behind the point. */
function withoutGroups(text: string, separator: string, decimal: string): string | undefined {
  const [whole, ...rest] = text.toLowerCase().replace('e', decimal).split(decimal)
  if (whole.replace(/^[ \t]*[+-]?/, '').startsWith(separator) || rest.some(part => part.includes(separator))) return undefined
  return text.replaceAll(separator, '')
}

const largestSigned = 2n ** 63n - 1n
const smallestSigned = -(2n ** 63n)
const largestUnsigned = 2n ** 64n - 1n

/**
 * Reads numbers as pandas 3.1 does: correctly rounded, blanks around them allowed, `inf` and `infinity` in any case.
 *
 * Fifteen digits and a small power of ten are exact in a double, so that one division rounds correctly (Clinger, 1990); up to nineteen
 * digits take two doubles; the rest goes through the engine's own parser.
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
    return end - start > 16 ? this.long(bytes, start, end) : this.short(bytes, start, end)
  }

  /** Sixteen to nineteen digits around a decimal point; anything else goes to `short`. */
  private long(bytes: Uint8Array, start: number, end: number): NumberKind {
    const negative = bytes[start] === minus
    let head = 0
    let tail = 0
    let count = 0
    let point = end
    for (let p = negative ? start + 1 : start; p < end; p++) {
      const digit = bytes[p] - zero
      if (digit >= 0 && digit <= 9) {
        if (count < 15) head = head * 10 + digit
        else tail = tail * 10 + digit
        if (count > 0 || digit > 0) count++
      } else if (bytes[p] === this.dialect.decimal && point === end) point = p
      else return this.short(bytes, start, end)
    }
    if (count < 16 || count > 19 || point === end || this.thousandsText) return this.short(bytes, start, end)
    const value = longDecimal(head, tail, count - 15, end - point - 1)
    if (Number.isNaN(value)) return this.slow(bytes, start, end)
    this.value = negative ? -value : value
    return NumberKind.fraction
  }

  private short(bytes: Uint8Array, start: number, end: number): NumberKind {
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
    if (this.thousandsText) return this.slow(bytes, start, end)
    const pointed = c === this.dialect.decimal
    const point = p
    if (pointed) {
      c = bytes[++p]
      while (p < end && c >= zero && c <= nine) {
        digits = digits * 10 + (c - zero)
        c = bytes[++p]
      }
    }
    const last = p
    let exponent = pointed ? point + 1 - last : 0
    const count = last - first - (pointed ? 1 : 0)
    if (p < end && (c === lowerE || c === upperE)) {
      const negativeExponent = bytes[p + 1] === minus
      if (negativeExponent || bytes[p + 1] === plus) p++
      const firstOfExponent = p + 1
      let power = 0
      for (c = bytes[++p]; p < end && c >= zero && c <= nine; c = bytes[++p]) power = power * 10 + (c - zero)
      if (p === firstOfExponent || power > 400) return this.slow(bytes, start, end)
      exponent += negativeExponent ? -power : power
    }
    if (p !== end || count === 0) return this.slow(bytes, start, end)
    if (count > 15 || exponent < -22 || exponent > 22) return this.slow(bytes, start, end)
    const value = exponent < 0 ? digits / powersOfTen[-exponent] : digits * powersOfTen[exponent]
    this.value = negative ? -value : value
    return NumberKind.fraction
  }

  private slow(bytes: Uint8Array, start: number, end: number): NumberKind {
    if (end - start > 400) return NumberKind.none
    let text = ''
    for (let p = start; p < end; p++) {
      if (bytes[p] > 127) return NumberKind.none
      text += String.fromCharCode(bytes[p])
    }
    if (this.thousandsText) {
      const plain = withoutGroups(text, this.thousandsText, this.decimalText)
      if (plain === undefined) return NumberKind.none
      text = plain
    }
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

import type { ScalarNode } from '../node.ts'
import { intValue, parseFloat64, parseInt10 } from '../python/parse-number.ts'
import { escapeCode, strRepr } from '../python/str.ts'
import { tags } from './tags.ts'

export type ScalarValue = Pick<ScalarNode, 'type' | 'value'>

/** A scalar's value, or Python's words for why its text does not fit its tag. */
export type ConstructedScalar =
  | ScalarValue
  | { readonly error: string; readonly kind: 'ConstructorError' | 'ValueError' | 'KeyError' | 'IndexError' }

/** Digits beyond which Python refuses to read a decimal int. */
const maxIntDigits = 4300

export function constructScalar(tag: string, text: string): ConstructedScalar | undefined {
  switch (tag) {
    case tags.str:
      return { type: 'str', value: text }
    case tags.null:
      return { type: 'null', value: null }
    case tags.bool:
      return constructBool(text)
    case tags.int:
      return constructInt(text)
    case tags.float:
      return constructFloat(text)
    case tags.binary:
      return constructBinary(text)
    default:
      return undefined
  }
}

function constructBool(text: string): ConstructedScalar {
  const word = text.toLowerCase()
  if (word === 'true' || word === 'yes' || word === 'on') return { type: 'bool', value: true }
  if (word === 'false' || word === 'no' || word === 'off') return { type: 'bool', value: false }
  return { error: strRepr(word), kind: 'KeyError' }
}

function constructInt(text: string): ConstructedScalar {
  let digits = text.replace(/_/g, '')
  // Python looks at the first character.
  if (digits === '' || digits === '+' || digits === '-') return { error: 'string index out of range', kind: 'IndexError' }
  const negative = digits[0] === '-'
  if (negative || digits[0] === '+') digits = digits.slice(1)
  const value = digits === '0' ? 0n : unsignedInt(digits)
  if (typeof value === 'string') return { error: value, kind: 'ValueError' }
  return { type: 'int', value: intValue(negative ? -value : value) }
}

function unsignedInt(digits: string): bigint | string {
  if (digits.startsWith('0b')) return radixInt(digits.slice(2), 2)
  if (digits.startsWith('0x')) return radixInt(digits.slice(2), 16)
  if (digits[0] === '0') return radixInt(digits, 8)
  if (!digits.includes(':')) return decimalInt(digits)
  let total = 0n
  for (const part of digits.split(':')) {
    const value = decimalInt(part)
    if (typeof value === 'string') return value
    total = total * 60n + value
  }
  return total
}

function decimalInt(digits: string): bigint | string {
  if (/^\d+$/.test(digits) && digits.length > maxIntDigits)
    return `Exceeds the limit (${maxIntDigits} digits) for integer string conversion: value has ${digits.length} digits; use sys.set_int_max_str_digits() to increase the limit`
  return parseInt10(digits) ?? `invalid literal for int() with base 10: ${strRepr(digits)}`
}

function radixInt(digits: string, radix: 2 | 8 | 16): bigint | string {
  const valid = radix === 2 ? /^[01]+$/ : radix === 8 ? /^[0-7]+$/ : /^[0-9a-f]+$/i
  if (!valid.test(digits)) return `invalid literal for int() with base ${radix}: ${strRepr(digits)}`
  return BigInt(`${radix === 2 ? '0b' : radix === 8 ? '0o' : '0x'}${digits}`)
}

function constructFloat(text: string): ConstructedScalar {
  let digits = text.replace(/_/g, '').toLowerCase()
  if (digits === '') return { error: 'string index out of range', kind: 'IndexError' }
  const sign = digits[0] === '-' ? -1 : 1
  if (digits[0] === '-' || digits[0] === '+') digits = digits.slice(1)
  if (digits === '.inf') return { type: 'float', value: sign * Number.POSITIVE_INFINITY }
  if (digits === '.nan') return { type: 'float', value: Number.NaN }
  const parts: number[] = []
  for (const part of digits.split(':')) {
    const number = parseFloat64(part)
    if (number === undefined) return { error: `could not convert string to float: ${strRepr(part)}`, kind: 'ValueError' }
    parts.push(number)
  }
  let value = 0
  let base = 1
  for (const part of parts.reverse()) {
    value += part * base
    base *= 60
  }
  return { type: 'float', value: sign * value }
}

const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function constructBinary(text: string): ConstructedScalar {
  const characters = [...text]
  const at = characters.findIndex(c => c.codePointAt(0)! > 127)
  if (at >= 0) {
    // Python names a run of several characters by its range.
    let end = at
    while (end + 1 < characters.length && characters[end + 1].codePointAt(0)! > 127) end++
    const what =
      end > at ? `characters in position ${at}-${end}` : `character '${escapeCode(characters[at].codePointAt(0)!)}' in position ${at}`
    const error = `failed to convert base64 data into ascii: 'ascii' codec can't encode ${what}: ordinal not in range(128)`
    return { error, kind: 'ConstructorError' }
  }
  // Python's decoder passes over characters outside the alphabet and stops at complete padding.
  const bytes: number[] = []
  let bits = 0
  let count = 0
  let letters = 0
  let padding = 0
  for (const c of text) {
    if (c === '=') {
      if (letters % 4 >= 2 && (letters % 4) + ++padding >= 4) break
      continue
    }
    const value = base64Alphabet.indexOf(c)
    if (value < 0) continue
    padding = 0
    letters++
    bits = ((bits << 6) | value) & 0xffffff
    count += 6
    if (count >= 8) {
      count -= 8
      bytes.push((bits >> count) & 0xff)
    }
  }
  const rest = letters % 4
  if (rest === 1)
    return {
      error: `failed to decode base64 data: Invalid base64-encoded string: number of data characters (${letters}) cannot be 1 more than a multiple of 4`,
      kind: 'ConstructorError',
    }
  if (rest !== 0 && rest + padding < 4) return { error: 'failed to decode base64 data: Incorrect padding', kind: 'ConstructorError' }
  return { type: 'bytes', value: Uint8Array.from(bytes) }
}

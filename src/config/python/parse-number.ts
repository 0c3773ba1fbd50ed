const decimalDigit = /\p{Nd}/u
const plainInt = /^[+-]?\d+(?:_\d+)*$/
const plainFloat = /^[+-]?(?:(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?|inf|infinity|nan)$/i
// What str.strip() removes and JavaScript's trim() does not.
const edgeSpace = /^[\s\x1c-\x1f\x85]+|[\s\x1c-\x1f\x85]+$/g

/** Text as `int()` and `float()` see it: trimmed, decimal digits of all scripts as ASCII. */
function normalise(text: string): string {
  const trimmed = text.replace(edgeSpace, match => (match.includes('\ufeff') ? match : ''))
  if (/^[\x20-\x7e]*$/.test(trimmed)) return trimmed
  return [...trimmed].map(c => (decimalDigit.test(c) ? digitValue(c) : c)).join('')
}

/** Every script's ten decimal digits follow one another, from the first one whose predecessor is no digit (or is another run of ten). */
function digitValue(c: string): string {
  const code = c.codePointAt(0)!
  let first = code
  while (code - first < 9 && decimalDigit.test(String.fromCodePoint(first - 1))) first--
  // Mathematical digits (U+1D7CE..) are five runs without gaps.
  if (code >= 0x1d7ce && code <= 0x1d7ff) return String((code - 0x1d7ce) % 10)
  return String(code - first)
}

/** Python's `int(text)`, or undefined where it raises ValueError. */
export function parseInt10(text: string): bigint | undefined {
  const clean = normalise(text)
  if (!plainInt.test(clean)) return undefined
  const digits = clean.replace(/_/g, '')
  return digits[0] === '-' ? -BigInt(digits.slice(1)) : BigInt(digits[0] === '+' ? digits.slice(1) : digits)
}

/** Python's `float(text)`, or undefined where it raises ValueError. */
export function parseFloat64(text: string): number | undefined {
  const clean = normalise(text)
  if (!plainFloat.test(clean)) return undefined
  const word = clean.replace(/_/g, '').toLowerCase()
  if (word.endsWith('nan')) return Number.NaN
  if (word.endsWith('inf') || word.endsWith('infinity')) return word[0] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return Number(word)
}

/** An int as nodes hold it: a number where that is exact, else a bigint. */
export const intValue = (value: bigint): number | bigint =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value

// Reads the cells of a column as numbers.

import { rounded } from './rounding'

/** Powers of ten from this one on, as 128 bits of which the first is set: high half, then low half. */
const lowestPower: i32 = -60
const highestPower: i32 = 40

/** What `readColumn` saw: 1 a fraction, 2 a negative whole number, 4 an empty cell. */
let seen: i32 = 0
export function seenKinds(): i32 {
  return seen
}

/**
 * Reads the cells at `first`, `first + step`, … of `starts` and `ends` as doubles, correctly rounded, until one is not a plain number: an optional minus,
 * up to eighteen digits with or without a decimal point (nineteen with one), perhaps an exponent. With `gaps` an empty cell is NaN.
 *
 * @param powers 16 bytes per power from `lowestPower` on
 * @param exact doubles 10^0 to 10^22
 * @returns how many cells were read
 */
export function readColumn(
  starts: usize,
  ends: usize,
  step: i32,
  count: i32,
  decimal: u32,
  gaps: bool,
  powers: usize,
  exact: usize,
  into: usize,
): i32 {
  const stride = (<usize>step) << 2
  seen = 0
  for (let i: i32 = 0; i < count; i++) {
    let p = <usize>load<i32>(starts)
    const end = <usize>load<i32>(ends)
    starts += stride
    ends += stride
    if (p === end) {
      if (!gaps) return i
      seen |= 4
      store<f64>(into, NaN)
      into += 8
      continue
    }
    const negative = <u32>load<u8>(p) === 45
    if (negative) p++
    const begin = p
    let digits: u64 = 0
    while (p + 8 <= end) {
      const eight = load<u64>(p)
      if (!areDigits(eight)) break
      digits = digits * 100000000 + eightDigits(eight)
      p += 8
    }
    let digit: u32 = 0
    while (p < end && (digit = <u32>load<u8>(p) - 48) < 10) {
      digits = digits * 10 + digit
      p++
    }
    let length = <i32>(p - begin)
    if (p === end) {
      if (length === 0 || length > 18) return i
      const whole = <f64>(<i64>digits)
      if (negative && digits) seen |= 2
      store<f64>(into, negative && digits ? -whole : whole)
      into += 8
      continue
    }
    let exponent: i32 = 0
    if (<u32>load<u8>(p) === decimal) {
      const point = ++p
      while (p + 8 <= end) {
        const eight = load<u64>(p)
        if (!areDigits(eight)) break
        digits = digits * 100000000 + eightDigits(eight)
        p += 8
      }
      while (p < end && (digit = <u32>load<u8>(p) - 48) < 10) {
        digits = digits * 10 + digit
        p++
      }
      exponent = -(<i32>(p - point))
      length -= exponent
    }
    if (length === 0) return i
    if (length > 19) {
      // Zeros before the first other digit do not count.
      for (let q = begin; q < p; q++) {
        const c = <u32>load<u8>(q)
        if (c === 48) length--
        else if (c !== decimal) break
      }
      if (length > 19) return i
    }
    if (p < end) {
      if ((<u32>load<u8>(p) | 32) !== 101) return i
      p++
      const down = p < end && <u32>load<u8>(p) === 45
      if (p < end && (down || <u32>load<u8>(p) === 43)) p++
      const from = p
      let power: i32 = 0
      while (p < end && p < from + 4 && (digit = <u32>load<u8>(p) - 48) < 10) {
        power = power * 10 + <i32>digit
        p++
      }
      if (p === from || p < end) return i
      exponent += down ? -power : power
    }
    let value: f64
    if (digits === 0) value = 0
    else if (digits <= 9007199254740992 && exponent >= -22 && exponent <= 22) {
      const scale = load<f64>(exact + ((<usize>abs(exponent)) << 3))
      value = exponent < 0 ? <f64>digits / scale : <f64>digits * scale
    } else {
      if (exponent < lowestPower || exponent > highestPower) return i
      value = rounded(digits, exponent, powers + ((<usize>(exponent - lowestPower)) << 4))
      if (value === 0) return i
    }
    seen |= 1
    store<f64>(into, negative ? -value : value)
    into += 8
  }
  return count
}

/** A byte in all eight places. */
function inEach(byte: u64): u64 {
  return (byte | (byte << 8) | (byte << 16) | (byte << 24)) * 0x100000001
}

/** Whether eight bytes are all digits. */
function areDigits(eight: u64): bool {
  return ((eight & inEach(0xf0)) | (((eight + inEach(0x06)) & inEach(0xf0)) >> 4)) === inEach(0x33)
}

/** The number that eight digits say: pairs, then fours, then all. */
function eightDigits(eight: u64): u64 {
  const ones = eight - inEach(0x30)
  const pairs = ones * 10 + (ones >> 8)
  return (
    (((pairs & 0x000000ff000000ff) * 0x000f424000000064 + ((pairs >> 16) & 0x000000ff000000ff) * 0x0000271000000001) >> 32) & 0xffffffff
  )
}

// Decimal digits and a power of ten, as the double that is nearest.

/** The upper half of a product of 64 bits. */
function upperHalf(a: u64, b: u64): u64 {
  const low = a & 0xffffffff
  const high = a >> 32
  const lowOther = b & 0xffffffff
  const highOther = b >> 32
  const middle = high * lowOther + ((low * lowOther) >> 32)
  const other = low * highOther + (middle & 0xffffffff)
  return high * highOther + (middle >> 32) + (other >> 32)
}

/**
 * digits * 10^exponent, correctly rounded; 0 where 128 bits do not decide it.
 * Source: Lemire, 2021, "Number parsing at a gigabyte per second": the digits' bits times the power's first 64, and its next 64 where those are not enough.
 */
export function rounded(digits: u64, exponent: i32, power: usize): f64 {
  const shift = <i32>clz(digits)
  const w = digits << shift
  const first = load<u64>(power)
  let low = w * first
  let high = upperHalf(w, first)
  if ((high & 0x1ff) === 0x1ff) {
    const more = upperHalf(w, load<u64>(power, 8))
    low += more
    if (low < more) high++
    if (low === <u64>-1) return 0
  }
  const top = <i32>(high >> 63)
  let mantissa = high >> (top + 9)
  // Half-way between two doubles, which only small powers give exactly: the even one.
  if (low <= 1 && exponent >= -4 && exponent <= 23 && (mantissa & 3) === 1 && mantissa << (top + 9) === high) mantissa--
  mantissa = (mantissa + (mantissa & 1)) >> 1
  // floor(log2(10^exponent)) by a fraction that is close enough.
  let binary = ((217706 * exponent) >> 16) + 63 + top - shift + 1023
  if (mantissa === 0x20000000000000) {
    mantissa = 0x10000000000000
    binary++
  }
  return reinterpret<f64>((mantissa & 0xfffffffffffff) | ((<u64>binary) << 52))
}

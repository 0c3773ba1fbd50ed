// Cuts records of a CSV file into cells and reads columns of numbers: AssemblyScript with SIMD, built by scripts/wasm.mjs.
// What is not plain stops it, and the scanner and parser in TypeScript beside it take over; a test compares both. Offsets are bytes in the memory that ../cell-kernel.ts lays out.

const newline: u32 = 10
const carriageReturn: u32 = 13
const space: u32 = 32
const tab: u32 = 9

/** Where the first record begins that is not plain, or not all there. */
let rest: usize = 0
export function restOf(): usize {
  return rest
}

/** Whether that record is not all there. */
let cutOff: bool = false
export function isCutOff(): bool {
  return cutOff
}

/** Lines that the records hold besides their own: newlines between quotes. */
let moreLines: i32 = 0
export function moreLinesOf(): i32 {
  return moreLines
}

/**
 * Cuts records of exactly `columns` cells and writes where their cells start and end, without their quotes; doubled quotes are made one in place, once their
 * record is complete: one that is not may be read again. Sixteen bytes behind `end` must be readable.
 *
 * @returns how many records
 */
export function cut(at: usize, end: usize, delimiter: u32, quote: u32, columns: i32, most: i32, starts: usize, ends: usize): i32 {
  let records: i32 = 0
  let cells: i32 = 0
  let cell = at
  rest = at
  moreLines = 0
  cutOff = at >= end
  if (cutOff || !beginsRecord(at, delimiter)) return 0
  let lines: i32 = 0
  let doubledCells: i32 = 0
  let quoted = <u32>load<u8>(at) === quote
  let block = at
  let marks = marksAt(block, delimiter)
  for (;;) {
    let start = cell
    let stop: usize
    let q: usize
    if (quoted) {
      start++
      stop = closingQuote(start, end, quote)
      q = stop + 1
      if (stop === 0 || q >= end) break
      lines += newlinesBetween
      if (hasDoubled) {
        doubledCells++
        // Told apart until the record is complete.
        start = -start
      }
      block = q
      marks = marksAt(block, delimiter)
      // More behind the closing quote.
      if (!(marks & 1)) return records
    } else {
      while (!marks) {
        block += 16
        if (block >= end) break
        marks = marksAt(block, delimiter)
      }
      q = block + <usize>ctz(marks)
      if (!marks || q >= end) break
      stop = q
    }
    marks &= marks - 1
    // The newline of a carriage return before it.
    if (q < cell) continue
    const mark = <u32>load<u8>(q)
    if (mark === carriageReturn) {
      if (q + 1 >= end) break
      if (<u32>load<u8>(q + 1) !== newline) return records
    }
    if (cells === columns) return records
    store<i32>(starts, <i32>start)
    store<i32>(ends, <i32>stop)
    starts += 4
    ends += 4
    cells++
    cell = q + 1
    if (mark === delimiter) {
      if (cell >= end) break
      quoted = <u32>load<u8>(cell) === quote
      continue
    }
    if (mark === carriageReturn) cell++
    if (cells !== columns) return records
    if (doubledCells) makeSingle(starts, ends, columns, quote)
    records++
    rest = cell
    moreLines += lines
    lines = 0
    doubledCells = 0
    cells = 0
    if (records === most) return records
    if (cell >= end) break
    if (!beginsRecord(cell, delimiter)) return records
    quoted = <u32>load<u8>(cell) === quote
  }
  cutOff = true
  return records
}

/** Which of sixteen bytes end a cell: delimiters, newlines and carriage returns. */
function marksAt(block: usize, delimiter: u32): i32 {
  const bytes = v128.load(block)
  const lineEnds = v128.or(i8x16.eq(bytes, i8x16.splat(<i8>newline)), i8x16.eq(bytes, i8x16.splat(<i8>carriageReturn)))
  return i8x16.bitmask(v128.or(i8x16.eq(bytes, i8x16.splat(<i8>delimiter)), lineEnds))
}

/** What `closingQuote` went by: newlines, and whether a doubled quote. */
let newlinesBetween: i32 = 0
let hasDoubled: bool = false

/** The quote that is not followed by another; 0 where the bytes do not tell. */
function closingQuote(from: usize, end: usize, quote: u32): usize {
  newlinesBetween = 0
  hasDoubled = false
  for (let p = from; p < end; ) {
    const bytes = v128.load(p)
    const quotes = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(<i8>quote)))
    const newlines = i8x16.bitmask(i8x16.eq(bytes, i8x16.splat(<i8>newline)))
    if (!quotes) {
      newlinesBetween += popcnt(newlines)
      p += 16
      continue
    }
    const first = ctz(quotes)
    newlinesBetween += popcnt(newlines & ((1 << first) - 1))
    const q = p + <usize>first
    if (q + 1 >= end) return 0
    if (<u32>load<u8>(q + 1) !== quote) return q
    hasDoubled = true
    p = q + 2
  }
  return 0
}

/** Takes one of each two quotes out of the cells of a record whose start is told as negative; they end before `starts` and `ends`. */
function makeSingle(starts: usize, ends: usize, columns: i32, quote: u32): void {
  for (let i = 1; i <= columns; i++) {
    const place = <usize>(i << 2)
    const start = -load<i32>(starts - place)
    if (start < 0) continue
    store<i32>(starts - place, start)
    const end = <usize>load<i32>(ends - place)
    let to = <usize>start
    for (let p = to; p < end; p++) {
      const byte = load<u8>(p)
      store<u8>(to++, byte)
      if (<u32>byte === quote) p++
    }
    store<i32>(ends - place, <i32>to)
  }
}

/** Whether what begins here is a record and no blank line. */
function beginsRecord(at: usize, delimiter: u32): bool {
  const c = <u32>load<u8>(at)
  if (c === newline || c === carriageReturn) return false
  return (c !== space && c !== tab) || c === delimiter
}

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
function rounded(digits: u64, exponent: i32, power: usize): f64 {
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

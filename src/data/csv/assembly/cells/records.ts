// Cuts records into cells. Offsets are bytes in the memory that ../../cell-kernel.ts lays out.

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

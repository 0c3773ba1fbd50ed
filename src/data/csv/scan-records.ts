import { DataError } from '../data-error.ts'

const newline = 10
const carriageReturn = 13
const space = 32
const tab = 9

/**
 * Cuts bytes into records and cells as pandas' C tokenizer does: quotes only at the start of a cell, doubled quotes inside, blank lines
 * skipped, `\n`, `\r` or `\r\n` between records; with pandas' loss of an empty first cell after a blank line that ends in `\r`.
 *
 * Bytes come in pieces. A record that a piece ends in the middle of is read again with the next piece.
 * Source: pandas 3.1, observed.
 */
export class RecordScanner {
  /** Number of cells of the current record. */
  cells = 0
  /** Where cell i starts and ends: in `bytes`, or in `scratch` where `start` is negative (as -1 - start). */
  starts = new Int32Array(64)
  ends = new Int32Array(64)
  bytes = new Uint8Array(0)
  /** Cells whose quotes had to be taken out. */
  scratch = new Uint8Array(256)
  /** Whether a cell of the current record lies there. */
  assembled = false
  /** Records so far, blank ones counted: pandas calls that the line. */
  record = 0
  /** Line of the file on which the current record starts, from 1. */
  line = 1
  private scratchLength = 0
  private at = 0
  private nextLine = 1
  private last = false

  constructor(
    public delimiter: number,
    private readonly quote: number,
  ) {}

  /** @param last whether these are the last bytes */
  push(bytes: Uint8Array, last: boolean): void {
    const rest = this.bytes.length - this.at
    if (rest > 0) {
      const joined = new Uint8Array(rest + bytes.length)
      joined.set(this.bytes.subarray(this.at))
      joined.set(bytes, rest)
      this.bytes = joined
    } else this.bytes = bytes as Uint8Array<ArrayBuffer>
    this.at = 0
    this.last = last
  }

  /**
   * Goes to the next record.
   *
   * @returns false when the bytes are used up
   * @throws DataError `data/open-quote` where the file ends inside quotes
   */
  next(): boolean {
    const start = this.skipBlank()
    if (start < 0) return false
    this.cells = 0
    this.scratchLength = 0
    this.assembled = false
    this.line = this.nextLine
    const end = this.readCells(start)
    if (end < 0) return false
    this.at = end
    this.record++
    this.nextLine++
    return true
  }

  /** Where the next record begins in `bytes`. */
  get position(): number {
    return this.at
  }

  /** Goes past records that someone else has read. */
  skip({ count, lines }: { readonly count: number; readonly lines: number }, to: number): void {
    this.at = to
    this.record += count
    this.nextLine += lines
  }

  private skipBlank(): number {
    const { bytes, delimiter } = this
    const { length } = bytes
    for (;;) {
      let p = this.at
      if (p >= length) return -1
      let c = bytes[p]
      if ((c === space || c === tab) && c !== delimiter) {
        do c = bytes[++p]
        while (p < length && (c === space || c === tab) && c !== delimiter)
        if (p >= length) {
          if (this.last) this.at = length
          return -1
        }
        if (c !== newline && c !== carriageReturn) return this.at
      } else if (c !== newline && c !== carriageReturn) return p
      if (c === carriageReturn) {
        if (p + 1 >= length && !this.last) return -1
        if (bytes[p + 1] === newline || this.isSwallowed(p + 1)) p++
      }
      this.at = p + 1
      this.record++
      this.nextLine++
    }
  }

  /** After a blank line that ends in a bare carriage return pandas takes a separator for the rest of the line end; before blanks with something behind it goes back. */
  private isSwallowed(at: number): boolean {
    const { bytes, delimiter } = this
    if (bytes[at] !== delimiter) return false
    let p = at + 1
    while ((bytes[p] === space || bytes[p] === tab) && bytes[p] !== delimiter) p++
    return p === at + 1 || p >= bytes.length || bytes[p] === newline || bytes[p] === carriageReturn
  }

  /** @returns where the next record starts, or -1 when the bytes end before this one does */
  private readCells(from: number): number {
    const { bytes, delimiter, quote } = this
    const { length } = bytes
    let p = from
    for (;;) {
      if (p >= length) {
        if (!this.last) return -1
        this.put(p, p)
        return p
      }
      let c = bytes[p]
      if (c === quote) {
        p = this.quotedCell(p + 1)
        if (p < 0) return -1
      } else {
        const start = p
        while (c !== delimiter && c !== newline && c !== carriageReturn && ++p < length) c = bytes[p]
        this.put(start, p)
      }
      if (p >= length) return this.last ? p : -1
      c = bytes[p]
      if (c === delimiter) {
        p++
        continue
      }
      if (c === newline) return p + 1
      if (p + 1 >= length && !this.last) return -1
      return bytes[p + 1] === newline ? p + 2 : p + 1
    }
  }

  private put(start: number, end: number): void {
    if (this.cells === this.starts.length) {
      this.starts = doubled(this.starts)
      this.ends = doubled(this.ends)
    }
    this.starts[this.cells] = start
    this.ends[this.cells++] = end
  }

  /** @param from the byte after the opening quote @returns the byte after the cell, or -1 when the bytes end before it does */
  private quotedCell(from: number): number {
    const { bytes, quote } = this
    const close = bytes.indexOf(quote, from)
    if (close >= 0 && (close + 1 < bytes.length || this.last) && this.endsCell(close + 1)) {
      this.countLines(from, close)
      this.put(from, close)
      return close + 1
    }
    return this.assembledCell(from)
  }

  private endsCell(at: number): boolean {
    const c = this.bytes[at]
    return at >= this.bytes.length || c === this.delimiter || c === newline || c === carriageReturn
  }

  /** A cell with quotes inside, or with more after its closing quote: put together byte by byte. */
  private assembledCell(from: number): number {
    const { bytes, quote } = this
    const { length } = bytes
    const start = this.scratchLength
    this.assembled = true
    let inQuotes = true
    let p = from
    for (; p < length; p++) {
      const c = bytes[p]
      if (inQuotes && c === quote) {
        // What follows decides: another quote is one of the text, anything else ends the quotes.
        if (p + 1 >= length && !this.last) return -1
        if (bytes[p + 1] === quote) this.keep(bytes[++p])
        else inQuotes = false
        continue
      }
      if (!inQuotes && this.endsCell(p)) break
      this.keep(c)
    }
    if (p >= length && !this.last) return -1
    if (inQuotes) {
      throw new DataError('data/open-quote', `Error tokenizing data. C error: EOF inside string starting at row ${this.record}`, {
        line: this.line,
        hint: 'A cell that starts with a quote never ends; double the quotes inside a cell.',
      })
    }
    this.countLines(from, p)
    this.put(-1 - start, this.scratchLength)
    return p
  }

  private keep(byte: number): void {
    if (this.scratchLength === this.scratch.length) {
      const larger = new Uint8Array(2 * this.scratch.length)
      larger.set(this.scratch)
      this.scratch = larger
    }
    this.scratch[this.scratchLength++] = byte
  }

  private countLines(from: number, to: number): void {
    for (let p = this.bytes.indexOf(newline, from); p >= 0 && p < to; p = this.bytes.indexOf(newline, p + 1)) this.nextLine++
  }
}

function doubled(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * values.length)
  larger.set(values)
  return larger
}

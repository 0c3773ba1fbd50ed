import { instanceOf } from '../../numerics/wasm-instance.ts'
import { cellsWasm } from './cells-wasm.ts'
import type { CsvDialect } from './csv-options.ts'

/** What assembly/cells.ts exports. */
interface CellExports {
  cut(at: number, end: number, delimiter: number, quote: number, columns: number, most: number, starts: number, ends: number): number
  restOf(): number
  moreLinesOf(): number
  isCutOff(): number
  readColumn(
    starts: number,
    ends: number,
    step: number,
    count: number,
    decimal: number,
    gaps: number,
    powers: number,
    exact: number,
    into: number,
  ): number
  seenKinds(): number
}

/** Files below this are read before a module is compiled. */
const leastBytes = 2 ** 18
/** Bytes of the file that lie in the kernel's memory at a time. */
const pieceBytes = 2 ** 17
/** Records that are cut at a time, and cells: where they are stays in the second cache. */
const mostRecords = 512
const mostCells = 2 ** 15
/** Powers of ten that the kernel multiplies by; others are left to the engine's parser. */
const [lowestPower, highestPower] = [-60, 40]
/** Records that go by without a try after one that was not plain: twice as many each time. */
const mostPassed = 1024

/** Some records of a file in the kernel's memory: cell c of record r is at place r * columns + c. */
export interface CutRecords {
  readonly count: number
  /** Lines they take: more than one each where quotes hold newlines. */
  readonly lines: number
  readonly bytes: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** Numbers that the kernel read of a column, up to the first cell that is none. */
export interface ReadNumbers {
  readonly values: Float64Array
  readonly fractions: boolean
  readonly negative: boolean
  readonly gaps: boolean
}

/**
 * The fast lane for plain records: all cells there, nothing behind a closing quote, no blank line. It cuts them and reads numbers; whatever it leaves is read as before.
 * Its results are those of `RecordScanner` and `NumberParser`.
 */
export class CellKernel {
  private readonly bytes: Uint8Array
  private readonly starts: Int32Array
  private readonly ends: Int32Array
  private readonly values: Float64Array
  private readonly records: number
  /** The piece of the file that lies in memory. */
  private from = 0
  private to = 0
  /** Records to let by before the next try. */
  private passing = 0
  private passed = 1

  private constructor(
    private readonly exports: CellExports,
    memory: WebAssembly.Memory,
    private readonly at: Readonly<Record<'piece' | 'starts' | 'ends' | 'values' | 'powers' | 'exact', number>>,
    private readonly columns: number,
    private readonly delimiter: number,
    private readonly dialect: CsvDialect,
  ) {
    this.records = recordsFor(columns)
    this.bytes = new Uint8Array(memory.buffer)
    this.starts = new Int32Array(memory.buffer, at.starts, this.records * columns)
    this.ends = new Int32Array(memory.buffer, at.ends, this.records * columns)
    this.values = new Float64Array(memory.buffer, at.values, this.records)
    new BigUint64Array(memory.buffer, at.powers, 2 * (highestPower - lowestPower + 1)).set(powerTable())
    new Float64Array(memory.buffer, at.exact, 23).set(Array.from({ length: 23 }, (_, k) => 10 ** k))
  }

  /** @returns undefined where there is no WebAssembly with SIMD, or where it would not pay: for small files, thousands, texts that mean missing though they are numbers */
  static of(bytes: Uint8Array, columns: number, delimiter: number, dialect: CsvDialect): CellKernel | undefined {
    if (bytes.length < leastBytes || columns > mostCells || dialect.thousands >= 0 || dialect.missingNumbers) return undefined
    const records = recordsFor(columns)
    const powers = 64
    const exact = powers + 16 * (highestPower - lowestPower + 1)
    const values = exact + 8 * 23
    const starts = values + 8 * records
    const ends = starts + 4 * records * columns
    // Sixteen bytes are looked at together.
    const piece = (ends + 4 * records * columns + 15) & ~15
    const instance = instanceOf<CellExports>(cellsWasm, piece + pieceBytes + 16)
    if (!instance) return undefined
    return new CellKernel(instance.exports, instance.memory, { piece, starts, ends, values, powers, exact }, columns, delimiter, dialect)
  }

  /** Plain records of `file` from `at` on, and where the next one begins; undefined when there is none. */
  cut(file: Uint8Array, at: number): { readonly records: CutRecords; readonly next: number } | undefined {
    if (this.passing > 0) {
      this.passing--
      return undefined
    }
    for (;;) {
      const fresh = at < this.from || at >= this.to
      if (fresh) this.load(file, at)
      const { piece } = this.at
      const count = this.exports.cut(
        piece + at - this.from,
        piece + this.to - this.from,
        this.delimiter,
        this.dialect.quote,
        this.columns,
        this.records,
        this.at.starts,
        this.at.ends,
      )
      if (count > 0) {
        this.passed = 1
        const { bytes, starts, ends } = this
        return {
          records: { count, lines: count + this.exports.moreLinesOf(), bytes, starts, ends },
          next: this.from + this.exports.restOf() - piece,
        }
      }
      // The record goes on behind the piece: once more with all of it.
      if (this.exports.isCutOff() && this.from < at && this.to < file.length) {
        this.load(file, at)
        continue
      }
      this.passing = this.passed - 1
      this.passed = Math.min(2 * this.passed, mostPassed)
      return undefined
    }
  }

  /** Numbers from record `first` on of a column; what they say is good until the next call. */
  numbers(column: number, first: number, count: number): ReadNumbers {
    const place = 4 * (first * this.columns + column)
    const read = this.exports.readColumn(
      this.at.starts + place,
      this.at.ends + place,
      this.columns,
      count,
      this.dialect.decimal,
      Number(this.dialect.missing.has('')),
      this.at.powers,
      this.at.exact,
      this.at.values,
    )
    const seen = this.exports.seenKinds()
    return {
      values: this.values.subarray(0, read),
      fractions: (seen & 1) !== 0,
      negative: (seen & 2) !== 0,
      gaps: (seen & 4) !== 0,
    }
  }

  private load(file: Uint8Array, at: number): void {
    this.from = at
    this.to = Math.min(file.length, at + pieceBytes)
    this.bytes.set(file.subarray(this.from, this.to), this.at.piece)
  }
}

const recordsFor = (columns: number): number => Math.max(1, Math.min(mostRecords, Math.floor(mostCells / columns)))

/**
 * The first 128 bits of each power of ten, high half first; rounded up where a product may be a whole number of halves, which then shows.
 * Source: Lemire, 2021, "Number parsing at a gigabyte per second", section 5.
 */
function powerTable(): BigUint64Array {
  const table = new BigUint64Array(2 * (highestPower - lowestPower + 1))
  for (let power = lowestPower; power <= highestPower; power++) {
    const five = 5n ** BigInt(Math.abs(power))
    const bits = BigInt(five.toString(2).length)
    const wide = power >= 0 ? five << 128n : (1n << (bits + (power < -27 ? 255n : 127n))) / five + 1n
    const exact = wide >> BigInt(wide.toString(2).length - 128)
    const at = 2 * (power - lowestPower)
    table[at] = exact >> 64n
    table[at + 1] = exact & 0xffffffffffffffffn
  }
  return table
}

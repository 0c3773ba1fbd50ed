import type { Column } from '../table.ts'
import { CategoryTable } from './category-table.ts'
import type { CellKernel, ReadNumbers } from './cell-kernel.ts'
import type { CsvDialect } from './csv-options.ts'
import { NumberKind, type NumberParser } from './parse-number.ts'

/** `True` and `False` in any case, as bytes of the lower case. */
const truths = ['false', 'true'].map(text => new TextEncoder().encode(text))

/**
 * The cells of one column as they come, typed as pandas types a whole column: numbers while all are numbers, booleans while all are, else text.
 *
 * Only numbers are kept of numbers. A column that turns out to be text after some is read once more up to that row.
 */
export class ColumnBuilder {
  private state: 'empty' | 'number' | 'bool' | 'text' = 'empty'
  private values: Float64Array<ArrayBuffer>
  private codes = new Int32Array(0)
  private categories = new CategoryTable()
  private rows = 0
  private gaps = false
  private fractions = false
  private unsigned = false
  private huge = false
  private negative = false
  /** Whether cells that mean missing are text as well: so pandas leaves a column in which uint64 meets gaps or negative numbers. */
  private literal = false
  private readonly noBytes = new Uint8Array(0)
  /** Rows before this one were read as numbers or booleans and must be read again as text. */
  textBefore = 0

  constructor(
    private readonly dialect: CsvDialect,
    private readonly numbers: NumberParser,
    { rows, text }: { readonly rows: number; readonly text: boolean },
  ) {
    this.values = new Float64Array(text ? 0 : rows)
    if (!text) return
    this.state = 'text'
    this.codes = new Int32Array(rows)
  }

  /** One more cell. */
  append(bytes: Uint8Array, start: number, end: number): void {
    const row = this.rows++
    if (this.state === 'text') {
      if (row === this.codes.length) this.codes = grown(this.codes)
      this.codes[row] = this.isMissing(bytes, start, end) ? -1 : this.categories.intern(bytes, start, end)
      return
    }
    if (row === this.values.length) this.values = grown(this.values)
    if (start === end && this.isMissing(bytes, start, end)) {
      this.gaps = true
      this.values[row] = Number.NaN
      return
    }
    const kind = this.state === 'bool' ? NumberKind.none : this.numbers.parse(bytes, start, end)
    if ((kind === NumberKind.none || this.dialect.missingNumbers) && this.isMissing(bytes, start, end)) {
      this.gaps = true
      this.values[row] = Number.NaN
    } else if (kind !== NumberKind.none) this.appendNumber(row, kind)
    else this.appendOther(row, bytes, start, end)
  }

  /** Many cells: those at `first`, `first + step`, … of `starts` and `ends`. As `append` each, but numbers go through a loop of their own. */
  appendAll(
    bytes: Uint8Array,
    starts: Int32Array,
    ends: Int32Array,
    { first, step, count }: { readonly first: number; readonly step: number; readonly count: number },
  ): void {
    const { numbers } = this
    const plain = !this.dialect.missingNumbers
    let at = first
    for (let i = 0; i < count; i++, at += step) {
      if (plain && this.state === 'number') {
        while (this.values.length < this.rows + count) this.values = grown(this.values)
        const { values } = this
        let { rows } = this
        for (; i < count; i++, at += step) {
          const start = starts[at]
          const end = ends[at]
          if (start === end) break
          const kind = numbers.parse(bytes, start, end)
          if (kind !== NumberKind.whole && kind !== NumberKind.fraction) break
          const { value } = numbers
          values[rows++] = value
          if (kind === NumberKind.fraction) this.fractions = true
          else if (value < 0) this.negative = true
        }
        this.rows = rows
        if (i === count) return
      }
      this.append(bytes, starts[at], ends[at])
    }
  }

  /** As `appendAll` of the records that the kernel has cut; it reads the numbers among them. */
  appendCut(
    kernel: CellKernel,
    bytes: Uint8Array,
    starts: Int32Array,
    ends: Int32Array,
    { first, step, count }: { readonly first: number; readonly step: number; readonly count: number },
  ): void {
    let i = 0
    while (i < count) {
      if (this.state === 'number') {
        const read = kernel.numbers(first, i, count - i)
        i += read.values.length
        this.appendNumbers(read)
      } else if (this.state === 'text') {
        this.appendAll(bytes, starts, ends, { first: first + i * step, step, count: count - i })
        return
      }
      if (i === count) return
      const at = first + i++ * step
      this.append(bytes, starts[at], ends[at])
    }
  }

  private appendNumbers({ values, fractions, negative, gaps }: ReadNumbers): void {
    while (this.values.length < this.rows + values.length) this.values = grown(this.values)
    this.values.set(values, this.rows)
    this.rows += values.length
    if (fractions) this.fractions = true
    if (negative) this.negative = true
    if (gaps) this.gaps = true
  }

  /** A cell that a short record lacks. */
  appendMissing(): void {
    const row = this.rows++
    if (this.state === 'text') {
      if (row === this.codes.length) this.codes = grown(this.codes)
      this.codes[row] = -1
      return
    }
    if (row === this.values.length) this.values = grown(this.values)
    this.gaps = true
    this.values[row] = Number.NaN
  }

  private appendNumber(row: number, kind: NumberKind): void {
    const { value } = this.numbers
    this.state = 'number'
    this.values[row] = value
    if (kind === NumberKind.whole) {
      if (value < 0) this.negative = true
    } else if (kind === NumberKind.fraction) this.fractions = true
    else if (kind === NumberKind.wholeUnsigned) this.unsigned = true
    else this.huge = true
  }

  private appendOther(row: number, bytes: Uint8Array, start: number, end: number): void {
    const truth = this.state === 'number' ? -1 : truthOf(bytes, start, end)
    if (truth >= 0) {
      this.state = 'bool'
      this.values[row] = truth
      return
    }
    this.becomeText(row)
    this.codes[row] = this.categories.intern(bytes, start, end)
  }

  private becomeText(row: number): void {
    if (this.state !== 'empty') this.textBefore = row
    this.codes = new Int32Array(Math.max(1024, this.values.length))
    for (let i = 0; i < row; i++) this.codes[i] = -1
    this.values = new Float64Array(0)
    this.state = 'text'
  }

  private isMissing(bytes: Uint8Array, start: number, end: number): boolean {
    const { missing, longestMissing, missingBegins } = this.dialect
    if (start === end) return missing.has('')
    if (end - start > longestMissing || !missingBegins[bytes[start]]) return false
    return missing.has(decoder.decode(bytes.subarray(start, end)))
  }

  /** Whether the whole numbers of the column are more than 64 bits hold, so that pandas leaves them as text. */
  judge(): void {
    if (this.state !== 'number' || !(this.unsigned || this.huge)) return
    if (!this.huge && (this.fractions || !(this.negative || this.gaps))) return
    this.literal = !this.fractions && !this.huge
    this.becomeText(this.rows)
  }

  /** The cells of the rows before `textBefore`, once more, in order. */
  readAgain(): { append(bytes: Uint8Array, start: number, end: number): void; appendMissing(): void; finish(): void } {
    const first = new CategoryTable()
    const before = this.textBefore
    let row = 0
    return {
      append: (bytes, start, end) => {
        this.codes[row++] = !this.literal && this.isMissing(bytes, start, end) ? -1 : first.intern(bytes, start, end)
      },
      appendMissing: () => {
        this.codes[row++] = this.literal ? first.intern(this.noBytes, 0, 0) : -1
      },
      finish: () => {
        // The later categories follow the earlier ones, in order of first appearance.
        const encoder = new TextEncoder()
        const moved = Int32Array.from(this.categories.texts(), text => {
          const bytes = encoder.encode(text)
          return first.intern(bytes, 0, bytes.length)
        })
        for (let i = before; i < this.rows; i++) if (this.codes[i] >= 0) this.codes[i] = moved[this.codes[i]]
        this.categories = first
        this.textBefore = 0
      },
    }
  }

  finish(name: string): Column {
    const { rows, state, gaps } = this
    if (state === 'text') return { name, type: 'text', codes: this.codes.slice(0, rows), categories: this.categories.texts() }
    // What was guessed much too long is given back; a copy for the sake of a few cells takes longer than to leave them.
    const values = 20 * (this.values.length - rows) > this.values.length ? this.values.slice(0, rows) : this.values.subarray(0, rows)
    const { missingValues } = this.dialect
    if (missingValues.size && this.fractions) for (let i = 0; i < rows; i++) if (missingValues.has(values[i])) values[i] = Number.NaN
    if (state === 'bool') return gaps ? truthsWithGaps(name, values) : { name, type: 'bool', values }
    const whole = state === 'number' && !gaps && !this.fractions && !this.huge
    return { name, type: whole ? 'int' : 'float', values }
  }
}

const decoder = new TextDecoder()

/** Booleans with missing cells are objects to pandas: text here, under Python's names. */
function truthsWithGaps(name: string, values: Float64Array): Column {
  const codeOf = new Map<number, number>()
  const codes = Int32Array.from(values, value => {
    if (Number.isNaN(value)) return -1
    if (!codeOf.has(value)) codeOf.set(value, codeOf.size)
    return codeOf.get(value)!
  })
  return { name, type: 'text', codes, categories: [...codeOf.keys()].map(value => (value ? 'True' : 'False')) }
}

/** 1 or 0, or -1 for what is no boolean. */
function truthOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start
  const which = length === 4 ? 1 : length === 5 ? 0 : -1
  if (which < 0) return -1
  for (let i = 0; i < length; i++) if ((bytes[start + i] | 32) !== truths[which][i]) return -1
  return which
}

function grown<A extends Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(values: A): A {
  const larger = new (values.constructor as new (length: number) => A)(Math.max(1024, 2 * values.length))
  larger.set(values)
  return larger
}

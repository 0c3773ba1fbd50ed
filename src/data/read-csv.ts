import { CellKernel } from './csv/cell-kernel.ts'
import { ColumnBuilder } from './csv/column-builder.ts'
import { columnNamesOf } from './csv/column-names.ts'
import { byteOf, type CsvDialect, type CsvOptions, dialectOf } from './csv/csv-options.ts'
import { utf8Bytes } from './csv/decode-bytes.ts'
import { NumberParser } from './csv/parse-number.ts'
import { RecordBlock } from './csv/record-block.ts'
import { RecordScanner } from './csv/scan-records.ts'
import { sniffDelimiter } from './csv/sniff-delimiter.ts'
import { DataError } from './data-error.ts'
import type { Table } from './table.ts'

/** What to read, and how it is written. */
export interface CsvSource extends CsvOptions {
  /** For messages. */
  readonly path: string
  /** Columns that are text whatever their cells look like. */
  readonly text?: readonly string[]
  /** Hears of what pandas does silently and is easily missed. */
  readonly onWarning?: (message: string) => void
}

/**
 * Reads a CSV file as `pandas.read_csv` types it: ints, floats (also ints with gaps), booleans, text.
 *
 * Cells are read from the bytes; no text is kept but the distinct ones of text columns.
 *
 * @param bytes UTF-8 unless `encoding` says otherwise, or UTF-16 with a byte order mark
 * @throws DataError `data/empty`, `data/no-rows`, `data/encoding`, `data/open-quote`, `data/csv-option`, `data/ragged` (a line with more
 * fields than the lines before; fewer are missing cells, as in pandas)
 * Source: pandas 3.1.
 */
export function readCsv(bytes: Uint8Array, source: CsvSource): Table {
  const { path, encoding } = source
  try {
    // One kind of array: node's Buffer beside it would slow down every loop over bytes.
    const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
    return readTable(utf8Bytes(plain, { path, ...(encoding === undefined ? {} : { encoding }) }), source)
  } catch (error) {
    // The scanner does not know the file's name.
    if (error instanceof DataError && error.details.path === undefined)
      throw new DataError(error.code, error.message, { path, ...error.details })
    throw error
  }
}

/** The line of a file, from 1, in which a record begins; the header is record 0. Cells may hold line ends, and blank lines are no records. */
export function lineOfRecord(bytes: Uint8Array, record: number, source: CsvSource): number {
  const { path, encoding } = source
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  const scanner = scannerOf(utf8Bytes(plain, { path, ...(encoding === undefined ? {} : { encoding }) }), source, dialectOf(source))
  for (let i = 0; i <= record && scanner.next(); i++);
  return scanner.line
}

function readTable(bytes: Uint8Array, source: CsvSource): Table {
  const { path, onWarning } = source
  const dialect = dialectOf(source)
  const begin = () => scannerOf(bytes, source, dialect)
  const scanner = begin()
  if (!scanner.next()) throw new DataError('data/empty', 'No columns to parse from file', { path, hint: 'The file has no header line.' })
  const names = columnNamesOf(cellTexts(scanner))
  const numbers = new NumberParser(dialect)
  const expected = expectedRows(bytes)
  const columns = names.map(name => new ColumnBuilder(dialect, numbers, { rows: expected, text: source.text?.includes(name) ?? false }))
  let index = 0
  let rows = 0
  let block = new RecordBlock(columns, index)
  let kernel: CellKernel | undefined
  for (;;) {
    const plain = kernel?.cut(scanner.bytes, scanner.position)
    if (plain) {
      block.addCut(plain.records, kernel!)
      rows += plain.records.count
      scanner.skip(plain.records, plain.next)
      continue
    }
    if (!scanner.next()) break
    if (rows === 0 && scanner.cells > names.length) {
      index = scanner.cells - names.length
      const first = index === 1 ? 'its first cell names the row' : `its first ${index} cells name the row`
      block = new RecordBlock(columns, index)
      onWarning?.(`The first row of ${path} has ${scanner.cells} cells under ${names.length} names: ${first}, as for pandas.`)
    }
    if (scanner.cells > names.length + index) throw ragged(scanner, names.length + index, path)
    if (!block.add(scanner)) {
      block.flush()
      appendRecord(scanner, columns, index)
    }
    // The first row has shown how many cells there are.
    if (rows++ === 0) kernel = CellKernel.of(bytes, names.length + index, scanner.delimiter, dialect)
  }
  block.flush()
  if (rows === 0) throw new DataError('data/no-rows', `The file has a header but no rows.`, { path, line: 1 })
  for (const column of columns) column.judge()
  if (columns.some(column => column.textBefore > 0)) readTextAgain(begin(), columns, index)
  return { rows, columns: columns.map((column, j) => column.finish(names[j])) }
}

/** How many rows there will be if all are like the first ones, and a few more. */
function expectedRows(bytes: Uint8Array): number {
  const seen = Math.min(bytes.length, 65536)
  let lines = 1
  for (let at = 0; at < seen; at++) if (bytes[at] === 10) lines++
  return Math.ceil(((lines * bytes.length) / Math.max(1, seen)) * 1.02) + 8
}

/** A scanner at the header. */
function scannerOf(bytes: Uint8Array, { sep, quotechar = '"' }: CsvSource, { quote }: CsvDialect): RecordScanner {
  const started = (delimiter: string) => {
    const scanner = new RecordScanner(byteOf('sep', delimiter), quote)
    scanner.push(bytes, true)
    return scanner
  }
  if (sep !== undefined && sep !== null) return started(sep)
  // A single column has nothing to learn from: then the comma cannot be meant.
  const usual = started(',')
  if (sep === undefined && (!usual.next() || usual.cells > 1)) return started(',')
  return started(sniffDelimiter(bytes, quotechar) ?? ',')
}

function appendRecord({ cells, starts, ends, bytes, scratch }: RecordScanner, columns: readonly ColumnBuilder[], index: number): void {
  for (let j = 0; j < columns.length; j++) {
    const cell = j + index
    if (cell >= cells) columns[j].appendMissing()
    else if (starts[cell] >= 0) columns[j].append(bytes, starts[cell], ends[cell])
    else columns[j].append(scratch, -1 - starts[cell], ends[cell])
  }
}

/** Columns that turned out to be text after some numbers: these cells as text. */
function readTextAgain(scanner: RecordScanner, columns: readonly ColumnBuilder[], index: number): void {
  const late = columns.flatMap((column, j) =>
    column.textBefore > 0 ? [{ j: j + index, rows: column.textBefore, again: column.readAgain() }] : [],
  )
  const most = late.reduce((a, { rows }) => Math.max(a, rows), 0)
  scanner.next()
  for (let row = 0; row < most && scanner.next(); row++) {
    const { cells, starts, ends, bytes, scratch } = scanner
    for (const { j, rows, again } of late) {
      if (row >= rows) continue
      if (j >= cells) again.appendMissing()
      else if (starts[j] >= 0) again.append(bytes, starts[j], ends[j])
      else again.append(scratch, -1 - starts[j], ends[j])
    }
  }
  for (const { again } of late) again.finish()
}

function cellTexts({ cells, starts, ends, bytes, scratch }: RecordScanner): string[] {
  const decoder = new TextDecoder()
  return Array.from({ length: cells }, (_, i) =>
    decoder.decode(starts[i] >= 0 ? bytes.subarray(starts[i], ends[i]) : scratch.subarray(-1 - starts[i], ends[i])),
  )
}

function ragged({ cells, record, line }: RecordScanner, width: number, path: string): DataError {
  return new DataError('data/ragged', `Error tokenizing data. C error: Expected ${width} fields in line ${record}, saw ${cells}`, {
    path,
    line,
    hint: 'The line has more fields than the header; quote a value that holds a comma.',
  })
}

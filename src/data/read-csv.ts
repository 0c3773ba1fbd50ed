import Papa from 'papaparse'
import { DataError } from './data-error.ts'
import type { Column, Table } from './table.ts'
import { utf8Error } from './utf8-error.ts'

/** Cells that pandas 3.1 reads as missing (`pandas._libs.parsers.STR_NA_VALUES`). */
const missing = new Set('|#N/A|#N/A N/A|#NA|-1.#IND|-1.#QNAN|-NaN|-nan|1.#IND|1.#QNAN|<NA>|N/A|NA|NULL|NaN|None|n/a|nan|null'.split('|'))
const wholeNumber = /^[ \t]*[+-]?\d+$/
const number = /^[ \t]*[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|inf|infinity)[ \t]*$/i
const truth: ReadonlyMap<string, number> = new Map([
  ['True', 1],
  ['TRUE', 1],
  ['true', 1],
  ['False', 0],
  ['FALSE', 0],
  ['false', 0],
])

/**
 * Reads a CSV file as `pandas.read_csv` types it: ints, floats (also ints with gaps), booleans, text.
 *
 * @param bytes UTF-8, or UTF-16 with a byte order mark
 * @param path for messages
 * A first row longer than the header is an error here; pandas would silently take its first column for an index.
 * @throws DataError `data/empty`, `data/encoding`, `data/ragged` (a line with more fields than the header has; fewer are missing cells, as in pandas)
 * Source: pandas 3.1.
 */
export function readCsv(bytes: Uint8Array, { path }: { readonly path: string }): Table {
  const text = decode(bytes, path)
  if (!text.trim()) throw new DataError('data/empty', 'No columns to parse from file', { path, hint: 'The file has no header line.' })
  const { data } = Papa.parse<string[]>(text, { header: false, delimiter: ',', skipEmptyLines: true })
  const header = uniqueNames(data[0])
  const width = header.length
  for (let i = 1; i < data.length; i++) {
    const found = data[i].length
    if (found > width) {
      const { record, line } = placeOfRow(text, i)
      throw new DataError('data/ragged', `Error tokenizing data. C error: Expected ${width} fields in line ${record}, saw ${found}`, {
        path,
        line,
        hint: 'The line has more fields than the header; quote a value that holds a comma.',
      })
    }
  }
  const rows = data.length - 1
  if (rows === 0) throw new DataError('data/no-rows', `The file has a header but no rows.`, { path, line: 1 })
  return { rows, columns: header.map((name, j) => typedColumn(name, data, j)) }
}

function decode(bytes: Uint8Array, path: string): string {
  const [a, b] = bytes
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    const wrong = utf8Error(bytes)
    if (!wrong) throw error
    const line = bytes.subarray(0, wrong.at).reduce((lines, byte) => lines + (byte === 10 ? 1 : 0), 1)
    throw new DataError('data/encoding', wrong.message, { path, line, hint: 'Save the file as UTF-8.' })
  }
}

/** As pandas: a repeated name gets `.1`, `.2`, …; an empty one `Unnamed: <index>`. */
function uniqueNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>()
  const taken = new Set(names)
  return names.map((raw, i) => {
    const name = raw === '' ? `Unnamed: ${i}` : raw
    const count = seen.get(name)
    if (count === undefined) {
      seen.set(name, 1)
      return name
    }
    let next = count
    while (taken.has(`${name}.${next}`)) next++
    seen.set(name, next + 1)
    taken.add(`${name}.${next}`)
    return `${name}.${next}`
  })
}

/**
 * Where data row `row` starts: its line, and the number that pandas calls a line: records, blank lines counted, quoted line breaks not.
 */
function placeOfRow(text: string, row: number): { record: number; line: number } {
  let found = -1
  let record = 0
  let line = 1
  Papa.parse<string[]>(text, {
    delimiter: ',',
    step: (result, parser) => {
      record++
      const cells = result.data
      if (cells.length > 1 || cells[0] !== '') found++
      if (found === row) parser.abort()
      else line += 1 + cells.reduce((breaks, cell) => breaks + (cell.match(/\n/g)?.length ?? 0), 0)
    },
  })
  return { record, line }
}

function typedColumn(name: string, data: readonly string[][], j: number): Column {
  const rows = data.length - 1
  const values = new Float64Array(rows)
  let gaps = false
  let whole = true
  let numeric = true
  for (let i = 0; i < rows && numeric; i++) {
    const cell = data[i + 1][j]
    if (cell === undefined || missing.has(cell)) {
      gaps = true
      values[i] = Number.NaN
    } else if (wholeNumber.test(cell)) values[i] = Number(cell)
    else if (number.test(cell)) {
      whole = false
      values[i] = numberOf(cell)
    } else numeric = false
  }
  if (numeric) return { name, type: whole && !gaps ? 'int' : 'float', values }
  return booleanColumn(name, data, j) ?? textColumn(name, data, j)
}

function numberOf(cell: string): number {
  const trimmed = cell.trim()
  return /inf/i.test(trimmed) ? (trimmed.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : Number(trimmed)
}

function booleanColumn(name: string, data: readonly string[][], j: number): Column | undefined {
  const values = new Float64Array(data.length - 1)
  for (let i = 0; i < values.length; i++) {
    const value = truth.get(data[i + 1][j])
    if (value === undefined) return undefined
    values[i] = value
  }
  return { name, type: 'bool', values }
}

function textColumn(name: string, data: readonly string[][], j: number): Column {
  const codes = new Int32Array(data.length - 1)
  const codeOf = new Map<string, number>()
  for (let i = 0; i < codes.length; i++) {
    const cell = data[i + 1][j]
    if (cell === undefined || missing.has(cell)) {
      codes[i] = -1
      continue
    }
    let code = codeOf.get(cell)
    if (code === undefined) codeOf.set(cell, (code = codeOf.size))
    codes[i] = code
  }
  return { name, type: 'text', codes, categories: [...codeOf.keys()] }
}

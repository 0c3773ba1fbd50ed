import { DataError } from '../data-error.ts'

/** How a CSV file is written, under the names of `pandas.read_csv`. */
export interface CsvOptions {
  /** One character; null finds it in the first lines. Default: a comma, and where that gives a single column, what the first lines show. */
  readonly sep?: string | null
  /** One character; default a point. */
  readonly decimal?: string
  /** One character between groups of digits; default none. */
  readonly thousands?: string
  /** One character; default a double quote. */
  readonly quotechar?: string
  /** A name that Python or the web knows: `utf-8`, `latin-1`, `cp1252`, `utf-16`. Default UTF-8, or UTF-16 by its byte order mark. */
  readonly encoding?: string
  /** Further texts that mean a missing cell. */
  readonly na_values?: readonly string[]
  /** Whether the usual texts (`NA`, `NaN`, empty, …) mean a missing cell too. Default true. */
  readonly keep_default_na?: boolean
}

/** Cells that pandas 3.1 reads as missing (`pandas._libs.parsers.STR_NA_VALUES`). */
const usuallyMissing = '|#N/A|#N/A N/A|#NA|-1.#IND|-1.#QNAN|-NaN|-nan|1.#IND|1.#QNAN|<NA>|N/A|NA|NULL|NaN|None|n/a|nan|null'.split('|')

/** Options as the reader needs them: characters as bytes. */
export interface CsvDialect {
  readonly decimal: number
  /** -1: none. */
  readonly thousands: number
  readonly quote: number
  readonly missing: ReadonlySet<string>
  /** Length of the longest text that means missing. */
  readonly longestMissing: number
  /** Whether a text that means missing may be a number too. */
  readonly missingNumbers: boolean
  /** Numbers that mean missing among fractions, however they are written. */
  readonly missingValues: ReadonlySet<number>
  /** Per byte, whether a text that means missing begins with it. */
  readonly missingBegins: Uint8Array
}

/** @throws DataError `data/csv-option` for more than one character */
export function dialectOf({ decimal = '.', thousands, quotechar = '"', na_values = [], keep_default_na = true }: CsvOptions): CsvDialect {
  const missing = new Set([...(keep_default_na ? usuallyMissing : []), ...na_values.flatMap(spellings)])
  const encoder = new TextEncoder()
  const missingBegins = new Uint8Array(256)
  for (const text of missing) missingBegins[encoder.encode(text)[0] ?? 0] = 1
  return {
    decimal: byteOf('decimal', decimal),
    thousands: thousands === undefined ? -1 : byteOf('thousands', thousands),
    quote: byteOf('quotechar', quotechar),
    missing,
    longestMissing: Math.max(0, ...[...missing].map(text => encoder.encode(text).length)),
    missingNumbers: na_values.some(text => /\d|inf/i.test(text)),
    missingValues: new Set(na_values.map(numberOf).filter(value => !Number.isNaN(value))),
    missingBegins,
  }
}

/** A number as Python's `float` reads it; NaN for other texts. */
const numberOf = (text: string): number => {
  const trimmed = text.trim()
  if (/^[+-]?inf(?:inity)?$/i.test(trimmed)) return trimmed.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : Number.NaN
}

/** What pandas looks for besides: a whole number with and without its point. */
function spellings(text: string): readonly string[] {
  const value = numberOf(text)
  return Number.isInteger(value) ? [text, `${BigInt(value)}.0`, String(BigInt(value))] : [text]
}

/** The byte of a one-character option. */
export function byteOf(option: keyof CsvOptions, text: string): number {
  if (text.length === 1 && text.charCodeAt(0) < 128) return text.charCodeAt(0)
  throw new DataError('data/csv-option', `${option} must be one character, got '${text}'`, {
    hint: 'Longer separators and patterns are not built in.',
  })
}

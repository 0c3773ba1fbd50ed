import { type DateFields, isPossible } from './date-fields.ts'
import { formatReader, formatted, type WholeDate } from './date-format.ts'
import { dateTokens } from './date-tokens.ts'
import { readLooseDate } from './loose-date.ts'

/** Formats of single tokens, the longest first; what they name, and the width to which a token is filled with zeros. */
const tokenFormats: readonly (readonly [format: string, names: readonly string[], width: number])[] = [
  ['%Y%m%d%H%M%S', ['year', 'month', 'day', 'hour', 'minute', 'second'], 0],
  ['%Y%m%d%H%M', ['year', 'month', 'day', 'hour', 'minute'], 0],
  ['%Y%m%d%H', ['year', 'month', 'day', 'hour'], 0],
  ['%Y%m%d', ['year', 'month', 'day'], 0],
  ['%H%M%S', ['hour', 'minute', 'second'], 0],
  ['%H%M', ['hour', 'minute'], 0],
  ['%Y', ['year'], 0],
  ['%B', ['month'], 0],
  ['%b', ['month'], 0],
  ['%m', ['month'], 2],
  ['%d', ['day'], 2],
  ['%H', ['hour'], 2],
  ['%M', ['minute'], 2],
  ['%S', ['second'], 2],
  ['%S.%f', ['second', 'microsecond'], 0],
  ['%z', ['zone'], 0],
  ['%Z', ['zone'], 0],
  ['%a', ['weekday'], 0],
  ['%A', ['weekday'], 0],
  ['%p', ['half'], 0],
]

/**
 * The format in which a date is written, where year, month and day can be told apart: pandas then wants all dates of a column in it.
 * Source: pandas 3.1 `guess_datetime_format`, observed.
 */
export function guessDateFormat(text: string): string | undefined {
  const date = wholeDate(text)
  if (!date) return undefined
  const tokens = joinedOffset(dateTokens(text), date.offset)
  const formats: (string | undefined)[] = tokens.map(() => undefined)
  const found = new Set<string>()
  for (const [format, names, width] of tokenFormats) {
    if (names.some(name => found.has(name)) || (names[0] === 'zone' && date.offset === undefined)) continue
    const wanted = formatted(date, format)
    const at = tokens.findIndex((token, i) => formats[i] === undefined && filled(token, width) === wanted)
    if (at < 0) continue
    formats[at] = format
    tokens[at] = wanted
    for (const name of names) found.add(name)
  }
  const isDate = found.has('year') && found.has('month') && found.has('day')
  const isMonth = formats.length === 3 && formats[0] === '%Y' && formats[1] === undefined && formats[2] === '%m' && tokens[1] === '-'
  if (!isDate && !isMonth && !(formats.length === 1 && formats[0] === '%Y')) return undefined
  // A number of which nobody knows what it is.
  if (tokens.some((token, i) => formats[i] === undefined && /^(?:\d+\.?\d*|\.\d+|nan|inf|infinity)$/i.test(token))) return undefined
  const half = formats.includes('%p')
  const format = tokens.map((token, i) => (half && formats[i] === '%H' ? '%I' : (formats[i] ?? token))).join('')
  return formatReader(format)(text) && formatted(date, format) === tokens.join('') ? format : undefined
}

/** What the text says; the rest is midnight of the first of January, where pandas has today. */
function wholeDate(text: string): WholeDate | undefined {
  const fields = readLooseDate(text)
  if (!fields || !isPossible(fields) || isRefused(fields)) return undefined
  const { year = 2000, month = 1, day = 1, hour = 0, minute = 0, second = 0, microsecond = 0, offset } = fields
  const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7
  return { year, month, day, hour, minute, second, microsecond, weekday, ...(offset === undefined ? {} : { offset }) }
}

/** What pandas refuses though it was read: a name of a zone that says no offset, and a weekday without a day. */
export const isRefused = ({ zone, offset, weekday, day }: DateFields): boolean =>
  (zone !== undefined && offset === undefined) || (weekday !== undefined && !day)

/** An offset from UTC at the end as one token. */
function joinedOffset(tokens: readonly string[], offset: number | undefined): string[] {
  const sign = (token: string | undefined) => token === '+' || token === '-'
  if (offset === undefined) return [...tokens]
  const last = tokens.at(-1) === 'Z' ? 1 : sign(tokens.at(-2)) ? 2 : sign(tokens.at(-4)) ? 4 : 0
  return last ? [...tokens.slice(0, -last), formatted({ offset } as WholeDate, '%z')] : [...tokens]
}

function filled(token: string, width: number): string {
  if (!/\d\.\d/.test(token)) return /^[+-]/.test(token) ? token : token.padStart(width, '0')
  const [seconds, fraction] = token.split('.')
  return `${String(Number(seconds)).padStart(2, '0')}.${fraction.padEnd(9, '0').slice(0, 6)}`
}

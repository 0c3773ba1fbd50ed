import { isPossible } from './date-fields.ts'
import { formatReader } from './date-format.ts'
import { guessDateFormat, isRefused } from './guess-date-format.ts'
import { readLooseDate } from './loose-date.ts'

const gaps = new Set(['NaT', 'nat', 'NAT', 'nan', 'NaN', 'NAN', ''])
const isMoment = (text: string) => text === 'now' || text === 'today'

/**
 * Whether pandas' `to_datetime` takes all texts for dates: in the format of the first where it has one, else each by itself.
 *
 * @param texts in the order of the rows; repeated ones may be left out
 */
export function areDates(texts: readonly string[]): boolean {
  const first = texts.find(text => !gaps.has(text) && !isMoment(text))
  const format = first === undefined ? undefined : guessDateFormat(first)
  const fits = format === undefined ? isLooseDate : formatReader(format)
  return texts.every(text => gaps.has(text) || isMoment(text) || fits(text))
}

const yearMonth = /^(?<year>\d{4})[-/. ](?<month>\d{1,2})$/
const monthDayYear = /^(?<month>\d{1,2})[-/. ](?<day>\d{1,2})[-/. ](?<year>\d{4})$/

/** Day and month may have changed places. */
function isPlainDate(groups: { readonly [part: string]: string | undefined }): boolean {
  const year = Number(groups.year)
  const month = Number(groups.month)
  if (groups.day === undefined) return isPossible({ year, month })
  const day = Number(groups.day)
  return isPossible({ year, month, day }) || (month > 12 && isPossible({ year, month: day, day: month }))
}

function isLooseDate(text: string): boolean {
  // Numbers below 1000 are numbers, and so are these letters no dates.
  if (/^[aAmMpPtT]$/.test(text)) return false
  if (!text.startsWith('0') && /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(text) && Number(text) < 1000) return false
  if (text.startsWith('-')) return false
  const plain = yearMonth.exec(text) ?? monthDayYear.exec(text)
  if (plain?.groups) return isPlainDate(plain.groups)
  const quarter = quarterOf(text)
  if (quarter !== undefined) return quarter >= 1 && quarter <= 4
  // Python's int takes underscores between digits.
  if (/^\d(?:_?\d)*$/.test(text) && text.length === 4) return Number(text.replaceAll('_', '')) > 0
  const fields = readLooseDate(text)
  if (!fields) return false
  const { zone: _, offset: __, weekday: ___, ...rest } = fields
  return Object.values(rest).some(value => value !== undefined) && !isRefused(fields) && isPossible(fields)
}

/** `2024Q1`, `2024-Q1`, `1Q2024`, `1Q-2024`, `24Q1`, `24-Q1`, `1Q24`, `1Q-24`. */
function quarterOf(text: string): number | undefined {
  const found = /^(?:(?:\d{2}|\d{4})-?Q(\d)|(\d)Q-?(?:\d{2}|\d{4}))$/i.exec(text)
  return found ? Number(found[1] ?? found[2]) : undefined
}

import { type DateFields, isPossible } from './date-fields.ts'
import { monthNames, weekdayNames } from './date-words.ts'

const names = (list: readonly string[]) => list.join('|')
const short = (list: readonly string[]) => list.map(name => name.slice(0, 3))
const patterns: Readonly<Record<string, string>> = {
  Y: '(?<Y>\\d{4})',
  m: '(?<m>1[0-2]|0[1-9]|[1-9])',
  d: '(?<d>3[01]|[12]\\d|0[1-9]|[1-9]| [1-9])',
  H: '(?<H>2[0-3]|[01]\\d|\\d)',
  I: '(?<I>1[0-2]|0[1-9]|[1-9])',
  M: '(?<M>[0-5]\\d|\\d)',
  S: '(?<S>6[01]|[0-5]\\d|\\d)',
  f: '(?<f>\\d{1,9})',
  B: `(?<B>${names(monthNames)})`,
  b: `(?<b>${names(short(monthNames))})`,
  A: `(?:${names(weekdayNames)})`,
  a: `(?:${names(short(weekdayNames))})`,
  p: '(?:am|pm)',
  z: '(?:[+-](?:[01]\\d|2[0-3]):?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|Z)',
  Z: '(?:UTC|GMT)',
}

/** In ISO 8601 minutes of the offset may be left out. */
const isoOffset = '(?:[+-](?:[01]\\d|2[0-3])(?::?[0-5]\\d)?|Z)'

/** Whether a text is a date of the format, whole. Source: Python's `strptime` as pandas 3.1 has it. */
export function formatReader(format: string): (text: string) => boolean {
  const isIso = format.startsWith('%Y-%m-%d')
  const source = format.replace(/%(.)|\s+|[.*+?^${}()|[\]\\/-]/g, (all, directive?: string) =>
    directive === 'z' && isIso ? isoOffset : directive ? patterns[directive] : /^\s/.test(all) ? '\\s+' : `\\${all}`,
  )
  const pattern = new RegExp(`^${source}$`, 'i')
  return text => {
    const groups = pattern.exec(text)?.groups
    if (!groups) return false
    const month = groups.m ?? groups.B ?? groups.b
    return isPossible({
      year: groups.Y === undefined ? 1900 : Number(groups.Y),
      month: month === undefined ? 1 : Number(month) || short(monthNames).indexOf(month.slice(0, 3).toLowerCase()) + 1,
      day: groups.d === undefined ? 1 : Number(groups.d),
      second: Math.min(59, Number(groups.S ?? 0)),
    })
  }
}

/** The parts of a date that a format can name, with all of them given. */
export interface WholeDate extends Required<Omit<DateFields, 'zone' | 'offset'>> {
  readonly offset?: number
}

const two = (value: number) => String(value).padStart(2, '0')
const titled = (name: string) => name[0].toUpperCase() + name.slice(1)

/** Python's `strftime`. */
export function formatted(date: WholeDate, format: string): string {
  return format.replace(/%(.)/g, (all, directive: string) => {
    switch (directive) {
      case 'Y':
        return String(date.year)
      case 'm':
        return two(date.month)
      case 'd':
        return two(date.day)
      case 'H':
        return two(date.hour)
      case 'I':
        return two(date.hour % 12 || 12)
      case 'M':
        return two(date.minute)
      case 'S':
        return two(date.second)
      case 'f':
        return String(date.microsecond).padStart(6, '0')
      case 'B':
        return titled(monthNames[date.month - 1])
      case 'b':
        return titled(monthNames[date.month - 1].slice(0, 3))
      case 'A':
        return titled(weekdayNames[date.weekday])
      case 'a':
        return titled(weekdayNames[date.weekday].slice(0, 3))
      case 'p':
        return date.hour < 12 ? 'AM' : 'PM'
      case 'z':
        return offsetText(date.offset ?? 0)
      case 'Z':
        return date.offset === 0 ? 'UTC' : ''
      default:
        return all
    }
  })
}

function offsetText(offset: number): string {
  const minutes = Math.floor(Math.abs(offset) / 60)
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`
}

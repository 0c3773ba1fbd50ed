import type { DateFields } from './date-fields.ts'
import { dateTokens } from './date-tokens.ts'
import { halfOf, isFiller, isUtc, monthOf, unitOf, weekdayOf } from './date-words.ts'
import { YearMonthDay } from './year-month-day.ts'

/** Thrown inside `LooseDate` only: the text is no date. */
class NoDate extends Error {}

/** A decimal number as it stands in a token; the words of Python's float count as numbers that no date has. */
const isNumber = (token: string | undefined): token is string =>
  token !== undefined && /^(?:\d+\.?\d*|\.\d+|nan|inf|infinity)$/i.test(token)
const isWhole = (token: string | undefined): token is string => token !== undefined && /^\d+$/.test(token)

/**
 * The parts of a date that is written in some manner: `Jan 5, 2024`, `5.1.24 10h30`, `2024-01-05T10:30Z`. Numbers of which nothing says what they
 * are count as month, day, year. Source: dateutil 2.9, observed: what it takes and refuses.
 *
 * @returns undefined for what is no date
 */
export function readLooseDate(text: string): DateFields | undefined {
  try {
    return new LooseDate(dateTokens(text)).read()
  } catch (error) {
    if (error instanceof NoDate) return undefined
    throw error
  }
}

class LooseDate {
  private readonly fields: DateFields = {}
  private readonly date = new YearMonthDay()
  private at = 0

  constructor(private readonly tokens: string[]) {}

  read(): DateFields {
    for (; this.at < this.tokens.length; this.at++) this.token(this.tokens[this.at])
    const date = this.date.resolved()
    if (!date) throw new NoDate()
    Object.assign(this.fields, date)
    const { year } = this.fields
    if (year !== undefined) this.fields.year = fullYear(year, this.date.century)
    const { zone, offset } = this.fields
    if ((offset === 0 && !zone) || zone === 'Z' || zone === 'z') Object.assign(this.fields, { zone: 'UTC', offset: 0 })
    else if (zone && isUtc(zone)) this.fields.offset = 0
    return this.fields
  }

  private ahead(by: number): string | undefined {
    return this.tokens[this.at + by]
  }

  /** The token there; where the text ends too early, it is no date. */
  private needed(by: number): string {
    return this.ahead(by) ?? refuse()
  }

  private add(value: string | number, label?: 'year' | 'month' | 'day'): void {
    if (!this.date.add(value, label)) throw new NoDate()
  }

  private token(token: string): void {
    const weekday = weekdayOf(token)
    const month = monthOf(token)
    const half = halfOf(token)
    if (isNumber(token)) this.number(token)
    else if (weekday !== undefined) this.fields.weekday = weekday
    else if (month !== undefined) this.month(month)
    else if (half !== undefined) this.half(half)
    else if (this.mayBeZone(token)) this.zone(token)
    else if (this.fields.hour !== undefined && (token === '+' || token === '-')) this.offset(token === '+' ? 1 : -1)
    else if (!isFiller(token)) throw new NoDate()
  }

  private half(half: number): void {
    const { hour } = this.fields
    if (hour === undefined || hour > 12) throw new NoDate()
    this.fields.hour = hourOf(hour, half)
  }

  /** `Jan-05`, `Jan-05-2024`, `Jan of 2024`, or the month alone. */
  private month(month: number): void {
    this.add(month, 'month')
    const separator = this.ahead(1)
    if (separator === '-' || separator === '/') {
      this.add(this.needed(2))
      if (this.ahead(3) === separator) {
        this.add(this.needed(4))
        this.at += 2
      }
      this.at += 2
    } else if (separator === ' ' && this.ahead(2)?.toLowerCase() === 'of' && this.ahead(3) === ' ' && this.ahead(4) !== undefined) {
      if (isWhole(this.ahead(4))) this.add(String(fullYear(Number(this.ahead(4)), false)), 'year')
      this.at += 4
    }
  }

  private number(token: string): void {
    const value = Number(token)
    if (!Number.isFinite(value) || !/\d/.test(token)) throw new NoDate()
    const next = this.ahead(1)
    const { fields, date } = this
    if (
      date.length === 3 &&
      (token.length === 2 || token.length === 4) &&
      fields.hour === undefined &&
      next !== ':' &&
      unitOf(next) === undefined
    ) {
      fields.hour = whole(token.slice(0, 2))
      if (token.length === 4) fields.minute = whole(token.slice(2))
    } else if (token.length === 6 || (token.length > 6 && token.indexOf('.') === 6)) this.sixDigits(token)
    else if (token.length === 8 || token.length === 12 || token.length === 14) this.allDigits(token)
    else if (this.unitPlace() !== undefined) this.withUnit(token)
    else if (next === ':' && this.ahead(2) !== undefined) this.clock(value)
    else if (next === '-' || next === '/' || next === '.') this.separated(token, next)
    else if (next === undefined || isFiller(next)) this.alone(value)
    else if (halfOf(next) !== undefined && value < 24) {
      fields.hour = hourOf(Math.trunc(value), halfOf(next)!)
      this.at++
    } else if (date.mayBeDay(value)) this.add(value)
    else throw new NoDate()
  }

  /** `240105`, or after a date `103000`. */
  private sixDigits(token: string): void {
    if (!this.date.length && !token.includes('.')) {
      for (const from of [0, 2, 4]) this.add(token.slice(from, from + 2))
      return
    }
    this.fields.hour = whole(token.slice(0, 2))
    this.fields.minute = whole(token.slice(2, 4))
    this.seconds(token.slice(4))
  }

  /** `20240105`, `202401051030`, `20240105103000`. */
  private allDigits(token: string): void {
    this.add(token.slice(0, 4), 'year')
    this.add(token.slice(4, 6))
    this.add(token.slice(6, 8))
    if (token.length === 8) return
    this.fields.hour = whole(token.slice(8, 10))
    this.fields.minute = whole(token.slice(10, 12))
    if (token.length > 12) this.fields.second = whole(token.slice(12))
  }

  /** Where the unit of this number stands: behind it, perhaps after a space, or, of the number before, in front of it. */
  private unitPlace(): number | undefined {
    if (unitOf(this.ahead(1)) !== undefined) return 1
    if (this.ahead(1) === ' ' && unitOf(this.ahead(2)) !== undefined) return 2
    if (this.at > 0 && unitOf(this.ahead(-1)) !== undefined) return -1
    if (this.at > 1 && this.at === this.tokens.length - 1 && this.ahead(-1) === ' ' && unitOf(this.ahead(-2)) !== undefined) return -2
    return undefined
  }

  private withUnit(token: string): void {
    const place = this.unitPlace()!
    const unit = place > 0 ? unitOf(this.ahead(place))! : unitOf(this.ahead(place))! + 1
    if (place > 0) this.at += place
    const value = Number(token)
    if (unit === 0) {
      this.fields.hour = Math.trunc(value)
      if (value % 1) this.fields.minute = Math.trunc(60 * (value % 1))
    } else if (unit === 1) this.minutes(value)
    else if (unit === 2) this.seconds(token)
  }

  /** `10:30`, `10:30:15.5`. */
  private clock(hours: number): void {
    this.fields.hour = Math.trunc(hours)
    const minutes = this.needed(2)
    if (!isNumber(minutes) || !Number.isFinite(Number(minutes))) throw new NoDate()
    this.minutes(Number(minutes))
    if (this.ahead(3) === ':' && this.ahead(4) !== undefined) {
      this.seconds(this.needed(4))
      this.at += 2
    }
    this.at += 2
  }

  private minutes(value: number): void {
    this.fields.minute = Math.trunc(value)
    this.fields.second = value % 1 ? Math.trunc(60 * (value % 1)) : undefined
  }

  private seconds(text: string): void {
    const [seconds, fraction, ...more] = text.split('.')
    if (more.length) throw new NoDate()
    this.fields.second = whole(seconds)
    this.fields.microsecond = fraction === undefined ? 0 : whole(fraction.padEnd(6, '0').slice(0, 6))
  }

  /** `5-1`, `5/1/2024`, `5-Jan-2024`. */
  private separated(token: string, separator: string): void {
    this.add(token)
    const second = this.ahead(2)
    if (second !== undefined && !isFiller(second)) {
      if (isWhole(second)) this.add(second)
      else this.add(monthOf(second) ?? refuse(), 'month')
      if (this.ahead(3) === separator) {
        const month = monthOf(this.needed(4))
        if (month === undefined) this.add(this.needed(4))
        else this.add(month, 'month')
        this.at += 2
      }
      this.at++
    }
    this.at++
  }

  /** A number that ends the text or stands before a filler: an hour before `am` and `pm`, else a part of the date. */
  private alone(value: number): void {
    const half = halfOf(this.ahead(2))
    if (half !== undefined) {
      this.fields.hour = hourOf(Math.trunc(value), half)
      this.at++
    } else this.add(value)
    this.at++
  }

  private mayBeZone(token: string): boolean {
    const { hour, zone, offset } = this.fields
    if (hour === undefined || zone !== undefined || offset !== undefined || token.length > 5) return false
    return /^[A-Z]*$/.test(token) || token === 'z'
  }

  /** `UTC`, `EST`, `GMT+3`, which means the opposite of what it says. */
  private zone(token: string): void {
    this.fields.zone = token
    const sign = this.ahead(1)
    if (sign !== '+' && sign !== '-') return
    this.tokens[this.at + 1] = sign === '+' ? '-' : '+'
    if (isUtc(token)) delete this.fields.zone
  }

  /** `+0200`, `+02:00`, `+2`. */
  private offset(sign: number): void {
    const digits = this.needed(1)
    let [hours, minutes] = [0, 0]
    if (digits.length === 4) [hours, minutes] = [whole(digits.slice(0, 2)), whole(digits.slice(2))]
    else if (this.ahead(2) === ':') {
      ;[hours, minutes] = [whole(digits), whole(this.needed(3))]
      this.at += 2
    } else if (digits.length <= 2) hours = whole(digits)
    else throw new NoDate()
    this.fields.offset = sign * (hours * 3600 + minutes * 60)
    const name = this.ahead(4)
    const named = this.ahead(5) === ')' && this.ahead(3) === '(' && isFiller(this.ahead(2) ?? '') && name !== undefined && name.length >= 3
    if (named && this.fields.zone === undefined && name.length <= 5 && /^[A-Z]*$/.test(name)) {
      this.fields.zone = name
      this.at += 4
    }
    this.at++
  }
}

function refuse(): never {
  throw new NoDate()
}

const whole = (text: string): number => (isWhole(text) ? Number(text) : refuse())

const hourOf = (hour: number, half: number): number => (half === 1 && hour < 12 ? hour + 12 : half === 0 && hour === 12 ? 0 : hour)

/** A year of two digits is near the present one. */
function fullYear(year: number, century: boolean): number {
  if (year >= 100 || century) return year
  return year >= 76 ? 1900 + year : 2000 + year
}

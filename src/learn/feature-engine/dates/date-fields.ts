/** What a text says of a date and time; what it leaves out is absent. */
export interface DateFields {
  year?: number
  month?: number
  day?: number
  /** Monday is 0. */
  weekday?: number
  hour?: number
  minute?: number
  second?: number
  microsecond?: number
  /** Name of the time zone. */
  zone?: string
  /** Seconds ahead of UTC. */
  offset?: number
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Whether there is such a date and time; what is absent is the first of January of the year 1. */
export function isPossible({ year = 1, month = 1, day = 1, hour = 0, minute = 0, second = 0, offset = 0 }: DateFields): boolean {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return false
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60 && Math.abs(offset) < 86400
}

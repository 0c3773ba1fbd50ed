/** How a journal writes times: Optuna 5 in UTC with its offset, Optuna 4 in local time without one. */
export type TimeStyle = 'utc' | 'local'

const two = (n: number): string => (n < 10 ? `0${n}` : String(n))

/** `2026-11-24T14:02:31.123000+00:00`, or the same without an offset in local time. */
export function timeText(at: Date, style: TimeStyle): string {
  if (style === 'utc') return `${at.toISOString().slice(0, -1)}000+00:00`
  const day = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
  return `${day}T${time}.${String(at.getMilliseconds()).padStart(3, '0')}000`
}

const ISO = /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?)?(Z|[+-]\d\d:?\d\d(?::?\d\d)?)?$/

/** Reads what Python's `datetime.fromisoformat` reads; without an offset it is local time. Undefined when it is no time. */
export function timeOf(text: string): Date | undefined {
  const found = ISO.exec(text)
  if (found === null) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone] = found
  const parts = [+year, +month - 1, +day, +hour, +minute, +second, Math.floor(Number(`0.${fraction}`) * 1000)] as const
  if (zone === undefined) return new Date(...parts)
  const [hours, minutes] = zone === 'Z' ? [0, 0] : [Number(zone.slice(1, 3)), Number(zone.slice(-2))]
  const offset = (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes)
  return new Date(Date.UTC(...parts) - offset * 60_000)
}

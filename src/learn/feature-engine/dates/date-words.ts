/** Words that dates are written with, as Python's date parsers know them. */
const numbered = (...names: readonly (readonly string[])[]): ReadonlyMap<string, number> =>
  new Map(names.flatMap((spellings, k) => spellings.map(name => [name, k] as const)))

export const weekdayNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
export const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

/** Monday is 0. */
const weekdays = numbered(...weekdayNames.map(name => [name, name.slice(0, 3)]))
/** January is 0; September has a third spelling. */
const months = numbered(...monthNames.map(name => (name === 'september' ? [name, 'sep', 'sept'] : [name, name.slice(0, 3)])))
/** Hours, minutes, seconds. */
const units = numbered(['h', 'hour', 'hours'], ['m', 'minute', 'minutes'], ['s', 'second', 'seconds'])
const halves = numbered(['am', 'a'], ['pm', 'p'])
const fillers = new Set([' ', '.', ',', ';', '-', '/', "'", 'at', 'on', 'and', 'ad', 'm', 't', 'of', 'st', 'nd', 'rd', 'th'])
const utc = new Set(['utc', 'gmt', 'z'])

const found = (words: ReadonlyMap<string, number>) => (token: string | undefined) => words.get(token?.toLowerCase() ?? '')

export const weekdayOf = found(weekdays)
/** 1 for January. */
export const monthOf = (token: string | undefined): number | undefined => {
  const month = months.get(token?.toLowerCase() ?? '')
  return month === undefined ? undefined : month + 1
}
/** 0 for hours, 1 for minutes, 2 for seconds. */
export const unitOf = found(units)
/** 0 before noon, 1 after. */
export const halfOf = found(halves)
/** Whether a token may stand between the parts of a date. */
export const isFiller = (token: string): boolean => fillers.has(token.toLowerCase())
export const isUtc = (token: string): boolean => utc.has(token.toLowerCase())

import { daysInMonth } from './date-fields.ts'

type Label = 'year' | 'month' | 'day'

/** The texts and numbers of a date in the order in which they stand, until it is clear which is the year, the month and the day. */
export class YearMonthDay {
  private readonly values: number[] = []
  private readonly places: { [label in Label]?: number } = {}
  /** Whether a year was written with its century. */
  century = false

  get length(): number {
    return this.values.length
  }

  /** @returns false where the value cannot be what it must be */
  add(value: string | number, given?: Label): boolean {
    let label = given
    if (typeof value === 'string' ? /^\d{3,}$/.test(value) : value > 100) {
      this.century = true
      if (label !== undefined && label !== 'year') return false
      label = 'year'
    }
    if (typeof value === 'string' && !/^\d+$/.test(value)) return false
    this.values.push(Math.trunc(Number(value)))
    if (!label) return true
    if (this.places[label] !== undefined) return false
    this.places[label] = this.values.length - 1
    return true
  }

  /** Whether a number may be the day. */
  mayBeDay(value: number): boolean {
    const { year, month, day } = this.places
    if (day !== undefined) return false
    const most = month === undefined ? 31 : daysInMonth(year === undefined ? 2000 : this.values[year], this.values[month])
    return value >= 1 && value <= most
  }

  /** @returns undefined for more than three values */
  resolved(): { readonly year?: number; readonly month?: number; readonly day?: number } | undefined {
    const { values, places } = this
    const labels = Object.keys(places) as Label[]
    if (labels.length && (labels.length === values.length || (values.length === 3 && labels.length === 2))) return this.fromPlaces(labels)
    if (values.length > 3) return undefined
    const [a, b, c] = values
    const named = places.month
    if (values.length === 1) return named === undefined ? yearOrDay(a) : { month: a }
    if (values.length === 2) {
      if (named !== undefined) return { month: values[named], ...yearOrDay(values[1 - named]) }
      if (a > 31) return { year: a, month: b }
      return b > 31 ? { month: a, year: b } : { month: a, day: b }
    }
    if (values.length === 3) return this.ofThree(a, b, c)
    return {}
  }

  private fromPlaces(labels: readonly Label[]) {
    const places: { [label in Label]?: number } = { ...this.places }
    if (this.values.length === 3 && labels.length === 2) {
      const [label] = (['year', 'month', 'day'] as const).filter(one => places[one] === undefined)
      const [place] = [0, 1, 2].filter(one => !Object.values(places).includes(one))
      places[label] = place
    }
    return Object.fromEntries(Object.entries(places).map(([label, place]) => [label, this.values[place]]))
  }

  private ofThree(a: number, b: number, c: number) {
    const named = this.places.month
    if (named === 0) return b > 31 ? { month: a, year: b, day: c } : { month: a, day: b, year: c }
    if (named === 1) return a > 31 ? { year: a, month: b, day: c } : { day: a, month: b, year: c }
    if (named === 2) return b > 31 ? { day: a, year: b, month: c } : { year: a, day: b, month: c }
    if (a > 31 || this.places.year === 0) return { year: a, month: b, day: c }
    return a > 12 ? { day: a, month: b, year: c } : { month: a, day: b, year: c }
  }
}

const yearOrDay = (value: number) => (value > 31 ? { year: value } : { day: value })

import { LearnError } from './contract.ts'

const named: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY }

/** Numbers for JSON, which has no NaN and no infinity. */
export const jsonNumbers = (values: Iterable<number>): (number | string)[] =>
  Array.from(values, value => (Number.isFinite(value) ? value : Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'))

/**
 * The fitted attributes of one step of a model file, read with suspicion: every shape is checked before a number is used.
 *
 * All getters throw LearnError `learn/bad-model` when the attribute is absent or of another shape.
 */
export class FittedData {
  constructor(
    private readonly data: unknown,
    private readonly owner: string,
  ) {
    if (typeof data !== 'object' || data === null || Array.isArray(data)) throw this.wrong('fitted', 'an object')
  }

  /** Whether the attribute is there. */
  has(name: string): boolean {
    return Object.hasOwn(this.data as object, name) && this.value(name) !== undefined
  }

  numbers(name: string, length?: number): Float64Array {
    return this.asNumbers(this.value(name), name, length)
  }

  /** Numbers among which `"inf"` stands for infinity. */
  thresholds(name: string): Float64Array {
    const values = this.list(name).map(value => (value === 'inf' ? Number.POSITIVE_INFINITY : value))
    return this.asNumbers(values, name)
  }

  /** Numbers among which `"nan"`, `"inf"` and `"-inf"` may stand, as `jsonNumbers` writes them. */
  anyNumbers(name: string, length?: number): Float64Array {
    const values = this.list(name).map(value => (typeof value === 'string' && Object.hasOwn(named, value) ? named[value] : value))
    return this.asNumbers(values, name, length)
  }

  /** Whether an attribute is null: scikit-learn's None. */
  isNull(name: string): boolean {
    return this.value(name) === null
  }

  /** The attribute as it stands; whoever takes it checks it. */
  raw(name: string): unknown {
    return this.value(name)
  }

  /** Whole numbers from `low` to `high`, both included. */
  ints(name: string, { low, high, length }: { readonly low: number; readonly high: number; readonly length?: number }): Int32Array {
    const values = this.numbers(name, length)
    if (!values.every(value => Number.isInteger(value) && value >= low && value <= high)) {
      throw this.wrong(name, `whole numbers from ${low} to ${high}`)
    }
    return Int32Array.from(values)
  }

  int(name: string, low: number, high: number): number {
    const value = this.value(name)
    if (typeof value !== 'number' || !Number.isInteger(value) || value < low || value > high) {
      throw this.wrong(name, `a whole number from ${low} to ${high}`)
    }
    return value
  }

  /** One number, `fallback` where an older file has none; `"nan"` and the infinities are read. */
  number(name: string, fallback: number): number {
    if (!this.has(name) || this.isNull(name)) return fallback
    const value = this.value(name)
    if (typeof value === 'string' && Object.hasOwn(named, value)) return named[value]
    if (typeof value !== 'number') throw this.wrong(name, 'a number')
    return value
  }

  text(name: string): string {
    const value = this.value(name)
    if (typeof value !== 'string') throw this.wrong(name, 'a text')
    return value
  }

  texts(name: string): readonly string[] {
    const values = this.list(name)
    if (!values.every(value => typeof value === 'string')) throw this.wrong(name, 'a list of texts')
    return values as string[]
  }

  /** Names of columns, where they were known. */
  names(name: string): readonly string[] | undefined {
    return this.has(name) ? this.texts(name) : undefined
  }

  labels(name: string): readonly (number | string | boolean)[] {
    const values = this.list(name)
    if (!values.length || !values.every(value => ['number', 'string', 'boolean'].includes(typeof value)))
      throw this.wrong(name, 'a list of labels')
    if (new Set(values).size < values.length) throw this.wrong(name, 'labels that differ')
    return values as (number | string | boolean)[]
  }

  /** Rows of numbers, all of one length. */
  rows(name: string): readonly Float64Array[] {
    const rows = this.list(name).map(row => this.asNumbers(row, name))
    if (rows.some(row => row.length !== rows[0].length)) throw this.wrong(name, 'rows of one length')
    return rows
  }

  /** Lists of numbers or texts, some of them null. */
  lists(name: string): readonly (readonly (number | string)[] | undefined)[] {
    return this.list(name).map(value => {
      if (value === null) return undefined
      if (!Array.isArray(value) || !value.every(item => typeof item === 'number' || typeof item === 'string')) {
        throw this.wrong(name, 'lists of numbers or texts')
      }
      return value as (number | string)[]
    })
  }

  parts(name: string): readonly FittedData[] {
    return this.list(name).map((part, i) => new FittedData(part, `${this.owner}.${name}[${i}]`))
  }

  part(name: string): FittedData {
    return new FittedData(this.value(name), `${this.owner}.${name}`)
  }

  /** Keys and values of an object; keys are data. */
  entries(name: string): readonly (readonly [string, unknown])[] {
    const value = this.value(name)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.wrong(name, 'an object')
    return Object.entries(value)
  }

  wrong(name: string, expected: string): LearnError {
    return new LearnError('learn/bad-model', 'ValueError', `${this.owner}: ${name} should be ${expected}.`, {
      hint: 'The model file was changed or cut off: train again.',
    })
  }

  private list(name: string): readonly unknown[] {
    const value = this.value(name)
    if (!Array.isArray(value)) throw this.wrong(name, 'a list')
    return value
  }

  private asNumbers(value: unknown, name: string, length?: number): Float64Array {
    if (!Array.isArray(value) || !value.every(item => typeof item === 'number')) throw this.wrong(name, 'a list of numbers')
    if (length !== undefined && value.length !== length) throw this.wrong(name, `a list of ${length} numbers`)
    return Float64Array.from(value as number[])
  }

  private value(name: string): unknown {
    return Object.hasOwn(this.data as object, name) ? (this.data as Record<string, unknown>)[name] : undefined
  }
}

import type { Direction, SqlRow, SqlValue } from '../../contract.ts'
import { parseJson, writeJson } from '../../python-json.ts'
import type { TimeStyle } from '../journal-time.ts'

/** How a database writes times: Optuna 5 in UTC, Optuna 4 in local time, both without saying so. */
export const timeStyleOf = (libraryVersion: string): TimeStyle => (Number.parseInt(libraryVersion, 10) >= 5 ? 'utc' : 'local')

const two = (n: number): string => (n < 10 ? `0${n}` : String(n))

/** `2026-11-24 14:02:31.123000`: always six digits, which SQLAlchemy takes for microseconds. */
export function sqlTime(at: Date | null, style: TimeStyle): string | null {
  if (at === null) return null
  if (style === 'utc') return `${at.toISOString().slice(0, -1).replace('T', ' ')}000`
  const day = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
  return `${day} ${time}.${String(at.getMilliseconds()).padStart(3, '0')}000`
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?$/

/** Digits after the point are a number of microseconds, as SQLAlchemy reads them in SQLite, or decimals. */
export function timeOfSql(text: SqlValue, style: TimeStyle, fractions: 'micros' | 'decimals'): Date | null {
  const found = typeof text === 'string' ? TIME.exec(text) : null
  if (found === null) return null
  if (fractions === 'decimals') found[7] = found[7]?.padEnd(6, '0')
  const [year, month, day, hour, minute, second, micros] = found.slice(1).map(part => Number(part ?? 0))
  const parts = [year, month - 1, day, hour, minute, second, Math.floor(micros / 1000)] as const
  return style === 'utc' ? new Date(Date.UTC(...parts)) : new Date(...parts)
}

/** A float's column and the column that says what it is: databases have no infinities and no NaN. */
export function storedFloat(value: number): readonly [number | null, string] {
  if (Number.isFinite(value)) return [value, 'FINITE']
  return [null, Number.isNaN(value) ? 'NAN' : value > 0 ? 'INF_POS' : 'INF_NEG']
}

export function floatOf(value: SqlValue, type: SqlValue): number {
  if (type === 'INF_POS') return Number.POSITIVE_INFINITY
  if (type === 'INF_NEG') return Number.NEGATIVE_INFINITY
  return type === 'NAN' || value === null ? Number.NaN : Number(value)
}

export const attributeJson = (value: unknown): string => writeJson(value)
export const attributeOf = (row: SqlRow): readonly [string, unknown] => [String(row.key), parseJson(String(row.value_json))]

export const directionName = (direction: Direction): string => direction.toUpperCase()
/** `NOT_SET` reads as minimize, as everywhere in Optuna. */
export const directionOf = (name: SqlValue): Direction => (name === 'MAXIMIZE' ? 'maximize' : 'minimize')

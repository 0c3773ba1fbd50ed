import { strftime } from '../../config/omegaconf/resolvers/strftime.ts'
import { valueText } from '../../study/python-text.ts'
import { type LogRecord, levelName } from './log-record.ts'

export type FormatStyle = '%' | '$'

/** Values that a format may name, of one record. */
export type Fields = Readonly<Record<string, string | number>>

/** A format of Python's logging that cannot be used; the message is Python's. */
export class FormatError extends Error {}

/** What a record offers to a format, as Python's LogRecord; what only Python has (file and line of the call) is empty. */
export function fieldsOf(record: LogRecord, datefmt: string | undefined): Fields {
  const { created, relativeCreated } = record
  return {
    name: record.logger,
    levelno: record.level,
    levelname: levelName(record.level),
    message: record.message,
    asctime: timeText(created, datefmt),
    created: created.getTime() / 1000,
    msecs: created.getMilliseconds(),
    relativeCreated,
    process: record.process,
    processName: 'MainProcess',
    thread: 0,
    threadName: 'MainThread',
    pathname: '',
    filename: '',
    module: '',
    funcName: '',
    lineno: 0,
  }
}

/** `2026-11-23 17:17:16,074`, or as `datefmt` says. */
export const timeText = (date: Date, datefmt?: string): string =>
  datefmt === undefined
    ? `${strftime(date, '%Y-%m-%d %H:%M:%S')},${String(date.getMilliseconds()).padStart(3, '0')}`
    : strftime(date, datefmt)

const patterns = {
  '%': /%(?:%|\((\w+)\)([#0 +-]*)(\d*)(?:\.(\d+))?([diouxXeEfFgGcrsa]))/g,
  $: /\$(?:\$|(\w+)|\{(\w+)\})/g,
} as const

/** @throws FormatError for a format without any field, and for fields that no record has, in Python's words */
export function checkFormat(format: string, style: FormatStyle, known: Fields): void {
  const names = [...format.matchAll(patterns[style])]
    .map(match => match[1] ?? (style === '$' ? match[2] : undefined))
    .filter(name => name !== undefined)
  if (names.length === 0) throw new FormatError(`Invalid format '${format}' for '${style}' style`)
  const unknown = names.find(name => !Object.hasOwn(known, name))
  if (unknown !== undefined) throw new FormatError(`Formatting field not found in record: '${unknown}'`)
}

/** The format with its fields filled in, by Python's rules for `%(name)-8s` or `$name`. */
export function formatText(format: string, style: FormatStyle, fields: Fields): string {
  if (style === '%') {
    return format.replace(patterns['%'], (whole, name: string | undefined, flags = '', width = '', precision = '', type = 's') =>
      name === undefined ? '%' : percentValue(fields[name] ?? whole, { flags, width: Number(width || 0), precision, type }),
    )
  }
  return format.replace(patterns.$, (whole, bare?: string, braced?: string) =>
    whole === '$$' ? '$' : String(fields[bare ?? braced!] ?? whole),
  )
}

interface Conversion {
  readonly flags: string
  readonly width: number
  readonly precision: string
  readonly type: string
}

function percentValue(value: string | number, { flags, width, precision, type }: Conversion): string {
  let text: string
  if ('diu'.includes(type)) text = String(Math.trunc(Number(value)))
  else if ('fF'.includes(type)) text = Number(value).toFixed(Number(precision || 6))
  else if ('xXo'.includes(type)) text = inBase(Math.trunc(Number(value)), type)
  else if (type === 'r') text = valueText(value)
  else text = precision === '' ? String(value) : String(value).slice(0, Number(precision))
  if ('diufF'.includes(type) && flags.includes('+') && !text.startsWith('-')) text = `+${text}`
  if (flags.includes('-')) return text.padEnd(width)
  if (flags.includes('0') && typeof value === 'number' && 'diufF'.includes(type)) {
    const sign = /^[+-]/.exec(text)?.[0] ?? ''
    return sign + text.slice(sign.length).padStart(width - sign.length, '0')
  }
  return text.padStart(width)
}

function inBase(value: number, type: string): string {
  const text = value.toString(type === 'o' ? 8 : 16)
  return type === 'X' ? text.toUpperCase() : text
}

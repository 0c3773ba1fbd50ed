import { coloursOf, defaultLogColours, terminalCodes } from './colours.ts'
import type { LogRecord } from './log-record.ts'
import { levelName } from './log-record.ts'
import { checkFormat, type Fields, FormatError, type FormatStyle, fieldsOf, formatText } from './python-format.ts'

/** A record as the text of one log entry, without its line end. */
export type Formatter = (record: LogRecord) => string

/** What Python prints where nobody chose a format. */
export const bareFormatter: Formatter = ({ message }) => message

/** Hydra 1.3.8's words. */
const bracesRefused =
  "Logging format style '{' cannot be selected by declarative configuration because its fields can traverse Python objects. " +
  "Use '%' or '$' style, or configure logging from trusted Python code."
const anyRecord: LogRecord = { level: 20, logger: '', message: '', created: new Date(0), relativeCreated: 0, process: 0 }
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/**
 * A formatter of `formatters:` in a logging config: Python's own (`logging.Formatter`) and colorlog's (`colorlog.ColoredFormatter`).
 *
 * @throws FormatError in Python's words
 */
export function formatterOf(config: Readonly<Record<string, unknown>>, env: Readonly<Record<string, string | undefined>>): Formatter {
  const factory = text(config['()']) ?? text(config.class) ?? 'logging.Formatter'
  const style = (text(config.style) ?? '%') as FormatStyle
  if ((style as string) === '{') throw new FormatError(bracesRefused)
  if (style !== '%' && style !== '$') throw new FormatError('Style must be one of: %,{,$')
  const datefmt = text(config.datefmt)
  const validate = config.validate !== false
  const given = text(config.format) ?? text(config.fmt)
  if (factory === 'colorlog.ColoredFormatter') return coloured(config, { format: given, style, datefmt, validate, env })
  if (factory !== 'logging.Formatter') throw new FormatError(`Cannot resolve '${factory}'`)
  const format = given ?? { '%': '%(message)s', $: '${message}' }[style]
  if (validate) checkFormat(format, style, fieldsOf(anyRecord, undefined))
  return record => formatText(format, style, fieldsOf(record, datefmt))
}

interface Common {
  readonly format: string | undefined
  readonly style: FormatStyle
  readonly datefmt: string | undefined
  readonly validate: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Source: colorlog 6, ColoredFormatter: codes by name, `log_color` by level, a reset at the end. */
function coloured(config: Readonly<Record<string, unknown>>, { format: given, style, datefmt, validate, env }: Common): Formatter {
  const defaults = {
    '%': '%(log_color)s%(levelname)s:%(name)s:%(message)s',
    $: '${log_color}${levelname}:${name}:${message}',
  }
  const format = given ?? defaults[style]
  const levels = (config.log_colors ?? defaultLogColours) as Readonly<Record<string, string>>
  const secondary = (config.secondary_log_colors ?? {}) as Readonly<Record<string, Readonly<Record<string, string>>>>
  const off = config.force_color !== true && (config.no_color === true || 'NO_COLOR' in env)
  const codes = (level: string): Fields => {
    const all = {
      ...terminalCodes,
      log_color: coloursOf(levels[level] ?? ''),
      ...Object.fromEntries(Object.entries(secondary).map(([name, colours]) => [`${name}_log_color`, coloursOf(colours[level] ?? '')])),
    }
    return off ? Object.fromEntries(Object.keys(all).map(name => [name, ''])) : all
  }
  if (validate) checkFormat(format, style, { ...fieldsOf(anyRecord, undefined), ...codes('INFO') })
  return record => {
    const escapes = codes(levelName(record.level))
    const line = formatText(format, style, { ...fieldsOf(record, datefmt), ...escapes })
    const reset = String(escapes.reset)
    return config.reset === false || line.endsWith(reset) ? line : line + reset
  }
}

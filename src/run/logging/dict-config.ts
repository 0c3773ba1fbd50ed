import { bareFormatter, type Formatter, formatterOf } from './formatter.ts'
import { levelNumber } from './log-record.ts'
import type { Handler, Logger, LoggerTree, Sink } from './loggers.ts'
import { FormatError } from './python-format.ts'

/** A logging config that Python refuses (its words), or a part of it that is not built in. */
export class LoggingConfigError extends Error {
  constructor(
    message: string,
    /** Where in the config: `handlers`, `file`. */
    readonly path: readonly string[],
    readonly hint?: string,
  ) {
    super(message)
  }
}

type Dict = Readonly<Record<string, unknown>>
const dictOf = (value: unknown): Dict => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Dict) : {})
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** What the loggers need to know of their surroundings. */
export interface DictConfigPlace {
  /** Absolute path of a file that a handler names. */
  readonly resolvePath: (path: string) => string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Loggers by a configuration dictionary, as Python's `logging.config.dictConfig` makes them (schema version 1).
 *
 * @throws LoggingConfigError
 */
export function loggersOf(config: Dict, place: DictConfigPlace): LoggerTree {
  if (!('version' in config)) throw new LoggingConfigError("dictionary doesn't specify a version", [])
  if (config.version !== 1) throw new LoggingConfigError(`Unsupported version: ${String(config.version)}`, ['version'])
  const formatters = new Map(
    Object.entries(dictOf(config.formatters)).map(([name, formatter]) => [
      name,
      attempt(() => formatterOf(dictOf(formatter), place.env), `Unable to configure formatter '${name}'`, ['formatters', name]),
    ]),
  )
  const filters = new Map(Object.entries(dictOf(config.filters)).map(([name, filter]) => [name, String(dictOf(filter).name ?? '')]))
  const handlers = new Map(
    Object.entries(dictOf(config.handlers)).map(([name, handler]) => [
      name,
      handlerOf(name, dictOf(handler), { formatters, filters, place }),
    ]),
  )
  const loggers = new Map<string, Logger>()
  for (const [name, logger] of Object.entries(dictOf(config.loggers))) {
    loggers.set(name, loggerOf(dictOf(logger), handlers, `Unable to configure logger '${name}'`, ['loggers', name]))
  }
  if (config.root !== undefined) loggers.set('', loggerOf(dictOf(config.root), handlers, 'Unable to configure root logger', ['root']))
  return { loggers, handlers: [...handlers.values()], disablesOthers: config.disable_existing_loggers !== false }
}

function attempt<T>(make: () => T, summary: string, path: readonly string[]): T {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    throw new LoggingConfigError(summary, path, error.message)
  }
}

function levelOf(value: unknown, otherwise: number, summary: string, path: readonly string[]): number {
  if (value === undefined || value === null) return otherwise
  const level = levelNumber(value)
  if (level === undefined) throw new LoggingConfigError(summary, [...path, 'level'], `Unknown level: '${String(value)}'`)
  return level
}

function loggerOf(config: Dict, handlers: ReadonlyMap<string, Handler>, summary: string, path: readonly string[]): Logger {
  return {
    level: levelOf(config.level, path[0] === 'root' ? 30 : 0, summary, path),
    propagate: config.propagate !== false,
    handlers: listOf(config.handlers).map(name => {
      const handler = handlers.get(String(name))
      if (!handler)
        throw new LoggingConfigError(summary, [...path, 'handlers'], `Unable to add handler '${String(name)}': there is none of this name.`)
      return handler
    }),
  }
}

interface Parts {
  readonly formatters: ReadonlyMap<string, Formatter>
  readonly filters: ReadonlyMap<string, string>
  readonly place: DictConfigPlace
}

function handlerOf(name: string, config: Dict, { formatters, filters, place }: Parts): Handler {
  const summary = `Unable to configure handler '${name}'`
  const path = ['handlers', name]
  const refuse = (why: string, key: string) => new LoggingConfigError(summary, [...path, key], why)
  const chosen = config.formatter === undefined || config.formatter === null ? undefined : formatters.get(String(config.formatter))
  if (config.formatter !== undefined && config.formatter !== null && !chosen)
    throw refuse(`Unable to set formatter '${String(config.formatter)}'`, 'formatter')
  const prefixes = listOf(config.filters).map(filter => {
    const prefix = filters.get(String(filter))
    if (prefix === undefined) throw refuse(`Unable to add filter '${String(filter)}'`, 'filters')
    return prefix
  })
  const sink = sinkOf(String(config.class ?? config['()'] ?? ''), config, place, refuse)
  return {
    name,
    level: levelOf(config.level, 0, summary, path),
    format: chosen ?? bareFormatter,
    accepts: logger => prefixes.every(prefix => prefix === '' || logger === prefix || logger.startsWith(`${prefix}.`)),
    ...(sink ? { sink } : {}),
  }
}

/** Handlers that write to a stream or a file; others are refused by name. */
function sinkOf(
  type: string,
  config: Dict,
  { resolvePath }: DictConfigPlace,
  refuse: (why: string, key: string) => LoggingConfigError,
): Sink | undefined {
  switch (type) {
    case 'logging.StreamHandler':
    case 'colorlog.StreamHandler': {
      const stream = config.stream ?? 'ext://sys.stderr'
      if (stream !== 'ext://sys.stdout' && stream !== 'ext://sys.stderr') throw refuse(`Cannot resolve '${String(stream)}'`, 'stream')
      return { stream: stream.endsWith('stdout') ? 'stdout' : 'stderr' }
    }
    case 'logging.FileHandler':
    case 'logging.handlers.WatchedFileHandler':
    case 'logging.handlers.RotatingFileHandler': {
      if (typeof config.filename !== 'string')
        throw refuse("FileHandler.__init__() missing 1 required positional argument: 'filename'", 'class')
      const maxBytes = type.endsWith('RotatingFileHandler') ? Number(config.maxBytes ?? 0) : 0
      const backups = Number(config.backupCount ?? 0)
      return {
        file: resolvePath(config.filename),
        atOnce: config.delay !== true,
        fresh: config.mode === 'w' && maxBytes === 0,
        ...(maxBytes > 0 && backups > 0 ? { rotate: { maxBytes, backups } } : {}),
      }
    }
    case 'logging.NullHandler':
      return undefined
    default:
      throw refuse(
        `${type === '' ? 'It has no class.' : `${type} is not built in.`} Use logging.StreamHandler, logging.FileHandler, logging.handlers.RotatingFileHandler or logging.NullHandler.`,
        'class',
      )
  }
}

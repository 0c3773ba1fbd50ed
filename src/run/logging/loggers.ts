import type { Formatter } from './formatter.ts'
import type { LogRecord } from './log-record.ts'

export type Stream = 'stdout' | 'stderr'

/** Where a handler writes: a stream of the process, or a file. */
export type Sink = { readonly stream: Stream } | FileSink

export interface FileSink {
  /** Absolute. */
  readonly file: string
  /** The file is there from the beginning, empty if need be. */
  readonly atOnce: boolean
  /** What was in the file before goes. */
  readonly fresh: boolean
  readonly rotate?: { readonly maxBytes: number; readonly backups: number }
}

export interface Handler {
  readonly name: string
  readonly level: number
  readonly format: Formatter
  readonly accepts: (logger: string) => boolean
  /** Absent: records that come here end here (`logging.NullHandler`). */
  readonly sink?: Sink
}

export interface Logger {
  readonly level: number
  readonly handlers: readonly Handler[]
  readonly propagate: boolean
}

/** Loggers by their dotted name, the root as `''`. */
export interface LoggerTree {
  readonly loggers: ReadonlyMap<string, Logger>
  /** All of them: a file is made for one that no logger has, too. */
  readonly handlers: readonly Handler[]
  /** Loggers that were there before and that nobody configured are silent. */
  readonly disablesOthers: boolean
}

/** Python without any configuration: warnings and worse, as they are, on stderr. */
const lastResort: Handler = {
  name: 'lastResort',
  level: 30,
  format: ({ message }) => message,
  accepts: () => true,
  sink: { stream: 'stderr' },
}

/** The handlers that take a record, in the order in which they write: those of its logger first, then of the loggers above it. */
export function handlersFor(
  { loggers, disablesOthers }: LoggerTree,
  { logger, level }: Pick<LogRecord, 'logger' | 'level'>,
): readonly Handler[] {
  const chain = ancestry(logger)
  const configured = chain.some(name => name !== '' && loggers.has(name))
  if (disablesOthers && !configured) return []
  const enabledFrom = chain.map(name => loggers.get(name)?.level ?? 0).find(own => own > 0) ?? 0
  if (level < enabledFrom) return []
  const found: Handler[] = []
  for (const name of chain) {
    const at = loggers.get(name)
    if (!at) continue
    found.push(...at.handlers)
    if (!at.propagate) break
  }
  const taking = found.length ? found : [lastResort]
  return taking.filter(handler => level >= handler.level && handler.accepts(logger))
}

/** `a.b`, `a`, ''. */
function ancestry(name: string): string[] {
  const chain: string[] = []
  for (let at = name === 'root' ? '' : name; at !== ''; at = at.includes('.') ? at.slice(0, at.lastIndexOf('.')) : '') chain.push(at)
  return [...chain, '']
}

/** The tree with the named loggers (the root: `''`) set to DEBUG: `hydra.verbose`. */
export function madeVerbose(tree: LoggerTree, names: readonly string[]): LoggerTree {
  const loggers = new Map(tree.loggers)
  for (const name of names) loggers.set(name, { handlers: [], propagate: true, ...loggers.get(name), level: 10 })
  return { ...tree, loggers }
}

/** What a handler writes for a record. */
export const entryOf = (handler: Handler, record: LogRecord): string => `${handler.format(record)}\n`

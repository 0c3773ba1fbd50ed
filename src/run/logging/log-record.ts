/** One message to a logger, with what formats of Python's logging may show of it. */
export interface LogRecord {
  readonly level: number
  readonly logger: string
  readonly message: string
  readonly created: Date
  /** Milliseconds since the job began. */
  readonly relativeCreated: number
  readonly process: number
}

/** Python's level names, by number. */
export const levelNames: Readonly<Record<number, string>> = { 10: 'DEBUG', 20: 'INFO', 30: 'WARNING', 40: 'ERROR', 50: 'CRITICAL' }

const byName: Readonly<Record<string, number>> = {
  NOTSET: 0,
  DEBUG: 10,
  INFO: 20,
  WARN: 30,
  WARNING: 30,
  ERROR: 40,
  FATAL: 50,
  CRITICAL: 50,
}

/** The number of a level that is written as a name or a number; undefined for another name, which Python refuses. */
export const levelNumber = (level: unknown): number | undefined =>
  typeof level === 'number' ? level : typeof level === 'string' && Object.hasOwn(byName, level) ? byName[level] : undefined

export const levelName = (level: number): string => levelNames[level] ?? `Level ${level}`

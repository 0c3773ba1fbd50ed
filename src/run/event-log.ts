import type { FileSystem, Platform } from '../platform/ports.ts'
import type { RunEvent, RunEventBody } from './events.ts'
import type { JobLogging } from './logging/job-logging.ts'
import { runFiles } from './run-folder.ts'

/** Writes a run's events and its log, and tells whoever watches. */
export interface EventLog {
  /** Whether the event `started` was emitted. */
  announced: boolean
  emit(event: RunEventBody): void
  /** A line of the job's log, as Python's logging under Hydra writes it, and the event for it. */
  log(level: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR', logger: string, message: string): void
  /** Tells the watcher of an event that is written elsewhere. */
  tell(event: RunEvent): void
  /** Writes what is still held back. */
  flush(): void
}

/** At most this often do files grow and watchers hear: many trials in one second come together. */
const flushEveryMs = 100

/**
 * The event stream of the run in `runDir`: `events.jsonl`, `<job name>.log` and the watcher.
 *
 * Trials and progress come in bunches of a tenth of a second; everything else at once. What is held back when the process dies is not
 * lost: a trial is in the journal before its event is made.
 */
export function openEventLog(
  platform: Pick<Platform, 'files' | 'clock'>,
  { runDir, logging, watch }: { readonly runDir: string; readonly logging: JobLogging; readonly watch: (event: RunEvent) => void },
): EventLog {
  const { files, clock } = platform
  const eventsPath = `${runDir}/${runFiles.events}`
  mendLastLine(files, eventsPath)
  let held: RunEvent[] = []
  let flushedAt = Number.NEGATIVE_INFINITY

  const flush = () => {
    const events = held
    held = []
    flushedAt = clock.monotonic()
    try {
      if (events.length) files.append(eventsPath, events.map(event => `${JSON.stringify(event)}\n`).join(''))
      logging.flush()
    } finally {
      for (const event of events) watch(event)
    }
  }
  const emit = (body: RunEventBody) => {
    held.push({ time: clock.now().toISOString(), ...body } as RunEvent)
    const mayWait = body.type === 'trial' || body.type === 'progress'
    if (!mayWait || clock.monotonic() - flushedAt >= flushEveryMs) flush()
  }
  return {
    announced: false,
    emit,
    log(level, logger, message) {
      const created = clock.now()
      if (level === 'DEBUG' && !logging.isEnabledFor(10, logger)) return
      const consoles: RunEvent[] = []
      const tell = (stream: 'stdout' | 'stderr', text: string) =>
        consoles.push({ time: created.toISOString(), type: 'console', stream, text })
      const shown = logging.log({ level: levelOf[level], logger, message, created }, tell)
      emit({ type: 'log', level, logger: shownLogger(logger), message, ...(shown === 'quiet' ? { quiet: true } : {}) })
      for (const event of consoles) watch(event)
    },
    tell: watch,
    flush,
  }
}

const levelOf = { DEBUG: 10, INFO: 20, WARNING: 30, ERROR: 40 } as const

/** Hydra's own loggers under the name that its log shows. */
const shownLogger = (logger: string) => (logger.startsWith('hydra.') || logger.startsWith('hydra_plugins.') ? 'HYDRA' : logger)

/** A run that was killed while it wrote leaves half a line; what comes next starts on a new one. */
function mendLastLine(files: FileSystem, path: string): void {
  const size = files.stat(path)?.size ?? 0
  if (size > 0 && files.readFrom(path, size - 1)[0] !== 10) files.append(path, '\n')
}

/** Events from byte `offset` on, and where to go on next time. A line that is still being written waits; one that is garbage is passed over. */
export function readEvents(
  files: FileSystem,
  runDir: string,
  offset = 0,
): { readonly events: readonly RunEvent[]; readonly offset: number } {
  const path = `${runDir}/${runFiles.events}`
  const size = files.stat(path)?.size ?? 0
  // A shorter file is another file: start over.
  const from = size < offset ? 0 : offset
  if (size <= from) return { events: [], offset: from }
  const bytes = files.readFrom(path, from)
  const end = bytes.lastIndexOf(10) + 1
  const lines = new TextDecoder().decode(bytes.subarray(0, end)).split('\n')
  return { events: lines.flatMap(parseEvent), offset: from + end }
}

function parseEvent(line: string): RunEvent[] {
  if (!line) return []
  try {
    const event: unknown = JSON.parse(line)
    const whole = typeof event === 'object' && event !== null && 'type' in event && 'time' in event
    return whole ? [event as RunEvent] : []
  } catch {
    return []
  }
}

import type { FileSystem, Platform } from '../platform/ports.ts'
import type { RunEvent, RunEventBody } from './events.ts'
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
  { runDir, logFile, watch }: { readonly runDir: string; readonly logFile: string; readonly watch: (event: RunEvent) => void },
): EventLog {
  const { files, clock } = platform
  const eventsPath = `${runDir}/${runFiles.events}`
  mendLastLine(files, eventsPath)
  let held: RunEvent[] = []
  let heldLog = ''
  let flushedAt = Number.NEGATIVE_INFINITY

  const flush = () => {
    const events = held
    const lines = heldLog
    held = []
    heldLog = ''
    flushedAt = clock.monotonic()
    try {
      if (events.length) files.append(eventsPath, events.map(event => `${JSON.stringify(event)}\n`).join(''))
      if (lines) files.append(logFile, lines)
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
      heldLog += `[${logTime(clock.now())}][${logger}][${level}] - ${message}\n`
      emit({ type: 'log', level, logger, message })
    },
    tell: watch,
    flush,
  }
}

/** A run that was killed while it wrote leaves half a line; what comes next starts on a new one. */
function mendLastLine(files: FileSystem, path: string): void {
  const size = files.stat(path)?.size ?? 0
  if (size > 0 && files.readFrom(path, size - 1)[0] !== 10) files.append(path, '\n')
}

/** `2026-11-23 17:17:16,074`: local time as Python's logging has it. */
export function logTime(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
  return `${day} ${time},${String(date.getMilliseconds()).padStart(3, '0')}`
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

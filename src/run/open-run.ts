import type { PlainProblem } from '../config/problems.ts'
import type { Platform } from '../platform/ports.ts'
import { type EventLog, openEventLog } from './event-log.ts'
import type { RunEvent, RunResult, RunStatus } from './events.ts'
import type { JobLogging } from './logging/job-logging.ts'
import { resultText, runFiles } from './run-folder.ts'

/** A run that is being executed: its folder, its events, and what `result.json` says so far. */
export interface OpenRun {
  readonly runDir: string
  readonly log: EventLog
  readonly result: RunResult
  /** Changes what is known; written when the run ends. */
  update(known: Partial<RunResult>): void
  /** Writes `result.json` now: for what others should see while the run goes on. */
  save(): void
  /** Ends the run. When the folder can no longer be written, the watcher is told all the same. */
  finish(status: RunStatus, problems?: readonly PlainProblem[]): RunResult
}

/** What is known when a run begins. */
export type RunStart = Pick<RunResult, 'kind' | 'title' | 'configPath' | 'configName' | 'overrides' | 'choices'> &
  Partial<Pick<RunResult, 'study' | 'startedAt'>>

/**
 * Begins a run in its folder: writes `result.json` with status `running` and who writes it, so that others can tell a crash.
 *
 * @param logging where the job's log goes
 */
export function openRun(
  platform: Platform,
  start: RunStart,
  { runDir, logging, watch }: { readonly runDir: string; readonly logging: JobLogging; readonly watch: (event: RunEvent) => void },
): OpenRun {
  const { clock, environment, files } = platform
  const began = clock.monotonic()
  let result: RunResult = {
    version: 1,
    status: 'running',
    startedAt: clock.now().toISOString(),
    process: { pid: environment.pid, host: environment.host, startedAt: environment.startedAt },
    metrics: {},
    ...start,
  }
  const log = openEventLog(platform, { runDir, logging, watch })
  const save = (flush: 'first' | 'behind') => files.writeWhole(`${runDir}/${runFiles.result}`, resultText(result), { flush })
  save('behind')
  return {
    runDir,
    log,
    get result() {
      return result
    },
    update(known) {
      result = { ...result, ...known }
    },
    save: () => save('behind'),
    finish(status, problems = []) {
      const seconds = (clock.monotonic() - began) / 1000
      result = { ...result, status, finishedAt: clock.now().toISOString(), seconds, ...(problems.length ? { problem: problems[0] } : {}) }
      try {
        save('first')
      } catch (error) {
        if (status === 'completed') throw error
      }
      // What cannot be written is still told: the log hands each event to the watcher even when its file is full or gone.
      for (const problem of problems) quietly(() => log.emit({ type: 'problem', problem }))
      quietly(() => log.emit({ type: 'finished', status, seconds }))
      return result
    },
  }
}

function quietly(action: () => void): void {
  try {
    action()
  } catch {}
}

import { hostname } from 'node:os'
import { slashes } from '../platform/node.ts'
import { nodeFiles } from '../platform/node-files.ts'
import { isAlive } from '../platform/node-process.ts'
import type { TrialRow } from '../protocol.ts'
import { readEvents } from '../run/event-log.ts'
import type { RunSummary } from '../run/events.ts'
import { listRuns, type RunsCache } from '../run/runs-index.ts'
import { readTrials } from '../run/trials.ts'

/** This machine, as far as reading run folders needs it. */
const files = nodeFiles()
const machine = {
  files,
  clock: { now: () => new Date(), monotonic: () => performance.now() },
  environment: { env: {}, cwd: '', home: '', pid: process.pid, startedAt: '', host: hostname(), cores: 1, isAlive },
}

/** Reads the runs of a project, newest first; what has not changed since the last time is not read again. */
export function runsReader(): (project: string) => readonly RunSummary[] {
  const caches = new Map<string, RunsCache>()
  return project => {
    const cache: RunsCache = caches.get(project) ?? new Map()
    caches.set(project, cache)
    return listRuns(machine, slashes(project), cache)
  }
}

/** A run's trials in order of their numbers; none when it is no study or its journal is damaged. */
export function readRunTrials(runDir: string): TrialRow[] {
  try {
    return readTrials(files, runDir).map(({ number, state, values, params, datetimeStart, datetimeComplete }) => ({
      number,
      state,
      values,
      params: Object.fromEntries(params),
      seconds: datetimeStart && datetimeComplete ? (datetimeComplete.getTime() - datetimeStart.getTime()) / 1000 : null,
    }))
  } catch {
    return []
  }
}

/** Events from byte `offset` on. */
export const readNewEvents = (runDir: string, offset: number) => readEvents(files, runDir, offset)

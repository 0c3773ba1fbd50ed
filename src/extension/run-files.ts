import { readdirSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { slashes } from '../platform/node.ts'
import { nodeFiles } from '../platform/node-files.ts'
import { isAlive } from '../platform/node-process.ts'
import type { ParamImportance, TrialRow } from '../protocol.ts'
import { readEvents } from '../run/event-log.ts'
import type { RunSummary } from '../run/events.ts'
import { importancesOf } from '../run/importances.ts'
import { listRuns, type RunsCache } from '../run/runs-index.ts'
import { readStudy, type StoredStudy } from '../run/trials.ts'
import type { FrozenTrial } from '../study/contract.ts'

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
export const readRunTrials = (runDir: string): TrialRow[] => studyOf(runDir)?.trials.map(trialRow) ?? []

/** A tenth of the trials counts as good: with fewer than 20 that is one trial. More than 20,000 would hold up the editor. */
const trialsForImportances = { least: 20, most: 20_000 }

/**
 * How much each parameter of a run's study matters, most first; none when its trials are too few or too many to tell.
 *
 * @param complete trials that are complete at least: of too many none is read
 */
export function readImportances(runDir: string, complete: number): ParamImportance[] {
  const { least, most } = trialsForImportances
  if (complete > most) return []
  const stored = studyOf(runDir)
  const found = stored?.trials.filter(({ state }) => state === 'COMPLETE').length ?? 0
  if (!stored || found < least || found > most) return []
  return importancesOf(stored).map(([name, value]) => ({ name, value }))
}

function studyOf(runDir: string): StoredStudy | undefined {
  try {
    return readStudy(files, runDir)
  } catch {
    return undefined
  }
}

const trialRow = ({ number, state, values, params, datetimeStart, datetimeComplete }: FrozenTrial): TrialRow => ({
  number,
  state,
  values,
  params: Object.fromEntries(params),
  seconds: datetimeStart && datetimeComplete ? (datetimeComplete.getTime() - datetimeStart.getTime()) / 1000 : null,
})

/** Changes when a run folder of the project comes or goes: when the folders that hold them were last written to. */
export function runFoldersStamp(project: string): string {
  const stamps: string[] = []
  for (const kind of ['outputs', 'multirun']) {
    const holder = join(project, kind)
    const stat = statSync(holder, { throwIfNoEntry: false })
    if (!stat?.isDirectory()) continue
    stamps.push(String(stat.mtimeMs))
    // Folders of days, the last ones; other names may stand there too.
    for (const day of readdirSync(holder).sort().slice(-mostDays))
      stamps.push(String(statSync(join(holder, day), { throwIfNoEntry: false })?.mtimeMs))
  }
  return stamps.join()
}
const mostDays = 5

/** Events from byte `offset` on. */
export const readNewEvents = (runDir: string, offset: number) => readEvents(files, runDir, offset)

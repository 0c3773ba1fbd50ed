import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import { nodeFiles } from '../platform/node-files.ts'
import { isAlive } from '../platform/node-process.ts'
import type { TrialRow } from '../protocol.ts'
import { readEvents } from '../run/event-log.ts'
import type { RunSummary } from '../run/events.ts'
import { readResult } from '../run/run-folder.ts'

const files = nodeFiles()

/** Runs of a project, newest first. */
export async function listProjectRuns(project: string): Promise<RunSummary[]> {
  const runs: RunSummary[] = []
  for (const top of ['outputs', 'multirun']) {
    for (const day of folders(join(project, top))) {
      for (const time of folders(day)) {
        const run = summary(project, time)
        if (run) runs.push(run)
      }
    }
  }
  return runs
}

function summary(project: string, runDir: string): RunSummary | undefined {
  const result = readResult(files, runDir)
  if (!result) return undefined
  const { pid, host, startedAt } = result.process
  const gone = result.status === 'running' && host === hostname() && !isAlive(pid, startedAt)
  const children = result.kind === 'sweep' ? folders(runDir).flatMap(dir => summary(project, dir) ?? []) : []
  return { runDir, id: runDir.slice(project.length + 1), result: gone ? { ...result, status: 'crashed' } : result, children }
}

const folders = (path: string): string[] =>
  files.exists(path)
    ? files
        .list(path)
        .filter(entry => entry.kind === 'folder' && basename(entry.name)[0] !== '.')
        .map(entry => join(path, entry.name))
    : []

/** A run's finished trials in order. */
export function readRunTrials(runDir: string): TrialRow[] {
  const trials = new Map<number, TrialRow>()
  for (const event of readEvents(files, runDir).events) {
    if (event.type !== 'trial') continue
    const { number, state, values, params, seconds } = event
    trials.set(number, { number, state, values, params, seconds })
  }
  return [...trials.values()].sort((a, b) => a.number - b.number)
}

/** Events from byte `offset` on. */
export const readNewEvents = (runDir: string, offset: number) => readEvents(files, runDir, offset)

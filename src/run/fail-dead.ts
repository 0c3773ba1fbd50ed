import { plainProblem } from '../config/problems.ts'
import type { Platform } from '../platform/ports.ts'
import { jobProblem } from './config-places.ts'
import type { RunEvent, RunResult } from './events.ts'
import type { JobRequest } from './launcher.ts'
import { readResult, resultText, runFiles } from './run-folder.ts'

/** Ends a run whose process is gone: its folder says that it failed and why. What it had finished stays. */
export function failDead({ files, clock, environment }: Platform, job: JobRequest, reason: string): RunResult {
  const time = clock.now().toISOString()
  const problem = plainProblem(
    jobProblem('run/job-died', reason, [], { hint: 'What it had finished is in its folder. Its limits are those of hydra.launcher.' }),
  )
  const before = readResult(files, job.runDir)
  const result: RunResult = {
    ...(before ?? {
      version: 1,
      kind: 'run',
      title: job.configName,
      configPath: job.configPath,
      configName: job.configName,
      overrides: job.overrides,
      choices: {},
      startedAt: time,
      process: { pid: environment.pid, host: environment.host, startedAt: environment.startedAt },
      metrics: {},
    }),
    status: 'failed',
    finishedAt: time,
    problem,
  }
  const events: RunEvent[] = [
    { time, type: 'problem', problem },
    { time, type: 'finished', status: 'failed', seconds: (Date.parse(time) - Date.parse(result.startedAt)) / 1000 },
  ]
  files.makeFolders(job.runDir)
  files.writeWhole(`${job.runDir}/${runFiles.result}`, resultText(result))
  files.append(`${job.runDir}/${runFiles.events}`, events.map(event => `${JSON.stringify(event)}\n`).join(''))
  return result
}

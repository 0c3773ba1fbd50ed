import type { ConfigCache } from '../config/index.ts'
import type { Platform } from '../platform/ports.ts'
import { type RunRequest, runJob } from './job.ts'
import type { Launcher } from './launcher.ts'

/** Hydra's basic launcher: jobs run in this process, one after the other. */
export function basicLauncher(platform: Platform, request: RunRequest, cache: ConfigCache): Launcher {
  let last: Promise<unknown> = Promise.resolve()
  return {
    name: 'basic',
    submit(job, watch) {
      const stop = new AbortController()
      const compose = { ...request.compose, mode: 'run' as const, overrides: job.overrides }
      const own: RunRequest = { ...request, compose, job: { number: job.number, runDir: job.runDir } }
      const result = last.then(() => runJob(platform, own, watch, stop.signal, cache)).then(outcome => outcome.result)
      last = result
      return { request: job, result, cancel: () => stop.abort() }
    },
  }
}

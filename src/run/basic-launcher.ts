import type { ConfigCache } from '../config/index.ts'
import type { Platform } from '../platform/ports.ts'
import type { Callbacks } from './callbacks.ts'
import { type RunRequest, runJob } from './job.ts'
import type { JobRequest, Launcher } from './launcher.ts'

/** Hydra's basic launcher: jobs run in this process, one after the other. */
export function basicLauncher(platform: Platform, request: RunRequest, cache: ConfigCache, callbacks?: Callbacks): Launcher {
  let last: Promise<unknown> = Promise.resolve()
  return {
    name: 'basic',
    parallel: 1,
    submit(job, { onStart, onEvent }) {
      const stop = new AbortController()
      const result = last.then(async () => {
        // Whoever waits for the job before may want to stop this one.
        await platform.breathe()
        if (stop.signal.aborted) return undefined
        onStart?.()
        const outcome = await runJob(platform, jobRunRequest(request, job, callbacks), onEvent, stop.signal, cache)
        return outcome.result
      })
      last = result
      return { request: job, result, cancel: reason => stop.abort(reason) }
    },
    close: async () => {},
  }
}

/** What one job of a sweep runs as. */
export function jobRunRequest(
  { asSweep: _asSweep, resume: _resume, ...request }: RunRequest,
  job: JobRequest,
  callbacks?: Callbacks,
): RunRequest {
  const { number, runDir, composed, resume, report } = job
  return {
    ...request,
    compose: { ...request.compose, mode: 'run', overrides: job.overrides },
    job: { number, runDir, ...(callbacks ? { callbacks } : {}), ...(composed ? { composed } : {}), ...(report ? { report } : {}) },
    ...(resume ? { resume: { runDir, result: resume } } : {}),
  }
}

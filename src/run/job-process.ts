import { createConfigCache } from '../config/index.ts'
import { nodePlatform } from '../platform/node.ts'
import type { RunEvent, RunResult } from './events.ts'
import { type RunRequest, runJob } from './job.ts'

/** What the launcher says to a job's process, and what that answers. */
export type ToJobProcess =
  | { readonly type: 'job'; readonly request: RunRequest; readonly now?: string; readonly reports?: boolean }
  | { readonly type: 'cancel' }
  | { readonly type: 'judged'; readonly prune: boolean }
export type FromJobProcess =
  | { readonly type: 'event'; readonly event: RunEvent }
  | { readonly type: 'result'; readonly result: RunResult }
  | { readonly type: 'report'; readonly value: number; readonly step: number }

/** What a process of the launcher does: runs the jobs that it is sent, one at a time. */
export function answerJobs(): void {
  const platform = nodePlatform({ workers: new URL('./', import.meta.url) })
  // The jobs of a sweep compose the same files.
  const cache = createConfigCache()
  let stop = new AbortController()
  let judged: (prune: boolean) => void = () => {}
  const send = (message: FromJobProcess) => void process.send?.(message)
  process.on('message', async (message: ToJobProcess) => {
    if (message.type === 'cancel') return stop.abort()
    if (message.type === 'judged') return judged(message.prune)
    stop = new AbortController()
    const { request, now, reports } = message
    const report = (value: number, step: number) =>
      new Promise<boolean>(done => {
        judged = done
        send({ type: 'report', value, step })
      })
    const job = request.job && reports ? { job: { ...request.job, report } } : {}
    const compose = { ...request.compose, env: platform.environment.env, ...(now ? { now: new Date(now) } : {}) }
    const { result } = await runJob(platform, { ...request, ...job, compose }, event => send({ type: 'event', event }), stop.signal, cache)
    send({ type: 'result', result })
  })
  // The one who started it is gone: nobody waits for what comes next.
  process.on('disconnect', () => process.exit(0))
}

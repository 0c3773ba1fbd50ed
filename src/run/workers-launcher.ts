import type { Platform, WorkerProcess } from '../platform/ports.ts'
import { jobRunRequest } from './basic-launcher.ts'
import type { RunResult } from './events.ts'
import { failDead } from './fail-dead.ts'
import type { RunRequest } from './job.ts'
import type { FromJobProcess, ToJobProcess } from './job-process.ts'
import type { JobRequest, JobWatcher, Launcher } from './launcher.ts'
import { runFiles } from './run-folder.ts'

export interface WorkerOptions {
  /** Jobs at the same time. */
  readonly nJobs: number
  /** A job whose process holds more is ended. */
  readonly memoryMb?: number
  /** Seconds; a job that takes longer is ended. */
  readonly timeout?: number
  /** How often a job whose process died is tried again. */
  readonly retries: number
}

const memoryEveryMs = 200
/** A job that was asked to stop and does not is ended after this long. */
const stopPatienceMs = 5000

/**
 * Jobs in processes of their own, several at a time; each process takes one job after the other. A process that dies (or is ended for its time
 * or its memory) takes only its job with it: that is failed with the reason, or tried again.
 */
export function workersLauncher(platform: Platform, request: RunRequest, options: WorkerOptions): Launcher {
  const { processes } = platform
  if (!processes) throw new Error('There are no processes here.')
  const idle: WorkerProcess[] = []
  const waiting: (() => void)[] = []
  let running = 0

  const turn = () => {
    if (running < options.nJobs) {
      running++
      return Promise.resolve()
    }
    return new Promise<void>(go => waiting.push(go))
  }
  const done = () => {
    const next = waiting.shift()
    if (next) next()
    else running--
  }

  return {
    name: 'workers',
    parallel: options.nJobs,
    submit(job, watch) {
      const stop = new AbortController()
      const work = async (): Promise<RunResult | undefined> => {
        await turn()
        try {
          // Whoever waits for the job before may want to stop this one.
          await platform.breathe()
          if (stop.signal.aborted) return undefined
          watch.onStart?.()
          return await withRetries(job, watch, stop.signal)
        } finally {
          done()
        }
      }
      return { request: job, result: work(), cancel: () => stop.abort() }
    },
    async close() {
      const left = idle.splice(0)
      for (const process of left) process.kill()
      await Promise.all(left.map(process => process.exited))
    },
  }

  async function withRetries(job: JobRequest, watch: JobWatcher, signal: AbortSignal): Promise<RunResult> {
    let attempt = job
    for (let left = options.retries; ; left--) {
      const outcome = await inProcess(attempt, watch, signal)
      if ('result' in outcome) return outcome.result
      const result = failDead(platform, attempt, outcome.died)
      if (left <= 0 || signal.aborted || outcome.final) return result
      const { files } = platform
      if (files.exists(`${job.runDir}/${runFiles.journal}`)) attempt = { ...job, resume: result }
      else files.remove(job.runDir)
    }
  }

  /** One job in one process, to its end or the process's. */
  async function inProcess(
    job: JobRequest,
    watch: JobWatcher,
    signal: AbortSignal,
  ): Promise<{ readonly result: RunResult } | { readonly died: string; readonly final?: boolean }> {
    const { memoryMb, timeout } = options
    const worker = idle.pop() ?? processes!.start('job-process', memoryMb === undefined ? {} : { memoryMb })
    let ended: string | undefined
    const end = (reason: string) => {
      ended ??= reason
      worker.kill()
    }
    const timers = [
      ...(timeout === undefined ? [] : [setTimeout(() => end(`The job took longer than ${timeout} s.`), timeout * 1000)]),
      ...(memoryMb === undefined
        ? []
        : [setInterval(() => (worker.memory() ?? 0) > memoryMb && end(`The job held more than ${memoryMb} MB of memory.`), memoryEveryMs)]),
    ]
    const cancel = () => {
      worker.post({ type: 'cancel' } satisfies ToJobProcess)
      timers.push(setTimeout(() => end('The job did not stop when it was asked to.'), stopPatienceMs))
    }
    signal.addEventListener('abort', cancel)
    // What the project's own code prints. On the error stream a dying process says why: that is no output of the job.
    let errors = ''
    const tell = (stream: 'stdout' | 'stderr', text: string) =>
      watch.onEvent({ time: platform.clock.now().toISOString(), type: 'console', stream, text })
    worker.listenOutput?.((stream, text) => {
      if (stream === 'stdout') tell(stream, text)
      else errors += text
    })
    try {
      const answered = new Promise<RunResult>(answer =>
        worker.listen(message => {
          const said = message as FromJobProcess
          if (said.type === 'event') watch.onEvent(said.event)
          else if (said.type === 'report') void judge(said.value, said.step)
          else answer(said.result)
        }),
      )
      const judge = async (value: number, step: number) =>
        worker.post({ type: 'judged', prune: (await job.report?.(value, step)) ?? false } satisfies ToJobProcess)
      worker.post(messageOf(request, job))
      const first = await Promise.race([answered.then(result => ({ result })), worker.exited.then(exit => ({ exit }))])
      if ('result' in first) {
        // The result has overtaken what was printed before it: pipes are read after messages.
        await platform.breathe()
        if (errors) tell('stderr', errors)
        idle.push(worker)
        return first
      }
      const { code, signal: by, stderr } = first.exit
      const why =
        ended ??
        (/heap out of memory/.test(stderr)
          ? 'The job ran out of memory.'
          : `The process of the job ended with ${by ?? `exit code ${code}`}.`)
      return { died: why, ...(signal.aborted ? { final: true } : {}) }
    } finally {
      signal.removeEventListener('abort', cancel)
      for (const timer of timers) clearTimeout(timer)
    }
  }
}

/** A job as a message: what cannot be sent (callbacks, the composed config) is made again over there. */
function messageOf(request: RunRequest, job: JobRequest): ToJobProcess {
  const { composed: _, report, ...plain } = job
  const { compose, ...own } = jobRunRequest(request, plain)
  const { env: _env, resolvers: _resolvers, now, ...composing } = compose
  return { type: 'job', reports: report !== undefined, request: { ...own, compose: composing }, ...(now ? { now: now.toISOString() } : {}) }
}

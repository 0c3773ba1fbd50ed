import type { Platform } from '../platform/ports.ts'
import type { RunResult } from './events.ts'
import type { JobHandle, JobRequest, Launcher } from './launcher.ts'
import type { OpenRun } from './open-run.ts'

/** A job and what it came to; `result` is undefined when it never began. */
export interface EndedJob {
  readonly job: JobRequest
  /** As the sweeper wrote them: without Hydra's own overrides of the whole sweep. */
  readonly overrides: readonly string[]
  readonly result: RunResult | undefined
}

/** A job that a sweeper wants to be run. */
export interface WantedJob {
  readonly job: JobRequest
  readonly overrides: readonly string[]
}

/** Runs batches of jobs of one sweep and keeps its log, its events and its `result.json` up to date. */
export interface SweepJobs {
  /** @returns the jobs in the order in which they were given */
  runBatch(jobs: readonly WantedJob[], options?: { readonly failFast?: boolean }): Promise<readonly EndedJob[]>
}

const launcherLogger = 'hydra._internal.core_plugins.basic_launcher'

/** @param total number of jobs of the whole sweep, as far as it is known */
export function sweepJobs(
  platform: Platform,
  run: OpenRun,
  { launcher, signal, total }: { readonly launcher: Launcher; readonly signal: AbortSignal; readonly total: number },
): SweepJobs {
  const began = platform.clock.monotonic()
  let done = 0
  const warned = new Set<string>()

  const ended = ({ job, overrides }: WantedJob, result: RunResult) => {
    done++
    const { number, runDir } = job
    if (result.problem) {
      const texts = overrides.map(text => `'${text}'`).join(', ')
      run.log.tell({
        time: platform.clock.now().toISOString(),
        type: 'console',
        stream: 'stderr',
        text: `Error executing job with overrides: [${texts}]\n`,
      })
      run.log.emit({ type: 'problem', problem: result.problem })
    }
    const { status, metrics, pruned } = result
    run.log.emit({ type: 'job', number, runDir, status, overrides, metrics, ...(pruned ? { pruned } : {}) })
    const others = (run.result.jobs ?? []).filter(known => known.number !== number)
    run.update({ jobs: [...others, { number, dir: runDir, status, overrides, metrics }].sort((a, b) => a.number - b.number) })
    const seconds = (platform.clock.monotonic() - began) / 1000
    run.log.emit({
      type: 'progress',
      done,
      total: Math.max(total, done),
      unit: 'jobs',
      ...(seconds > 0 ? { perSecond: done / seconds } : {}),
    })
  }

  return {
    async runBatch(jobs, { failFast = false } = {}) {
      if (jobs.length === 0 || signal.aborted) return []
      run.log.log('INFO', launcherLogger, launchingText(jobs.length, launcher))
      const handles: JobHandle[] = []
      const stop = () => {
        for (const handle of handles) handle.cancel(signal.reason)
      }
      signal.addEventListener('abort', stop)
      try {
        const results = jobs.map(async wanted => {
          const shown = wanted.overrides.filter(text => !text.startsWith('hydra.')).join(' ')
          const handle = launcher.submit(wanted.job, {
            onStart: () => run.log.log('INFO', launcherLogger, `\t#${wanted.job.number} : ${shown}`),
            // The job's own events are in its folder; what a person must hear now goes on.
            onEvent: event => {
              // What holds for all jobs is told once.
              if (event.type === 'problem' && event.problem.severity === 'warning' && !warned.has(event.problem.message)) {
                warned.add(event.problem.message)
                run.log.tell(event)
              }
              if (event.type === 'console' || (event.type === 'log' && event.level === 'WARNING' && !event.quiet)) run.log.tell(event)
            },
          })
          handles.push(handle)
          const result = await handle.result
          if (result) ended(wanted, result)
          if (failFast && result?.status === 'failed') stop()
          return { ...wanted, result }
        })
        return await Promise.all(results)
      } finally {
        signal.removeEventListener('abort', stop)
      }
    },
  }
}

const launchingText = (count: number, { name, parallel }: Launcher) =>
  name === 'basic' ? `Launching ${count} jobs locally` : `Launching ${count} jobs, ${parallel} at a time`

import { type ComposedConfig, type ComposeRequest, type ConfigCache, child, stringOf } from '../config/index.ts'
import { type PlainProblem, plainProblem } from '../config/problems.ts'
import type { Platform } from '../platform/ports.ts'
import { TrialPruned } from '../study/trial-pruned.ts'
import { beginRun, neverBegun } from './begin-run.ts'
import { type Callbacks, callbacksOf, type JobReturn, lazyPlainConfig, plainConfig, type Say } from './callbacks.ts'
import { composeJob, resolve } from './compose-port.ts'
import { JobFailure } from './config-places.ts'
import type { Report } from './cross-validation.ts'
import type { RunEvent, RunResult } from './events.ts'
import { type Circumstances, problemOf } from './failure.ts'
import { hydraPlaces, modeOf, withMode } from './hydra-folder.ts'
import { enterJob } from './job-environment.ts'
import { announce, doWork } from './job-work.ts'
import type { OpenRun } from './open-run.ts'
import { StrayError } from './own-error.ts'
import { parentPath } from './paths.ts'
import { withResolvers } from './project-resolvers.ts'

/** One job: what to compose, and where it runs. */
export interface RunRequest {
  readonly compose: ComposeRequest
  /** The project's own modules (`main.mjs`) may be loaded: their code runs. */
  readonly trusted: boolean
  /** Data paths are relative to it; default: the parent of the conf root. Absolute. */
  readonly project?: string
  /** A job of a sweep has its folder and number given, and the sweep's callbacks. */
  readonly job?: {
    readonly number: number
    readonly runDir: string
    readonly callbacks?: Callbacks
    readonly composed?: ReturnType<typeof composeJob>
    /** Hears the objective so far, and may end the job. */
    readonly report?: Report
  }
  /** A study that goes on: its folder, whose journal and log grow, and what was known of it. */
  readonly resume?: { readonly runDir: string; readonly result: RunResult }
  /** Runs the same as a multirun: what `hydra.mode=MULTIRUN` asks for. */
  readonly asSweep?: () => Promise<RunOutcome>
  /** Show where an error that nobody foresaw came from (HYDRA_FULL_ERROR). */
  readonly fullErrors?: boolean
}

export interface RunOutcome {
  /** Absent when the job failed before it had a folder. */
  readonly runDir?: string
  readonly result: RunResult
  /** What went wrong; the first is the one that the result keeps. */
  readonly problems: readonly PlainProblem[]
}

/**
 * Runs one job to its end: composes, reads the data, fits and scores (or runs the trials of a study), and writes the run folder.
 * Never throws: whatever goes wrong is in the outcome, in `result.json` and in the events.
 *
 * @param watch hears every event
 * @param signal stops the job; it then ends as `cancelled` with whole files
 */
export async function runJob(
  platform: Platform,
  request: RunRequest,
  watch: (event: RunEvent) => void,
  signal?: AbortSignal,
  cache?: ConfigCache,
): Promise<RunOutcome> {
  const at: { now: Circumstances } = { now: { ...(request.fullErrors ? { fullErrors: true } : {}) } }
  let run: OpenRun | undefined
  try {
    const { composed, warnings } = composeRun(platform, await withProjectCode(platform, request), cache)
    if (request.asSweep && modeOf(composed) === 'MULTIRUN') return request.asSweep()
    const master = request.job ? composed : withMode(composed, 'RUN')
    const said: Parameters<Say>[] = []
    const say: Say = (...message) => (run ? run.log.log(...message) : said.push(message))
    const { configName = 'config' } = master.request
    const callbacks =
      request.job?.callbacks ?? (await callbacksOf(platform, master, { project: projectOf(request), trusted: request.trusted, say }))
    const isSweepJob = request.job !== undefined
    if (!isSweepJob) await callbacks.notify('on_run_start', () => [plainConfig(master).all, configName])
    const places = hydraPlaces(master, resolve, request.compose.cwd ?? platform.environment.cwd, 'run')
    const begun = beginRun(platform, request, master, places, { watch, onFolder: runDir => (at.now = { ...at.now, runDir }) })
    run = begun.run
    for (const message of said) run.log.log(...message)
    for (const problem of warnings) run.log.emit({ type: 'problem', problem: plainProblem(problem) })
    const job = enterJob(platform, begun.composed, run.runDir)
    const whole = lazyPlainConfig(job.composed)
    const returned = (status: JobReturn['status'], value: unknown) => (): JobReturn => ({
      overrides: taskOverrides(master),
      cfg: whole().task,
      hydra_cfg: whole().hydra,
      working_dir: places.chdir ? run!.runDir : platform.environment.cwd,
      task_name: places.jobName,
      status,
      return_value: value,
    })
    let ended: () => JobReturn
    let thrown: { readonly error: unknown } | undefined
    try {
      await callbacks.notify('on_job_start', () => [whole().all], say)
      try {
        await doWork(platform, reporting(request, run), {
          composed: job.composed,
          run,
          at,
          logger: places.jobName,
          ...(signal ? { signal } : {}),
        })
        ended = returned('COMPLETED', Object.values(run.result.metrics)[0])
      } catch (error) {
        if (error instanceof TrialPruned) {
          ended = returned('COMPLETED', run.result.pruned?.value)
        } else {
          // Hydra's callbacks do not hear of a job that was interrupted.
          if (signal?.aborted) throw error
          thrown = { error }
          const { message } = error instanceof JobFailure ? error.problems[0] : problemOf(error, at.now)
          ended = returned('FAILED', error instanceof Error ? error : new Error(message))
        }
      }
    } finally {
      job.leave()
    }
    await callbacks.notify('on_job_end', () => [whole().all, ended()], say)
    if (!isSweepJob) await callbacks.notify('on_run_end', () => [whole().all, configName, ended()])
    if (thrown) throw thrown.error
    return { runDir: run.runDir, result: run.finish('completed'), problems: [] }
  } catch (error) {
    const stray = signal?.reason instanceof StrayError ? signal.reason : undefined
    const status = signal?.aborted && !stray ? 'cancelled' : 'failed'
    const failure = stray ? stray.cause : error
    const problems = status === 'cancelled' ? [] : failure instanceof JobFailure ? failure.problems : [problemOf(failure, at.now)]
    if (!run) return { result: neverBegun(platform, request, { watch, status, problems }), problems }
    announce(run)
    return { runDir: run.runDir, result: run.finish(status, problems), problems }
  }
}

/** The request with the resolvers of a trusted project. */
export const withProjectCode = async (platform: Platform, request: RunRequest): Promise<RunRequest> =>
  request.trusted && !request.job?.composed
    ? { ...request, compose: await withResolvers(platform, request.compose, request.project) }
    : request

/** Composes the job; sweeps in its overrides are no mistake where the config asks for a multirun. */
function composeRun(platform: Platform, { compose, asSweep, job }: RunRequest, cache?: ConfigCache): ReturnType<typeof composeJob> {
  if (job?.composed) return job.composed
  try {
    return composeJob(platform, compose, cache)
  } catch (error) {
    if (!asSweep || !(compose.overrides ?? []).some(text => text.includes(',') || text.includes('('))) throw error
    let multirun: ReturnType<typeof composeJob> | undefined
    try {
      multirun = composeJob(platform, { ...compose, mode: 'multirun' }, cache)
    } catch {}
    if (multirun && modeOf(multirun.composed) === 'MULTIRUN') return multirun
    throw error
  }
}

function taskOverrides({ hydra }: ComposedConfig): readonly string[] {
  const task = child(child(hydra, 'overrides'), 'task')
  return task?.kind === 'list' ? task.items.map(item => stringOf(item) ?? '') : []
}

/** The request whose reports are also noted in the result: a pruned job says where it ended. */
function reporting(request: RunRequest, run: OpenRun): RunRequest {
  const report = request.job?.report
  if (!report) return request
  return {
    ...request,
    job: {
      ...request.job!,
      async report(value, step) {
        const prune = await report(value, step)
        if (prune) run.update({ pruned: { step, value } })
        return prune
      },
    },
  }
}

const projectOf = ({ project, compose }: RunRequest) => project ?? parentPath(compose.configPath)

import type { ComposeRequest, ConfigCache } from '../config/index.ts'
import { type PlainProblem, plainProblem } from '../config/problems.ts'
import type { Platform } from '../platform/ports.ts'
import { beginRun, neverBegun } from './begin-run.ts'
import { composeJob, resolve } from './compose-port.ts'
import { JobFailure } from './config-places.ts'
import type { RunEvent, RunResult } from './events.ts'
import { type Circumstances, problemOf } from './failure.ts'
import { hydraPlaces } from './hydra-folder.ts'
import { announce, doWork } from './job-work.ts'
import type { OpenRun } from './open-run.ts'

/** One job: what to compose, and where it runs. */
export interface RunRequest {
  readonly compose: ComposeRequest
  /** The project's own modules (`main.mjs`) may be loaded: their code runs. */
  readonly trusted: boolean
  /** Data paths are relative to it; default: the parent of the conf root. Absolute. */
  readonly project?: string
  /** A job of a sweep has its folder and number given. */
  readonly job?: { readonly number: number; readonly runDir: string }
  /** A study that goes on: its folder, whose journal and log grow, and what was known of it. */
  readonly resume?: { readonly runDir: string; readonly result: RunResult }
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
    const { composed, warnings } = composeJob(platform, request.compose, cache)
    const places = hydraPlaces(composed, resolve, request.compose.cwd ?? platform.environment.cwd, 'run')
    run = beginRun(platform, request, composed, places, { watch, onFolder: runDir => (at.now = { ...at.now, runDir }) })
    for (const problem of warnings) run.log.emit({ type: 'problem', problem: plainProblem(problem) })
    await doWork(platform, request, { composed, run, at, logger: places.jobName, ...(signal ? { signal } : {}) })
    return { runDir: run.runDir, result: run.finish('completed'), problems: [] }
  } catch (error) {
    const status = signal?.aborted ? 'cancelled' : 'failed'
    const problems = signal?.aborted ? [] : error instanceof JobFailure ? error.problems : [problemOf(error, at.now)]
    if (!run) return { result: neverBegun(platform, request, { watch, status, problems }), problems }
    announce(run)
    return { runDir: run.runDir, result: run.finish(status, problems), problems }
  }
}

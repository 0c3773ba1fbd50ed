import type { ComposedConfig, ComposeRequest, ConfigCache } from '../../config/index.ts'
import type { Platform } from '../../platform/ports.ts'
import type { composeJob } from '../compose-port.ts'
import type { RunResult } from '../events.ts'
import type { RunRequest } from '../job.ts'
import type { JobRequest } from '../launcher.ts'
import type { OpenRun } from '../open-run.ts'
import type { SweepJobs } from '../sweep-jobs.ts'

/** A job of a sweep before it has its folder. */
export interface PlannedJob {
  readonly number: number
  /** As the sweeper wrote them. */
  readonly overrides: readonly string[]
  readonly request: ComposeRequest
  readonly config?: ReturnType<typeof composeJob>
}

/** What a sweeper works with. */
export interface Sweep {
  readonly platform: Platform
  readonly request: RunRequest
  readonly master: ComposedConfig
  readonly run: OpenRun
  readonly signal: AbortSignal
  readonly cache: ConfigCache
  /** How many jobs the launcher runs at the same time. */
  readonly parallel: number
  readonly jobs: SweepJobs
  /** The job with its folder. @throws JobFailure when `hydra.sweep.subdir` cannot be resolved */
  readonly place: (job: Required<PlannedJob>) => JobRequest
}

/** How a sweep ended. */
export interface SweepEnd {
  /** The first job that failed, when that fails the sweep. */
  readonly failed?: RunResult
}

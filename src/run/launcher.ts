import type { ComposedConfig } from '../config/compose-contract.ts'
import type { Problem } from '../config/problems.ts'
import type { Report } from './cross-validation.ts'
import type { RunEvent, RunResult } from './events.ts'

/** One job to execute: an override set with a run folder of its own. */
export interface JobRequest {
  readonly number: number
  readonly configPath: string
  readonly configName: string
  readonly configDirs?: readonly string[]
  readonly overrides: readonly string[]
  readonly runDir: string
  /** The config, where it was composed already; a launcher whose jobs run elsewhere composes it there. */
  readonly composed?: { readonly composed: ComposedConfig; readonly warnings: readonly Problem[] }
  /** Hears the objective so far, and may end the job. */
  readonly report?: Report
  /** Goes on in the folder of a study that was interrupted. */
  readonly resume?: RunResult
}

/** Who hears of a job. */
export interface JobWatcher {
  /** The job begins now. */
  readonly onStart?: () => void
  readonly onEvent: (event: RunEvent) => void
}

export interface JobHandle {
  readonly request: JobRequest
  /** Resolves when the job has ended, however it ended; never rejects. Undefined: it was cancelled before it began. */
  readonly result: Promise<RunResult | undefined>
  /** Stops the job; its run folder says `cancelled`. */
  cancel(reason?: unknown): void
}

/** What executes the jobs of a sweep (Hydra's launcher): submit, watch, cancel, collect. */
export interface Launcher {
  readonly name: string
  /** How many jobs run at the same time. */
  readonly parallel: number
  submit(job: JobRequest, watch: JobWatcher): JobHandle
  /** Ends what the launcher started; no job is submitted after that. */
  close(): Promise<void>
}

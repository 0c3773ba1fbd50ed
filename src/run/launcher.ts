import type { RunEvent, RunResult } from './events.ts'

/** One job to execute: an override set with a run folder of its own. */
export interface JobRequest {
  readonly number: number
  readonly configPath: string
  readonly configName: string
  readonly configDirs?: readonly string[]
  readonly overrides: readonly string[]
  readonly runDir: string
}

export interface JobHandle {
  readonly request: JobRequest
  /** Resolves when the job has ended, however it ended; never rejects. */
  readonly result: Promise<RunResult>
  /** Stops the job; its run folder says `cancelled`. */
  cancel(): void
}

/** What executes the jobs of a sweep (Hydra's launcher): submit, watch, cancel, collect. */
export interface Launcher {
  readonly name: string
  submit(job: JobRequest, watch: (event: RunEvent) => void): JobHandle
}

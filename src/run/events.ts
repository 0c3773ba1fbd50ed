import type { PlainProblem } from '../config/problems.ts'
import type { Direction, ParamChoice, TrialState } from '../study/contract.ts'

export type RunStatus = 'running' | 'completed' | 'failed' | 'cancelled' | 'crashed'
export type RunKind = 'run' | 'study' | 'sweep'

/** A line of `events.jsonl`, a message to whoever watches. `time` is ISO 8601 UTC. */
export type RunEvent = { readonly time: string } & (
  | {
      readonly type: 'started'
      readonly kind: RunKind
      readonly runDir: string
      /** Shown in lists: `complex · Random Forest`. */
      readonly title: string
      readonly configName: string
      readonly overrides: readonly string[]
      readonly metric?: string
      readonly direction?: Direction
      readonly nTrials?: number
      /** Jobs of a sweep. */
      readonly nJobs?: number
    }
  | {
      readonly type: 'log'
      readonly level: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR'
      readonly logger: string
      readonly message: string
      /** The config says how the console looks: a view need not show the message. */
      readonly quiet?: true
    }
  /** What a handler of the log writes to a stream; told, but not kept in `events.jsonl`. */
  | { readonly type: 'console'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly type: 'progress'; readonly done: number; readonly total: number; readonly unit: string; readonly perSecond?: number }
  | {
      readonly type: 'trial'
      readonly number: number
      readonly state: TrialState
      readonly values: readonly number[] | null
      readonly params: Readonly<Record<string, ParamChoice>>
      readonly seconds: number
    }
  | { readonly type: 'metrics'; readonly metrics: Readonly<Record<string, number>> }
  | {
      readonly type: 'job'
      readonly number: number
      readonly runDir: string
      readonly status: RunStatus
      readonly overrides: readonly string[]
      readonly metrics?: Readonly<Record<string, number>>
      /** A pruner ended it: its metric so far. */
      readonly pruned?: { readonly step: number; readonly value: number }
    }
  | { readonly type: 'problem'; readonly problem: PlainProblem }
  | { readonly type: 'finished'; readonly status: RunStatus; readonly seconds: number }
)

/** A RunEvent before its time is known. */
export type RunEventBody = RunEvent extends infer E ? (E extends { time: string } ? Omit<E, 'time'> : never) : never

export interface BestTrial {
  readonly number: number
  readonly value: number
  readonly params: Readonly<Record<string, ParamChoice>>
}

/** `result.json`. */
export interface RunResult {
  readonly version: 1
  readonly kind: RunKind
  readonly status: RunStatus
  readonly title: string
  readonly configPath: string
  readonly configName: string
  readonly overrides: readonly string[]
  readonly choices: Readonly<Record<string, string | null>>
  readonly startedAt: string
  readonly finishedAt?: string
  readonly seconds?: number
  /** Who writes this folder while it runs: lets others see a crash. */
  readonly process: { readonly pid: number; readonly host: string; readonly startedAt: string }
  readonly roles?: {
    readonly train: string
    readonly test?: string
    readonly target: string
    readonly metric: string
    readonly preprocess?: string
    readonly model: string
  }
  readonly data?: {
    readonly trainRows: number
    readonly testRows: number
    readonly columns: number
    readonly missingCells: number
    readonly classes?: readonly (string | number | boolean)[]
  }
  readonly metrics: Readonly<Record<string, number>>
  /** For the panel: confusion matrix, coefficients or importances. */
  readonly details?: {
    readonly confusion?: { readonly classes: readonly string[]; readonly counts: readonly (readonly number[])[] }
    readonly coefficients?: readonly { readonly feature: string; readonly value: number }[]
    readonly importances?: readonly { readonly feature: string; readonly value: number }[]
    /** With `task.permutation_importance`: how far the metric falls when a column of the test rows is shuffled. */
    readonly permutation?: {
      readonly metric: string
      readonly repeats: number
      readonly seed: number
      readonly features: readonly { readonly feature: string; readonly value: number; readonly std: number }[]
    }
    /** With `task.cv`: the metrics are means over these folds, `std` how far they spread (numpy's `std`). */
    readonly crossValidation?: {
      readonly folds: readonly {
        readonly trainRows: number
        readonly testRows: number
        readonly metrics: Readonly<Record<string, number>>
      }[]
      readonly std: Readonly<Record<string, number>>
    }
  }
  readonly model?: { readonly name: string; readonly params: Readonly<Record<string, unknown>> }
  readonly study?: {
    readonly name: string
    readonly direction: Direction
    readonly metric: string
    /** All objectives in their order, when there are several; `metric` and `direction` are the first's. */
    readonly objectives?: readonly { readonly metric: string; readonly direction: Direction }[]
    readonly sampler: string
    readonly seed: number | null
    readonly nTrials: number
    readonly states: Readonly<Partial<Record<TrialState, number>>>
    readonly best?: BestTrial
    /** The study's own storage; absent: the journal in the run folder. */
    readonly storage?: string
    /** Where each parameter's space is written, for the panel: `models/multi_rf.yaml:4`. */
    readonly space: readonly {
      readonly name: string
      readonly distribution: unknown
      readonly path?: string
      readonly line?: number
      readonly column?: number
    }[]
  }
  readonly jobs?: readonly {
    readonly number: number
    readonly dir: string
    readonly status: RunStatus
    readonly overrides: readonly string[]
    readonly metrics: Readonly<Record<string, number>>
  }[]
  /** A job of a sweep that its pruner ended: its metric so far. */
  readonly pruned?: { readonly step: number; readonly value: number }
  readonly problem?: PlainProblem
}

/** A row of the runs index: what lists and trees show. `status` is `crashed` when the writer is gone. */
export interface RunSummary {
  /** Absolute. */
  readonly runDir: string
  /** Relative to the project: `outputs/2026-11-23/14-02-31`. */
  readonly id: string
  readonly result: RunResult
  /** Jobs of a sweep. */
  readonly children: readonly RunSummary[]
}

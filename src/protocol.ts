import type { RunEvent, RunResult } from './run/events.ts'
import type { ClassCurves } from './run/prediction-curves.ts'
import type { ParamChoice, TrialState } from './study/contract.ts'

/** A trial as the panel shows it. */
export interface TrialRow {
  readonly number: number
  readonly state: TrialState
  readonly values: readonly number[] | null
  readonly params: Readonly<Record<string, ParamChoice>>
  readonly seconds: number | null
}

/** How much a parameter decides whether a trial is among the best tenth (PED-ANOVA): its share of 1. */
export interface ParamImportance {
  readonly name: string
  readonly value: number
}

/** Where a line of the composed config was set. */
export interface LineOrigin {
  /** 1-based line of the composed config. */
  readonly line: number
  /** Absolute path; empty for an override of the command line. */
  readonly path: string
  /** 1-based line in `path`. */
  readonly at: number
  /** 1-based column in that line. */
  readonly column: number
  /** What is shown: `models/rf.yaml:4`, `override +models=rf`. */
  readonly text: string
}

export interface Progress {
  readonly done: number
  readonly total: number
  /** `trials`, `jobs`, `trees`. */
  readonly unit: string
  readonly perSecond?: number
}

export interface Predictions {
  readonly columns: readonly string[]
  /** Wrong ones first; at most some thousands of the `total`. */
  readonly rows: readonly (readonly string[])[]
  readonly total: number
  readonly wrong: number
}

export type { CurvePoint } from './run/prediction-curves.ts'

/** Everything a run panel shows, sent when the panel says it is ready and whenever it becomes visible again. */
export interface RunSnapshot {
  readonly version: 1
  readonly runDir: string
  readonly id: string
  readonly result: RunResult
  readonly trials: readonly TrialRow[]
  /** Of a study, when they are told after it; empty: there are too few trials, or too many. */
  readonly importances?: readonly ParamImportance[]
  readonly progress?: Progress
  readonly log: string
  /** `.hydra/config.yaml`. */
  readonly config: string
  /** Origin per line of `config`, when known. */
  readonly origins: readonly LineOrigin[]
  readonly files: readonly { readonly name: string; readonly size: number }[]
  readonly predictions?: Predictions
  /** Of a classifier that tells probabilities. */
  readonly curves?: readonly ClassCurves[]
}

export type HostToPanel =
  | { readonly type: 'snapshot'; readonly snapshot: RunSnapshot }
  | { readonly type: 'events'; readonly events: readonly RunEvent[]; readonly result?: RunResult }
  | { readonly type: 'origins'; readonly origins: readonly LineOrigin[] }
  /** Most first. */
  | { readonly type: 'importances'; readonly importances: readonly ParamImportance[] }
  | { readonly type: 'show'; readonly tab: string; readonly filter?: string }
  | { readonly type: 'gone'; readonly runDir: string }

export type PanelToHost =
  | { readonly type: 'ready'; readonly version: 1 }
  | { readonly type: 'runAgain' }
  | { readonly type: 'runWithChanges' }
  | { readonly type: 'resume' }
  | { readonly type: 'stop' }
  | { readonly type: 'saveBest' }
  | { readonly type: 'runBest' }
  | { readonly type: 'runTrial'; readonly number: number }
  | { readonly type: 'openLocation'; readonly path: string; readonly line: number; readonly column?: number }
  | { readonly type: 'openFile'; readonly name: string }
  /** A job of a sweep, by its folder relative to the sweep's. */
  | { readonly type: 'openJob'; readonly dir: string }
  | { readonly type: 'compareJobs'; readonly dirs: readonly string[] }
  | { readonly type: 'reveal' }
  | { readonly type: 'copy'; readonly text: string }

import type { RunEvent, RunResult } from './run/events.ts'
import type { ParamChoice, TrialState } from './study/contract.ts'

/** A trial as the panel shows it. */
export interface TrialRow {
  readonly number: number
  readonly state: TrialState
  readonly values: readonly number[] | null
  readonly params: Readonly<Record<string, ParamChoice>>
  readonly seconds: number | null
}

/** Everything a run panel shows, sent when the panel says it is ready and whenever it becomes visible again. */
export interface RunSnapshot {
  readonly version: 1
  readonly runDir: string
  readonly id: string
  readonly result: RunResult
  readonly trials: readonly TrialRow[]
  readonly progress?: { readonly done: number; readonly total: number; readonly unit: string; readonly perSecond?: number }
  readonly log: string
  /** `.hydra/config.yaml`. */
  readonly config: string
  /** Origin per line of `config` (1-based line -> where it was set), when known. */
  readonly origins: readonly { readonly line: number; readonly path: string; readonly at: number; readonly text: string }[]
  readonly files: readonly { readonly name: string; readonly size: number }[]
  readonly predictions?: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[]; readonly total: number }
}

export type HostToPanel =
  | { readonly type: 'snapshot'; readonly snapshot: RunSnapshot }
  | { readonly type: 'events'; readonly events: readonly RunEvent[]; readonly result?: RunResult }
  | { readonly type: 'gone'; readonly runDir: string }

export type PanelToHost =
  | { readonly type: 'ready'; readonly version: 1 }
  | { readonly type: 'runAgain' }
  | { readonly type: 'runWithChanges' }
  | { readonly type: 'stop' }
  | { readonly type: 'saveBest' }
  | { readonly type: 'runBest' }
  | { readonly type: 'openLocation'; readonly path: string; readonly line: number; readonly column?: number }
  | { readonly type: 'openFile'; readonly name: string }
  | { readonly type: 'reveal' }
  | { readonly type: 'copy'; readonly text: string }

import type { HostToPanel, RunSnapshot, TrialRow } from '../protocol.ts'
import type { RunEvent, RunResult } from '../run/events.ts'
import { logLine } from './log-line.ts'

/** Whatever the reader chose; survives a reload. */
export interface ViewChoices {
  readonly tab: string
  readonly filter: string
  readonly search: string
  readonly onlyWrong: boolean
  /** Table id -> column and order. */
  readonly sorts: Readonly<Record<string, Sort>>
  /** Charts shown as tables. */
  readonly asTable: Readonly<Record<string, boolean>>
  /** Parameter of the slice chart. */
  readonly slice: string
  /** Jobs picked for a comparison. */
  readonly picked: readonly number[]
}

export interface Sort {
  readonly column: string
  readonly descending: boolean
}

export interface PanelState {
  readonly snapshot?: RunSnapshot
  /** The run folder was deleted. */
  readonly gone: boolean
  readonly choices: ViewChoices
}

export const initialChoices: ViewChoices = {
  tab: '',
  filter: '',
  search: '',
  onlyWrong: false,
  sorts: {},
  asTable: {},
  slice: '',
  picked: [],
}

/** The state after a message of the host. */
export function reduce(state: PanelState, message: HostToPanel): PanelState {
  switch (message.type) {
    case 'snapshot':
      return { ...state, snapshot: withKnownImportances(message.snapshot, state.snapshot), gone: false }
    case 'events':
      return state.snapshot ? { ...state, snapshot: withResult(applyEvents(state.snapshot, message.events), message.result) } : state
    case 'origins':
      return state.snapshot ? { ...state, snapshot: { ...state.snapshot, origins: message.origins } } : state
    case 'importances':
      return state.snapshot ? { ...state, snapshot: { ...state.snapshot, importances: message.importances } } : state
    case 'show':
      return { ...state, choices: { ...state.choices, tab: message.tab, filter: message.filter ?? state.choices.filter } }
    case 'gone':
      return state.snapshot?.runDir === message.runDir ? { ...state, gone: true } : state
  }
}

/** Until they are told anew those of the same run stay. */
const withKnownImportances = (snapshot: RunSnapshot, before: RunSnapshot | undefined): RunSnapshot =>
  before?.importances && before.runDir === snapshot.runDir ? { importances: before.importances, ...snapshot } : snapshot

const withResult = (snapshot: RunSnapshot, result: RunResult | undefined): RunSnapshot => (result ? { ...snapshot, result } : snapshot)

/** The snapshot after some more events. Trials are put in at once: to copy all of them for each new one would grow with the square. */
export function applyEvents(snapshot: RunSnapshot, events: readonly RunEvent[]): RunSnapshot {
  const fresh: TrialRow[] = []
  let next = snapshot
  for (const event of events) {
    const last = (fresh.at(-1) ?? next.trials.at(-1))?.number ?? -1
    if (event.type === 'trial' && event.number > last) {
      const { number, state, values, params, seconds } = event
      fresh.push({ number, state, values, params, seconds })
    } else if (event.type === 'trial' && fresh.length) {
      next = applyEvent({ ...next, trials: [...next.trials, ...fresh.splice(0)] }, event)
    } else next = applyEvent(next, event)
  }
  return fresh.length ? { ...next, trials: [...next.trials, ...fresh] } : next
}

/** The snapshot after one more event of the run. */
export function applyEvent(snapshot: RunSnapshot, event: RunEvent): RunSnapshot {
  const { result } = snapshot
  switch (event.type) {
    case 'started':
      return snapshot
    case 'console':
      return snapshot
    case 'log':
      return { ...snapshot, log: snapshot.log + logLine(event) }
    case 'progress': {
      const { done, total, unit, perSecond } = event
      return { ...snapshot, progress: { done, total, unit, perSecond } }
    }
    case 'trial': {
      const { number, state, values, params, seconds } = event
      return { ...snapshot, trials: upsert(snapshot.trials, { number, state, values, params, seconds }) }
    }
    case 'metrics':
      return { ...snapshot, result: { ...result, metrics: { ...result.metrics, ...event.metrics } } }
    case 'job': {
      const { number, runDir, status, overrides, metrics = {} } = event
      const job = { number, dir: runDir, status, overrides, metrics }
      return { ...snapshot, result: { ...result, jobs: upsert(result.jobs ?? [], job) } }
    }
    case 'problem':
      return { ...snapshot, result: { ...result, problem: event.problem } }
    case 'finished':
      return {
        ...snapshot,
        progress: undefined,
        result: { ...result, status: event.status, seconds: event.seconds, finishedAt: event.time },
      }
  }
}

/** Puts `row` in its place by number; rows mostly arrive in order, so the end is tried first. */
function upsert<T extends { readonly number: number }>(rows: readonly T[], row: T): readonly T[] {
  const last = rows.at(-1)
  if (!last || row.number > last.number) return [...rows, row]
  const copy = [...rows]
  const at = copy.findIndex(other => other.number >= row.number)
  copy.splice(at, copy[at].number === row.number ? 1 : 0, row)
  return copy
}

export const completedTrials = (trials: readonly TrialRow[]): readonly TrialRow[] =>
  trials.filter(t => t.state === 'COMPLETE' && t.values !== null && Number.isFinite(t.values[0]))

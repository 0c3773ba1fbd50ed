import type { RunEvent, RunKind, RunResult, RunStatus } from '../run/events.ts'
import type { Direction, ParamChoice } from '../study/contract.ts'

/** What is known of a run from its events alone, while its process works. */
export interface LiveRun {
  readonly runDir: string
  readonly kind: RunKind
  readonly title: string
  readonly status: RunStatus
  readonly startedAt: string
  readonly configName: string
  readonly overrides: readonly string[]
  readonly metric?: string
  readonly direction?: Direction
  readonly progress?: { readonly done: number; readonly total: number; readonly unit: string; readonly perSecond?: number }
  readonly best?: { readonly number: number; readonly value: number; readonly params: Readonly<Record<string, ParamChoice>> }
  readonly metrics: Readonly<Record<string, number>>
  readonly problem?: RunResult['problem']
}

/** The live run after one more event; undefined until it has started. */
export function withEvent(run: LiveRun | undefined, event: RunEvent): LiveRun | undefined {
  if (event.type === 'started') {
    const { runDir, kind, title, time, configName, overrides, metric, direction, nTrials, nJobs } = event
    const total = kind === 'study' ? nTrials : nJobs
    const progress = total ? { done: 0, total, unit: kind === 'study' ? 'trials' : 'jobs' } : undefined
    return { runDir, kind, title, status: 'running', startedAt: time, configName, overrides, metric, direction, progress, metrics: {} }
  }
  if (!run) return undefined
  switch (event.type) {
    case 'progress':
      return { ...run, progress: { done: event.done, total: event.total, unit: event.unit, perSecond: event.perSecond } }
    case 'trial': {
      const value = event.values?.[0]
      if (event.state !== 'COMPLETE' || value === undefined || value === null || Number.isNaN(value)) return run
      const better = !run.best || (run.direction === 'minimize' ? value < run.best.value : value > run.best.value)
      return better ? { ...run, best: { number: event.number, value, params: event.params } } : run
    }
    case 'metrics':
      return { ...run, metrics: { ...run.metrics, ...event.metrics } }
    case 'problem':
      return { ...run, problem: event.problem }
    case 'finished':
      return { ...run, status: event.status, progress: undefined }
    default:
      return run
  }
}

import type { FrozenTrial } from './contract.ts'
import { StudyError } from './contract.ts'
import type { LiveTrial } from './live-trial.ts'
import { refuseOthers } from './options.ts'
import type { Study } from './study.ts'
import { tellTrial } from './tell.ts'
import { TrialPruned } from './trial-pruned.ts'

export type ObjectiveResult = number | readonly number[] | null | undefined
export type Objective = (trial: LiveTrial) => ObjectiveResult | Promise<ObjectiveResult>
export type Callback = (study: Study, trial: FrozenTrial) => void | Promise<void>

export interface OptimizeOptions {
  /** Without it, until stopped or out of time. */
  readonly nTrials?: number | null
  /** So many trials at once, where the objective is asynchronous. Their order is then that of their ends, and a seed repeats nothing. */
  readonly nJobs?: number
  /** Seconds; the running trial is finished. */
  readonly timeout?: number | null
  /** Called after each trial. */
  readonly callbacks?: readonly Callback[]
  /** Errors that fail a trial and not the study: their classes, or `true` for all. */
  readonly catch?: true | readonly (abstract new (...args: never[]) => Error)[]
  /** Ends the study after the running trial. */
  readonly signal?: AbortSignal
  /** Milliseconds of a clock that never jumps. */
  readonly monotonic?: () => number
  /** Told about trials that failed and why. */
  readonly onFail?: (trial: FrozenTrial, reason: string, error: unknown) => void
}

const OPTIONS = ['nTrials', 'nJobs', 'timeout', 'callbacks', 'catch', 'signal', 'monotonic', 'onFail']

/** Runs trial after trial until enough, stopped, aborted or out of time. Each is on disk before the next begins. */
export async function optimize(study: Study, objective: Objective, options: OptimizeOptions, isStopped: () => boolean): Promise<void> {
  const { nTrials = null, timeout = null, callbacks = [], signal, monotonic = () => performance.now() } = options
  if (nTrials !== null && (!Number.isInteger(nTrials) || nTrials < 0)) {
    throw new StudyError('study/bad-option', 'ValueError', `\`n_trials\` must be a non-negative integer, but got ${nTrials}.`)
  }
  refuseOthers('Study.optimize', options, OPTIONS)
  const { nJobs = 1 } = options
  if (!Number.isInteger(nJobs) || nJobs < 1) {
    throw new StudyError('study/bad-option', 'ValueError', `\`n_jobs\` must be a positive integer, but got ${nJobs}.`)
  }
  const start = monotonic()
  let begun = 0
  const work = async (): Promise<void> => {
    while (nTrials === null || begun < nTrials) {
      if (isStopped() || signal?.aborted) return
      if (timeout !== null && monotonic() - start >= timeout * 1000) return
      begun++
      failStaleTrials(study)
      const trial = await runTrial(study, objective, options)
      for (const callback of callbacks) await callback(study, trial)
    }
  }
  if (nJobs === 1) return work()
  // Optuna gives each of its threads numbers of its own.
  study.sampler.reseed?.()
  const ends = await Promise.allSettled(Array.from({ length: nJobs }, work))
  const failed = ends.find(end => end.status === 'rejected')
  if (failed) throw failed.reason
}

/**
 * Fails the running trials whose workers gave no sign of life for the storage's grace period; nothing where workers give none.
 *
 * @returns the trials that were failed
 */
export function failStaleTrials(study: Study): readonly FrozenTrial[] {
  const stale = study.storage.staleTrials?.(study.studyId) ?? []
  for (const trialId of stale) study.storage.setTrialState(trialId, 'FAIL')
  if (stale.length > 0) study.storage.flush()
  return stale.map(trialId => study.storage.trial(trialId))
}

async function runTrial(study: Study, objective: Objective, options: OptimizeOptions): Promise<FrozenTrial> {
  const live = study.ask()
  let result: ObjectiveResult = null
  let thrown: { readonly error: unknown } | undefined
  try {
    const given = objective(live)
    result = given instanceof Promise ? await given : given
  } catch (error) {
    thrown = { error }
  }
  if (thrown === undefined) {
    const { trial, failure } = tellTrial(study, live, result ?? null, {})
    if (failure !== undefined) options.onFail?.(trial, failure, undefined)
    return trial
  }
  if (thrown.error instanceof TrialPruned) return tellTrial(study, live, null, { state: 'PRUNED' }).trial
  const { trial } = tellTrial(study, live, null, { state: 'FAIL' })
  options.onFail?.(trial, thrown.error instanceof Error ? thrown.error.message : String(thrown.error), thrown.error)
  if (!isCaught(thrown.error, options.catch)) throw thrown.error
  return trial
}

function isCaught(error: unknown, caught: OptimizeOptions['catch'] = []): boolean {
  return caught === true || caught.some(type => error instanceof type)
}

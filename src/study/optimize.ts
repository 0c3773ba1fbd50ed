import type { FrozenTrial } from './contract.ts'
import { StudyError } from './contract.ts'
import type { LiveTrial } from './live-trial.ts'
import type { Study } from './study.ts'
import { tellTrial } from './tell.ts'
import { TrialPruned } from './trial-pruned.ts'

export type ObjectiveResult = number | readonly number[] | null | undefined
export type Objective = (trial: LiveTrial) => ObjectiveResult | Promise<ObjectiveResult>
export type Callback = (study: Study, trial: FrozenTrial) => void | Promise<void>

export interface OptimizeOptions {
  /** Without it, until stopped or out of time. */
  readonly nTrials?: number | null
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

/** Runs trial after trial until enough, stopped, aborted or out of time. Each is on disk before the next begins. */
export async function optimize(study: Study, objective: Objective, options: OptimizeOptions, isStopped: () => boolean): Promise<void> {
  const { nTrials = null, timeout = null, callbacks = [], signal, monotonic = () => performance.now() } = options
  if (nTrials !== null && (!Number.isInteger(nTrials) || nTrials < 0)) {
    throw new StudyError('study/bad-option', 'ValueError', `\`n_trials\` must be a non-negative integer, but got ${nTrials}.`)
  }
  const start = monotonic()
  for (let i = 0; nTrials === null || i < nTrials; i++) {
    if (isStopped() || signal?.aborted) return
    if (timeout !== null && monotonic() - start >= timeout * 1000) return
    const trial = await runTrial(study, objective, options)
    for (const callback of callbacks) await callback(study, trial)
  }
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

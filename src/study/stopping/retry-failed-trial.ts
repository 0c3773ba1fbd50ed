import type { FrozenTrial } from '../contract.ts'
import { createTrial } from '../frozen-trial.ts'
import type { Study } from '../study.ts'

export interface RetryOptions {
  /** Without it, again and again. */
  readonly maxRetry?: number | null
  readonly inheritIntermediateValues?: boolean
}

/**
 * Queues a failed trial again with its parameters; `failed_trial` and `retry_history` in its system attributes tell where it comes from.
 *
 * Source: optuna 5.0, `RetryHeartbeatStaleTrialCallback`
 * @returns whether it was queued
 */
export function retryFailedTrial({ maxRetry = null, inheritIntermediateValues = false }: RetryOptions = {}) {
  return (study: Study, trial: FrozenTrial): boolean => {
    const before = trial.systemAttrs.get('retry_history')
    const history = [...(Array.isArray(before) ? before : []), trial.number]
    if (maxRetry !== null && maxRetry < history.length) return false
    study.addTrial(
      createTrial({
        state: 'WAITING',
        params: trial.params,
        distributions: trial.distributions,
        userAttrs: trial.userAttrs,
        systemAttrs: new Map<string, unknown>([['failed_trial', trial.number], ...trial.systemAttrs, ['retry_history', history]]),
        ...(inheritIntermediateValues ? { intermediateValues: trial.intermediateValues } : {}),
      }),
    )
    study.storage.flush()
    return true
  }
}

/** The first of the trials that `trial` is another attempt of. */
export const retriedTrialNumber = (trial: FrozenTrial): number | undefined => trial.systemAttrs.get('failed_trial') as number | undefined
/** The earlier attempts, the first one first. */
export const retryHistory = (trial: FrozenTrial): readonly number[] =>
  (trial.systemAttrs.get('retry_history') as number[] | undefined) ?? []

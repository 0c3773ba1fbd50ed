import type { TrialState } from '../contract.ts'
import { StudyError } from '../contract.ts'
import type { Callback } from '../optimize.ts'

/**
 * Stops a study that has so many finished trials, whichever process ran them.
 *
 * @param states that count; COMPLETE when not given, all when null
 * Source: optuna 5.0, `MaxTrialsCallback`
 */
export function maxTrialsCallback(nTrials: number, states: readonly TrialState[] | null = ['COMPLETE']): Callback {
  if (!Number.isInteger(nTrials) || nTrials < 1) {
    throw new StudyError('study/bad-option', 'ValueError', `n_trials must be a positive integer, but got ${nTrials}.`)
  }
  return study => {
    if (study.getTrials(states ?? undefined).length >= nTrials) study.stop()
  }
}

import type { Direction, FrozenTrial } from '../contract.ts'
import { StudyError } from '../contract.ts'
import type { Callback } from '../optimize.ts'
import { refuseOthers } from '../options.ts'

export interface StagnationOptions {
  /** Complete trials without a better value that are allowed. */
  readonly maxStagnationTrials?: number
  /** Complete trials before anything is stopped. */
  readonly minNTrials?: number
}

/**
 * Stops a study whose best value has not improved for long.
 *
 * Source: optuna 5.0, `TerminatorCallback` with `BestValueStagnationEvaluator` and `StaticErrorEvaluator(0)`
 * @throws StudyError `study/bad-option`
 */
export function bestValueStagnation(options: StagnationOptions = {}): Callback {
  refuseOthers('bestValueStagnation', options, ['maxStagnationTrials', 'minNTrials'])
  const { maxStagnationTrials = 30, minNTrials = 20 } = options
  if (maxStagnationTrials < 0) {
    throw new StudyError('study/bad-option', 'ValueError', 'The maximum number of stagnant trials must not be negative.')
  }
  if (minNTrials <= 0) throw new StudyError('study/bad-option', 'ValueError', '`min_n_trials` is expected to be a positive integer.')
  return study => {
    const complete = study.getTrials(['COMPLETE'])
    if (complete.length >= minNTrials && trialsSinceBest(complete, study.direction) > maxStagnationTrials) study.stop()
  }
}

/** How many complete trials came after the best one (the first of equals). */
export function trialsSinceBest(complete: readonly FrozenTrial[], direction: Direction): number {
  const sign = direction === 'maximize' ? -1 : 1
  let best = 0
  for (const [i, trial] of complete.entries()) if (sign * trial.values![0] < sign * complete[best].values![0]) best = i
  return complete.length - 1 - best
}

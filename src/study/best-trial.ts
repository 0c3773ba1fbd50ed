import { constraintsOf, isFeasible } from './constraints.ts'
import type { Direction, FrozenTrial } from './contract.ts'
import { StudyError } from './contract.ts'
import { distinctRows, isOnFront } from './multi-objective/non-domination.ts'

/**
 * The complete trial with the best value, the earliest of equals; among feasible ones when the best violates a constraint.
 *
 * @throws StudyError `study/no-trials` or `study/several-objectives`, in Optuna's words
 */
export function bestTrialOf(trials: readonly FrozenTrial[], directions: readonly Direction[]): FrozenTrial {
  if (directions.length > 1) {
    const message =
      'A single best trial cannot be retrieved from a multi-objective study. Consider using Study.best_trials to retrieve a list containing the best trials.'
    throw new StudyError('study/several-objectives', 'RuntimeError', message)
  }
  const complete = trials.filter(trial => trial.state === 'COMPLETE')
  const best = firstBest(complete, directions[0])
  if (best === undefined) throw new StudyError('study/no-trials', 'ValueError', 'No trials are completed yet.')
  if (isFeasible(best)) return best
  const feasible = firstBest(complete.filter(isFeasible), directions[0])
  if (feasible === undefined) throw new StudyError('study/no-trials', 'ValueError', 'No feasible trials are completed yet.')
  return feasible
}

function firstBest(trials: readonly FrozenTrial[], direction: Direction): FrozenTrial | undefined {
  const sign = direction === 'maximize' ? -1 : 1
  let best: FrozenTrial | undefined
  for (const trial of trials) if (best === undefined || sign * trial.values![0] < sign * best.values![0]) best = trial
  return best
}

/** The trials that no other complete trial is better than in everything: feasible ones when there are constraints. */
export function paretoFront(trials: readonly FrozenTrial[], directions: readonly Direction[]): FrozenTrial[] {
  const constrained = trials.some(trial => constraintsOf(trial).size > 0)
  const candidates = trials.filter(trial => trial.state === 'COMPLETE' && (!constrained || isFeasible(trial)))
  const losses = candidates.map(trial => trial.values!.map((value, i) => (directions[i] === 'maximize' ? -value : value)))
  const { first, which } = distinctRows(losses)
  const on = isOnFront(first.map(i => losses[i]))
  return candidates.filter((_, i) => on[which[i]])
}

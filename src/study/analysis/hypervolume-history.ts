import { isFeasible } from '../constraints.ts'
import type { StudyView } from '../contract.ts'
import { StudyError } from '../contract.ts'
import { boxOf, hypervolume, worse } from '../multi-objective/hypervolume.ts'

export interface HypervolumeHistory {
  readonly numbers: readonly number[]
  /** The volume that the trials so far dominate. */
  readonly values: readonly number[]
}

/**
 * How the dominated volume of a study with several objectives grew, over its complete trials.
 *
 * @param reference point in the objectives' own units that is worse than the trials of interest
 * @throws StudyError `study/bad-reference-point`
 * Source: optuna 5.0, `plot_hypervolume_history`
 */
export function hypervolumeHistory(study: StudyView, reference: readonly number[]): HypervolumeHistory {
  const { directions } = study
  if (reference.length !== directions.length) {
    const message = 'The dimension of the reference point must be the same as the number of objectives.'
    throw new StudyError('study/bad-reference-point', 'ValueError', message)
  }
  const losses = (values: readonly number[]) => values.map((value, i) => (directions[i] === 'maximize' ? -value : value))
  const worst = losses(reference)
  const numbers: number[] = []
  const values: number[] = []
  let front: number[][] = []
  let volume = 0
  for (const trial of study.getTrials(['COMPLETE'])) {
    const row = losses(trial.values!)
    const isDominated = front.some(other => other.every((value, i) => value <= row[i]))
    if (isFeasible(trial) && !isDominated && row.every((value, i) => value <= worst[i])) {
      volume += boxOf(row, worst)
      if (front.length > 0) {
        volume -= hypervolume(
          front.map(other => worse(other, row)),
          worst,
        )
      }
      front = [...front.filter(other => other.some((value, i) => value < row[i])), row]
    }
    numbers.push(trial.number)
    values.push(volume)
  }
  return { numbers, values }
}

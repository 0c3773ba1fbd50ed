import { type Location, ProblemError } from '../config/problems.ts'
import type { Direction, Study } from '../study/index.ts'
import { jobProblem } from './config-places.ts'

/**
 * A study that was there already keeps its directions: Optuna goes on with them without a word, and a config that asks for others would get
 * the worst trials for the best.
 *
 * @throws ProblemError `study/direction`
 */
export function requireDirections(
  { directions, studyName }: Pick<Study, 'directions' | 'studyName'>,
  wanted: readonly Direction[],
  places: readonly Location[],
): void {
  if (directions.length === wanted.length && directions.every((direction, i) => direction === wanted[i])) return
  throw new ProblemError(
    jobProblem(
      'study/direction',
      `The study '${studyName}' has direction ${directions.join(', ')}; this config asks for ${wanted.join(', ')}.`,
      places,
      { hint: 'Take the direction of the study, or give it another name: study.name=…, with a sweep hydra.sweeper.study_name=….' },
    ),
  )
}

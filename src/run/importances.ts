import { createStudy } from '../study/create-study.ts'
import { paramImportances } from '../study/importance/ped-anova.ts'
import type { Study } from '../study/study.ts'
import type { StoredStudy } from './trials.ts'

/**
 * How much each parameter of a study matters to its objective (its objectives), most first: Optuna's PED-ANOVA.
 *
 * @throws StudyError in Optuna's words when too few trials are complete
 */
export const importancesOf = (stored: StoredStudy): readonly (readonly [string, number])[] =>
  [...paramImportances(studyInMemory(stored))].sort(([, a], [, b]) => b - a)

/** The complete trials of a stored study as analyses see them. */
function studyInMemory({ name, directions, trials }: StoredStudy): Study {
  const study = createStudy({ studyName: name, directions })
  study.addTrials(trials.filter(({ state, values }) => state === 'COMPLETE' && values?.length === directions.length))
  return study
}

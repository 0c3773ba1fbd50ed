import { paramImportances } from '../study/importance/ped-anova.ts'
import { type StoredStudy, studyInMemory } from './trials.ts'

/**
 * How much each parameter of a study matters to its objective (its objectives), most first: Optuna's PED-ANOVA.
 *
 * @throws StudyError in Optuna's words when too few trials are complete
 */
export const importancesOf = (stored: StoredStudy): readonly (readonly [string, number])[] =>
  [...paramImportances(studyInMemory(stored))].sort(([, a], [, b]) => b - a)

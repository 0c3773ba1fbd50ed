import type { FileSystem } from '../platform/ports.ts'
import { paramImportances } from '../study/importance/ped-anova.ts'
import { StudyError } from '../study/index.ts'
import { openStudyForReading } from './trials.ts'

/**
 * How much each parameter of the study in a run folder matters to its objective, most first: Optuna's PED-ANOVA.
 *
 * @throws StudyError in Optuna's words when too few trials are complete
 */
export function importancesOf(files: FileSystem, runDir: string): readonly (readonly [string, number])[] {
  const study = openStudyForReading(files, runDir)
  if (!study) throw new StudyError('study/not-found', 'KeyError', 'There is no study in this run.')
  return [...paramImportances(study)].sort(([, a], [, b]) => b - a)
}

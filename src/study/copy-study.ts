import type { Storage } from './contract.ts'
import { createStudy, loadStudy } from './create-study.ts'
import { refuseOthers } from './options.ts'

export interface CopyStudyOptions {
  readonly fromStudyName: string
  readonly fromStorage: Storage
  readonly toStorage: Storage
  /** The same name when not given. */
  readonly toStudyName?: string | null
}

/**
 * Copies a study with its attributes and all trials, also into another kind of storage. Numbers stay; ids are the new storage's.
 *
 * @returns how many trials it has
 * @throws StudyError `study/not-found`, or `study/duplicate` when the name is taken
 */
export function copyStudy(options: CopyStudyOptions): number {
  refuseOthers('copy_study', options, ['fromStudyName', 'fromStorage', 'toStorage', 'toStudyName'])
  const { fromStudyName, fromStorage, toStorage, toStudyName } = options
  const from = loadStudy({ storage: fromStorage, studyName: fromStudyName })
  const to = createStudy({ storage: toStorage, studyName: toStudyName ?? fromStudyName, directions: from.directions })
  for (const [key, value] of from.systemAttrs) toStorage.setStudySystemAttr(to.studyId, key, value)
  for (const [key, value] of from.userAttrs) toStorage.setStudyUserAttr(to.studyId, key, value)
  toStorage.flush()
  to.addTrials(from.trials)
  toStorage.flush()
  return from.trials.length
}

/** Copies all studies of one storage into another. @returns their names and numbers of trials */
export function convertStorage(from: Storage, to: Storage): { readonly name: string; readonly trials: number }[] {
  return from.studies().map(({ name }) => ({
    name,
    trials: copyStudy({ fromStudyName: name, fromStorage: from, toStorage: to }),
  }))
}

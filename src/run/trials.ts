import type { FileSystem } from '../platform/ports.ts'
import type { FrozenTrial, JournalFile, TrialState } from '../study/contract.ts'
import { JournalStorage } from '../study/storages/journal.ts'
import { openStorage } from '../study/storages/open-storage.ts'
import { Study } from '../study/study.ts'
import { readResult, runFiles } from './run-folder.ts'

/** A study as its journal has it. */
export interface StoredStudy {
  readonly name: string
  readonly trials: readonly FrozenTrial[]
}

/**
 * The study in a run folder, read from its journal; what a killed writer left half is left out. Undefined when there is none.
 *
 * @throws StudyError `study/journal-damaged` with the place when the journal cannot be read
 */
export function readStudy(files: FileSystem, runDir: string): StoredStudy | undefined {
  const path = `${runDir}/${runFiles.journal}`
  if (!files.exists(path)) return readElsewhere(files, runDir)
  const journal = readOnly(files, path)
  const storage = new JournalStorage(journal)
  const [study] = storage.studies()
  return study && { name: study.name, trials: [...storage.trials(study.studyId)] }
}

/** The study of a run whose config names a storage of its own. */
function readElsewhere(files: FileSystem, runDir: string): StoredStudy | undefined {
  const study = readResult(files, runDir)?.study
  if (!study?.storage || !files.exists(study.storage.replace(/^\w+:\/\/\//, ''))) return undefined
  const storage = openStorage(study.storage, files)
  try {
    const studyId = storage.studyIdOf(study.name)
    return studyId === undefined ? undefined : { name: study.name, trials: [...storage.trials(studyId)] }
  } finally {
    storage.close()
  }
}

/** The study in a run folder as samplers and analyses see it, for reading. Undefined when there is none. */
export function openStudyForReading(files: FileSystem, runDir: string): Study | undefined {
  const path = `${runDir}/${runFiles.journal}`
  if (!files.exists(path)) return undefined
  const storage = new JournalStorage(readOnly(files, path))
  const [study] = storage.studies()
  return study && new Study(storage, study.studyId, {})
}

/** All trials of the study in `runDir`, in order of their numbers; none when there is no study. */
export const readTrials = (files: FileSystem, runDir: string): readonly FrozenTrial[] => readStudy(files, runDir)?.trials ?? []

/** How many trials are in each state. */
export function countStates(trials: readonly FrozenTrial[]): Partial<Record<TrialState, number>> {
  const counts: Partial<Record<TrialState, number>> = {}
  for (const { state } of trials) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

/** The finished trial with the best first value; the earliest of equals. */
export function bestOf(trials: readonly FrozenTrial[], direction: 'minimize' | 'maximize'): FrozenTrial | undefined {
  let best: FrozenTrial | undefined
  for (const trial of trials) {
    const value = trial.state === 'COMPLETE' ? trial.values?.[0] : undefined
    if (value === undefined) continue
    const before = best?.values?.[0]
    if (before === undefined || (direction === 'maximize' ? value > before : value < before)) best = trial
  }
  return best
}

/** A journal that is only looked at: reading a study changes nothing on disk. */
const readOnly = (files: FileSystem, path: string): JournalFile => ({
  read: offset => (files.exists(path) ? files.readFrom(path, offset) : new Uint8Array(0)),
  append: () => {
    throw new Error('The journal was opened for reading.')
  },
  truncate: () => {
    throw new Error('The journal was opened for reading.')
  },
  close() {},
})

import type { FileSystem } from '../platform/ports.ts'
import type { Direction, FrozenTrial, TrialState } from '../study/contract.ts'
import { openStorage } from '../study/storages/open-storage.ts'
import { Study } from '../study/study.ts'
import { readResult, runFiles } from './run-folder.ts'

/** A study as its storage has it. */
export interface StoredStudy {
  readonly name: string
  readonly directions: readonly Direction[]
  /** Of `study.set_metric_names`. */
  readonly metricNames?: readonly string[]
  readonly userAttrs: Readonly<Record<string, unknown>>
  readonly trials: readonly FrozenTrial[]
}

/**
 * The studies of a storage, which is only looked at; what a killed writer left half is left out.
 *
 * @param storage a URL as Optuna takes it, or the path of a journal or of a SQLite database
 * @throws StudyError when it cannot be read: `study/journal-damaged` with the place, `study/storage-damaged`, `study/no-storage`, …
 */
export function readStudies(files: FileSystem, storage: string): readonly StoredStudy[] {
  const opened = openStorage(storage, files, { readOnly: true })
  try {
    return opened.studies().map(({ studyId }) => {
      const { studyName, directions, metricNames, userAttrs, trials } = new Study(opened, studyId, {})
      return {
        name: studyName,
        directions,
        ...(metricNames ? { metricNames } : {}),
        userAttrs: Object.fromEntries(userAttrs),
        trials: [...trials],
      }
    })
  } finally {
    opened.close()
  }
}

/** Where the study of a run is: in its folder, or in the storage that its config names. Undefined when there is none yet. */
export function storageOfRun(files: FileSystem, runDir: string): { readonly storage: string; readonly name?: string } | undefined {
  const path = `${runDir}/${runFiles.journal}`
  if (files.exists(path)) return { storage: path }
  const study = readResult(files, runDir)?.study
  if (!study?.storage || !files.exists(study.storage.replace(/^\w+:\/\/\//, ''))) return undefined
  return { storage: study.storage, name: study.name }
}

/** The study of a run. Undefined when there is none. @throws StudyError as `readStudies` */
export function readStudy(files: FileSystem, runDir: string): StoredStudy | undefined {
  const place = storageOfRun(files, runDir)
  const studies = place ? readStudies(files, place.storage) : []
  return place?.name === undefined ? studies[0] : studies.find(({ name }) => name === place.name)
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

import type { RunSummary } from '../run/events.ts'
import { resolvePath } from '../run/paths.ts'
import { readStudies, readStudy, type StoredStudy, storageOfRun } from '../run/trials.ts'
import { bestTrialOf, paretoFront } from '../study/best-trial.ts'
import { type FrozenTrial, StudyError } from '../study/index.ts'
import { UsageError } from './arguments.ts'
import { findRun } from './find-run.ts'
import type { Workplace } from './workplace.ts'

/** A study that a person names: that of a run, or one in a storage file, which any program may have written. */
export interface NamedStudy {
  /** How lists call it. */
  readonly id: string
  readonly run?: RunSummary
  /** What to open to write to it; absent while a run has none. */
  readonly storage?: string
  /** Absent while a run has none. */
  readonly stored?: StoredStudy
}

/** Whether a name is that of a storage: a URL, a file, or what files of that kind are called. */
export function isStorage({ platform, cwd }: Pick<Workplace, 'platform' | 'cwd'>, name: string | undefined): name is string {
  if (name === undefined) return false
  return (
    name.includes('://') ||
    /\.(?:db|sqlite3?|log)$/i.test(name) ||
    platform.files.stat(resolvePath(cwd, name.replaceAll('\\', '/')))?.kind === 'file'
  )
}

/** A storage as `openStorage` takes it; paths are relative to the working folder. */
export function absoluteStorage(cwd: string, text: string): string {
  const url = /^([a-z]+(?:\+[a-z0-9]+)?):\/\/\/?(.*)$/i.exec(text)
  return url ? `${url[1]}:///${resolvePath(cwd, url[2])}` : resolvePath(cwd, text.replaceAll('\\', '/'))
}

/**
 * All studies of a storage.
 *
 * @throws StudyError when it cannot be read
 */
export function studiesOfStorage({ platform, cwd }: Workplace, name: string): readonly NamedStudy[] {
  const storage = absoluteStorage(cwd, name)
  return readStudies(platform.files, storage).map(stored => ({ id: name, storage, stored }))
}

/**
 * The study that a person names.
 *
 * @param runs to look among
 * @param studyName which one of a storage with several
 * @throws UsageError when there is none, or more than one; StudyError when it cannot be read
 */
export function namedStudy(place: Workplace, runs: readonly RunSummary[], name?: string, studyName?: string): NamedStudy {
  if (isStorage(place, name)) return chosenOf(studiesOfStorage(place, name), name, studyName)
  if (studyName !== undefined) throw new UsageError('--study-name chooses among the studies of a storage: name its file')
  const run = findRun(place, runs, name)
  const { files } = place.platform
  const storage = storageOfRun(files, run.runDir)?.storage
  const stored = readStudy(files, run.runDir)
  if (!stored && !run.result.study && run.result.kind !== 'study')
    throw new UsageError(`${run.id} is no study; fitwright study list shows them`)
  return { id: run.id, run, ...(storage ? { storage } : {}), ...(stored ? { stored } : {}) }
}

function chosenOf(studies: readonly NamedStudy[], name: string, studyName: string | undefined): NamedStudy {
  const names = studies.map(({ stored }) => stored!.name)
  if (studyName === undefined) {
    if (studies.length === 1) return studies[0]
    if (studies.length === 0) throw new StudyError('study/not-found', 'KeyError', `There is no study in ${name}.`)
    throw new UsageError(`${name} holds ${studies.length} studies; choose one with --study-name: ${names.join(', ')}`)
  }
  const found = studies.find(({ stored }) => stored!.name === studyName)
  if (found) return found
  throw new StudyError('study/not-found', 'KeyError', `No study '${studyName}' in the storage.`, {
    hint: names.length ? `It has ${names.join(', ')}.` : 'It has none.',
  })
}

/** The trial of that number, or the best one. @throws StudyError when there is none, or when several are best */
export function chosenTrial({ stored, id }: NamedStudy, number: number | undefined): FrozenTrial {
  if (number !== undefined) return trialOf(stored, number)
  if (!stored) throw new StudyError('study/not-found', 'KeyError', `There is no study in ${id} yet.`)
  const best = bestTrials(stored)
  if (best.length === 1) return best[0]
  if (best.length === 0) throw new StudyError('study/no-trials', 'ValueError', 'No trials are completed yet.')
  throw new UsageError(
    `${best.length} trials are on the Pareto front; choose one with --trial: ${best.map(trial => trial.number).join(', ')}`,
  )
}

/** @throws StudyError when the study has no complete trial of that number */
export function trialOf(stored: StoredStudy | undefined, number: number): FrozenTrial {
  const trial = stored?.trials.find(known => known.number === number)
  if (!trial) throw new StudyError('study/no-trial', 'KeyError', `There is no trial ${number}.`)
  if (trial.values === null) throw new StudyError('study/no-trial', 'ValueError', `Trial ${number} is ${trial.state}: it has no value.`)
  return trial
}

/** The best trial, or the Pareto front of several objectives; none while no trial is complete. */
export function bestTrials({ directions, trials }: StoredStudy): readonly FrozenTrial[] {
  if (directions.length > 1) return paretoFront(trials, directions)
  try {
    return [bestTrialOf(trials, directions)]
  } catch (error) {
    if (error instanceof StudyError && error.code === 'study/no-trials') return []
    throw error
  }
}

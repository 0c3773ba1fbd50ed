import { bestTrialOf } from './best-trial.ts'
import type { Direction, FrozenTrial, Storage } from './contract.ts'
import { StudyError } from './contract.ts'
import { refuseOthers } from './options.ts'
import { valueText } from './python-text.ts'
import { randomUuid } from './random-uuid.ts'
import { InMemoryStorage } from './storages/in-memory.ts'
import { Study, type StudyOptions } from './study.ts'

export interface CreateStudyOptions extends StudyOptions {
  /** In memory when not given. */
  readonly storage?: Storage
  readonly studyName?: string
  /** `minimize` when neither is given. */
  readonly direction?: Direction | null
  readonly directions?: readonly Direction[] | null
  /** Goes on with a study of that name. */
  readonly loadIfExists?: boolean
}

const STUDY_OPTIONS = ['storage', 'studyName', 'sampler', 'pruner', 'warn', 'owner']

/** Optuna opens URLs itself; here the outside world is handed in. */
function requireStorage(storage: unknown): void {
  if (storage === undefined || typeof (storage as Partial<Storage> | null)?.studyIdOf === 'function') return
  throw new StudyError('study/bad-storage', 'TypeError', `\`storage\` must be a storage, but got ${valueText(storage)}.`, {
    hint: "openStorage(…, nodeFiles()) of 'fitwright/study' and 'fitwright/node' opens a URL or a file.",
  })
}

/**
 * A new study.
 *
 * @throws StudyError `study/bad-direction`, `study/duplicate`, in Optuna's words
 */
export function createStudy(options: CreateStudyOptions = {}): Study {
  refuseOthers('create_study', options, [...STUDY_OPTIONS, 'direction', 'directions', 'loadIfExists'])
  requireStorage(options.storage)
  const { storage = new InMemoryStorage(), studyName = `no-name-${randomUuid()}`, loadIfExists = false } = options
  const directions = directionsOf(options)
  const existing = storage.studyIdOf(studyName)
  if (existing === undefined) {
    try {
      return new Study(storage, storage.createStudy(studyName, directions), options)
    } catch (error) {
      // Another process was faster.
      if (!(loadIfExists && error instanceof StudyError && error.code === 'study/duplicate')) throw error
      storage.sync()
      return new Study(storage, storage.studyIdOf(studyName)!, options)
    }
  }
  if (loadIfExists) return new Study(storage, existing, options)
  throw new StudyError(
    'study/duplicate',
    'DuplicatedStudyError',
    `Another study with study_name=${valueText(studyName)} already exists. Please specify a name not in the storage, or reuse the existing ` +
      'one by setting `load_if_exists` (for Python API) or `--skip-if-exists` flag (for CLI).',
  )
}

export interface LoadStudyOptions extends StudyOptions {
  readonly storage: Storage
  /** May be left out when the storage has one study. */
  readonly studyName?: string | null
}

/**
 * A study that exists.
 *
 * @throws StudyError `study/not-found` when it does not, or when the storage has several and none is named
 */
export function loadStudy(options: LoadStudyOptions): Study {
  refuseOthers('load_study', options, STUDY_OPTIONS)
  const { storage } = options
  requireStorage(storage)
  const names = storage.studies().map(study => study.name)
  const studyName = options.studyName ?? (names.length === 1 ? names[0] : undefined)
  if (studyName === undefined) {
    const message =
      'Could not determine the study name since the storage does not contain exactly 1 study. ' +
      `Specify \`study_name\` from study_names=${valueText(names)}.`
    throw new StudyError('study/not-found', 'ValueError', message)
  }
  const studyId = storage.studyIdOf(studyName)
  if (studyId === undefined) {
    const hint = names.length === 0 ? 'The storage has no study.' : `The storage has ${names.map(valueText).join(', ')}.`
    throw new StudyError('study/not-found', 'KeyError', 'Record does not exist.', { hint })
  }
  return new Study(storage, studyId, options)
}

/**
 * Deletes a study with all its trials.
 *
 * @throws StudyError `study/not-found`
 */
export function deleteStudy({ storage, studyName }: { readonly storage: Storage; readonly studyName: string }): void {
  storage.deleteStudy(loadStudy({ storage, studyName }).studyId)
  storage.flush()
}

export interface StudySummary {
  readonly studyName: string
  readonly directions: readonly Direction[]
  readonly nTrials: number
  /** Of one objective; undefined when no trial is complete. */
  readonly bestTrial: FrozenTrial | undefined
  readonly userAttrs: ReadonlyMap<string, unknown>
  /** When its first trial began. */
  readonly datetimeStart: Date | null
}

/** Every study of a storage, in the order of their names. */
export function studySummaries(storage: Storage): StudySummary[] {
  const summaries = storage.studies().map(({ studyId, name, directions }): StudySummary => {
    const trials = storage.trials(studyId)
    const starts = trials.flatMap(({ datetimeStart }) => (datetimeStart ? [datetimeStart.getTime()] : []))
    return {
      studyName: name,
      directions,
      nTrials: trials.length,
      bestTrial: directions.length === 1 && trials.some(trial => trial.state === 'COMPLETE') ? tryBest(trials, directions) : undefined,
      userAttrs: storage.studyUserAttrs(studyId),
      datetimeStart: starts.length === 0 ? null : new Date(starts.reduce((a, b) => Math.min(a, b))),
    }
  })
  return summaries.sort((a, b) => (a.studyName < b.studyName ? -1 : 1))
}

/** Undefined when no complete trial is feasible. */
function tryBest(trials: readonly FrozenTrial[], directions: readonly Direction[]): FrozenTrial | undefined {
  try {
    return bestTrialOf(trials, directions)
  } catch {
    return undefined
  }
}

function directionsOf({ direction = null, directions = null }: CreateStudyOptions): readonly Direction[] {
  const refuse = (message: string): never => {
    throw new StudyError('study/bad-direction', 'ValueError', message)
  }
  if (direction !== null && directions !== null) refuse('Specify only one of `direction` and `directions`.')
  if (Array.isArray(direction)) refuse('Use `directions` instead of `direction` for multi-objective optimization.')
  const given = directions ?? [direction ?? 'minimize']
  if (given.length < 1) refuse('The number of objectives must be greater than 0.')
  if (!given.every(d => d === 'minimize' || d === 'maximize')) {
    refuse(
      `\`directions\` must be a list of \`minimize\` or \`maximize\`, but got ${valueText(given)}. ` +
        'For single-objective optimization, please use `direction` instead of `directions`.',
    )
  }
  return given
}

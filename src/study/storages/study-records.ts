import type { Direction, Distribution, FrozenTrial, TrialState } from '../contract.ts'
import { StudyError } from '../contract.ts'
import { checkCompatible, toExternal } from '../distributions.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] extends ReadonlyMap<infer A, infer B> ? Map<A, B> : T[K] }

/** A trial in a storage. It changes until it is finished, and never afterwards. */
export type TrialRecord = Writable<FrozenTrial> & { readonly studyId: number }

export type TrialTemplate = Partial<Omit<FrozenTrial, 'number' | 'trialId'>>

export interface TrialIds {
  readonly trialId: number
  readonly number: number
}

export interface StudyRecord {
  readonly studyId: number
  readonly name: string
  readonly directions: readonly Direction[]
  readonly userAttrs: Map<string, unknown>
  readonly systemAttrs: Map<string, unknown>
  readonly trials: TrialRecord[]
  /** What each parameter was when it first came up. */
  readonly kinds: Map<string, Distribution>
}

export const isFinished = (state: TrialState): boolean => state !== 'RUNNING' && state !== 'WAITING'

export const finishedError = ({ number }: { readonly number: number }): StudyError =>
  new StudyError('study/finished', 'UpdateFinishedTrialError', `Trial#${number} has already finished and can not be updated.`)

const notFound = () => new StudyError('study/not-found', 'KeyError', 'Record does not exist.')

/**
 * Studies and trials in memory with Optuna's rules: ids count up and are not used again, finished trials cannot be changed, a
 * parameter keeps its kind. The in-memory storage is this; the journal replays its lines into it.
 */
export class StudyRecords {
  readonly #studies = new Map<number, StudyRecord>()
  readonly #ids = new Map<string, number>()
  readonly #trials: TrialRecord[] = []
  #nextStudyId = 0

  hasStudy(studyId: number): boolean {
    return this.#studies.has(studyId)
  }

  hasTrial(trialId: number): boolean {
    return this.#trials[trialId] !== undefined
  }

  studies(): StudyRecord[] {
    return [...this.#studies.values()]
  }

  studyIdOf(name: string): number | undefined {
    return this.#ids.get(name)
  }

  study(studyId: number): StudyRecord {
    const study = this.#studies.get(studyId)
    if (study === undefined) throw notFound()
    return study
  }

  trial(trialId: number): TrialRecord {
    const trial = this.#trials[trialId]
    if (trial === undefined) throw notFound()
    return trial
  }

  /** The trial, if it may still be changed. */
  unfinished(trialId: number): TrialRecord {
    const trial = this.trial(trialId)
    if (isFinished(trial.state)) throw finishedError(trial)
    return trial
  }

  createStudy(name: string, directions: readonly Direction[]): number {
    if (this.#ids.has(name)) {
      throw new StudyError('study/duplicate', 'DuplicatedStudyError', `Another study with study_name='${name}' already exists.`)
    }
    const studyId = this.#nextStudyId++
    this.addStudy(studyId, name, directions)
    return studyId
  }

  /** A study that has its id from elsewhere. */
  addStudy(studyId: number, name: string, directions: readonly Direction[]): StudyRecord {
    const empty = { userAttrs: new Map(), systemAttrs: new Map(), trials: [], kinds: new Map() }
    const study: StudyRecord = { studyId, name, directions: [...directions], ...empty }
    this.#studies.set(studyId, study)
    this.#ids.set(name, studyId)
    return study
  }

  deleteStudy(studyId: number): void {
    const { name } = this.study(studyId)
    this.#ids.delete(name)
    this.#studies.delete(studyId)
  }

  /** @param ids when they come from elsewhere; else they count up */
  createTrial(studyId: number, template: TrialTemplate, now: () => Date, ids?: TrialIds): TrialRecord {
    const study = this.study(studyId)
    const { state = 'RUNNING' } = template
    const { trialId, number } = ids ?? { trialId: this.#trials.length, number: study.trials.length }
    const trial: TrialRecord = {
      studyId,
      number,
      trialId,
      state,
      values: template.values ?? null,
      params: new Map(template.params),
      distributions: new Map(template.distributions),
      intermediateValues: new Map(template.intermediateValues),
      userAttrs: new Map(template.userAttrs),
      systemAttrs: new Map(template.systemAttrs),
      datetimeStart: template.datetimeStart === undefined && state !== 'WAITING' ? now() : (template.datetimeStart ?? null),
      datetimeComplete: template.datetimeComplete ?? null,
    }
    for (const [name, distribution] of trial.distributions) if (!study.kinds.has(name)) study.kinds.set(name, distribution)
    study.trials.push(trial)
    this.#trials[trialId] = trial
    return trial
  }

  setParam(trialId: number, name: string, internal: number, distribution: Distribution): void {
    const trial = this.unfinished(trialId)
    const { kinds } = this.study(trial.studyId)
    const kind = kinds.get(name)
    if (kind === undefined) kinds.set(name, distribution)
    else if (kind !== distribution) checkCompatible(kind, distribution, name)
    trial.params.set(name, toExternal(distribution, internal))
    trial.distributions.set(name, distribution)
  }

  /** False when the trial runs already. */
  setState(trialId: number, state: TrialState, values: readonly number[] | null, at: Date): boolean {
    const trial = this.unfinished(trialId)
    if (state === 'RUNNING') {
      if (trial.state === 'RUNNING') return false
      trial.datetimeStart = at
    }
    if (isFinished(state)) trial.datetimeComplete = at
    if (values !== null) trial.values = [...values]
    trial.state = state
    return true
  }
}

/** Value of a parameter as users see it. A float stays a float by its distribution. */
export type ParamChoice = null | boolean | number | string

export interface FloatDistribution {
  readonly name: 'FloatDistribution'
  readonly low: number
  readonly high: number
  readonly step: number | null
  readonly log: boolean
}
export interface IntDistribution {
  readonly name: 'IntDistribution'
  readonly low: number
  readonly high: number
  readonly step: number
  readonly log: boolean
}
export interface CategoricalDistribution {
  readonly name: 'CategoricalDistribution'
  readonly choices: readonly ParamChoice[]
}
/** Optuna's distributions; build them with the checked constructors of `distributions.ts`. */
export type Distribution = FloatDistribution | IntDistribution | CategoricalDistribution

export type TrialState = 'RUNNING' | 'COMPLETE' | 'PRUNED' | 'FAIL' | 'WAITING'
export type Direction = 'minimize' | 'maximize'

/** A trial as stored: immutable. */
export interface FrozenTrial {
  /** 0-based within the study. */
  readonly number: number
  /** Storage-wide id. */
  readonly trialId: number
  readonly state: TrialState
  readonly values: readonly number[] | null
  readonly params: ReadonlyMap<string, ParamChoice>
  readonly distributions: ReadonlyMap<string, Distribution>
  readonly intermediateValues: ReadonlyMap<number, number>
  readonly userAttrs: ReadonlyMap<string, unknown>
  readonly systemAttrs: ReadonlyMap<string, unknown>
  readonly datetimeStart: Date | null
  readonly datetimeComplete: Date | null
}

/**
 * Where studies live. Calls are synchronous and may buffer; `flush` returns when all that was written is safe.
 * `study.tell` flushes: each finished trial is on disk before the next begins.
 */
export interface Storage {
  createStudy(name: string, directions: readonly Direction[]): number
  deleteStudy(studyId: number): void
  studyIdOf(name: string): number | undefined
  studies(): readonly { readonly studyId: number; readonly name: string; readonly directions: readonly Direction[] }[]
  studyUserAttrs(studyId: number): ReadonlyMap<string, unknown>
  studySystemAttrs(studyId: number): ReadonlyMap<string, unknown>
  setStudyUserAttr(studyId: number, key: string, value: unknown): void
  setStudySystemAttr(studyId: number, key: string, value: unknown): void
  /** All trials in order of their numbers. The array is the storage's own view: do not keep it across writes. */
  trials(studyId: number): readonly FrozenTrial[]
  trial(trialId: number): FrozenTrial
  createTrial(studyId: number, template?: Partial<Omit<FrozenTrial, 'number' | 'trialId'>>): number
  setTrialParam(trialId: number, name: string, internal: number, distribution: Distribution): void
  /** False when another worker owns the WAITING trial that is claimed. */
  setTrialState(trialId: number, state: TrialState, values?: readonly number[] | null): boolean
  setTrialIntermediateValue(trialId: number, step: number, value: number): void
  setTrialUserAttr(trialId: number, key: string, value: unknown): void
  setTrialSystemAttr(trialId: number, key: string, value: unknown): void
  /** Tells that a trial is still worked on, where that is asked for. */
  beat?(trialId: number): void
  /** Running trials whose worker gave no sign of life for too long. */
  staleTrials?(studyId: number): readonly number[]
  /** Writes everything that `work` does as one, where that is cheaper: for many trials at once. */
  together?<T>(work: () => T): T
  /** Reads what others wrote since. */
  sync(): void
  flush(): void
  close(): void
}

/** What samplers and pruners see of a study. */
export interface StudyView {
  readonly studyName: string
  readonly studyId: number
  readonly directions: readonly Direction[]
  readonly storage: Storage
  /** In order of their numbers; all of them, or those in the given states. */
  getTrials(states?: readonly TrialState[]): readonly FrozenTrial[]
  stop(): void
}

export interface Sampler {
  /** `TPESampler` */
  readonly name: string
  beforeTrial?(study: StudyView, trial: FrozenTrial): void
  inferRelativeSearchSpace(study: StudyView, trial: FrozenTrial): ReadonlyMap<string, Distribution>
  sampleRelative(study: StudyView, trial: FrozenTrial, space: ReadonlyMap<string, Distribution>): ReadonlyMap<string, ParamChoice>
  sampleIndependent(study: StudyView, trial: FrozenTrial, name: string, distribution: Distribution): ParamChoice
  afterTrial?(study: StudyView, trial: FrozenTrial, state: TrialState, values: readonly number[] | null): void
  /** Takes new random numbers, for trials that run side by side. */
  reseed?(): void
}

export interface Pruner {
  readonly name: string
  prune(study: StudyView, trial: FrozenTrial): boolean
}

/** The live trial that an objective gets. */
export interface Trial {
  readonly number: number
  readonly params: ReadonlyMap<string, ParamChoice>
  suggestFloat(name: string, low: number, high: number, options?: { step?: number | null; log?: boolean }): number
  suggestInt(name: string, low: number, high: number, options?: { step?: number; log?: boolean }): number
  suggestCategorical<T extends ParamChoice>(name: string, choices: readonly T[]): T
  suggest(name: string, distribution: Distribution): ParamChoice
  report(value: number, step: number): void
  shouldPrune(): boolean
  setUserAttr(key: string, value: unknown): void
}

/** Wrong use, in Optuna's words; `type` is Python's exception. */
export class StudyError extends Error {
  constructor(
    /** `study/bad-distribution`, `study/incompatible-distribution`, `study/duplicate`, `study/journal-damaged`, … */
    readonly code: string,
    readonly type: string,
    message: string,
    readonly details: { readonly parameter?: string; readonly offset?: number; readonly hint?: string } = {},
  ) {
    super(message)
    this.name = 'StudyError'
  }
}

/** The bytes under a journal; given by `platform/`, so that study/ stays free of node. */
export interface JournalFile {
  /** Bytes from `offset` to the end; empty when there are none or no file. */
  read(offset: number): Uint8Array
  /** Appends whole lines under Optuna's lock, made durable when `durable`. */
  append(text: string, durable: boolean): void
  /** Cuts a torn last line (no `\n`) under the lock. */
  truncate(length: number): void
  close(): void
}

export type SqlValue = null | number | string
export type SqlRow = Readonly<Record<string, SqlValue>>

/** A SQL database under studies; given by `platform/`. Calls are synchronous. Parameters are `?` in order. */
export interface SqlDatabase {
  readonly dialect: 'sqlite' | 'postgresql'
  /** Why it cannot be written; undefined when it can. */
  readonly readOnly: string | undefined
  all(sql: string, parameters?: readonly SqlValue[]): readonly SqlRow[]
  /** @returns the id of the row that was inserted last */
  run(sql: string, parameters?: readonly SqlValue[]): number
  /** Runs `work` while nobody else writes; all of it is kept and safe when this returns, or nothing of it. */
  transaction<T>(work: () => T): T
  /** Changes when another connection has written. */
  version(): number
  close(): void
}

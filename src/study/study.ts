import { bestTrialOf, paretoFront } from './best-trial.ts'
import type {
  Direction,
  Distribution,
  FrozenTrial,
  ParamChoice,
  Pruner,
  Sampler,
  Storage,
  StudyView,
  Trial,
  TrialState,
} from './contract.ts'
import { StudyError } from './contract.ts'
import { DistributionCache } from './distribution-cache.ts'
import type { Warn } from './distributions.ts'
import { isSameQueued } from './enqueue.ts'
import { checkTrial, createTrial, mapOf } from './frozen-trial.ts'
import { LiveTrial } from './live-trial.ts'
import { type Objective, type OptimizeOptions, optimize } from './optimize.ts'
import { refuseOthers } from './options.ts'
import { MedianPruner } from './pruners/percentile.ts'
import { TPESampler } from './samplers/tpe/tpe-sampler.ts'
import { isFinished } from './storages/study-records.ts'
import { type Told, tellTrial } from './tell.ts'

export interface StudyOptions {
  readonly sampler?: Sampler
  readonly pruner?: Pruner
  /** Told what Optuna warns of. */
  readonly warn?: Warn
  /** Who asks for trials: JSON that is kept with each as the system attribute `fitwright:owner`. Nothing when not given, as with Optuna. */
  readonly owner?: unknown
}

/** System attribute that says why a trial failed. */
export const FAIL_REASON = 'fitwright:fail_reason'
/** System attribute that says who runs a trial. */
export const OWNER = 'fitwright:owner'
const METRIC_NAMES = 'study:metric_names'

/** A study: its trials in a storage, a sampler that proposes and a pruner that ends. Made by `createStudy` and `loadStudy`. */
export class Study implements StudyView {
  readonly studyName: string
  readonly studyId: number
  readonly directions: readonly Direction[]
  readonly storage: Storage
  readonly sampler: Sampler
  readonly pruner: Pruner
  readonly warn: Warn
  readonly #distributions: DistributionCache
  readonly #owner: unknown
  #stopped = false
  #optimizing = false

  constructor(
    storage: Storage,
    studyId: number,
    { sampler = new TPESampler(), pruner = new MedianPruner(), warn = () => {}, owner }: StudyOptions,
  ) {
    const found = storage.studies().find(study => study.studyId === studyId)
    if (found === undefined) throw new StudyError('study/not-found', 'KeyError', 'Record does not exist.')
    this.storage = storage
    this.studyId = studyId
    this.studyName = found.name
    this.directions = found.directions
    this.sampler = sampler
    this.pruner = pruner
    this.warn = warn
    this.#owner = owner
    this.#distributions = new DistributionCache(warn)
  }

  get direction(): Direction {
    if (this.directions.length === 1) return this.directions[0]
    const message =
      'A single direction cannot be retrieved from a multi-objective study. Consider using Study.directions to retrieve a list containing all directions.'
    throw new StudyError('study/several-objectives', 'RuntimeError', message)
  }

  get trials(): readonly FrozenTrial[] {
    return this.storage.trials(this.studyId)
  }

  getTrials(states?: readonly TrialState[]): readonly FrozenTrial[] {
    const all = this.trials
    return states === undefined ? all : all.filter(trial => states.includes(trial.state))
  }

  /** The trial with the best value. Fails when there is none, and for several objectives. */
  get bestTrial(): FrozenTrial {
    return bestTrialOf(this.trials, this.directions)
  }

  get bestValue(): number {
    return this.bestTrial.values![0]
  }

  get bestParams(): ReadonlyMap<string, ParamChoice> {
    return this.bestTrial.params
  }

  /** The Pareto front. */
  get bestTrials(): FrozenTrial[] {
    return paretoFront(this.trials, this.directions)
  }

  get userAttrs(): ReadonlyMap<string, unknown> {
    return this.storage.studyUserAttrs(this.studyId)
  }

  get systemAttrs(): ReadonlyMap<string, unknown> {
    return this.storage.studySystemAttrs(this.studyId)
  }

  setUserAttr(key: string, value: unknown): void {
    this.storage.setStudyUserAttr(this.studyId, key, value)
    this.storage.flush()
  }

  get metricNames(): readonly string[] | undefined {
    return this.systemAttrs.get(METRIC_NAMES) as readonly string[] | undefined
  }

  setMetricNames(names: readonly string[]): void {
    if (names.length !== this.directions.length) {
      const message = 'The number of objectives must match the length of the metric names.'
      throw new StudyError('study/bad-option', 'ValueError', message)
    }
    this.storage.setStudySystemAttr(this.studyId, METRIC_NAMES, names)
    this.storage.flush()
  }

  /**
   * Evaluates `objective` trial after trial.
   *
   * @param objective gives the value, or the values of several objectives, or a promise of them; throws TrialPruned to be pruned
   * @throws what the objective throws, unless `catch` names it; the trial is stored as failed either way
   */
  async optimize(objective: Objective, options: OptimizeOptions = {}): Promise<void> {
    if (this.#optimizing) {
      throw new StudyError('study/nested', 'RuntimeError', "Nested invocation of `Study.optimize` method isn't allowed.")
    }
    this.#optimizing = true
    this.#stopped = false
    try {
      await optimize(this, objective, options, () => this.#stopped)
    } finally {
      this.#optimizing = false
      this.storage.flush()
    }
  }

  /** Ends `optimize` after the running trial. */
  stop(): void {
    if (!this.#optimizing) {
      const message = '`Study.stop` is supposed to be invoked inside an objective function or a callback.'
      throw new StudyError('study/not-running', 'RuntimeError', message)
    }
    this.#stopped = true
  }

  /** A new trial, or the next one of the queue. */
  ask(fixedDistributions: Readonly<Record<string, Distribution>> | ReadonlyMap<string, Distribution> = {}): LiveTrial {
    this.storage.sync()
    const owned = this.#owner === undefined ? undefined : { systemAttrs: new Map([[OWNER, this.#owner]]) }
    const trialId = this.#claimWaiting() ?? this.storage.createTrial(this.studyId, owned)
    const { storage, sampler, pruner, warn } = this
    const trial = new LiveTrial({ study: this, storage, sampler, pruner, warn, distributions: this.#distributions }, trialId)
    for (const [name, distribution] of mapOf<Distribution>(fixedDistributions)) trial.suggest(name, distribution)
    return trial
  }

  #claimWaiting(): number | undefined {
    for (const trial of this.trials) {
      if (trial.state !== 'WAITING' || !this.storage.setTrialState(trial.trialId, 'RUNNING')) continue
      if (this.#owner !== undefined) {
        this.storage.setTrialSystemAttr(trial.trialId, OWNER, this.#owner)
        this.storage.flush()
      }
      return trial.trialId
    }
    return undefined
  }

  /**
   * Finishes a trial; when it returns, the trial is on disk.
   *
   * @param trial or its number
   * @throws StudyError in Optuna's words when the trial or its values cannot be told
   */
  tell(trial: Trial | number, values?: number | readonly number[] | null, told: Told = {}): FrozenTrial {
    refuseOthers('Study.tell', told, ['state', 'skipIfFinished'])
    return tellTrial(this, trial, values ?? null, told).trial
  }

  /** Queues a trial whose parameters are given; those that are missing are sampled. */
  enqueueTrial(
    params: ReadonlyMap<string, ParamChoice> | Readonly<Record<string, ParamChoice>>,
    options: { readonly userAttrs?: Readonly<Record<string, unknown>>; readonly skipIfExists?: boolean } = {},
  ): void {
    refuseOthers('Study.enqueue_trial', options, ['userAttrs', 'skipIfExists'])
    const fixed = mapOf<ParamChoice>(params)
    if (options.skipIfExists && this.trials.some(trial => isSameQueued(trial, fixed))) return
    this.addTrial(createTrial({ state: 'WAITING', systemAttrs: { fixed_params: Object.fromEntries(fixed) }, userAttrs: options.userAttrs }))
  }

  /** Adds a trial that was made elsewhere. */
  addTrial(trial: FrozenTrial): void {
    checkTrial(trial)
    if (trial.values !== null && trial.values.length !== this.directions.length) {
      const message =
        `The added trial has ${trial.values.length} values, which is different from the number of objectives ${this.directions.length} ` +
        'in the study (determined by Study.directions).'
      throw new StudyError('study/bad-trial', 'ValueError', message)
    }
    this.storage.createTrial(this.studyId, trial)
  }

  addTrials(trials: Iterable<FrozenTrial>): void {
    const all = () => {
      for (const trial of trials) this.addTrial(trial)
    }
    if (this.storage.together) this.storage.together(all)
    else all()
  }

  /**
   * Marks trials that a dead process left running as failed.
   *
   * @param reason kept in the trial's system attribute `fitwright:fail_reason`
   * @param isLeft which of the running trials; all of them when nobody else works on the study
   * @returns their numbers
   */
  failRunning(reason: string, isLeft: (trial: FrozenTrial) => boolean = () => true): number[] {
    this.storage.sync()
    const left = this.getTrials(['RUNNING']).filter(isLeft)
    for (const { trialId } of left) {
      this.storage.setTrialSystemAttr(trialId, FAIL_REASON, reason)
      this.storage.setTrialState(trialId, 'FAIL')
    }
    this.storage.flush()
    return left.map(trial => trial.number)
  }

  /** How many trials are finished, by state. */
  countStates(): Record<TrialState, number> {
    const counts: Record<TrialState, number> = { RUNNING: 0, COMPLETE: 0, PRUNED: 0, FAIL: 0, WAITING: 0 }
    for (const trial of this.trials) counts[trial.state]++
    return counts
  }

  /** Whether every trial is finished. */
  get isIdle(): boolean {
    return this.trials.every(trial => isFinished(trial.state))
  }
}

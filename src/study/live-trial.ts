import type { Distribution, FrozenTrial, ParamChoice, Pruner, Sampler, Storage, StudyView, Trial } from './contract.ts'
import { StudyError } from './contract.ts'
import type { DistributionCache } from './distribution-cache.ts'
import {
  checkCompatible,
  contains,
  distributionText,
  isSingle,
  sameDistribution,
  singleValue,
  toInternal,
  type Warn,
} from './distributions.ts'
import { typeText, valueText } from './python-text.ts'

/** What a live trial works with. */
export interface TrialContext {
  readonly study: StudyView
  readonly storage: Storage
  readonly sampler: Sampler
  readonly pruner: Pruner
  readonly warn: Warn
  readonly distributions: DistributionCache
}

/** The trial that an objective gets: asks the sampler, keeps what it answered, reports and prunes. */
export class LiveTrial implements Trial {
  readonly trialId: number
  readonly number: number
  readonly #context: TrialContext
  readonly #fixed: ReadonlyMap<string, ParamChoice>
  #relativeSpace: ReadonlyMap<string, Distribution> = new Map()
  #relative: ReadonlyMap<string, ParamChoice> | undefined

  constructor(context: TrialContext, trialId: number) {
    const { storage, sampler, study } = context
    const trial = storage.trial(trialId)
    this.#context = context
    this.trialId = trialId
    this.number = trial.number
    const fixed = trial.systemAttrs.get('fixed_params')
    this.#fixed = fixed instanceof Map ? fixed : new Map(Object.entries((fixed ?? {}) as Record<string, ParamChoice>))
    sampler.beforeTrial?.(study, trial)
  }

  /** The trial as stored. */
  get stored(): FrozenTrial {
    return this.#context.storage.trial(this.trialId)
  }

  get params(): ReadonlyMap<string, ParamChoice> {
    return this.stored.params
  }

  get distributions(): ReadonlyMap<string, Distribution> {
    return this.stored.distributions
  }

  get userAttrs(): ReadonlyMap<string, unknown> {
    return this.stored.userAttrs
  }

  get datetimeStart(): Date | null {
    return this.stored.datetimeStart
  }

  suggestFloat(name: string, low: number, high: number, options: { step?: number | null; log?: boolean } = {}): number {
    requireOptions('suggest_float', options)
    return this.suggest(name, this.#context.distributions.float(low, high, options)) as number
  }

  suggestInt(name: string, low: number, high: number, options: { step?: number; log?: boolean } = {}): number {
    requireOptions('suggest_int', options)
    return Math.trunc(this.suggest(name, this.#context.distributions.int(low, high, options)) as number)
  }

  suggestCategorical<T extends ParamChoice>(name: string, choices: readonly T[]): T {
    return this.suggest(name, this.#context.distributions.categorical(choices)) as T
  }

  /** @deprecated Optuna 3: `suggestFloat(name, low, high)` */
  suggestUniform(name: string, low: number, high: number): number {
    this.#warnOfOldName('suggest_uniform', 'Use suggest_float instead.')
    return this.suggestFloat(name, low, high)
  }

  /** @deprecated Optuna 3: `suggestFloat(name, low, high, { log: true })` */
  suggestLoguniform(name: string, low: number, high: number): number {
    this.#warnOfOldName('suggest_loguniform', 'Use suggest_float(..., log=True) instead.')
    return this.suggestFloat(name, low, high, { log: true })
  }

  /** @deprecated Optuna 3: `suggestFloat(name, low, high, { step: q })` */
  suggestDiscreteUniform(name: string, low: number, high: number, q: number): number {
    this.#warnOfOldName('suggest_discrete_uniform', 'Use suggest_float(..., step=...) instead.')
    return this.suggestFloat(name, low, high, { step: q })
  }

  #warnOfOldName(name: string, instead: string): void {
    this.#context.warn(
      `${name} has been deprecated in v3.0.0. This feature will be removed in v6.0.0. ` +
        `See https://github.com/optuna/optuna/releases/tag/v3.0.0. ${instead}`,
    )
  }

  suggest(name: string, distribution: Distribution): ParamChoice {
    const { storage } = this.#context
    const trial = this.stored
    const before = trial.distributions.get(name)
    if (before !== undefined) {
      checkCompatible(before, distribution, name)
      if (!sameDistribution(before, distribution)) this.#warnOfChange(name, before)
      return trial.params.get(name)!
    }
    const value = this.#choose(name, distribution, trial)
    storage.setTrialParam(this.trialId, name, toInternal(distribution, value), distribution)
    return storage.trial(this.trialId).params.get(name)!
  }

  #choose(name: string, distribution: Distribution, trial: FrozenTrial): ParamChoice {
    if (this.#fixed.has(name)) return this.#fixedValue(name, distribution)
    if (isSingle(distribution)) return singleValue(distribution)
    const relative = this.#relativeParams(trial)
    if (relative.has(name)) {
      const value = relative.get(name)!
      checkCompatible(this.#relativeSpace.get(name)!, distribution, name)
      if (contains(distribution, toInternal(distribution, value))) return value
    }
    const { sampler, study } = this.#context
    return sampler.sampleIndependent(study, trial, name, distribution)
  }

  #fixedValue(name: string, distribution: Distribution): ParamChoice {
    const value = this.#fixed.get(name)!
    if (!contains(distribution, toInternal(distribution, value))) {
      const text = typeof value === 'string' ? value : valueText(value)
      this.#context.warn(`Fixed parameter ${name} with value ${text} is out of range for distribution ${distributionText(distribution)}.`)
    }
    return value
  }

  /** Drawn when the first parameter needs it: a trial whose parameters are all fixed draws nothing. */
  #relativeParams(trial: FrozenTrial): ReadonlyMap<string, ParamChoice> {
    if (this.#relative === undefined) {
      const { sampler, study } = this.#context
      this.#relativeSpace = sampler.inferRelativeSearchSpace(study, trial)
      this.#relative = sampler.sampleRelative(study, trial, this.#relativeSpace)
    }
    return this.#relative
  }

  #warnOfChange(name: string, before: Distribution): void {
    this.#context.warn(
      `Inconsistent parameter values for distribution with name "${name}"! This might be a configuration mistake. Optuna allows to call ` +
        'the same distribution with the same name more than once in a trial. When the parameter values are inconsistent optuna only uses ' +
        `the values of the first call and ignores all following. Using these values: ${distributionText(before)}`,
    )
  }

  /**
   * Reports an intermediate value; a step that has one already keeps it.
   *
   * @throws StudyError `study/bad-report`
   */
  report(value: number, step: number): void {
    const { study, storage, warn } = this.#context
    if (study.directions.length > 1) throw notForSeveral('Trial.report')
    if (typeof value !== 'number') {
      const message = `The \`value\` argument is of type '<class '${typeText(value)}'>' but supposed to be a float.`
      throw new StudyError('study/bad-report', 'TypeError', message)
    }
    const at = Math.trunc(step)
    if (typeof step !== 'number' || !Number.isFinite(at)) {
      const message = `The \`step\` argument is of type '<class '${typeText(step)}'>' but supposed to be an int.`
      throw new StudyError('study/bad-report', 'TypeError', message)
    }
    if (at < 0) throw new StudyError('study/bad-report', 'ValueError', `\`step=${at}\` must be non-negative.`)
    if (this.stored.intermediateValues.has(at)) {
      warn(`The reported value is ignored because this \`step=${at}\` is already reported.`)
      return
    }
    storage.setTrialIntermediateValue(this.trialId, at, value)
    storage.beat?.(this.trialId)
  }

  shouldPrune(): boolean {
    const { study, pruner } = this.#context
    if (study.directions.length > 1) throw notForSeveral('Trial.should_prune')
    return pruner.prune(study, this.stored)
  }

  setUserAttr(key: string, value: unknown): void {
    this.#context.storage.setTrialUserAttr(this.trialId, key, value)
  }

  /**
   * A constraint's value: at most 0 when it holds.
   *
   * @throws StudyError `study/bad-constraint`
   */
  setConstraint(key: string, value: number): void {
    const { storage, warn } = this.#context
    if (typeof value !== 'number') {
      const message = `The \`value\` argument is of type '<class '${typeText(value)}'>' but supposed to be a float.`
      throw new StudyError('study/bad-constraint', 'TypeError', message)
    }
    if (Number.isNaN(value)) {
      const message = `Attempted to set a constraint for '${key}', but NaN is not allowed.`
      throw new StudyError('study/bad-constraint', 'ValueError', message)
    }
    if (this.stored.systemAttrs.has(`constraints:${key}`)) {
      warn(`The constraint value is ignored because this constraint \`key='${key}'\` is already set.`)
      return
    }
    storage.setTrialSystemAttr(this.trialId, `constraints:${key}`, value)
  }
}

/** `suggest_int(name, 1, 10, 2)` was how Optuna 4 took a step. */
function requireOptions(name: string, options: unknown): void {
  if (typeof options === 'object' && options !== null) return
  const message = `Trial.${name}() takes 4 positional arguments but 5 were given`
  throw new StudyError('study/bad-option', 'TypeError', message, { hint: `Give the step by its name: { step: ${String(options)} }.` })
}

function notForSeveral(what: string): StudyError {
  return new StudyError('study/several-objectives', 'NotImplementedError', `${what} is not supported for multi-objective optimization.`)
}

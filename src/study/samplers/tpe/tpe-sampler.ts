import type { ArgsortMode } from '../../../numerics/argsort.ts'
import { storeConstraints, violationOf } from '../../constraints.ts'
import type { Distribution, FrozenTrial, ParamChoice, Sampler, StudyView, TrialState } from '../../contract.ts'
import { StudyError } from '../../contract.ts'
import { isSingle, toExternal } from '../../distributions.ts'
import { RandomState } from '../../numerics/random-state.ts'
import type { Scratch } from '../../numerics/scratch.ts'
import { type EitherSpelling, snakeOptions } from '../../options.ts'
import { GroupedSearchSpace } from '../../search-space/groups.ts'
import { byName, IntersectionSearchSpace } from '../../search-space/intersection.ts'
import { checkedSeed, RandomSampler } from '../random.ts'
import { indexOfLargest, marginOf } from './best-candidate.ts'
import { FinishedRows, internalRow } from './finished-rows.ts'
import { defaultGamma, defaultWeights, multiObjectiveGamma } from './gamma-and-weights.ts'
import type { Mixture, Observations } from './mixture.ts'
import { Mixtures } from './mixtures.ts'
import { bestOfSeveral, volumeWeights } from './multi-objective-split.ts'
import { paramsWithProposed, shareProposed } from './proposed-params.ts'
import { type ChooseBest, type Split, splitTrials } from './split-trials.ts'
import { type TPESamplerOptions, tpeOptionNames } from './tpe-options.ts'

type Space = ReadonlyMap<string, Distribution>

/** User attribute of a trial whose proposal was decided by less than rounding can tell; holds the margin. */
export const TIE_SENSITIVE = 'fitwright:tie-sensitive'
const TIE = 1e-12

/**
 * Tree-structured Parzen estimator: fits one density to the good trials and one to the rest, and proposes the candidate with the largest
 * ratio. Proposes what Optuna proposes, trial by trial.
 *
 * Source: Bergstra et al. (2011); optuna 5.0.0 and 4.9.0, `TPESampler`.
 */
export class TPESampler implements Sampler {
  readonly name = 'TPESampler'
  readonly #options: Required<Omit<TPESamplerOptions, 'gamma' | 'multivariate' | 'seed' | 'constraints_func' | 'consider_prior'>>
  readonly #gamma: ((n: number) => number) | undefined
  readonly #multivariate: boolean | null
  readonly #random: RandomState
  readonly #startup: RandomSampler
  readonly #constraints: TPESamplerOptions['constraints_func']
  readonly #good = new Mixtures()
  readonly #rest = new Mixtures()
  readonly #rows = new Map<string, FinishedRows>()
  readonly #intersection = new IntersectionSearchSpace({ includePruned: true })
  readonly #grouped = new GroupedSearchSpace()
  #groups: readonly Space[] = []

  constructor(options: EitherSpelling<TPESamplerOptions> = {}) {
    const given = snakeOptions<TPESamplerOptions>('TPESampler', options, tpeOptionNames)
    const { profile = 'optuna-5', group = false } = given
    const seed = checkedSeed(given.seed)
    this.#multivariate = given.multivariate ?? (profile === 'optuna-5' ? null : false)
    if (group && this.#multivariate === false) {
      const message = '``group`` option can only be enabled when ``multivariate`` is enabled.'
      throw new StudyError('study/bad-option', 'ValueError', message)
    }
    const priorWeight = given.prior_weight ?? 1
    if (priorWeight < 0) {
      const message = `A non-negative value must be specified for prior_weight, but got ${priorWeight}.`
      throw new StudyError('study/bad-option', 'ValueError', message)
    }
    this.#gamma = given.gamma
    this.#constraints = given.constraints_func
    this.#options = {
      prior_weight: priorWeight,
      consider_magic_clip: given.consider_magic_clip ?? true,
      consider_endpoints: given.consider_endpoints ?? false,
      n_startup_trials: given.n_startup_trials ?? 10,
      n_ei_candidates: given.n_ei_candidates ?? 24,
      weights: given.weights ?? defaultWeights,
      group,
      warn_independent_sampling: given.warn_independent_sampling ?? false,
      constant_liar: given.constant_liar ?? profile === 'optuna-5',
      profile,
      argsort: given.argsort ?? 'simd',
    }
    this.#random = new RandomState(seed)
    this.#startup = new RandomSampler({ seed, profile })
  }

  /** The argsort mode, kept with a study so that its trials can be reproduced. */
  get argsort(): ArgsortMode {
    return this.#options.argsort
  }

  inferRelativeSearchSpace(study: StudyView): Space {
    if (!this.#isMultivariate(study)) return new Map()
    const space = new Map<string, Distribution>()
    if (this.#options.group) {
      this.#groups = this.#grouped.calculate(study.getTrials(['COMPLETE', 'PRUNED']))
      for (const group of this.#groups) for (const [name, distribution] of sampled(group)) space.set(name, distribution)
      return space
    }
    for (const [name, distribution] of this.#intersection.calculate(study.getTrials())) {
      if (!isSingle(distribution)) space.set(name, distribution)
    }
    return space
  }

  sampleRelative(study: StudyView, trial: FrozenTrial, space: Space): ReadonlyMap<string, ParamChoice> {
    const params = new Map<string, ParamChoice>()
    const spaces = this.#options.group ? this.#groups.map(group => sampled(group).filter(([name]) => space.has(name))) : [[...space]]
    for (const part of spaces) {
      if (part.length === 0 || this.#isStartup(study)) continue
      for (const [name, value] of this.#propose(study, trial, new Map(part))) params.set(name, value)
    }
    if (params.size > 0 && this.#options.constant_liar) shareProposed(study, trial, params, space)
    return params
  }

  sampleIndependent(study: StudyView, trial: FrozenTrial, name: string, distribution: Distribution): ParamChoice {
    if (this.#isStartup(study)) {
      return this.#startup.sampleIndependent(study, trial, name, distribution)
    }
    return this.#propose(study, trial, new Map([[name, distribution]])).get(name)!
  }

  afterTrial(study: StudyView, trial: FrozenTrial, state: TrialState): void {
    storeConstraints(this.#constraints, study, trial, state)
  }

  reseed(): void {
    this.#random.seed()
    this.#startup.reseed()
  }

  #isMultivariate(study: StudyView): boolean {
    return this.#multivariate ?? (this.#options.group || study.directions.length === 1)
  }

  #isStartup(study: StudyView): boolean {
    let left = this.#options.n_startup_trials
    for (const { state } of study.getTrials()) if (isSeen(state) && --left <= 0) return false
    return left > 0
  }

  #propose(study: StudyView, trial: FrozenTrial, space: Space): Map<string, ParamChoice> {
    const { constant_liar, n_ei_candidates } = this.#options
    const trials: FrozenTrial[] = []
    let n = 0
    for (const other of study.getTrials()) {
      if (isSeen(other.state)) n++
      else if (!constant_liar || other.state !== 'RUNNING' || other.number === trial.number) continue
      trials.push(other)
    }
    let margin = Number.POSITIVE_INFINITY
    const { below, above } = this.#split(study, trials, this.#goodCount(study, n), closest => {
      margin = Math.min(margin, closest)
    })
    const distributions = [...space.values()]
    const good = this.#fit(this.#good, study, space, below, study.directions.length > 1)
    const rest = this.#fit(this.#rest, study, space, above, false)
    const candidates = good.sample(this.#random, n_ei_candidates)
    const scores = good.logPdf(candidates)
    const against = rest.logPdf(candidates)
    const best = indexOfLargest(scores, against)
    margin = Math.min(margin, marginOf(scores, best, candidates))
    if (margin < TIE) study.storage.setTrialUserAttr(trial.trialId, TIE_SENSITIVE, margin)
    return new Map([...space.keys()].map((name, i) => [name, toExternal(distributions[i], candidates[i][best])]))
  }

  #goodCount(study: StudyView, n: number): number {
    const { profile } = this.#options
    if (this.#gamma !== undefined) return this.#gamma(n)
    return study.directions.length > 1 && profile === 'optuna-5' ? multiObjectiveGamma(n) : defaultGamma(n)
  }

  #split(study: StudyView, trials: readonly FrozenTrial[], nBelow: number, onMargin: (margin: number) => void): Split {
    const { directions } = study
    const { argsort } = this.#options
    // Points that cover exactly the same volume are told apart in the same way everywhere; almost the same is a matter of rounding.
    const notice = (margin: number) => margin > 0 && onMargin(margin)
    const choose: ChooseBest | undefined =
      directions.length > 1 ? (complete, count) => bestOfSeveral(complete, count, directions, { argsort, onMargin: notice }) : undefined
    if (this.#options.profile === 'optuna-5') return splitTrials(trials, nBelow, directions[0], choose)
    // Optuna 4.9 looks at constraints only when it was given them, and then a trial without any is the worst.
    const violation = (trial: FrozenTrial) => (trial.systemAttrs.has('constraints') ? violationOf(trial) : Number.POSITIVE_INFINITY)
    return splitTrials(trials, nBelow, directions[0], choose, this.#constraints === undefined ? () => 0 : violation)
  }

  #fit(mixtures: Mixtures, study: StudyView, space: Space, trials: readonly FrozenTrial[], byVolume: boolean): Mixture {
    const { prior_weight, consider_magic_clip, consider_endpoints, n_ei_candidates, argsort, profile } = this.#options
    const observations = this.#observe(study, space, trials, mixtures.scratch)
    const weights = byVolume ? this.#goodWeights(study, space, trials) : this.#weights(observations.n)
    const mixture = mixtures.of(observations.n, space.size, n_ei_candidates)
    return mixture.fit([...space.values()], observations, weights, {
      priorWeight: prior_weight,
      considerMagicClip: consider_magic_clip,
      considerEndpoints: consider_endpoints,
      argsort,
      commonSigma: profile === 'optuna-4.9' && this.#isMultivariate(study),
    })
  }

  /** Of several objectives: all alike in Optuna 5, by the volume they add in 4.9. */
  #goodWeights(study: StudyView, space: Space, trials: readonly FrozenTrial[]): Float64Array {
    const observed = trials.map(trial => [...space.keys()].every(name => this.#paramsOf(study, trial).has(name)))
    if (this.#options.profile === 'optuna-5') return new Float64Array(trials.length).fill(1)
    return volumeWeights(trials, study.directions, this.#constraints !== undefined).filter((_, i) => observed[i])
  }

  #weights(n: number): Float64Array {
    if (this.#options.weights === defaultWeights) return defaultWeights(n)
    const given = Float64Array.from(this.#options.weights(n)).subarray(0, n)
    const refuse = (message: string) => {
      throw new StudyError('study/bad-option', 'ValueError', `${message} [${given}]. The argument of the \`weights\` function is ${n}.`)
    }
    if (given.some(w => w < 0)) refuse('The `weights` function is not allowed to return negative values')
    if (n > 0 && given.every(w => w === 0)) refuse('The `weight` function is not allowed to return all-zero values')
    if (!given.every(Number.isFinite)) refuse('The `weights`function is not allowed to return infinite or NaN values')
    return given
  }

  /** The trials that have all parameters of `space`. */
  #observe(study: StudyView, space: Space, trials: readonly FrozenTrial[], scratch: Scratch): Observations {
    const width = space.size
    const observed = scratch.floats('rows', trials.length * width)
    const rows = this.#rowsOf(study, space)
    let n = 0
    const { known } = rows
    for (const trial of trials) {
      let row = known[trial.trialId]
      if (row === undefined) row = trial.state === 'RUNNING' ? internalRow(this.#paramsOf(study, trial), space) : rows.look(trial, space)
      if (row === undefined || row === null) continue
      observed.set(row, n * width)
      n++
    }
    return { n, rows: observed }
  }

  #rowsOf(study: StudyView, space: Space): FinishedRows {
    const key = [...space.keys()].join('\n')
    const known = this.#rows.get(key)
    if (known?.isOf(study.storage, space)) return known
    // Objectives that make up names would fill the memory.
    if (this.#rows.size > 200) this.#rows.clear()
    const rows = new FinishedRows(study.storage, space)
    this.#rows.set(key, rows)
    return rows
  }

  /** Of a running trial also what it was proposed and has not asked for yet. */
  #paramsOf(study: StudyView, trial: FrozenTrial): ReadonlyMap<string, ParamChoice> {
    return trial.state === 'RUNNING' && this.#isMultivariate(study) ? paramsWithProposed(trial) : trial.params
  }
}

/** Trials that failed or wait say nothing. */
const isSeen = (state: TrialState): boolean => state === 'COMPLETE' || state === 'PRUNED'

/** A group's parameters that have more than one value, by name. */
function sampled(group: Space): [string, Distribution][] {
  return [...group].filter(([, distribution]) => !isSingle(distribution)).sort(([a], [b]) => byName(a, b))
}

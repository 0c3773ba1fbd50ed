import type { Distribution, FrozenTrial, ParamChoice, Sampler, StudyView, TrialState } from '../contract.ts'
import { StudyError } from '../contract.ts'
import { isSingle } from '../distributions.ts'
import { RandomState } from '../numerics/random-state.ts'
import { type EitherSpelling, snakeOptions } from '../options.ts'
import { lastStepOf } from '../pruners/steps.ts'
import { IntersectionSearchSpace } from '../search-space/intersection.ts'
import { CmaState } from './cma-es-state.ts'
import { boundsOf, fromRange, type NumericDistribution, toRange } from './numeric-transform.ts'
import type { Profile } from './profile.ts'
import { checkedSeed, RandomSampler } from './random.ts'

export interface CmaEsSamplerOptions {
  /** Where the search begins; the middle of each range when not given. */
  readonly x0?: Readonly<Record<string, number>> | null
  /** Width of the first generation; a sixth of the narrowest range when not given. */
  readonly sigma0?: number | null
  readonly n_startup_trials?: number
  /** Draws categorical parameters and whatever else is not in every trial. */
  readonly independent_sampler?: Sampler | null
  readonly warn_independent_sampling?: boolean
  readonly seed?: number | null
  readonly consider_pruned_trials?: boolean
  /** Trials per generation. */
  readonly popsize?: number | null
  readonly profile?: Profile
}

const OPTIONS = [
  'x0',
  'sigma0',
  'n_startup_trials',
  'independent_sampler',
  'warn_independent_sampling',
  'seed',
  'consider_pruned_trials',
  'popsize',
  'profile',
] as const

/** System attributes of a trial: its generation, and the space it belongs to. */
const GENERATION = 'fitwright:cma:generation'
const SPACE = 'fitwright:cma:space'
const RESAMPLINGS = 100

/**
 * Covariance matrix adaptation: each generation is drawn from a normal distribution that learns from the one before.
 *
 * An implementation of its own: its trials are not those of Optuna, which keeps its optimizer as a Python pickle, but it finds optima as
 * fast. The generation of each trial is stored, so that a study goes on in another process where it stopped.
 * Source: Hansen (2016), The CMA Evolution Strategy: A Tutorial; Optuna's defaults.
 */
export class CmaEsSampler implements Sampler {
  readonly name = 'CmaEsSampler'
  readonly #options: Required<Omit<CmaEsSamplerOptions, 'seed' | 'independent_sampler' | 'warn_independent_sampling'>>
  readonly #random: RandomState
  readonly #independent: Sampler
  readonly #intersection: IntersectionSearchSpace
  /** Per space what was learned so far. */
  readonly #states = new Map<string, CmaState>()

  constructor(options: EitherSpelling<CmaEsSamplerOptions> = {}) {
    const given = snakeOptions<CmaEsSamplerOptions>('CmaEsSampler', options, OPTIONS)
    const { x0 = null, sigma0 = null, n_startup_trials = 1, consider_pruned_trials = false, popsize = null, profile = 'optuna-5' } = given
    if (popsize !== null && popsize < 2) {
      throw new StudyError('study/bad-option', 'ValueError', `\`popsize\` must be at least 2, but got ${popsize}.`)
    }
    this.#options = { x0, sigma0, n_startup_trials, consider_pruned_trials, popsize, profile }
    const seed = checkedSeed(given.seed)
    this.#random = new RandomState(seed)
    this.#independent = given.independent_sampler ?? new RandomSampler({ seed, profile })
    this.#intersection = new IntersectionSearchSpace({ includePruned: consider_pruned_trials })
  }

  inferRelativeSearchSpace(study: StudyView): ReadonlyMap<string, Distribution> {
    const space = [...this.#intersection.calculate(study.getTrials())]
    return new Map(space.filter(([, d]) => d.name !== 'CategoricalDistribution' && !isSingle(d)))
  }

  sampleRelative(study: StudyView, trial: FrozenTrial, space: ReadonlyMap<string, Distribution>): ReadonlyMap<string, ParamChoice> {
    if (study.directions.length > 1) {
      const message = 'If the study is being used for multi-objective optimization, CmaEsSampler cannot be used.'
      throw new StudyError('study/several-objectives', 'ValueError', message)
    }
    // One dimension has no covariance.
    if (space.size < 2) return new Map()
    const finished = study.getTrials(this.#options.consider_pruned_trials ? ['COMPLETE', 'PRUNED'] : ['COMPLETE'])
    if (finished.length < this.#options.n_startup_trials) return new Map()
    const names = [...space.keys()]
    const ranges = names.map(name => new Range(space.get(name) as NumericDistribution, this.#options.profile))
    const key = names.join('\n')
    const state = this.#learned(study, finished, names, ranges, key)
    const point = this.#drawInside(state)
    study.storage.setTrialSystemAttr(trial.trialId, GENERATION, state.generation)
    study.storage.setTrialSystemAttr(trial.trialId, SPACE, key)
    return new Map(names.map((name, i) => [name, ranges[i].value(point[i])]))
  }

  sampleIndependent(study: StudyView, trial: FrozenTrial, name: string, distribution: Distribution): ParamChoice {
    return this.#independent.sampleIndependent(study, trial, name, distribution)
  }

  beforeTrial(study: StudyView, trial: FrozenTrial): void {
    this.#independent.beforeTrial?.(study, trial)
  }

  afterTrial(study: StudyView, trial: FrozenTrial, state: TrialState, values: readonly number[] | null): void {
    this.#independent.afterTrial?.(study, trial, state, values)
  }

  reseed(): void {
    this.#random.seed()
  }

  /** The distribution after all whole generations; it can be learned again from what is stored. */
  #learned(study: StudyView, finished: readonly FrozenTrial[], names: readonly string[], ranges: readonly Range[], key: string): CmaState {
    const state = this.#states.get(key) ?? this.#begun(names, ranges)
    this.#states.set(key, state)
    const sign = study.directions[0] === 'maximize' ? -1 : 1
    for (;;) {
      const generation: { readonly x: Float64Array; readonly loss: number }[] = []
      for (const trial of finished) {
        if (trial.systemAttrs.get(GENERATION) !== state.generation || trial.systemAttrs.get(SPACE) !== key) continue
        const loss = sign * lossOf(trial)
        if (Number.isNaN(loss)) continue
        generation.push({ x: Float64Array.from(names, (name, i) => ranges[i].place(trial.params.get(name) as number)), loss })
        if (generation.length === state.size) break
      }
      if (generation.length < state.size) return state
      state.learn(generation.sort((a, b) => a.loss - b.loss).map(({ x }) => x))
    }
  }

  #begun(names: readonly string[], ranges: readonly Range[]): CmaState {
    const { x0, sigma0, popsize } = this.#options
    const mean = Float64Array.from(names, (name, i) => (x0 && name in x0 ? ranges[i].place(x0[name]) : 0.5))
    const narrowest = ranges.reduce((least, range) => Math.min(least, range.width), Number.POSITIVE_INFINITY)
    const sigma = sigma0 === null ? 1 / 6 : sigma0 / narrowest
    return new CmaState(mean, Math.max(sigma, 1e-10), popsize ?? 4 + Math.floor(3 * Math.log(names.length)))
  }

  /** A point of the unit cube: drawn again while outside, moved to the border at last. */
  #drawInside(state: CmaState): Float64Array {
    for (let attempt = 0; attempt < RESAMPLINGS; attempt++) {
      const point = state.point(this.#normals(state.n))
      if (point.every(x => x >= 0 && x <= 1)) return point
    }
    return state.point(this.#normals(state.n)).map(x => Math.min(Math.max(x, 0), 1))
  }

  #normals(n: number): Float64Array {
    return Float64Array.from({ length: n }, () => {
      const radius = Math.sqrt(-2 * Math.log(1 - this.#random.random()))
      return radius * Math.cos(2 * Math.PI * this.#random.random())
    })
  }
}

/** A pruned trial counts by what it reported last. */
function lossOf(trial: FrozenTrial): number {
  if (trial.state === 'COMPLETE') return trial.values![0]
  const step = lastStepOf(trial)
  return step === undefined ? Number.NaN : trial.intermediateValues.get(step)!
}

/** A parameter's range as [0, 1], in log space where it is one. */
class Range {
  readonly #d: NumericDistribution
  readonly #low: number
  readonly #profile: Profile
  readonly width: number

  constructor(d: NumericDistribution, profile: Profile) {
    const [low, high] = boundsOf(d)
    this.#d = d
    this.#low = low
    this.#profile = profile
    this.width = high - low
  }

  place(value: number): number {
    return (toRange(this.#d, value) - this.#low) / this.width
  }

  value(place: number): ParamChoice {
    return fromRange(this.#d, this.#low + place * this.width, this.#profile)
  }
}

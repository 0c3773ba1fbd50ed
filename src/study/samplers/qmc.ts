import type { Distribution, FrozenTrial, ParamChoice, Sampler, StudyView, TrialState } from '../contract.ts'
import { StudyError } from '../contract.ts'
import { distributionText } from '../distributions.ts'
import { haltonPoint, sobolPoint } from '../numerics/low-discrepancy.ts'
import { sha256 } from '../numerics/sha256.ts'
import { type EitherSpelling, snakeOptions } from '../options.ts'
import { SPACED, writeJson } from '../python-json.ts'
import { byName } from '../search-space/intersection.ts'
import { boundsOf, fromRange } from './numeric-transform.ts'
import type { Profile } from './profile.ts'
import { checkedSeed, RandomSampler } from './random.ts'

export interface QMCSamplerOptions {
  readonly qmc_type?: 'sobol' | 'halton'
  /** Scrambled sequences are not built in. */
  readonly scramble?: boolean
  readonly seed?: number | null
  readonly independent_sampler?: Sampler
  readonly warn_asynchronous_seeding?: boolean
  readonly warn_independent_sampling?: boolean
  readonly profile?: Profile
}

const OPTIONS = [
  'qmc_type',
  'scramble',
  'seed',
  'independent_sampler',
  'warn_asynchronous_seeding',
  'warn_independent_sampling',
  'profile',
] as const

/**
 * Points of a low-discrepancy sequence over the search space of the first trial, which itself is drawn at random.
 * Which point is next is a system attribute of the study, so several workers share one sequence.
 *
 * Source: optuna 5.0 and 4.9, `QMCSampler`; scipy's unscrambled Sobol and Halton.
 */
export class QMCSampler implements Sampler {
  readonly name = 'QMCSampler'
  readonly #type: 'sobol' | 'halton'
  readonly #independent: Sampler
  readonly #profile: Profile
  /** The search spaces of the trials that count; Optuna looks for them once after each ask and tell. */
  #spaces: readonly ReadonlyMap<string, Distribution>[] | undefined

  constructor(options: EitherSpelling<QMCSamplerOptions> = {}) {
    const given = snakeOptions<QMCSamplerOptions>('QMCSampler', options, OPTIONS)
    const { qmc_type = 'sobol', scramble = false, profile = 'optuna-5' } = given
    const refuse = (message: string, hint?: string) => {
      throw new StudyError('study/bad-option', 'ValueError', message, { hint })
    }
    if (qmc_type !== 'sobol' && qmc_type !== 'halton') {
      refuse(`The \`qmc_type='${qmc_type}'\` is invalid. Choose either \`halton\` or \`sobol\`.`)
    }
    if (scramble) refuse('QMCSampler with scramble=True is not built in.', 'Leave `scramble` out: the unscrambled sequence is the default.')
    this.#type = qmc_type
    this.#profile = profile
    this.#independent = given.independent_sampler ?? new RandomSampler({ seed: checkedSeed(given.seed), profile })
  }

  inferRelativeSearchSpace(study: StudyView): ReadonlyMap<string, Distribution> {
    this.#spaces ??= this.#look(study)
    return new Map(this.#spaces.flatMap(space => [...space]))
  }

  /** The first finished trial's space, or those of all running ones. */
  #look(study: StudyView): readonly ReadonlyMap<string, Distribution>[] {
    const [first] = study.getTrials(['COMPLETE', 'PRUNED'])
    if (this.#profile === 'optuna-4.9') {
      return [new Map([...(first?.distributions ?? [])].filter(([, d]) => d.name !== 'CategoricalDistribution'))]
    }
    if (first !== undefined) return [first.distributions]
    // What a trial suggests after this look shows only if it had nothing at the time: Optuna's trials write into the object that was looked at.
    return study
      .getTrials(['RUNNING'])
      .map(({ distributions, userAttrs }) => (distributions.size + userAttrs.size > 0 ? new Map(distributions) : distributions))
  }

  sampleRelative(study: StudyView, _trial: FrozenTrial, space: ReadonlyMap<string, Distribution>): ReadonlyMap<string, ParamChoice> {
    if (space.size === 0) return new Map()
    const index = this.#nextIndex(study, space)
    const point = (this.#type === 'sobol' ? sobolPoint : haltonPoint)(space.size, index)
    return new Map([...space].map(([name, distribution], i) => [name, this.#at(distribution, point[i])]))
  }

  sampleIndependent(study: StudyView, trial: FrozenTrial, name: string, distribution: Distribution): ParamChoice {
    this.#spaces ??= this.#look(study)
    return this.#independent.sampleIndependent(study, trial, name, distribution)
  }

  beforeTrial(study: StudyView, trial: FrozenTrial): void {
    this.#spaces = undefined
    this.#independent.beforeTrial?.(study, trial)
  }

  afterTrial(study: StudyView, trial: FrozenTrial, state: TrialState, values: readonly number[] | null): void {
    this.#spaces = undefined
    this.#independent.afterTrial?.(study, trial, state, values)
  }

  /** The value at a place in [0, 1); a categorical's choices share the interval evenly. */
  #at(d: Distribution, place: number): ParamChoice {
    if (d.name === 'CategoricalDistribution') return d.choices[Math.min(Math.floor(place * d.choices.length), d.choices.length - 1)]
    const [low, high] = boundsOf(d)
    return fromRange(d, low + place * (high - low), this.#profile)
  }

  #nextIndex(study: StudyView, space: ReadonlyMap<string, Distribution>): number {
    const spaceText = new Map([...space].sort(([a], [b]) => byName(a, b)).map(([name, d]) => [name, distributionText(d)]))
    const identity = new Map<string, unknown>([
      ['qmc_type', this.#type],
      ['search_space', spaceText],
      ['scramble', false],
    ])
    const key = `qmc:${sha256(writeJson(identity, SPACED))}`
    const last = study.storage.studySystemAttrs(study.studyId).get(key)
    const index = typeof last === 'number' ? last + 1 : 0
    study.storage.setStudySystemAttr(study.studyId, key, index)
    return index
  }
}

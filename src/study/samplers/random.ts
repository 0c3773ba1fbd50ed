import type { Distribution, FrozenTrial, ParamChoice, Sampler, StudyView } from '../contract.ts'
import { StudyError } from '../contract.ts'
import { toExternal } from '../distributions.ts'
import { RandomState } from '../numerics/random-state.ts'
import { type EitherSpelling, snakeOptions } from '../options.ts'
import { valueText } from '../python-text.ts'
import { boundsOf, fromRange } from './numeric-transform.ts'
import type { Profile } from './profile.ts'

export interface RandomSamplerOptions {
  readonly seed?: number | null
  readonly profile?: Profile
}

/** Independent uniform draws, in log space where asked. */
export class RandomSampler implements Sampler {
  readonly name = 'RandomSampler'
  readonly #random: RandomState
  readonly #profile: Profile

  constructor(options: EitherSpelling<RandomSamplerOptions> = {}) {
    const { seed, profile = 'optuna-5' } = snakeOptions<RandomSamplerOptions>('RandomSampler', options, ['seed', 'profile'])
    this.#random = new RandomState(checkedSeed(seed))
    this.#profile = profile
  }

  inferRelativeSearchSpace(): ReadonlyMap<string, Distribution> {
    return new Map()
  }

  sampleRelative(): ReadonlyMap<string, ParamChoice> {
    return new Map()
  }

  sampleIndependent(_study: StudyView, _trial: FrozenTrial, _name: string, distribution: Distribution): ParamChoice {
    return uniformDraw(distribution, this.#random, this.#profile)
  }

  reseed(): void {
    this.#random.seed()
  }
}

/**
 * A seed as numpy accepts it.
 *
 * @throws StudyError `study/bad-seed`
 */
export function checkedSeed(seed: number | null | undefined): number | null {
  if (seed === undefined || seed === null) return null
  if (typeof seed !== 'number' || !Number.isInteger(seed)) {
    throw new StudyError('study/bad-seed', 'TypeError', `Cannot cast ${valueText(seed)} to an integer seed`)
  }
  if (seed < 0 || seed > 2 ** 32 - 1) throw new StudyError('study/bad-seed', 'ValueError', 'Seed must be between 0 and 2**32 - 1')
  return seed
}

/** One value of a distribution. A categorical draws once per choice and takes the largest, as Optuna's one-hot transform does. */
export function uniformDraw(d: Distribution, random: RandomState, profile: Profile): ParamChoice {
  if (d.name === 'CategoricalDistribution') {
    let best = 0
    let most = -1
    for (let i = 0; i < d.choices.length; i++) {
      const u = random.random()
      if (u > most) {
        most = u
        best = i
      }
    }
    return toExternal(d, best)
  }
  const [low, high] = boundsOf(d)
  return fromRange(d, random.uniform(low, high), profile)
}

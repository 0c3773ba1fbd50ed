import type { Distribution, FrozenTrial, ParamChoice, Sampler, StudyView } from '../contract.ts'
import { StudyError } from '../contract.ts'
import { isSingle, roundHalfEven, toExternal } from '../distributions.ts'
import { exp, log } from '../numerics/exp-log.ts'
import { RandomState } from '../numerics/random-state.ts'
import { type EitherSpelling, snakeOptions } from '../options.ts'
import { valueText } from '../python-text.ts'
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
  if (d.name === 'FloatDistribution') {
    if (d.step !== null) {
      const x = random.uniform(d.low - 0.5 * d.step, d.high + 0.5 * d.step)
      return Math.min(Math.max(roundHalfEven((x - d.low) / d.step) * d.step + d.low, d.low), d.high)
    }
    if (!d.log) {
      const x = random.uniform(d.low, d.high)
      return isSingle(d) ? x : Math.min(x, before(d.high))
    }
    const x = exp(random.uniform(log(d.low), log(d.high)))
    if (isSingle(d)) return x
    const below = Math.min(x, before(d.high))
    return profile === 'optuna-5' ? Math.max(below, d.low) : below
  }
  const half = 0.5 * d.step
  if (d.log) {
    const x = roundHalfEven(exp(random.uniform(log(d.low - half), log(d.high + half))))
    return Math.min(Math.max(x, d.low), d.high)
  }
  const k = (random.uniform(d.low - half, d.high + half) - d.low) / d.step
  const step = profile === 'optuna-5' ? Math.floor(k + 0.5) : roundHalfEven(k)
  return Math.min(Math.max(step * d.step + d.low, d.low), d.high)
}

const cell = new Float64Array(1)
const bits = new BigInt64Array(cell.buffer)

/** numpy's `nextafter(x, x - 1)`. */
function before(x: number): number {
  if (x - 1 === x) return x
  if (x === 0) return -Number.MIN_VALUE
  cell[0] = x
  bits[0] += x > 0 ? -1n : 1n
  return cell[0]
}

import type { CategoricalDistribution, FloatDistribution, IntDistribution, ParamChoice } from './contract.ts'
import { categoricalDistribution, floatDistribution, intDistribution, type Warn } from './distributions.ts'

/**
 * The distributions of a study's suggest calls. An objective asks with the same bounds in every trial: checking them, with decimal
 * arithmetic, is done once, a warning is given once, and equal distributions are the same object.
 */
export class DistributionCache {
  readonly #floats = new Map<string, FloatDistribution>()
  readonly #ints = new Map<string, IntDistribution>()
  readonly #categoricals = new Map<string, CategoricalDistribution>()
  readonly #warn: Warn

  constructor(warn: Warn) {
    this.#warn = warn
  }

  float(low: number, high: number, options: { step?: number | null; log?: boolean }): FloatDistribution {
    const key = `${low} ${high} ${options.step} ${options.log}`
    return this.#floats.get(key) ?? kept(this.#floats, key, floatDistribution(low, high, options, this.#warn))
  }

  int(low: number, high: number, options: { step?: number; log?: boolean }): IntDistribution {
    const key = `${low} ${high} ${options.step} ${options.log}`
    return this.#ints.get(key) ?? kept(this.#ints, key, intDistribution(low, high, options, this.#warn))
  }

  categorical(choices: readonly ParamChoice[]): CategoricalDistribution {
    let key = ''
    for (const choice of choices) key += `${typeof choice} ${String(choice).length} ${choice} `
    return this.#categoricals.get(key) ?? kept(this.#categoricals, key, categoricalDistribution(choices))
  }
}

/** Bounds that change from trial to trial are not worth keeping for ever. */
function kept<T>(cache: Map<string, T>, key: string, made: T): T {
  if (cache.size >= 10_000) cache.clear()
  cache.set(key, made)
  return made
}

import type { RandomState } from '../../numerics/random-state.ts'
import { snakeOptions } from '../../options.ts'
import { checkOption } from '../../pruners/check-option.ts'
import type { Mutation } from './crossover.ts'

/** Moves a parameter by a polynomial distribution within its bounds. Source: Deb et al. (2002), NSGA-II in C, 1.1.6; optuna 5, `PolynomialMutation`. */
export class PolynomialMutation implements Mutation {
  readonly name = 'PolynomialMutation'
  readonly #eta: number

  /** @param eta larger values keep closer to the value that was */
  constructor(options: { readonly eta?: number } = {}) {
    const { eta = 20 } = snakeOptions<{ eta?: number }>('PolynomialMutation', options, ['eta'])
    checkOption(eta >= 0, '`eta` must be a non-negative float value.')
    this.#eta = eta
  }

  mutate(value: number, random: RandomState, [low, high]: readonly [number, number]): number {
    const u = random.random()
    const width = high - low
    if (width <= 0) return value
    const power = 1 / (this.#eta + 1)
    if (u <= 0.5) {
      const rest = 1 - (value - low) / width
      const reach = 2 * u + (1 - 2 * u) * rest ** (this.#eta + 1)
      return value + (reach ** power - 1) * width
    }
    const rest = 1 - (high - value) / width
    const reach = 2 * (1 - u) + 2 * (u - 0.5) * rest ** (this.#eta + 1)
    return value + (1 - reach ** power) * width
  }
}

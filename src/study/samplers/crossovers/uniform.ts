import { type EitherSpelling, snakeOptions } from '../../options.ts'
import { checkOption } from '../../pruners/check-option.ts'
import type { Crossover, CrossoverContext } from './crossover.ts'

/** Each parameter from one of two parents. Source: Syswerda (1989); optuna, `UniformCrossover`. */
export class UniformCrossover implements Crossover {
  readonly name = 'UniformCrossover'
  readonly nParents = 2
  readonly #swapping: number

  constructor(options: EitherSpelling<{ readonly swapping_prob?: number }> = {}) {
    const { swapping_prob = 0.5 } = snakeOptions<{ swapping_prob?: number }>('UniformCrossover', options, ['swapping_prob'])
    checkOption(swapping_prob >= 0 && swapping_prob <= 1, '`swapping_prob` must be a float value within the range [0.0, 1.0].')
    this.#swapping = swapping_prob
  }

  cross([first, second]: readonly (readonly number[])[], { random }: CrossoverContext): number[] {
    return first.map((x, i) => (random.random() >= this.#swapping ? second[i] : x))
  }
}

import { snakeOptions } from '../../options.ts'
import type { Crossover, CrossoverContext } from './crossover.ts'

/** Uniform between two parents and somewhat beyond. Source: Eshelman and Schaffer (1992); optuna, `BLXAlphaCrossover`. */
export class BLXAlphaCrossover implements Crossover {
  readonly name = 'BLXAlphaCrossover'
  readonly nParents = 2
  readonly #alpha: number

  constructor(options: { readonly alpha?: number } = {}) {
    this.#alpha = snakeOptions<{ alpha?: number }>('BLXAlphaCrossover', options, ['alpha']).alpha ?? 0.5
  }

  cross([first, second]: readonly (readonly number[])[], { random }: CrossoverContext): number[] {
    return first.map((x, i) => {
      const least = Math.min(x, second[i])
      const most = Math.max(x, second[i])
      const beyond = this.#alpha * (most - least)
      const low = least - beyond
      return (most + beyond - low) * random.random() + low
    })
  }
}

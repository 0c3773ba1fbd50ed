import { snakeOptions } from '../../options.ts'
import type { Crossover, CrossoverContext } from './crossover.ts'

/** Uniform in a simplex around three parents. Source: Tsutsui, Goldberg and Sastry (2000); optuna, `SPXCrossover`. */
export class SPXCrossover implements Crossover {
  readonly name = 'SPXCrossover'
  readonly nParents = 3
  readonly #epsilon: number | null

  /** @param epsilon how much larger than the parents' simplex; by default the root of the number of parameters + 2 */
  constructor(options: { readonly epsilon?: number | null } = {}) {
    this.#epsilon = snakeOptions<{ epsilon?: number | null }>('SPXCrossover', options, ['epsilon']).epsilon ?? null
  }

  cross(parents: readonly (readonly number[])[], { random, bounds }: CrossoverContext): number[] {
    const shares = [random.random(), Math.sqrt(random.random())]
    const epsilon = this.#epsilon ?? Math.sqrt(bounds.length + 2)
    return bounds.map((_, i) => {
      const middle = (parents[0][i] + parents[1][i] + parents[2][i]) / 3
      const corners = parents.map(parent => middle + epsilon * (parent[i] - middle))
      const first = shares[0] * (corners[0] - corners[1])
      return corners[2] + shares[1] * (corners[1] - corners[2] + first)
    })
  }
}

import type { EitherSpelling } from '../../options.ts'
import type { Crossover, CrossoverContext } from './crossover.ts'
import { mixedChild, type TwoChildrenOptions, twoChildrenOptions } from './two-children.ts'

const LEAST = 1e-10

/** Simulated binary crossover that leaves out no region. Source: Ballester and Carter (2003); optuna, `VSBXCrossover`. */
export class VSBXCrossover implements Crossover {
  readonly name = 'VSBXCrossover'
  readonly nParents = 2
  readonly #options: TwoChildrenOptions

  constructor(options: EitherSpelling<TwoChildrenOptions> = {}) {
    this.#options = twoChildrenOptions('VSBXCrossover', options)
  }

  cross(parents: readonly (readonly number[])[], { random, severalObjectives }: CrossoverContext): number[] {
    const eta = this.#options.eta ?? (severalObjectives ? 20 : 2)
    const [first, second] = parents
    const spread = (u: number) => (1 / Math.max(2 * u, LEAST)) ** (1 / (eta + 1))
    const uniforms = first.map(() => random.random())
    const a = uniforms.map(spread)
    const b = uniforms.map(u => spread(1 - u))
    const combined = (weights: (i: number) => readonly [number, number]) =>
      first.map((x, i) => {
        const [one, other] = weights(i)
        return 0.5 * (one * x + other * second[i])
      })
    const inner = combined(random.random() <= 0.5 ? i => [1 + a[i], 1 - b[i]] : i => [1 - a[i], 1 + b[i]])
    const outer = combined(random.random() <= 0.5 ? i => [3 - a[i], -(1 - b[i])] : i => [-(1 - a[i]), 3 - b[i]])
    return mixedChild([inner, outer], parents, this.#options, random)
  }
}

import type { EitherSpelling } from '../../options.ts'
import type { Crossover, CrossoverContext } from './crossover.ts'
import { mixedChild, type TwoChildrenOptions, twoChildrenOptions } from './two-children.ts'

/** Simulated binary crossover: children near their parents, within the bounds. Source: Deb and Agrawal (1995); optuna, `SBXCrossover`. */
export class SBXCrossover implements Crossover {
  readonly name = 'SBXCrossover'
  readonly nParents = 2
  readonly #options: TwoChildrenOptions

  constructor(options: EitherSpelling<TwoChildrenOptions> = {}) {
    this.#options = twoChildrenOptions('SBXCrossover', options)
  }

  cross(parents: readonly (readonly number[])[], { random, bounds, severalObjectives }: CrossoverContext): number[] {
    const eta = this.#options.eta ?? (severalObjectives ? 20 : 2)
    const [first, second] = parents
    const children: [number[], number[]] = [[], []]
    for (const [i, [low, high]] of bounds.entries()) {
      const least = Math.min(first[i], second[i])
      const most = Math.max(first[i], second[i])
      const width = Math.max(most - least, 1e-10)
      const u = random.random()
      const spread = (toBound: number) => {
        const alpha = 2 - (1 + (2 * toBound) / width) ** -(eta + 1)
        return (u > 1 / alpha ? 1 / (2 - u * alpha) : u * alpha) ** (1 / (eta + 1))
      }
      children[0].push(0.5 * (least + most - spread(least - low) * width))
      children[1].push(0.5 * (least + most + spread(high - most) * width))
    }
    return mixedChild(children, parents, this.#options, random)
  }
}

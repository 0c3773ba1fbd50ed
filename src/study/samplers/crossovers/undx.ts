import { dot } from '../../numerics/blas-dot.ts'
import { orthogonalColumns } from '../../numerics/householder.ts'
import { type EitherSpelling, snakeOptions } from '../../options.ts'
import type { Crossover, CrossoverContext } from './crossover.ts'

export interface UNDXOptions {
  /** Spread along the line through two parents. */
  readonly sigma_xi?: number
  /** Spread across it; undefined: 0.35 by the root of the number of parameters. */
  readonly sigma_eta?: number | null
}

/**
 * Normal around the middle of two parents: along the line through them as far as they are apart, across it as far as a third parent is from
 * it. Source: Kita, Ono and Kobayashi (1999); optuna, `UNDXCrossover`.
 */
export class UNDXCrossover implements Crossover {
  readonly name = 'UNDXCrossover'
  readonly nParents = 3
  readonly #along: number
  readonly #across: number | null

  constructor(options: EitherSpelling<UNDXOptions> = {}) {
    const { sigma_xi = 0.5, sigma_eta = null } = snakeOptions<UNDXOptions>('UNDXCrossover', options, ['sigma_xi', 'sigma_eta'])
    this.#along = sigma_xi
    this.#across = sigma_eta
  }

  cross([first, second, third]: readonly (readonly number[])[], { random, bounds }: CrossoverContext): number[] {
    const n = bounds.length
    const across = this.#across ?? 0.35 / Math.sqrt(n)
    const etas = first.map(() => across ** 2 * random.gaussian())
    const xi = this.#along ** 2 * random.gaussian()
    const line = second.map((x, i) => x - first[i])
    const length = Math.max(Math.sqrt(dot(line, line)), 1e-10)
    const unit = line.map(x => x / length)
    const child = first.map((x, i) => (x + second[i]) / 2 + xi * (x - second[i]))
    if (n === 1) return child
    const offset = third.map((x, i) => x - first[i])
    const along = dot(offset, unit)
    const away = offset.map((x, i) => x - along * unit[i])
    const distance = Math.sqrt(dot(away, away))
    const aside = new Float64Array(n)
    for (const [j, direction] of orthogonalColumns(unit).entries()) {
      for (let i = 0; i < n; i++) aside[i] += etas[j] * direction[i]
    }
    return child.map((x, i) => x + aside[i] * distance)
  }
}

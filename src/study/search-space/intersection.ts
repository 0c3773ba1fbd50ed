import type { Distribution, FrozenTrial } from '../contract.ts'
import { sameDistribution } from '../distributions.ts'

/** Names in the order in which Python sorts strings: by code points. */
export function byName(a: string, b: string): number {
  const n = Math.min(a.length, b.length)
  for (let i = 0; i < n; i++) {
    const left = a.charCodeAt(i)
    const right = b.charCodeAt(i)
    if (left !== right) return left < 0xd800 || right < 0xd800 ? left - right : byCodePoint(a, b)
  }
  return a.length - b.length
}

function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]]
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = left[i].codePointAt(0)! - right[i].codePointAt(0)!
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/**
 * The parameters that all finished trials have with equal distributions, sorted by name. Remembers what it has seen, so each call looks
 * only at new trials.
 */
export class IntersectionSearchSpace {
  readonly #includePruned: boolean
  /** By name. */
  #space: Map<string, Distribution> | undefined
  /** Trials below this number are in `#space` already. */
  #seen = -1

  constructor({ includePruned = false }: { readonly includePruned?: boolean } = {}) {
    this.#includePruned = includePruned
  }

  /** @param trials all trials of the study in order of their numbers */
  calculate(trials: readonly FrozenTrial[]): Map<string, Distribution> {
    let next = -1
    for (let i = trials.length - 1; i >= 0; i--) {
      const trial = trials[i]
      if (trial.state === 'FAIL' || (trial.state === 'PRUNED' && !this.#includePruned)) continue
      if (next === -1) next = trial.number + 1
      if (this.#seen > trial.number) break
      if (trial.state === 'RUNNING' || trial.state === 'WAITING') {
        next = trial.number
        continue
      }
      this.#narrow(trial.distributions)
    }
    this.#seen = next
    return new Map(this.#space)
  }

  #narrow(distributions: ReadonlyMap<string, Distribution>): void {
    if (this.#space === undefined) {
      this.#space = new Map([...distributions].sort(([a], [b]) => byName(a, b)))
      return
    }
    for (const [name, distribution] of this.#space) {
      const other = distributions.get(name)
      if (other === undefined || !sameDistribution(other, distribution)) this.#space.delete(name)
    }
  }
}

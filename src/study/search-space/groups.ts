import type { Distribution, FrozenTrial } from '../contract.ts'

/**
 * Parameters grouped by the trials they occur in: two parameters are in one group when every trial has both or neither.
 * Later trials split groups and add new ones, in Optuna's order.
 */
export class GroupedSearchSpace {
  #groups: Map<string, Distribution>[] = []
  readonly #seen = new WeakSet<FrozenTrial>()

  /** @param trials the finished trials that count */
  calculate(trials: readonly FrozenTrial[]): readonly ReadonlyMap<string, Distribution>[] {
    for (const trial of trials) {
      if (this.#seen.has(trial)) continue
      this.#seen.add(trial)
      this.#add(trial.distributions)
    }
    return this.#groups
  }

  #add(distributions: ReadonlyMap<string, Distribution>): void {
    const left = new Map(distributions)
    const next: Map<string, Distribution>[] = []
    for (const group of this.#groups) {
      const both = new Map<string, Distribution>()
      const others = new Map<string, Distribution>()
      for (const [name, distribution] of group) (left.has(name) ? both : others).set(name, distribution)
      next.push(both, others)
      for (const name of group.keys()) left.delete(name)
    }
    next.push(left)
    this.#groups = next.filter(group => group.size > 0)
  }
}

import { violationOf } from '../../constraints.ts'
import type { Direction, FrozenTrial } from '../../contract.ts'

export interface Split {
  /** In order of the trials' numbers. */
  readonly below: readonly FrozenTrial[]
  readonly above: readonly FrozenTrial[]
}

/** Chooses `count` of `trials`, the best ones. */
export type ChooseBest = (trials: readonly FrozenTrial[], count: number) => readonly FrozenTrial[]

/**
 * Splits trials into the good (`nBelow` of them) and the rest: complete trials by value, then pruned ones by how far and how well they
 * got, then infeasible ones by their violation. Running trials count among the rest.
 *
 * @param violation of a trial; 4.9 gives infinity to trials without constraints
 */
export function splitTrials(
  trials: readonly FrozenTrial[],
  nBelow: number,
  direction: Direction,
  chooseComplete: ChooseBest = (complete, count) => bestByValue(complete, count, direction),
  violation: (trial: FrozenTrial) => number = violationOf,
): Split {
  const complete: FrozenTrial[] = []
  const pruned: FrozenTrial[] = []
  const infeasible: FrozenTrial[] = []
  let inOrder = true
  for (let i = 0; i < trials.length; i++) {
    const trial = trials[i]
    if (i > 0 && trials[i - 1].number > trial.number) inOrder = false
    if (trial.state === 'RUNNING') continue
    if (violation(trial) > 0) infeasible.push(trial)
    else if (trial.state === 'COMPLETE') complete.push(trial)
    else pruned.push(trial)
  }
  const below = new Set<FrozenTrial>()
  const take = (candidates: readonly FrozenTrial[], choose: ChooseBest) => {
    const count = Math.min(Math.max(0, nBelow - below.size), candidates.length)
    if (count === candidates.length) for (const trial of candidates) below.add(trial)
    else if (count > 0) for (const trial of choose(candidates, count)) below.add(trial)
  }
  take(complete, chooseComplete)
  take(pruned, (candidates, count) => bestPruned(candidates, count, direction))
  take(infeasible, (candidates, count) => smallest(candidates, candidates.map(violation), count))
  const ordered = inOrder ? trials : trials.toSorted((a, b) => a.number - b.number)
  const split = { below: [] as FrozenTrial[], above: [] as FrozenTrial[] }
  for (const trial of ordered) {
    if (below.has(trial)) split.below.push(trial)
    else split.above.push(trial)
  }
  return split
}

function bestByValue(trials: readonly FrozenTrial[], count: number, direction: Direction): readonly FrozenTrial[] {
  const sign = direction === 'maximize' ? -1 : 1
  return smallest(
    trials,
    trials.map(trial => sign * trial.values![0]),
    count,
  )
}

/** Further steps first, then the better intermediate value there; NaN is worst, and no report at all comes last. */
function bestPruned(trials: readonly FrozenTrial[], count: number, direction: Direction): readonly FrozenTrial[] {
  const scores = trials.map(({ intermediateValues }) => {
    if (intermediateValues.size === 0) return [1, 0] as const
    const step = Math.max(...intermediateValues.keys())
    const value = intermediateValues.get(step)!
    return [-step, Number.isNaN(value) ? Number.POSITIVE_INFINITY : direction === 'minimize' ? value : -value] as const
  })
  const order = trials.map((_, i) => i).sort((a, b) => scores[a][0] - scores[b][0] || compare(scores[a][1], scores[b][1]) || a - b)
  return order.slice(0, count).map(i => trials[i])
}

const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0)

/** The `count` trials with the smallest keys; of equal keys the earlier ones. */
function smallest(trials: readonly FrozenTrial[], keys: readonly number[], count: number): readonly FrozenTrial[] {
  if (count > 50) {
    const order = trials.map((_, i) => i).sort((a, b) => compare(keys[a], keys[b]) || a - b)
    return order.slice(0, count).map(i => trials[i])
  }
  const chosen: number[] = []
  for (let i = 0; i < trials.length; i++) {
    if (chosen.length === count && !(keys[i] < keys[chosen[count - 1]])) continue
    let at = Math.min(chosen.length, count - 1)
    for (; at > 0 && keys[i] < keys[chosen[at - 1]]; at--) chosen[at] = chosen[at - 1]
    chosen[at] = i
  }
  return chosen.map(i => trials[i])
}

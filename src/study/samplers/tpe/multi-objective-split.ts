import { isFeasible } from '../../constraints.ts'
import type { Direction, FrozenTrial } from '../../contract.ts'
import { boxOf, hypervolume, referencePoint, worse } from '../../multi-objective/hypervolume.ts'
import { distinctRows, isOnFront, type Losses, nonDominationRanks } from '../../multi-objective/non-domination.ts'
import { type SubsetOptions, selectSubset } from '../../multi-objective/subset-selection.ts'

const EPSILON = 1e-12

/** Values with every objective to be minimised. */
export function lossesOf(trials: readonly FrozenTrial[], directions: readonly Direction[]): Losses {
  return trials.map(({ values }) => values!.map((value, i) => (directions[i] === 'maximize' ? -value : value)))
}

/** The best `count` trials: whole fronts first, then of the next front those that cover most volume. */
export function bestOfSeveral(
  trials: readonly FrozenTrial[],
  count: number,
  directions: readonly Direction[],
  options: SubsetOptions = {},
): FrozenTrial[] {
  const losses = lossesOf(trials, directions)
  const ranks = nonDominationRanks(losses, { nBelow: count })
  const chosen: number[] = []
  for (let rank = 0; ; rank++) {
    const front = trials.flatMap((_, i) => (ranks[i] === rank ? [i] : []))
    if (chosen.length + front.length > count) {
      const rows = front.map(i => losses[i])
      const size = count - chosen.length
      if (size > 0) for (const i of selectSubset(rows, size, referencePoint(rows), options)) chosen.push(front[i])
      return chosen.map(i => trials[i])
    }
    chosen.push(...front)
    if (chosen.length === count) return chosen.map(i => trials[i])
  }
}

/** Optuna 4.9's weights of good trials: how much volume would be lost without each. */
export function volumeWeights(trials: readonly FrozenTrial[], directions: readonly Direction[], constrained: boolean): Float64Array {
  const feasible = trials.map(trial => !constrained || isFeasible(trial))
  const weights = Float64Array.from(feasible, is => (is ? 1 : EPSILON))
  const indices = trials.flatMap((_, i) => (feasible[i] ? [i] : []))
  if (indices.length <= 1) return weights
  const losses = lossesOf(
    indices.map(i => trials[i]),
    directions,
  )
  const reference = referencePoint(losses)
  const { first, which } = distinctRows(losses)
  const distinctOn = isOnFront(first.map(i => losses[i]))
  const on = losses.flatMap((_, i) => (distinctOn[which[i]] ? [i] : []))
  const front = on.map(i => losses[i])
  const total = hypervolume(front, reference, { assumePareto: true })
  if (!Number.isFinite(total)) return weights
  const gains = new Float64Array(losses.length)
  for (const [j, i] of on.entries()) {
    const others = front.filter((_, k) => k !== j)
    gains[i] =
      directions.length <= 3
        ? total - hypervolume(others, reference, { assumePareto: true })
        : boxOf(front[j], reference) -
          hypervolume(
            others.map(row => worse(row, front[j])),
            reference,
          )
  }
  const most = Math.max(
    gains.reduce((a, b) => Math.max(a, b)),
    EPSILON,
  )
  for (const [j, i] of indices.entries()) weights[i] = Math.max(gains[j] / most, EPSILON)
  return weights
}

import { constraintsOf, violationOf } from '../constraints.ts'
import type { Direction, FrozenTrial } from '../contract.ts'
import { StudyError } from '../contract.ts'
import { nonDominationRanks } from '../multi-objective/non-domination.ts'
import { lossesOf } from './tpe/multi-objective-split.ts'

/** The best `size` trials: whole fronts, then of the next front the least crowded. */
export function selectElite(
  trials: readonly FrozenTrial[],
  directions: readonly Direction[],
  size: number,
  constrained: boolean,
): FrozenTrial[] {
  if (constrained && trials.some(trial => [...constraintsOf(trial).values()].some(Number.isNaN))) {
    throw new StudyError('study/bad-constraint', 'ValueError', 'NaN is not acceptable as constraint value.')
  }
  const penalty = constrained ? trials.map(violationOf) : undefined
  const ranks = nonDominationRanks(lossesOf(trials, directions), { penalty })
  const elite: FrozenTrial[] = []
  for (let rank = 0; elite.length < size; rank++) {
    const front = trials.filter((_, i) => ranks[i] === rank)
    if (front.length === 0 && !ranks.some(other => other > rank)) break
    if (elite.length + front.length < size) elite.push(...front)
    else elite.push(...leastCrowdedFirst(front).slice(0, size - elite.length))
  }
  return elite
}

/** Trials by the distance between their neighbours, summed over the objectives; the order of equals is that of Python's sorts. */
function leastCrowdedFirst(front: readonly FrozenTrial[]): FrozenTrial[] {
  const sorted = [...front]
  const distances = new Map<number, number>()
  for (let objective = 0; objective < (front[0]?.values?.length ?? 0); objective++) {
    const at = (trial: FrozenTrial): number => trial.values![objective]
    sorted.sort((a, b) => compare(at(a), at(b)))
    if (at(sorted[0]) === at(sorted[sorted.length - 1])) continue
    const values = [Number.NEGATIVE_INFINITY, ...sorted.map(at), Number.POSITIVE_INFINITY]
    const least = values.find(value => value !== Number.NEGATIVE_INFINITY)!
    const most = values.findLast(value => value !== Number.POSITIVE_INFINITY)!
    const width = most - least <= 0 ? 1 : most - least
    for (const [j, { number }] of sorted.entries()) {
      const gap = values[j] === values[j + 2] ? 0 : values[j + 2] - values[j]
      distances.set(number, (distances.get(number) ?? 0) + gap / width)
    }
  }
  const crowding = (trial: FrozenTrial): number => distances.get(trial.number) ?? 0
  return sorted.sort((a, b) => compare(crowding(a), crowding(b))).reverse()
}

const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0)

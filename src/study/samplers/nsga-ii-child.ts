import { isFeasible, violationOf } from '../constraints.ts'
import type { CategoricalDistribution, Direction, Distribution, FrozenTrial, ParamChoice } from '../contract.ts'
import { contains, toInternal } from '../distributions.ts'
import type { RandomState } from '../numerics/random-state.ts'
import { fromRange, type NumericDistribution, toRange } from './numeric-transform.ts'
import type { Profile } from './profile.ts'

export interface ChildOptions {
  readonly mutation_prob: number | null
  readonly crossover_prob: number
  readonly swapping_prob: number
  readonly constrained: boolean
  readonly profile: Profile
}

/** A child of two parents, or a copy of one; parameters that mutate are left out, to be drawn at random. */
export function makeChild(
  parents: readonly FrozenTrial[],
  space: ReadonlyMap<string, Distribution>,
  directions: readonly Direction[],
  random: RandomState,
  options: ChildOptions,
): Map<string, ParamChoice> {
  const child =
    random.random() < options.crossover_prob
      ? crossover(parents, space, directions, random, options)
      : copyOf(parents[random.interval(parents.length - 1)], space)
  const rate = options.mutation_prob ?? 1 / Math.max(1, child.size)
  for (const name of [...child.keys()]) if (random.random() < rate) child.delete(name)
  return child
}

function copyOf(parent: FrozenTrial, space: ReadonlyMap<string, Distribution>): Map<string, ParamChoice> {
  return new Map([...space.keys()].map(name => [name, parent.params.get(name)!]))
}

/** Uniform crossover: each parameter from one of two parents, categorical ones first; again while the child leaves the space. */
function crossover(
  population: readonly FrozenTrial[],
  space: ReadonlyMap<string, Distribution>,
  directions: readonly Direction[],
  random: RandomState,
  options: ChildOptions,
): Map<string, ParamChoice> {
  const isCategorical = (d: Distribution): d is CategoricalDistribution => d.name === 'CategoricalDistribution'
  const categorical = [...space].filter(([, d]) => isCategorical(d))
  const numeric = [...space].filter((entry): entry is [string, NumericDistribution] => !isCategorical(entry[1]))
  for (;;) {
    const first = tournament(population, directions, random, options)
    const second = tournament(
      population.filter(trial => trial !== first),
      directions,
      random,
      options,
    )
    const pick = (): FrozenTrial => (random.random() >= options.swapping_prob ? second : first)
    const child = new Map<string, ParamChoice>()
    for (const [name] of categorical) child.set(name, pick().params.get(name)!)
    for (const [name, d] of numeric) {
      const value = pick().params.get(name) as number
      child.set(name, fromRange(d, toRange(d, value), options.profile))
    }
    if ([...child].every(([name, value]) => contains(space.get(name)!, toInternal(space.get(name)!, value)))) return child
  }
}

/** The dominating one of two drawn trials; the second when neither dominates. */
function tournament(
  population: readonly FrozenTrial[],
  directions: readonly Direction[],
  random: RandomState,
  { constrained }: ChildOptions,
) {
  const a = population[random.interval(population.length - 1)]
  const b = population[random.interval(population.length - 1)]
  return (constrained ? dominatesFeasibly(a, b, directions) : dominates(a, b, directions)) ? a : b
}

function dominates(a: FrozenTrial, b: FrozenTrial, directions: readonly Direction[]): boolean {
  if (a.state !== 'COMPLETE') return false
  if (b.state !== 'COMPLETE') return true
  let better = false
  for (let i = 0; i < directions.length; i++) {
    const sign = directions[i] === 'maximize' ? -1 : 1
    if (sign * a.values![i] > sign * b.values![i]) return false
    if (sign * a.values![i] < sign * b.values![i]) better = true
  }
  return better
}

function dominatesFeasibly(a: FrozenTrial, b: FrozenTrial, directions: readonly Direction[]): boolean {
  if (a.state !== 'COMPLETE') return false
  if (b.state !== 'COMPLETE') return true
  const [feasibleA, feasibleB] = [isFeasible(a), isFeasible(b)]
  if (feasibleA && feasibleB) return dominates(a, b, directions)
  return feasibleA || (!feasibleB && violationOf(a) < violationOf(b))
}

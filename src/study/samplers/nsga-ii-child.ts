import { isFeasible, violationOf } from '../constraints.ts'
import type { CategoricalDistribution, Direction, Distribution, FrozenTrial, ParamChoice } from '../contract.ts'
import { contains, toInternal } from '../distributions.ts'
import type { RandomState } from '../numerics/random-state.ts'
import type { Crossover, Mutation } from './crossovers/index.ts'
import { boundsOf, fromRange, type NumericDistribution, toRange } from './numeric-transform.ts'
import type { Profile } from './profile.ts'

export interface ChildOptions {
  readonly mutation: Mutation | null
  readonly mutation_prob: number | null
  readonly crossover: Crossover
  readonly crossover_prob: number
  readonly swapping_prob: number
  readonly constrained: boolean
  readonly profile: Profile
}

/** A child of its parents, or a copy of one; without a `mutation` the parameters that mutate are left out, to be drawn at random. */
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
  for (const [name, value] of [...child]) {
    if (random.random() >= rate) continue
    const d = space.get(name)!
    if (options.mutation === null || d.name === 'CategoricalDistribution') child.delete(name)
    else child.set(name, mutated(d, value as number, options.mutation, random, options.profile))
  }
  return child
}

function mutated(d: NumericDistribution, value: number, mutation: Mutation, random: RandomState, profile: Profile): number {
  const [low, high] = boundsOf(d)
  const moved = mutation.mutate(toRange(d, value), random, [low, high])
  return fromRange(d, Math.min(Math.max(moved, low), high), profile)
}

function copyOf(parent: FrozenTrial, space: ReadonlyMap<string, Distribution>): Map<string, ParamChoice> {
  return new Map([...space.keys()].map(name => [name, parent.params.get(name)!]))
}

/** Categorical parameters from the first parent or the last, the numeric ones as the crossover makes them; again while the child leaves the space. */
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
  const context = { random, bounds: numeric.map(([, d]) => boundsOf(d)), severalObjectives: directions.length > 1 }
  for (;;) {
    const parents: FrozenTrial[] = []
    for (let i = 0; i < options.crossover.nParents; i++) {
      const others = population.filter(trial => !parents.includes(trial))
      parents.push(tournament(others, directions, random, options))
    }
    const child = new Map<string, ParamChoice>()
    for (const [name] of categorical) {
      const parent = random.random() >= options.swapping_prob ? parents[parents.length - 1] : parents[0]
      child.set(name, parent.params.get(name)!)
    }
    if (numeric.length > 0) {
      const places = parents.map(({ params }) => numeric.map(([name, d]) => toRange(d, params.get(name) as number)))
      const made = options.crossover.cross(places, context)
      for (const [i, [name, d]] of numeric.entries()) child.set(name, fromRange(d, made[i], options.profile))
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

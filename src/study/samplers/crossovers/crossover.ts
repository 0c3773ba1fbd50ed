import type { RandomState } from '../../numerics/random-state.ts'

/** What a crossover knows besides the parents. */
export interface CrossoverContext {
  readonly random: RandomState
  /** Ranges of the numeric parameters, in log space where they are. */
  readonly bounds: readonly (readonly [number, number])[]
  readonly severalObjectives: boolean
}

/** Makes the numeric parameters of a child from those of its parents: NSGA-II's `crossover`. */
export interface Crossover {
  readonly name: string
  readonly nParents: number
  /** @param parents per parent its numeric parameters, in log space where they are */
  cross(parents: readonly (readonly number[])[], context: CrossoverContext): number[]
}

/** Changes one numeric parameter of a child: NSGA-II's `mutation`. */
export interface Mutation {
  readonly name: string
  mutate(value: number, random: RandomState, bounds: readonly [number, number]): number
}

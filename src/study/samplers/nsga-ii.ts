import { constraintsOf, storeConstraints } from '../constraints.ts'
import type { Distribution, FrozenTrial, ParamChoice, Sampler, StudyView, TrialState } from '../contract.ts'
import { StudyError } from '../contract.ts'
import { isSingle } from '../distributions.ts'
import { RandomState } from '../numerics/random-state.ts'
import { type EitherSpelling, snakeOptions } from '../options.ts'
import { IntersectionSearchSpace } from '../search-space/intersection.ts'
import { type Crossover, type Mutation, UniformCrossover } from './crossovers/index.ts'
import { makeChild } from './nsga-ii-child.ts'
import { selectElite } from './nsga-ii-elite.ts'
import type { Profile } from './profile.ts'
import { checkedSeed, RandomSampler } from './random.ts'

export interface NSGAIISamplerOptions {
  readonly population_size?: number
  /** Moves a numeric parameter that mutates; undefined: it is drawn anew. */
  readonly mutation?: Mutation | null
  /** Undefined: one parameter in expectation. */
  readonly mutation_prob?: number | null
  /** Makes the numeric parameters of a child; undefined: each from one of two parents. */
  readonly crossover?: Crossover | null
  readonly crossover_prob?: number
  readonly swapping_prob?: number
  readonly seed?: number | null
  readonly constraints_func?: (trial: FrozenTrial) => readonly number[]
  readonly profile?: Profile
}

const OPTIONS = [
  'population_size',
  'mutation',
  'mutation_prob',
  'crossover',
  'crossover_prob',
  'swapping_prob',
  'seed',
  'constraints_func',
  'profile',
] as const
const GENERATION = 'NSGAIISampler:generation'
const PARENTS = 'NSGAIISampler:parent:'

/**
 * Non-dominated sorting genetic algorithm: parents are the elite of the generation before, children their crossover.
 *
 * Source: Deb et al. (2002); optuna 5.0 and 4.9, `NSGAIISampler`.
 */
export class NSGAIISampler implements Sampler {
  readonly name = 'NSGAIISampler'
  readonly #options: Required<Omit<NSGAIISamplerOptions, 'seed' | 'constraints_func' | 'crossover'>> & { readonly crossover: Crossover }
  readonly #constraints: NSGAIISamplerOptions['constraints_func']
  readonly #random: RandomState
  readonly #independent: RandomSampler
  readonly #intersection = new IntersectionSearchSpace()

  constructor(options: EitherSpelling<NSGAIISamplerOptions> = {}) {
    const given = snakeOptions<NSGAIISamplerOptions>('NSGAIISampler', options, OPTIONS)
    const { population_size = 50, mutation_prob = null, crossover_prob = 0.9, swapping_prob = 0.5, profile = 'optuna-5' } = given
    check(population_size >= 2, '`population_size` must be greater than or equal to 2.')
    check(
      mutation_prob === null || (mutation_prob >= 0 && mutation_prob <= 1),
      '`mutation_prob` must be None or a float value within the range [0.0, 1.0].',
    )
    for (const [name, value] of [
      ['crossover_prob', crossover_prob],
      ['swapping_prob', swapping_prob],
    ] as const) {
      check(value >= 0 && value <= 1, `\`${name}\` must be a float value within the range [0.0, 1.0].`)
    }
    const { mutation = null } = given
    const crossover = given.crossover ?? new UniformCrossover({ swapping_prob })
    check(
      typeof crossover.cross === 'function',
      `'${crossover}' is not a valid crossover. For valid crossovers see https://optuna.readthedocs.io/en/stable/reference/samplers.html.`,
    )
    check(
      population_size >= crossover.nParents,
      `Using ${crossover.name}, the population size should be greater than or equal to ${crossover.nParents}. The specified \`population_size\` is ${population_size}.`,
    )
    check(mutation === null || typeof mutation.mutate === 'function', `'${mutation}' is not a valid mutation.`)
    this.#options = { population_size, mutation, mutation_prob, crossover: crossover, crossover_prob, swapping_prob, profile }
    this.#constraints = given.constraints_func
    const seed = checkedSeed(given.seed)
    this.#random = new RandomState(seed)
    this.#independent = new RandomSampler({ seed, profile })
  }

  inferRelativeSearchSpace(study: StudyView): ReadonlyMap<string, Distribution> {
    return new Map([...this.#intersection.calculate(study.getTrials())].filter(([, distribution]) => !isSingle(distribution)))
  }

  sampleRelative(study: StudyView, trial: FrozenTrial, space: ReadonlyMap<string, Distribution>): ReadonlyMap<string, ParamChoice> {
    const parents = this.#parentsOf(study, this.#generationOf(study, trial))
    if (parents.length === 0) return new Map()
    return makeChild(parents, space, study.directions, this.#random, {
      ...this.#options,
      constrained: this.#isConstrained(parents),
    })
  }

  sampleIndependent(study: StudyView, trial: FrozenTrial, name: string, distribution: Distribution): ParamChoice {
    return this.#independent.sampleIndependent(study, trial, name, distribution)
  }

  afterTrial(study: StudyView, trial: FrozenTrial, state: TrialState): void {
    storeConstraints(this.#constraints, study, trial, state)
  }

  reseed(): void {
    this.#random.seed()
    this.#independent.reseed()
  }

  /** Optuna 4.9 looks at constraints only when it was given a function for them. */
  #isConstrained(trials: readonly FrozenTrial[]): boolean {
    return this.#options.profile === 'optuna-5' ? trials.some(trial => constraintsOf(trial).size > 0) : this.#constraints !== undefined
  }

  /** The newest generation, or the next one when that is full. */
  #generationOf(study: StudyView, trial: FrozenTrial): number {
    const known = trial.systemAttrs.get(GENERATION)
    if (typeof known === 'number') return known
    let newest = 0
    let count = 0
    for (const other of study.getTrials(['COMPLETE'])) {
      const generation = (other.systemAttrs.get(GENERATION) as number | undefined) ?? -1
      if (generation > newest) {
        newest = generation
        count = 1
      } else if (generation === newest) count++
    }
    const generation = count < this.#options.population_size ? newest : newest + 1
    study.storage.setTrialSystemAttr(trial.trialId, GENERATION, generation)
    return generation
  }

  /** In the order of their selection when they are selected now, in the order of their numbers from then on. */
  #parentsOf(study: StudyView, generation: number): readonly FrozenTrial[] {
    if (generation === 0) return []
    const kept = study.storage.studySystemAttrs(study.studyId).get(PARENTS + generation)
    if (Array.isArray(kept)) {
      const ids = new Set(kept)
      return study.getTrials().filter(trial => ids.has(trial.trialId))
    }
    const population = study.getTrials(['COMPLETE']).filter(trial => trial.systemAttrs.get(GENERATION) === generation - 1)
    const candidates = [...population, ...this.#parentsOf(study, generation - 1)]
    const parents = selectElite(candidates, study.directions, this.#options.population_size, this.#isConstrained(candidates))
    study.storage.setStudySystemAttr(
      study.studyId,
      PARENTS + generation,
      parents.map(trial => trial.trialId),
    )
    return parents
  }
}

function check(holds: boolean, message: string): void {
  if (!holds) throw new StudyError('study/bad-option', 'ValueError', message)
}

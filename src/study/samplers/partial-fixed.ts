import type { Distribution, FrozenTrial, ParamChoice, Sampler, StudyView, TrialState } from '../contract.ts'

/** Another sampler with some parameters fixed. */
export class PartialFixedSampler implements Sampler {
  readonly name = 'PartialFixedSampler'
  readonly #fixed: ReadonlyMap<string, ParamChoice>
  readonly #base: Sampler

  constructor(fixed: Readonly<Record<string, ParamChoice>> | ReadonlyMap<string, ParamChoice>, base: Sampler) {
    this.#fixed = fixed instanceof Map ? fixed : new Map(Object.entries(fixed))
    this.#base = base
  }

  inferRelativeSearchSpace(study: StudyView, trial: FrozenTrial): ReadonlyMap<string, Distribution> {
    const space = new Map(this.#base.inferRelativeSearchSpace(study, trial))
    for (const name of this.#fixed.keys()) space.delete(name)
    return space
  }

  sampleRelative(study: StudyView, trial: FrozenTrial, space: ReadonlyMap<string, Distribution>): ReadonlyMap<string, ParamChoice> {
    return this.#base.sampleRelative(study, trial, space)
  }

  sampleIndependent(study: StudyView, trial: FrozenTrial, name: string, distribution: Distribution): ParamChoice {
    return this.#fixed.has(name) ? this.#fixed.get(name)! : this.#base.sampleIndependent(study, trial, name, distribution)
  }

  beforeTrial(study: StudyView, trial: FrozenTrial): void {
    this.#base.beforeTrial?.(study, trial)
  }

  afterTrial(study: StudyView, trial: FrozenTrial, state: TrialState, values: readonly number[] | null): void {
    this.#base.afterTrial?.(study, trial, state, values)
  }
}

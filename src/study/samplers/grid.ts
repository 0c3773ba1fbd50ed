import type { Distribution, FrozenTrial, ParamChoice, Sampler, StudyView } from '../contract.ts'
import { StudyError } from '../contract.ts'
import { contains, sameChoice, toInternal } from '../distributions.ts'
import { RandomState } from '../numerics/random-state.ts'
import { byName } from '../search-space/intersection.ts'
import { isFinished } from '../storages/study-records.ts'
import { checkedSeed } from './random.ts'

/** All combinations of given values, once each in shuffled order; ends the study when none is left. */
export class GridSampler implements Sampler {
  readonly name = 'GridSampler'
  readonly #space: ReadonlyMap<string, readonly ParamChoice[]>
  readonly #grid: readonly (readonly ParamChoice[])[]
  readonly #names: readonly string[]
  readonly #random: RandomState

  /** @param space values per parameter */
  constructor(
    space: Readonly<Record<string, readonly ParamChoice[]>> | ReadonlyMap<string, readonly ParamChoice[]>,
    { seed }: { readonly seed?: number | null } = {},
  ) {
    const entries = space instanceof Map ? [...space] : Object.entries(space)
    this.#space = new Map(entries.sort(([a], [b]) => byName(a, b)))
    this.#names = [...this.#space.keys()]
    const grid = product([...this.#space.values()])
    this.#random = new RandomState(checkedSeed(seed) ?? 0)
    this.#random.shuffle(grid)
    this.#grid = grid
  }

  beforeTrial(study: StudyView, trial: FrozenTrial): void {
    if (trial.systemAttrs.has('grid_id') || trial.systemAttrs.has('fixed_params')) return
    let id = trial.number
    if (id >= this.#grid.length) {
      const open = this.#unvisited(study)
      const candidates = open.length > 0 ? open : this.#grid.map((_, i) => i)
      id = candidates[this.#random.interval(candidates.length - 1)]
    }
    study.storage.setTrialSystemAttr(trial.trialId, 'search_space', Object.fromEntries(this.#space))
    study.storage.setTrialSystemAttr(trial.trialId, 'grid_id', id)
  }

  inferRelativeSearchSpace(): ReadonlyMap<string, Distribution> {
    return new Map()
  }

  sampleRelative(): ReadonlyMap<string, ParamChoice> {
    return new Map()
  }

  sampleIndependent(_study: StudyView, trial: FrozenTrial, name: string, distribution: Distribution): ParamChoice {
    const refuse = (message: string): never => {
      throw new StudyError('study/not-in-grid', 'ValueError', message, { parameter: name })
    }
    const id = trial.systemAttrs.get('grid_id')
    if (typeof id !== 'number') return refuse('All parameters must be specified when using GridSampler with enqueue_trial.')
    const column = this.#names.indexOf(name)
    if (column < 0) return refuse(`The parameter name, ${name}, is not found in the given grid.`)
    const value = this.#grid[id][column]
    contains(distribution, toInternal(distribution, value))
    return value
  }

  afterTrial(study: StudyView, trial: FrozenTrial): void {
    const open = this.#unvisited(study)
    if (open.length === 0 || (open.length === 1 && trial.systemAttrs.get('grid_id') === open[0])) study.stop()
  }

  /** Whether every combination was tried. */
  isExhausted(study: StudyView): boolean {
    return this.#unvisited(study).length === 0
  }

  /** Combinations that no trial had; those that only running trials have when there are no others. */
  #unvisited(study: StudyView): number[] {
    const visited = new Set<unknown>()
    const running = new Set<unknown>()
    for (const trial of study.storage.trials(study.studyId)) {
      const id = trial.systemAttrs.get('grid_id')
      if (id === undefined || !this.#isSameSpace(trial.systemAttrs.get('search_space'))) continue
      if (isFinished(trial.state)) visited.add(id)
      else if (trial.state === 'RUNNING') running.add(id)
    }
    const open = this.#grid.flatMap((_, i) => (visited.has(i) ? [] : [i]))
    const free = open.filter(i => !running.has(i))
    return free.length > 0 ? free : open
  }

  #isSameSpace(stored: unknown): boolean {
    const entries = Object.entries((stored ?? {}) as Record<string, readonly ParamChoice[]>)
    return (
      entries.length === this.#space.size &&
      entries.every(([name, values]) => {
        const own = this.#space.get(name)
        return own !== undefined && own.length === values.length && own.every((value, i) => sameChoice(value, values[i]))
      })
    )
  }
}

/** All combinations, the last list varying fastest. */
function product(lists: readonly (readonly ParamChoice[])[]): ParamChoice[][] {
  return lists.reduce<ParamChoice[][]>((rows, list) => rows.flatMap(row => list.map(value => [...row, value])), [[]])
}

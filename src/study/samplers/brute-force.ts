import type { Distribution, FrozenTrial, ParamChoice, Sampler, StudyView, TrialState } from '../contract.ts'
import { StudyError } from '../contract.ts'
import { sameChoice, toExternal, toInternal } from '../distributions.ts'
import { decimalRange } from '../numerics/decimal-step.ts'
import { RandomState } from '../numerics/random-state.ts'
import { type EitherSpelling, snakeOptions } from '../options.ts'
import { isFinished } from '../storages/study-records.ts'
import type { Profile } from './profile.ts'
import { checkedSeed } from './random.ts'
import { ValueTree } from './value-tree.ts'

export interface BruteForceSamplerOptions {
  readonly seed?: number | null
  /** Also waits for values that running trials have, in case these fail. */
  readonly avoid_premature_stop?: boolean
  readonly profile?: Profile
}

/** What is needed of a trial, and of one that is about to be finished. */
interface Visit {
  readonly finished: boolean
  readonly params: ReadonlyMap<string, ParamChoice>
  readonly distributions: ReadonlyMap<string, Distribution>
}

/** Tries all values of a finite search space, also of a conditional one, and ends the study when all were tried. */
export class BruteForceSampler implements Sampler {
  readonly name = 'BruteForceSampler'
  readonly #random: RandomState
  readonly #excludeRunning: boolean
  readonly #profile: Profile

  constructor(options: EitherSpelling<BruteForceSamplerOptions> = {}) {
    const given = snakeOptions<BruteForceSamplerOptions>('BruteForceSampler', options, ['seed', 'avoid_premature_stop', 'profile'])
    this.#random = new RandomState(checkedSeed(given.seed))
    this.#excludeRunning = !(given.avoid_premature_stop ?? false)
    this.#profile = given.profile ?? 'optuna-5'
  }

  inferRelativeSearchSpace(): ReadonlyMap<string, Distribution> {
    return new Map()
  }

  sampleRelative(): ReadonlyMap<string, ParamChoice> {
    return new Map()
  }

  sampleIndependent(study: StudyView, trial: FrozenTrial, name: string, distribution: Distribution): ParamChoice {
    const candidates = candidatesOf(distribution)
    const tree = new ValueTree()
    tree.expand(name, candidates)
    populate(
      tree,
      visitsOf(study).filter(visit => visit.number !== trial.number),
      trial.params,
    )
    const value = tree.hasOpen(this.#excludeRunning)
      ? tree.sampleChild(this.#random, this.#excludeRunning)
      : candidates[this.#random.interval(candidates.length - 1)]
    return toExternal(distribution, value)
  }

  afterTrial(study: StudyView, trial: FrozenTrial, state: TrialState): void {
    const { params, distributions } = trial
    const visits = visitsOf(study).map(visit =>
      visit.number === trial.number ? { number: trial.number, finished: isFinished(state), params, distributions } : visit,
    )
    // Optuna 4.9 rebuilds the whole tree; 5 looks first at what is near the trial. They stop at the same trial.
    const levels = this.#profile === 'optuna-5' ? [...params.keys()].reverse() : []
    const prefix = new Map(params)
    for (const name of levels) {
      prefix.delete(name)
      if (this.#isOpen(visits, prefix)) return
    }
    if (levels.length === 0 && this.#profile !== 'optuna-5' && this.#isOpen(visits, new Map())) return
    study.stop()
  }

  #isOpen(visits: readonly Visit[], prefix: ReadonlyMap<string, ParamChoice>): boolean {
    const tree = new ValueTree()
    populate(tree, visits, prefix)
    return tree.hasOpen(this.#excludeRunning)
  }
}

function visitsOf(study: StudyView): (Visit & { readonly number: number })[] {
  return study.storage
    .trials(study.studyId)
    .flatMap(({ number, state, params, distributions }) =>
      state === 'WAITING' ? [] : [{ number, finished: isFinished(state), params, distributions }],
    )
}

/** Marks in `tree` what the trials that agree with `prefix` have visited below it. */
function populate(tree: ValueTree, visits: readonly Visit[], prefix: ReadonlyMap<string, ParamChoice>): void {
  for (const { finished, params, distributions } of visits) {
    let agrees = true
    for (const [name, value] of prefix) {
      if (!params.has(name) || !sameChoice(params.get(name)!, value)) agrees = false
    }
    if (!agrees) continue
    const path = [...distributions].flatMap(([name, distribution]) =>
      prefix.has(name) ? [] : [{ name, candidates: candidatesOf(distribution), value: toInternal(distribution, params.get(name)!) }],
    )
    const leaf = tree.addPath(path)
    if (leaf === undefined) continue
    if (finished) leaf.setLeaf()
    else leaf.isRunning = true
  }
}

/** All internal values of a distribution. */
function candidatesOf(d: Distribution): number[] {
  if (d.name === 'CategoricalDistribution') return d.choices.map((_, i) => i)
  if (d.step !== null) return decimalRange(d.low, d.high, d.step)
  throw new StudyError(
    'study/bad-distribution',
    'ValueError',
    'FloatDistribution.step must be given for BruteForceSampler (otherwise, the search space will be infinite).',
  )
}

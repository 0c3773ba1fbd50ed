import { log } from '../../numerics/exp-log.ts'
import type { FrozenTrial, Pruner, StudyView, TrialState } from '../contract.ts'
import { type EitherSpelling, snakeOptions } from '../options.ts'
import { valueText } from '../python-text.ts'
import { checkOption } from './check-option.ts'
import { crc32 } from './crc32.ts'
import { lastStepOf } from './steps.ts'
import { SuccessiveHalvingPruner } from './successive-halving.ts'

export interface HyperbandPrunerOptions {
  readonly min_resource?: number
  /** Steps of the longest trial; `auto`: those of the complete ones. */
  readonly max_resource?: number | 'auto'
  readonly reduction_factor?: number
  readonly bootstrap_count?: number
}

interface Bracket {
  readonly budget: number
  readonly pruner: SuccessiveHalvingPruner
}

const OPTIONS = ['min_resource', 'max_resource', 'reduction_factor', 'bootstrap_count'] as const

/**
 * Successive halving in several brackets that start pruning later and later. Which bracket a trial is in follows from the study's name and
 * the trial's number. Only the pruner is confined to a bracket: samplers see all trials.
 *
 * Source: Li et al. (2018); optuna 5.0, `HyperbandPruner`.
 */
export class HyperbandPruner implements Pruner {
  readonly name = 'HyperbandPruner'
  readonly #options: Required<HyperbandPrunerOptions>
  /** Undefined until a trial has told how long trials are; what it tells is kept, even when no bracket fits. */
  #known: readonly Bracket[] | undefined

  constructor(options: EitherSpelling<HyperbandPrunerOptions> = {}) {
    const given = snakeOptions<HyperbandPrunerOptions>('HyperbandPruner', options, OPTIONS)
    this.#options = { min_resource: 1, max_resource: 'auto', reduction_factor: 3, bootstrap_count: 0, ...given }
    const { max_resource, bootstrap_count } = this.#options
    const isInteger = typeof max_resource === 'number' && Number.isInteger(max_resource)
    const message = `The 'max_resource' should be integer or 'auto'. But max_resource = ${typeof max_resource === 'string' ? max_resource : valueText(max_resource)}`
    checkOption(isInteger || max_resource === 'auto', message)
    const both = `bootstrap_count > 0 and max_resource == 'auto' are mutually incompatible, bootstrap_count is ${bootstrap_count}`
    checkOption(bootstrap_count === 0 || max_resource !== 'auto', both)
  }

  prune(study: StudyView, trial: FrozenTrial): boolean {
    this.#known ??= this.#makeBrackets(study)
    if (this.#brackets.length === 0) return false
    const bracket = this.#bracketOf(study.studyName, trial)
    return this.#brackets[bracket].pruner.prune(this.#within(study, bracket), trial)
  }

  get #brackets(): readonly Bracket[] {
    return this.#known ?? []
  }

  #makeBrackets(study: StudyView): Bracket[] | undefined {
    const { min_resource, max_resource, reduction_factor, bootstrap_count } = this.#options
    const steps = max_resource === 'auto' ? study.getTrials(['COMPLETE']).flatMap(trial => lastStepOf(trial) ?? []) : [max_resource - 1]
    if (steps.length === 0) return undefined
    const longest = steps.reduce((a, b) => Math.max(a, b)) + 1
    const count = Math.floor(pythonLog(longest / min_resource, reduction_factor)) + 1
    return Array.from({ length: Math.max(count, 0) }, (_, i) => {
      const s = count - 1 - i
      const pruner = new SuccessiveHalvingPruner({ min_resource, reduction_factor, min_early_stopping_rate: i, bootstrap_count })
      return { budget: Math.ceil((count * reduction_factor ** s) / (s + 1)), pruner }
    })
  }

  #bracketOf(studyName: string, trial: FrozenTrial): number {
    const total = this.#brackets.reduce((sum, { budget }) => sum + budget, 0)
    let n = crc32(`${studyName}_${trial.number}`) % total
    let bracket = 0
    while ((n -= this.#brackets[bracket].budget) >= 0) bracket++
    return bracket
  }

  /** The study with only the trials of one bracket. */
  #within(study: StudyView, bracket: number): StudyView {
    return {
      studyName: study.studyName,
      studyId: study.studyId,
      directions: study.directions,
      storage: study.storage,
      getTrials: (states?: readonly TrialState[]) =>
        study.getTrials(states).filter(trial => this.#bracketOf(study.studyName, trial) === bracket),
      stop: () => study.stop(),
    }
  }
}

/** `math.log(x, base)`: the quotient of the two logarithms, which is not always exact for powers. */
const pythonLog = (x: number, base: number): number => log(x) / log(base)

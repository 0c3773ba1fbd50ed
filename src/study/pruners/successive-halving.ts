import type { Direction, FrozenTrial, Pruner, StudyView } from '../contract.ts'
import { type EitherSpelling, snakeOptions } from '../options.ts'
import { checkOption } from './check-option.ts'
import { lastStepOf } from './steps.ts'

export interface SuccessiveHalvingPrunerOptions {
  /** Steps of the first rung; `auto`: a hundredth of the longest complete trial. */
  readonly min_resource?: number | 'auto'
  /** Of so many trials one goes on to the next rung. */
  readonly reduction_factor?: number
  readonly min_early_stopping_rate?: number
  /** Trials that a rung needs before any may go on. */
  readonly bootstrap_count?: number
}

const OPTIONS = ['min_resource', 'reduction_factor', 'min_early_stopping_rate', 'bootstrap_count'] as const

/**
 * Asynchronous successive halving: at each rung, 1, eta, eta^2, … times the first one's steps, only the best of `reduction_factor` trials
 * go on. A trial's value at a rung is its system attribute `completed_rung_<n>`.
 *
 * Source: Li et al. (2020); optuna 5.0, `SuccessiveHalvingPruner`.
 */
export class SuccessiveHalvingPruner implements Pruner {
  readonly name = 'SuccessiveHalvingPruner'
  #minResource: number | undefined
  readonly #factor: number
  readonly #minRate: number
  readonly #bootstrap: number

  constructor(options: EitherSpelling<SuccessiveHalvingPrunerOptions> = {}) {
    const given = snakeOptions<SuccessiveHalvingPrunerOptions>('SuccessiveHalvingPruner', options, OPTIONS)
    const { min_resource = 'auto', reduction_factor = 4, min_early_stopping_rate = 0, bootstrap_count = 0 } = given
    if (min_resource !== 'auto') {
      const either = typeof min_resource === 'string' ? "`min_resource` >= 1 or 'auto'" : "`min_resource >= 1` or 'auto'"
      const message = `The value of \`min_resource\` is ${min_resource}, but must be either ${either}`
      checkOption(typeof min_resource === 'number' && min_resource >= 1, message)
      this.#minResource = min_resource
    }
    checkOption(reduction_factor >= 2, `The value of \`reduction_factor\` is ${reduction_factor}, but must be \`reduction_factor >= 2\``)
    const rate = `The value of \`min_early_stopping_rate\` is ${min_early_stopping_rate}, but must be \`min_early_stopping_rate >= 0\``
    checkOption(min_early_stopping_rate >= 0, rate)
    checkOption(bootstrap_count >= 0, `The value of \`bootstrap_count\` is ${bootstrap_count}, but must be \`bootstrap_count >= 0\``)
    const both = `bootstrap_count > 0 and min_resource == 'auto' are mutually incompatible, bootstrap_count is ${bootstrap_count}`
    checkOption(bootstrap_count === 0 || min_resource !== 'auto', both)
    this.#factor = reduction_factor
    this.#minRate = min_early_stopping_rate
    this.#bootstrap = bootstrap_count
  }

  prune(study: StudyView, trial: FrozenTrial): boolean {
    const step = lastStepOf(trial)
    if (step === undefined) return false
    const value = trial.intermediateValues.get(step)!
    let rung = 0
    while (trial.systemAttrs.has(keyOf(rung))) rung++
    for (;;) {
      this.#minResource ??= estimateMinResource(study.getTrials(['COMPLETE']))
      if (this.#minResource === undefined) return false
      if (step < this.#minResource * this.#factor ** (this.#minRate + rung)) return false
      if (Number.isNaN(value)) return true
      // The trial's own value at this rung is not stored yet: it competes once.
      const competing = study.getTrials().flatMap(other => (other.systemAttrs.get(keyOf(rung)) as number | undefined) ?? [])
      study.storage.setTrialSystemAttr(trial.trialId, keyOf(rung), value)
      competing.push(value)
      if (competing.length <= this.#bootstrap || !isPromoted(value, competing, this.#factor, study.directions[0])) return true
      rung++
    }
  }
}

const keyOf = (rung: number): string => `completed_rung_${rung}`

function estimateMinResource(complete: readonly FrozenTrial[]): number | undefined {
  let last: number | undefined
  for (const trial of complete) {
    const step = lastStepOf(trial)
    if (step !== undefined && (last === undefined || step > last)) last = step
  }
  return last === undefined ? undefined : Math.max(Math.floor(last / 100), 1)
}

function isPromoted(value: number, competing: number[], factor: number, direction: Direction): boolean {
  const place = Math.max(Math.floor(competing.length / factor) - 1, 0)
  const sorted = Float64Array.from(competing).sort()
  return direction === 'maximize' ? value >= sorted[sorted.length - 1 - place] : value <= sorted[place]
}

import type { FrozenTrial, Pruner, StudyView } from '../contract.ts'
import { type EitherSpelling, snakeOptions } from '../options.ts'
import { typeText } from '../python-text.ts'
import { checkOption } from './check-option.ts'
import { isFirstInInterval, lastStepOf } from './steps.ts'

export interface ThresholdPrunerOptions {
  readonly lower?: number | null
  readonly upper?: number | null
  readonly n_warmup_steps?: number
  readonly interval_steps?: number
}

/** Prunes a trial that reports less than `lower`, more than `upper`, or no number. */
export class ThresholdPruner implements Pruner {
  readonly name = 'ThresholdPruner'
  readonly #lower: number
  readonly #upper: number
  readonly #warmup: number
  readonly #interval: number

  constructor(options: EitherSpelling<ThresholdPrunerOptions> = {}) {
    const names = ['lower', 'upper', 'n_warmup_steps', 'interval_steps'] as const
    const { lower = null, upper = null, n_warmup_steps = 0, interval_steps = 1 } = snakeOptions('ThresholdPruner', options, names)
    checkOption(lower !== null || upper !== null, 'Either lower or upper must be specified.', 'TypeError')
    for (const value of [lower, upper]) {
      const isNumber = value === null || typeof value === 'number'
      checkOption(isNumber, `The \`value\` argument is of type '${typeText(value)}' but supposed to be a float.`, 'TypeError')
    }
    this.#lower = lower ?? Number.NEGATIVE_INFINITY
    this.#upper = upper ?? Number.POSITIVE_INFINITY
    checkOption(this.#lower <= this.#upper, 'lower should be smaller than upper.')
    checkOption(n_warmup_steps >= 0, `Number of warmup steps cannot be negative but got ${n_warmup_steps}.`)
    checkOption(interval_steps >= 1, `Pruning interval steps must be at least 1 but got ${interval_steps}.`)
    this.#warmup = n_warmup_steps
    this.#interval = interval_steps
  }

  prune(_study: StudyView, trial: FrozenTrial): boolean {
    const step = lastStepOf(trial)
    if (step === undefined || step < this.#warmup) return false
    if (!isFirstInInterval(step, trial.intermediateValues.keys(), this.#warmup, this.#interval)) return false
    const value = trial.intermediateValues.get(step)!
    return Number.isNaN(value) || value < this.#lower || value > this.#upper
  }
}

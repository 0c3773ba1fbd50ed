import type { FrozenTrial, Pruner, StudyView } from '../contract.ts'
import { type EitherSpelling, snakeOptions } from '../options.ts'
import { checkOption } from './check-option.ts'

export interface PatientPrunerOptions {
  readonly patience: number
  readonly min_delta?: number
}

/** Lets a trial go on for `patience` steps without improvement before it asks the wrapped pruner; without one it prunes then. */
export class PatientPruner implements Pruner {
  readonly name = 'PatientPruner'
  readonly #wrapped: Pruner | null
  readonly #patience: number
  readonly #minDelta: number

  constructor(wrapped: Pruner | null, options: EitherSpelling<PatientPrunerOptions>) {
    const { patience, min_delta = 0 } = snakeOptions<PatientPrunerOptions>('PatientPruner', options, ['patience', 'min_delta'])
    checkOption(patience >= 0, `patience cannot be negative but got ${patience}.`)
    checkOption(min_delta >= 0, `min_delta cannot be negative but got ${min_delta}.`)
    this.#wrapped = wrapped
    this.#patience = patience
    this.#minDelta = min_delta
  }

  prune(study: StudyView, trial: FrozenTrial): boolean {
    const { intermediateValues } = trial
    const steps = [...intermediateValues.keys()].sort((a, b) => a - b)
    if (steps.length <= this.#patience + 1) return false
    const values = steps.map(step => intermediateValues.get(step)!)
    const before = values.slice(0, -this.#patience - 1)
    const after = values.slice(-this.#patience - 1)
    const stalled =
      study.directions[0] === 'maximize'
        ? best(before, Math.max) - this.#minDelta > best(after, Math.max)
        : best(before, Math.min) + this.#minDelta < best(after, Math.min)
    return stalled && (this.#wrapped === null || this.#wrapped.prune(study, trial))
  }
}

/** NaN only when there is nothing else. */
function best(values: readonly number[], better: (a: number, b: number) => number): number {
  return values.filter(value => !Number.isNaN(value)).reduce((a, b) => (Number.isNaN(a) ? b : better(a, b)), Number.NaN)
}

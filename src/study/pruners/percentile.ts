import type { FrozenTrial, Pruner, StudyView } from '../contract.ts'
import { type EitherSpelling, snakeOptions } from '../options.ts'
import { valueText } from '../python-text.ts'
import { checkOption } from './check-option.ts'
import { isFirstInInterval, lastStepOf } from './steps.ts'

export interface PrunerWarmup {
  /** Complete trials before anything is pruned. */
  readonly n_startup_trials?: number
  /** Steps of a trial before it may be pruned. */
  readonly n_warmup_steps?: number
  /** Checks once in so many steps. */
  readonly interval_steps?: number
  /** Trials that must have reported at the step. */
  readonly n_min_trials?: number
}

const OPTIONS = ['n_startup_trials', 'n_warmup_steps', 'interval_steps', 'n_min_trials'] as const

/** Prunes a trial whose best intermediate value so far is worse than the percentile of complete trials at the same step. */
export class PercentilePruner implements Pruner {
  readonly name: string = 'PercentilePruner'
  readonly #percentile: number
  readonly #options: Required<PrunerWarmup>

  constructor(percentile: number, options: EitherSpelling<PrunerWarmup> = {}) {
    const defaults = { n_startup_trials: 5, n_warmup_steps: 0, interval_steps: 1, n_min_trials: 1 }
    this.#percentile = percentile
    this.#options = { ...defaults, ...snakeOptions<PrunerWarmup>('PercentilePruner', options, OPTIONS) }
    const { n_startup_trials, n_warmup_steps, interval_steps, n_min_trials } = this.#options
    checkOption(
      percentile >= 0 && percentile <= 100,
      `Percentile must be between 0 and 100 inclusive, but got percentile=${valueText(percentile)}.`,
    )
    checkOption(
      n_startup_trials >= 0,
      `Number of startup trials cannot be negative, but got n_startup_trials=${valueText(n_startup_trials)}.`,
    )
    checkOption(n_warmup_steps >= 0, `Number of warmup steps cannot be negative, but got n_warmup_steps=${valueText(n_warmup_steps)}.`)
    checkOption(interval_steps >= 1, `Pruning interval steps must be at least 1, but got interval_steps=${valueText(interval_steps)}.`)
    checkOption(n_min_trials >= 1, `Number of trials for pruning must be at least 1, but got n_min_trials=${valueText(n_min_trials)}.`)
  }

  prune(study: StudyView, trial: FrozenTrial): boolean {
    const complete = study.getTrials(['COMPLETE'])
    if (complete.length === 0 || complete.length < this.#options.n_startup_trials) return false
    const step = lastStepOf(trial)
    const { n_warmup_steps, interval_steps, n_min_trials } = this.#options
    if (step === undefined || step < n_warmup_steps) return false
    if (!isFirstInInterval(step, trial.intermediateValues.keys(), n_warmup_steps, interval_steps)) return false
    const maximize = study.directions[0] === 'maximize'
    const own = [...trial.intermediateValues.values()].filter(value => !Number.isNaN(value))
    if (own.length === 0) return true
    const best = own.reduce((a, b) => (maximize ? Math.max(a, b) : Math.min(a, b)))
    const others = complete.flatMap(({ intermediateValues }) => intermediateValues.get(step) ?? [])
    if (others.length < n_min_trials) return false
    const border = nanPercentile(others, maximize ? 100 - this.#percentile : this.#percentile)
    return maximize ? best < border : best > border
  }
}

/** The percentile pruner at 50. */
export class MedianPruner extends PercentilePruner {
  override readonly name = 'MedianPruner'

  constructor(options: EitherSpelling<PrunerWarmup> = {}) {
    super(50, options)
  }
}

/** numpy's `nanpercentile` with linear interpolation, to the bit. NaN when nothing is left. */
export function nanPercentile(values: readonly number[], percentile: number): number {
  const sorted = Float64Array.from(values.filter(value => !Number.isNaN(value))).sort()
  const n = sorted.length
  if (n === 0) return Number.NaN
  const at = (n - 1) * (percentile / 100)
  const low = Math.min(Math.floor(at), n - 1)
  const high = Math.min(low + 1, n - 1)
  const t = at - low
  const [a, b] = [sorted[low], sorted[high]]
  const difference = b - a
  return t >= 0.5 ? b - difference * (1 - t) : a + difference * t
}

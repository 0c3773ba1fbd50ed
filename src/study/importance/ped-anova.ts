import type { Distribution, FrozenTrial, StudyView } from '../contract.ts'
import { StudyError } from '../contract.ts'
import { distributionText, isSingle, type Warn } from '../distributions.ts'
import { dot } from '../numerics/blas-dot.ts'
import { valueText } from '../python-text.ts'
import { bestOfSeveral } from '../samplers/tpe/multi-objective-split.ts'
import { densityOnGrid } from './grid-density.ts'

export interface ImportanceOptions {
  /** Parameters to assess; all when not given. */
  readonly params?: readonly string[] | null
  /** What counts as good, smaller is better; the objective's value when not given. */
  readonly target?: (trial: FrozenTrial) => number
  /** Make them sum to 1 (default). */
  readonly normalize?: boolean
  /** Importance of reaching the best share of trials. */
  readonly target_quantile?: number
  /** Among the trials of this best share. */
  readonly region_quantile?: number
  /** Compare with where trials were (default), or with the whole search space. */
  readonly evaluate_on_local?: boolean
  readonly warn?: Warn
}

/** Fewer trials of one kind say nothing. */
const LEAST_TRIALS = 2

/**
 * How much each parameter matters for being among the best tenth of the trials, the largest first. Conditional parameters count where they
 * occur. With several objectives the best are those that Optuna's TPE would call so.
 *
 * Source: Watanabe, Bansal and Hutter (2023), PED-ANOVA, and its conditional form; optuna 5.0, the default of `get_param_importances`.
 * @throws StudyError `study/bad-option` when a parameter is in no complete trial
 */
export function paramImportances(study: StudyView, options: ImportanceOptions = {}): ReadonlyMap<string, number> {
  const { normalize = true } = options
  const found = evaluate(study, options)
  if (!normalize) return found
  let sum = 0
  for (const value of found.values()) sum += value
  return new Map([...found].map(([name, value]) => [name, sum === 0 ? 1 / found.size : value / sum]))
}

function evaluate(study: StudyView, options: ImportanceOptions): Map<string, number> {
  const { target, target_quantile = 0.1, region_quantile = 1, evaluate_on_local = true, warn = () => {} } = options
  if (!(target_quantile > 0 && target_quantile < region_quantile && region_quantile <= 1)) {
    const message = 'condition 0.0 < `target_quantile` < `region_quantile` <= 1.0 must be satisfied'
    throw new StudyError('study/bad-option', 'AssertionError', message)
  }
  const complete = study.getTrials(['COMPLETE'])
  const names = namesOf(complete, options.params)
  const nothing = new Map(names.map(name => [name, 0]))
  const trials = complete.filter(trial => (target ? Number.isFinite(target(trial)) : trial.values!.every(Number.isFinite)))
  if (trials.length <= 1) {
    warn('The number of trials is too small to compute importances. Parameter importances will be equal.')
    return nothing
  }
  const good = bestShare(study, trials, target_quantile, target)
  const region = bestShare(study, trials, region_quantile, target)
  if (good.length === region.length) {
    warn('Target and region quantiles select the same set of trials. Parameter importances will be equal.')
  }
  if (good.length === 0) return nothing
  const isGood = new Set(good)
  const share = good.length / region.length
  const importances = names.map(name => {
    let sum = 0
    for (const { distribution, trials: kind } of kindsOf(name, region)) {
      const goodOfKind = kind.filter(trial => isGood.has(trial))
      if (distribution === undefined || isSingle(distribution) || goodOfKind.length === 0) continue
      const goodShare = goodOfKind.length / good.length
      const divergence = pearsonDivergence(name, distribution, goodOfKind, kind, evaluate_on_local)
      sum += (goodShare ** 2 / (kind.length / region.length)) * divergence
    }
    return [name, sum * share ** 2] as const
  })
  return new Map(importances.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)))
}

function namesOf(complete: readonly FrozenTrial[], params: readonly string[] | null | undefined): string[] {
  const all = new Set<string>()
  for (const { distributions } of complete) for (const name of distributions.keys()) all.add(name)
  if (!params) return [...all]
  const missing = params.filter(name => !all.has(name))
  if (missing.length === 0) return [...params]
  const message = `Study must contain at least one completed trial for each specified parameter. Missing parameters: ${valueText(missing)}.`
  throw new StudyError('study/bad-option', 'ValueError', message)
}

function bestShare(study: StudyView, trials: readonly FrozenTrial[], share: number, target: ImportanceOptions['target']) {
  if (share === 1) return trials
  const { directions } = study
  const count = Math.ceil(share * trials.length)
  if (directions.length > 1 && !target) return bestOfSeveral(trials, count, directions)
  const sign = !target && directions[0] === 'maximize' ? -1 : 1
  const losses = trials.map(trial => sign * (target ? target(trial) : trial.values![0]))
  const worst = Float64Array.from(losses).sort()[count - 1]
  return trials.filter((_, i) => losses[i] <= worst)
}

/** Trials by the distribution that a parameter has in them; undefined where it does not occur. */
function kindsOf(name: string, trials: readonly FrozenTrial[]) {
  const kinds = new Map<string, { readonly distribution: Distribution | undefined; readonly trials: FrozenTrial[] }>()
  for (const trial of trials) {
    const distribution = trial.distributions.get(name)
    const key = distribution === undefined ? '' : distributionText(distribution)
    const kind = kinds.get(key)
    if (kind === undefined) kinds.set(key, { distribution, trials: [trial] })
    else kind.trials.push(trial)
  }
  return [...kinds.values()].filter(kind => kind.trials.length >= LEAST_TRIALS)
}

function pearsonDivergence(
  name: string,
  distribution: Distribution,
  good: readonly FrozenTrial[],
  region: readonly FrozenTrial[],
  local: boolean,
): number {
  const top = densityOnGrid(name, distribution, good).map(density => density + 1e-12)
  const all = local
    ? densityOnGrid(name, distribution, region).map(density => density + 1e-12)
    : new Float64Array(top.length).fill(1 / top.length)
  return dot(
    all,
    top.map((density, i) => (density / all[i] - 1) ** 2),
  )
}

import { type LiveTrial, type ParamChoice, TrialPruned } from '../../../src/study/index.ts'

/** One parameter of a synthetic search space. */
export interface SpecParameter {
  readonly name: string
  readonly kind: 'categorical' | 'int' | 'float'
  readonly choices?: readonly ParamChoice[]
  readonly table?: readonly number[]
  readonly low?: number
  readonly high?: number
  readonly step?: number
  readonly log?: boolean
  readonly center?: number
  readonly when?: readonly [string, number]
}

/** A study as test/oracle/optuna/specs.py describes it. */
export interface StudySpec {
  readonly name: string
  readonly directions: readonly ('minimize' | 'maximize')[]
  readonly n_trials: number
  readonly sampler: readonly [string, Record<string, unknown>]
  readonly pruner?: readonly [string, Record<string, unknown>]
  readonly space: readonly SpecParameter[]
  readonly levels?: number
  readonly fail?: readonly [number, number]
  readonly nan?: readonly [number, number]
  readonly constraints?: readonly (readonly [string, number])[]
  readonly steps?: number
  readonly stride?: number
  readonly wobble?: number
  readonly nan_step?: number
  readonly enqueue?: readonly Record<string, ParamChoice>[]
}

/** Twin of test/oracle/optuna/objective.py: the same operations on the same doubles. */
export function runObjective(spec: StudySpec, trial: LiveTrial, constraintsAsAttrs = false): number | number[] {
  const chosen = new Map<string, number>()
  const scaled = new Map<string, number>()
  for (const p of spec.space) {
    if (p.when && chosen.get(p.when[0]) !== p.when[1]) continue
    if (p.kind === 'categorical') {
      const index = p.choices!.indexOf(trial.suggestCategorical(p.name, p.choices!))
      chosen.set(p.name, index)
      scaled.set(p.name, p.table![index])
      continue
    }
    const [low, high] = [p.low!, p.high!]
    if (p.kind === 'int') {
      const value = trial.suggestInt(p.name, low, high, { step: p.step, log: p.log })
      scaled.set(p.name, (value - low) / Math.max(high - low, 1) - p.center!)
    } else {
      const value = trial.suggestFloat(p.name, low, high, { step: p.step, log: p.log })
      scaled.set(p.name, (value - low) / Math.max(high - low, 1e-12) - p.center!)
    }
  }
  if (spec.fail && trial.number % spec.fail[0] === spec.fail[1]) throw new RangeError('as asked')
  if (spec.nan && trial.number % spec.nan[0] === spec.nan[1]) return Number.NaN
  const values = spec.directions.map((_, i) => weighed(spec, scaled, i))
  for (const [name, limit] of spec.constraints ?? []) {
    if (!scaled.has(name)) continue
    if (constraintsAsAttrs) trial.setUserAttr(`c:${name}`, scaled.get(name)! - limit)
    else trial.setConstraint(name, scaled.get(name)! - limit)
  }
  for (let step = 0; step < (spec.steps ?? 0); step++) {
    const wobble = ((trial.number * 7919 + step * 104729) % 1000) / 1000
    const spoiled = spec.nan_step === step && trial.number % 5 === 2
    trial.report(spoiled ? Number.NaN : (values[0] * (step + 1)) / spec.steps! + wobble * spec.wobble!, step * (spec.stride ?? 1))
    if (trial.shouldPrune()) throw new TrialPruned()
  }
  return values.length > 1 ? values : values[0]
}

function weighed(spec: StudySpec, scaled: ReadonlyMap<string, number>, objective: number): number {
  let total = 0
  let i = 0
  for (const x of scaled.values()) {
    const y = x - objective * 0.25 * (i % 2 ? 1 : -1)
    total = total + y * y * (1 + i * 0.5)
    i++
  }
  if (spec.levels) total = Math.floor(total * spec.levels) / spec.levels
  return spec.directions[objective] === 'maximize' ? -total : total
}

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
  /** The upper bound changes from trial to trial, over so many trials. */
  readonly grow?: number
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
  readonly infinite?: readonly [number, number, number]
  /** So many trials run at once. */
  readonly batch?: number
  readonly told?: 'first' | 'last' | 'odd'
  readonly constraints?: readonly (readonly [string, number])[]
  readonly steps?: number
  readonly stride?: number
  readonly wobble?: number
  readonly nan_step?: number
  readonly enqueue?: readonly Record<string, ParamChoice>[]
  /** Trials that come from elsewhere, or are queued, when the trial `after` is told (-1: before the first). */
  readonly added?: readonly AddedTrial[]
  /** All parameters are asked for at once. */
  readonly ask?: boolean
  /** Of several trials at once each runs to its end before the next. */
  readonly one_by_one?: boolean
  /** The parameters come in another order in each trial. */
  readonly turn?: boolean
  /** This one is suggested twice, the second time with other bounds. */
  readonly again?: string
  /** Reports from the last step to the first. */
  readonly backwards?: boolean
}

export interface AddedTrial {
  readonly after: number
  readonly params: Record<string, ParamChoice>
  readonly values?: readonly number[]
  readonly state?: 'COMPLETE' | 'PRUNED' | 'FAIL'
  readonly steps?: Record<string, number>
  readonly skip?: boolean
}

/** Twin of test/oracle/optuna/objective.py: the same operations on the same doubles. */
export function runObjective(spec: StudySpec, trial: LiveTrial, constraintsAsAttrs = false): number | number[] {
  const steps = beginObjective(spec, trial, constraintsAsAttrs)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

/** The same, pausing after each parameter: several trials can run at once. */
export function* beginObjective(spec: StudySpec, trial: LiveTrial, constraintsAsAttrs = false): Generator<void, number | number[]> {
  const chosen = new Map<string, number>()
  const scaled = new Map<string, number>()
  const first = spec.turn ? trial.number % spec.space.length : 0
  for (const p of [...spec.space.slice(first), ...spec.space.slice(0, first)]) {
    if (p.when && chosen.get(p.when[0]) !== p.when[1]) continue
    if (p.kind === 'categorical') {
      const index = indexLikePython(p.choices!, trial.suggestCategorical(p.name, p.choices!))
      chosen.set(p.name, index)
      scaled.set(p.name, p.table![index])
      yield
      continue
    }
    const low = p.low!
    if (p.kind === 'int') {
      // As Python does after the first suggestion.
      const again = () => spec.again === p.name && trial.suggestInt(p.name, low, p.high! + 10, { log: p.log })
      const high = p.grow ? low + Math.floor(((p.high! - low) * ((trial.number % p.grow) + 1)) / p.grow) : p.high!
      const value = trial.suggestInt(p.name, low, high, { step: p.step, log: p.log })
      scaled.set(p.name, (value - low) / Math.max(p.high! - low, 1) - p.center!)
      again()
    } else {
      const high = p.grow ? low + (p.high! - low) * (((trial.number % p.grow) + 1) / p.grow) : p.high!
      const value = trial.suggestFloat(p.name, low, high, { step: p.step, log: p.log })
      scaled.set(p.name, (value - low) / Math.max(p.high! - low, 1e-12) - p.center!)
    }
    yield
  }
  if (spec.fail && trial.number % spec.fail[0] === spec.fail[1]) throw new RangeError('as asked')
  if (spec.nan && trial.number % spec.nan[0] === spec.nan[1]) return Number.NaN
  const values = spec.directions.map((_, i) => weighed(spec, scaled, i))
  if (spec.infinite && trial.number % spec.infinite[0] === spec.infinite[1]) values[values.length - 1] = spec.infinite[2] * Infinity
  for (const [name, limit] of spec.constraints ?? []) {
    if (!scaled.has(name)) continue
    if (constraintsAsAttrs) trial.setUserAttr(`c:${name}`, scaled.get(name)! - limit)
    else trial.setConstraint(name, scaled.get(name)! - limit)
  }
  for (let i = 0; i < (spec.steps ?? 0); i++) {
    const step = spec.backwards ? spec.steps! - 1 - i : i
    const wobble = ((trial.number * 7919 + step * 104729) % 1000) / 1000
    const spoiled = spec.nan_step === step && trial.number % 5 === 2
    trial.report(spoiled ? Number.NaN : (values[0] * (step + 1)) / spec.steps! + wobble * spec.wobble!, step * (spec.stride ?? 1))
    if (trial.shouldPrune()) throw new TrialPruned()
  }
  return values.length > 1 ? values : values[0]
}

/** Python finds 1 where True is, and the other way round. */
const indexLikePython = (choices: readonly ParamChoice[], value: ParamChoice): number =>
  choices.findIndex(choice => choice === value || (typeof choice !== 'string' && choice !== null && Number(choice) === value))

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

import type { ParamImportance, RunSnapshot, TrialRow } from '../protocol.ts'
import type { RunResult } from '../run/events.ts'
import type { Direction, Distribution, ParamChoice } from '../study/contract.ts'
import { count, formatParam, formatValue } from './format.ts'
import { completedTrials } from './panel-state.ts'

type StudyResult = NonNullable<RunResult['study']>

/** A parameter of the best trial and where it stands in its search space. */
export interface ParamStand {
  readonly name: string
  readonly value: ParamChoice
  readonly space:
    | { readonly kind: 'choices'; readonly choices: readonly ParamChoice[] }
    | {
        readonly kind: 'range'
        readonly low: number
        readonly high: number
        readonly log: boolean
        readonly share: number
        readonly edge?: 'low' | 'high'
      }
    | { readonly kind: 'unknown' }
  readonly path?: string
  readonly line?: number
  readonly column?: number
}

/** The best completed trial; the first one where several are equal, as Optuna's `best_trial`. */
export function bestTrial(trials: readonly TrialRow[], direction: Direction): TrialRow | undefined {
  let best: TrialRow | undefined
  for (const trial of completedTrials(trials)) {
    if (!best || isBetter(trial.values![0], best.values![0], direction)) best = trial
  }
  return best
}

export const isBetter = (value: number, than: number, direction: Direction): boolean =>
  direction === 'maximize' ? value > than : value < than

/** Best value after each completed trial. */
export function runningBest(trials: readonly TrialRow[], direction: Direction): { readonly number: number; readonly value: number }[] {
  const steps: { number: number; value: number }[] = []
  for (const { number, values } of completedTrials(trials)) {
    const before = steps.at(-1)
    if (!before || isBetter(values![0], before.value, direction)) steps.push({ number, value: values![0] })
  }
  return steps
}

/** Position of `value` between the bounds, 0..1, on the axis that the sampler searches. */
export function shareOf(value: number, low: number, high: number, log: boolean): number {
  if (high === low) return 0.5
  const scale = log && low > 0 ? Math.log : (x: number) => x
  return Math.min(1, Math.max(0, (scale(value) - scale(low)) / (scale(high) - scale(low))))
}

export function paramStands(best: TrialRow, space: StudyResult['space']): ParamStand[] {
  const named = new Map(space.map(entry => [entry.name, entry]))
  return Object.entries(best.params).map(([name, value]) => {
    const entry = named.get(name)
    return { name, value, space: standIn(value, entry?.distribution), path: entry?.path, line: entry?.line, column: entry?.column }
  })
}

function standIn(value: ParamChoice, distribution: unknown): ParamStand['space'] {
  const known = readDistribution(distribution)
  if (!known) return { kind: 'unknown' }
  if (known.name === 'CategoricalDistribution') return { kind: 'choices', choices: known.choices }
  const { low, high, log } = known
  const share = shareOf(Number(value), low, high, log)
  // A continuous parameter never meets its bound exactly: within one hundredth counts.
  const near = known.step ? 1e-9 : 0.01
  const edge = high > low && share <= near ? 'low' : high > low && share >= 1 - near ? 'high' : undefined
  return { kind: 'range', low, high, log, share, edge }
}

/** The distribution as result.json writes it: ours, or Optuna's JSON `{name, attributes}`. */
export function readDistribution(written: unknown): Distribution | undefined {
  if (typeof written !== 'object' || written === null) return undefined
  const { name, attributes, ...rest } = written as { name?: unknown; attributes?: object }
  const fields = { log: false, step: null, ...rest, ...attributes, name } as unknown as Distribution
  if (fields.name === 'CategoricalDistribution') return Array.isArray(fields.choices) ? fields : undefined
  const numeric = fields.name === 'FloatDistribution' || fields.name === 'IntDistribution'
  return numeric && typeof fields.low === 'number' && typeof fields.high === 'number' ? fields : undefined
}

/** TPE's and others' `n_startup_trials`. */
const startupTrials = 10

/** `+0.0224 over the best of the 10 random trials it began with`; nothing when the sampler had no such start. */
export function gain(trials: readonly TrialRow[], { direction, sampler }: Pick<StudyResult, 'direction' | 'sampler'>): string | undefined {
  const best = bestTrial(trials, direction)
  const first = bestTrial(trials.slice(0, startupTrials), direction)
  if (!best || !first || trials.length <= startupTrials || !/TPE/i.test(sampler)) return undefined
  const difference = best.values![0] - first.values![0]
  if (difference === 0) return `no better than the best of the ${startupTrials} random trials it began with`
  return `${difference > 0 ? '+' : '−'}${formatValue(Math.abs(difference))} over the best of the ${startupTrials} random trials it began with`
}

export interface Advice {
  readonly text: string
  readonly link?: { readonly label: string; readonly path: string; readonly line: number; readonly column?: number }
}

/** What the study itself suggests to do next, one line each. */
export function advise(snapshot: RunSnapshot): Advice[] {
  const { study, status } = snapshot.result
  const best = study && bestTrial(snapshot.trials, study.direction)
  if (!study || !best) return []
  return [...edgeAdvice(paramStands(best, study.space)), ...(status === 'running' ? [] : endAdvice(snapshot, best))]
}

const endAdvice = ({ trials, importances = [] }: RunSnapshot, best: TrialRow): Advice[] => [
  ...idleAdvice(importances),
  ...stallAdvice(trials, best),
  ...repeatAdvice(trials),
]

/** Shares below this are within what a few trials more would change. */
const idleShare = 0.02

function idleAdvice(importances: readonly ParamImportance[]): Advice[] {
  const idle = importances.filter(({ value }) => value < idleShare).map(({ name }) => name)
  if (!idle.length || idle.length === importances.length) return []
  return [{ text: `${andList(idle)} hardly ${idle.length > 1 ? 'matter' : 'matters'}: with a fixed value the others are searched better.` }]
}

const andList = (names: readonly string[]): string =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '')

function edgeAdvice(stands: readonly ParamStand[]): Advice[] {
  return stands.flatMap(({ name, value, space, path, line, column }) => {
    if (space.kind !== 'range' || !space.edge) return []
    const side = space.edge === 'low' ? 'lower' : 'upper'
    const text = `${name} = ${formatParam(value)} is at the ${side} edge of its search space; a wider range may hold a better value.`
    return [{ text, ...(path && line ? { link: { label: 'Widen it', path, line, column } } : {}) }]
  })
}

function stallAdvice(trials: readonly TrialRow[], best: TrialRow): Advice[] {
  const since = (trials.at(-1)?.number ?? 0) - best.number
  if (trials.length < 30 || since < Math.max(20, trials.length * 0.4)) return []
  return [{ text: `No better trial in the last ${since}: more of them will hardly help.` }]
}

function repeatAdvice(trials: readonly TrialRow[]): Advice[] {
  const seen = new Set<string>()
  let repeats = 0
  for (const { params } of trials) {
    const key = JSON.stringify(Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1)))
    if (seen.has(key)) repeats++
    seen.add(key)
  }
  if (repeats < 5 || repeats < trials.length * 0.1) return []
  return [
    {
      text: `${count(repeats, 'trial')} of ${trials.length} repeat parameters that were tried before: the space is small for so many trials.`,
    },
  ]
}

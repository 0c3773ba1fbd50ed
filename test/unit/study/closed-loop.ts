import * as library from '../../../src/study/index.ts'
import { beginObjective, runObjective, type StudySpec } from './objective.ts'

/** A study of the real Optuna: per trial its internal values, null where a parameter was not suggested. */
export interface StudyVector {
  readonly spec: StudySpec
  readonly states: string
  readonly rows: readonly (readonly (number | null)[])[]
  readonly steps?: readonly number[]
}

export type Profile = 'optuna-5' | 'optuna-4.9'

/** Runs the specification from nothing: each of our trials feeds the next. */
export async function runStudy(spec: StudySpec, profile: Profile, storage?: library.Storage): Promise<library.Study> {
  const study = library.createStudy({
    studyName: spec.name,
    directions: spec.directions,
    sampler: samplerOf(spec.sampler, profile),
    pruner: prunerOf(spec.pruner ?? ['NopPruner', {}]),
    storage,
  })
  add(spec, study, -1)
  for (const params of spec.enqueue ?? []) study.enqueueTrial(params)
  const asAttrs = profile === 'optuna-4.9'
  if (spec.batch) inBatches(spec, study, asAttrs)
  else if (spec.ask) byAsking(spec, study, asAttrs)
  else {
    const callbacks = [(_: library.Study, trial: library.FrozenTrial) => add(spec, study, trial.number)]
    await study.optimize(trial => valueErrors(() => runObjective(spec, trial, asAttrs)), {
      nTrials: spec.n_trials,
      catch: [RangeError],
      callbacks,
    })
  }
  return study
}

function distributionOf({ kind, choices, low, high, step, log }: StudySpec['space'][number]): library.Distribution {
  if (kind === 'categorical') return library.categoricalDistribution(choices!)
  return kind === 'int' ? library.intDistribution(low!, high!, { step, log }) : library.floatDistribution(low!, high!, { step, log })
}

/** Trials that come from elsewhere, and trials that are queued, when the trial `after` is told. */
function add(spec: StudySpec, study: library.Study, after: number): void {
  for (const { after: when, params, values, state, steps, skip } of spec.added ?? []) {
    if (when !== after) continue
    if (values === undefined && state === undefined) study.enqueueTrial(params, { skipIfExists: skip })
    else {
      const distributions = Object.fromEntries(
        Object.keys(params).map(name => [name, distributionOf(spec.space.find(p => p.name === name)!)]),
      )
      const intermediateValues = new Map(Object.entries(steps ?? {}).map(([step, value]) => [Number(step), value]))
      study.addTrial(library.createTrial({ state: state ?? 'COMPLETE', values, params, distributions, intermediateValues }))
    }
  }
}

/** All parameters at once when a trial is asked for. */
function byAsking(spec: StudySpec, study: library.Study, asAttrs: boolean): void {
  const space = Object.fromEntries(spec.space.map(p => [p.name, distributionOf(p)]))
  for (let i = 0; i < spec.n_trials; i++) {
    const trial = study.ask(space)
    try {
      const values = valueErrors(() => runObjective(spec, trial, asAttrs))
      if (Number.isNaN(values)) study.tell(trial, null, { state: 'FAIL' })
      else study.tell(trial, values)
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof library.TrialPruned)) throw error
      study.tell(trial, null, { state: error instanceof RangeError ? 'FAIL' : 'PRUNED' })
      continue
    }
    add(spec, study, trial.number)
  }
}

/** What is a ValueError in Python, which the study catches, is a RangeError here. */
function valueErrors<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof library.StudyError && error.type === 'ValueError' ? new RangeError(error.message) : error
  }
}

/** Several trials at once: each parameter of each in turn, told in order (from the last on when `told` says so). */
function inBatches(spec: StudySpec, study: library.Study, asAttrs: boolean): void {
  const batch = spec.batch!
  let stopped = false
  study.stop = () => {
    stopped = true
  }
  while (study.trials.length < spec.n_trials + batch && !stopped) {
    const trials = Array.from({ length: batch }, () => study.ask())
    const running = new Map(trials.map(trial => [trial.number, beginObjective(spec, trial, asAttrs)]))
    const ends = new Map<number, { values: number | readonly number[] | null; state?: 'PRUNED' | 'FAIL' }>()
    while (running.size > 0) {
      for (const [number, steps] of [...running].slice(0, spec.one_by_one ? 1 : undefined)) {
        try {
          const { done, value } = valueErrors(() => steps.next())
          if (done) ends.set(number, Number.isNaN(value) ? { values: null, state: 'FAIL' } : { values: value })
        } catch (error) {
          if (!(error instanceof RangeError || error instanceof library.TrialPruned)) throw error
          ends.set(number, { values: null, state: error instanceof RangeError ? 'FAIL' : 'PRUNED' })
        }
        if (ends.has(number)) running.delete(number)
      }
    }
    for (const trial of inOrder(trials, spec.told)) {
      const { values, state } = ends.get(trial.number)!
      study.tell(trial, values, { state })
    }
  }
}

function inOrder<T>(trials: readonly T[], told: StudySpec['told']): readonly T[] {
  if (told === 'last') return trials.toReversed()
  return told === 'odd' ? [...trials.filter((_, i) => i % 2 === 1), ...trials.filter((_, i) => i % 2 === 0)] : trials
}

type Given = readonly [string, Record<string, unknown>]
type Made<T> = new (...args: never[]) => T

export function samplerOf([name, options]: Given, profile: Profile): library.Sampler {
  const { base_sampler, fixed_params, search_space, constraints, gamma, weights, independent_sampler, crossover, mutation, ...rest } =
    options
  const type = (library as unknown as Record<string, Made<library.Sampler>>)[name]
  if (base_sampler) return new type(...([fixed_params, samplerOf(base_sampler as Given, profile)] as never[]))
  if (search_space) return new type(...([search_space, rest] as never[]))
  // What Optuna 5 learns from `trial.set_constraint`, 4.9 asks a function for.
  if (constraints && profile === 'optuna-4.9') rest.constraints_func = constraintsOfAttrs
  if (crossover) rest.crossover = made(crossover as Given)
  if (mutation) rest.mutation = made(mutation as Given)
  if (gamma) {
    const [share, most] = gamma as [number, number]
    rest.gamma = (n: number) => Math.min(Math.ceil(share * n), most)
  }
  if (weights !== undefined) rest.weights = (n: number) => Array.from({ length: n }, (_, i) => 1 / (1 + (weights as number) * (n - 1 - i)))
  if (independent_sampler) rest.independent_sampler = samplerOf(independent_sampler as Given, profile)
  const profiled = ['TPESampler', 'RandomSampler', 'QMCSampler', 'NSGAIISampler', 'BruteForceSampler'].includes(name)
  return new type(...([{ ...rest, ...(profiled ? { profile } : {}) }] as never[]))
}

function made<T>([name, options]: Given): T {
  const type = (library as unknown as Record<string, Made<T>>)[name]
  return new type(...([options] as never[]))
}

export function prunerOf([name, options]: Given): library.Pruner {
  const type = (library as unknown as Record<string, Made<library.Pruner>>)[name]
  const { wrapped_pruner, percentile, ...rest } = options
  if (wrapped_pruner !== undefined) {
    return new type(...([wrapped_pruner === null ? null : prunerOf(wrapped_pruner as Given), rest] as never[]))
  }
  return new type(...((percentile === undefined ? [rest] : [percentile, rest]) as never[]))
}

const constraintsOfAttrs = ({ userAttrs }: library.FrozenTrial) =>
  [...userAttrs].filter(([key]) => key.startsWith('c:')).map(([, value]) => value as number)

const LETTERS = { COMPLETE: 'C', PRUNED: 'P', FAIL: 'F', RUNNING: 'R', WAITING: 'W' } as const

/** Where the two studies part, in words; undefined when they are equal (continuous values to 1e-11). */
export function firstDifference(vector: StudyVector, study: library.Study): string | undefined {
  const trials = study.trials
  const { spec, rows, states, steps } = vector
  for (let i = 0; i < Math.max(rows.length, trials.length); i++) {
    const trial = trials[i]
    if (trial === undefined || rows[i] === undefined) return `trial ${i}: ${trials.length} trials for ${rows.length}`
    for (const [j, { name }] of spec.space.entries()) {
      const distribution = trial.distributions.get(name)
      const ours = distribution === undefined ? null : library.toInternal(distribution, trial.params.get(name)!)
      const theirs = rows[i][j]
      if (ours === theirs) continue
      if (ours === null || theirs === null) return `trial ${i}: ${name} is ${ours}, expected ${theirs}`
      const continuous = distribution!.name === 'FloatDistribution' && distribution!.step === null
      const apart = Math.abs(ours - theirs) / Math.max(Math.abs(theirs), 1e-300)
      if (apart > (continuous ? 1e-11 : 1e-14)) {
        const tie = trial.userAttrs.get(library.TIE_SENSITIVE)
        return `trial ${i}: ${name} is ${ours}, expected ${theirs}${tie === undefined ? '' : ` (a tie: ${tie})`}`
      }
    }
    if (LETTERS[trial.state] !== states[i]) return `trial ${i}: ${trial.state}, expected ${states[i]}`
    const last = trial.intermediateValues.size === 0 ? -1 : Math.max(...trial.intermediateValues.keys())
    if (steps && last !== steps[i]) return `trial ${i}: ended after step ${last}, expected ${steps[i]}`
  }
  return undefined
}

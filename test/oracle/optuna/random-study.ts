import type { ParamChoice } from '../../../src/study/index.ts'
import type { AddedTrial, SpecParameter, StudySpec } from '../../unit/study/objective.ts'

/** Numbers for one random study: equal seeds give equal studies. */
class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** In [0, 1): mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  /** A whole number from `low` to `high`. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  of<T>(items: readonly T[]): T {
    return items[Math.floor(this.next() * items.length)]
  }
}

type Given = readonly [string, Record<string, unknown>]
type Writable<T> = { -readonly [K in keyof T]: T[K] }

const round = (x: number, digits: number): number => Number(x.toFixed(digits))

/** A study nobody thought of: any sampler, pruner, space, with failures, queued trials, constraints and running neighbours. */
export function randomStudy(seed: number, profile: 'optuna-5' | 'optuna-4.9'): StudySpec {
  const dice = new Dice(seed)
  const enumerates = dice.chance(0.08)
  const space = enumerates ? finiteSpace(dice) : randomSpace(dice)
  const objectives = dice.of([1, 1, 1, 1, 1, 2, 2, 3, 4])
  const constrained = dice.chance(0.2)
  const spec: Writable<StudySpec> = {
    name: `study-${seed}`,
    directions: Array.from({ length: objectives }, () => dice.of(['minimize', 'maximize'] as const)),
    n_trials: dice.of([30, 60, 60, 100, 150, 210]),
    sampler: enumerates ? enumeratingSampler(dice, space) : randomSampler(dice, space, constrained),
    space,
  }
  if (dice.chance(0.4)) spec.levels = dice.of([2, 5, 20, 100])
  if (dice.chance(0.2)) spec.fail = [dice.whole(3, 9), dice.whole(0, 2)]
  if (dice.chance(0.1)) spec.nan = [dice.whole(3, 9), dice.whole(0, 2)]
  if (dice.chance(0.1)) spec.infinite = [dice.whole(3, 9), dice.whole(0, 2), dice.of([1, -1])]
  if (constrained) spec.constraints = space.slice(0, dice.whole(1, 2)).map(p => [p.name, round(dice.next() * 0.6 - 0.3, 2)] as const)
  if (objectives === 1 && dice.chance(0.35)) {
    spec.steps = dice.whole(1, 25)
    spec.stride = dice.of([1, 1, 1, 3, 10])
    spec.wobble = dice.of([0, 0.1, 0.5])
    spec.pruner = randomPruner(dice)
    if (dice.chance(0.2)) spec.nan_step = dice.whole(0, spec.steps - 1)
  }
  // A grid wants all parameters of a queued trial.
  if (spec.sampler[0] !== 'GridSampler' && dice.chance(0.2))
    spec.enqueue = Array.from({ length: dice.whole(1, 4) }, () => queued(dice, space))
  if (dice.chance(enumerates ? 0.1 : 0.2)) {
    spec.batch = dice.whole(2, 5)
    spec.told = dice.of(['first', 'last'])
  }
  Object.assign(spec, dice.chance(0.5) ? unusual(dice, spec) : {})
  if (profile === 'optuna-4.9') delete spec.sampler[1].mutation
  if (profile === 'optuna-4.9' && spec.constraints && !spec.sampler[1].constraints) delete spec.constraints
  return spec
}

/** Ways of using a study that are seldom tried. */
function unusual(dice: Dice, spec: StudySpec): Partial<StudySpec> {
  const { space, directions } = spec
  const isPlain = space.every(p => p.when === undefined && p.grow === undefined)
  // A grid wants all parameters of a queued trial.
  const added: AddedTrial[] = []
  if (spec.sampler[0] !== 'GridSampler') {
    for (let i = 0; i < dice.of([0, 0, 1, 3, 15]); i++) {
      const after = dice.of([-1, -1, 3, 12, 13, 25])
      const params = queued(dice, space)
      if (dice.chance(0.3)) added.push({ after, params, skip: dice.chance(0.5) })
      else {
        const state = dice.of(['COMPLETE', 'COMPLETE', 'PRUNED', 'FAIL'] as const)
        const steps = spec.steps ? Object.fromEntries([[dice.whole(0, 5), dice.of([0, 0.5, 1])]]) : {}
        const values = directions.map(() => round(dice.next() * 2 - 1, 2))
        added.push({ after, params, state, steps, ...(state === 'COMPLETE' ? { values } : {}) })
      }
    }
  }
  const ints = space.filter(p => p.kind === 'int' && p.step === undefined && p.grow === undefined)
  return {
    ...(added.length > 0 ? { added } : {}),
    ...(isPlain && !spec.batch && dice.chance(0.2) ? { ask: true } : {}),
    ...(spec.batch ? { one_by_one: dice.chance(0.5), told: dice.of(['first', 'last', 'odd'] as const) } : {}),
    ...(isPlain && dice.chance(0.2) ? { turn: true } : {}),
    ...(ints.length > 0 && dice.chance(0.2) ? { again: dice.of(ints).name } : {}),
    ...(spec.steps && dice.chance(0.2) ? { backwards: true } : {}),
  }
}

function randomSpace(dice: Dice): SpecParameter[] {
  const space: SpecParameter[] = []
  const size = dice.of([1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 12])
  for (let i = 0; i < size; i++) {
    const made = randomParameter(dice, `${dice.of(['a', 'x', 'lr', 'n', 'Z', 'model.p'])}${i}`)
    const before = space.filter(p => p.kind === 'categorical' && p.choices!.length > 1 && !p.choices!.some(c => typeof c === 'boolean'))
    if (before.length > 0 && dice.chance(0.3)) {
      const parent = dice.of(before)
      space.push({ ...made, when: [parent.name, dice.whole(0, parent.choices!.length - 1)] })
    } else space.push(made)
  }
  return space
}

function randomParameter(dice: Dice, name: string): SpecParameter {
  const center = round(dice.next(), 2)
  const kind = dice.of(['categorical', 'int', 'float', 'float'] as const)
  if (kind === 'categorical') return categorical(dice, name, dice.of([1, 2, 2, 3, 3, 4, 6, 10, 25]))
  if (kind === 'int') {
    const shape = dice.of(['plain', 'plain', 'log', 'step', 'grow'])
    if (shape === 'log') {
      const low = dice.of([1, 1, 2, 8])
      return { name, kind, low, high: low * dice.of([1, 3, 10, 64, 1000, 100_000_000]), center, log: true }
    }
    const low = dice.of([-1000, -3, 0, 0, 1, 10])
    const high = low + dice.of([0, 1, 2, 5, 9, 30, 100, 1000, 100000, 2_000_000_000])
    if (shape === 'step') return { name, kind, low, high, center, step: dice.of([2, 3, 7, 10]) }
    return { name, kind, low, high, center, ...(shape === 'grow' ? { grow: dice.whole(2, 4) } : {}) }
  }
  const shape = dice.of(['plain', 'plain', 'plain', 'log', 'log', 'step', 'grow'])
  if (shape === 'log') {
    const low = dice.of([1e-300, 1e-8, 1e-5, 1e-3, 0.1, 1, 2.5])
    return { name, kind, low, high: low * dice.of([1, 1.5, 10, 1e3, 1e6, 1e20]), center, log: true }
  }
  const low = dice.of([-1e100, -1e6, -5, -1, -0.1, 0, 0, 0.5, 10])
  const high = low < -1e90 ? dice.of([0, 1e10, 1e100]) : low + dice.of([0, 1e-9, 1e-3, 0.3, 1, 1, 2.5, 100, 1e6])
  if (shape === 'step' && dice.chance(0.4)) {
    const [from, to, step] = dice.of([
      [0.05, 1, 0.3],
      [-0.7, 0.7, 0.7],
      [0, 1e-5, 1e-6],
      [1e-3, 0.9999, 1 / 3],
      [-1, 1, 5],
      [100, 1e4, 33.3],
      [0.1, 0.7, 0.2],
    ])
    return { name, kind, low: from, high: to, center, step }
  }
  if (shape === 'step')
    return { name, kind, low, high: low + dice.of([0, 0.3, 1, 2.5, 10, 1000]), center, step: dice.of([0.1, 0.25, 0.3, 0.05, 1, 0.001, 7]) }
  return { name, kind, low, high, center, ...(shape === 'grow' ? { grow: dice.whole(2, 4) } : {}) }
}

const MIXED: readonly ParamChoice[] = [null, true, 'x', 2.5, -3, 'None', '', 1e-7, 'é', 10]

function categorical(dice: Dice, name: string, size: number): SpecParameter {
  const style = dice.of(['text', 'numbers', 'mixed', 'bool'])
  const letters = Array.from({ length: size }, (_, i) => `choice-${i}`)
  let choices: ParamChoice[] = letters
  if (style === 'numbers') choices = letters.map((_, i) => (i - 2) * dice.of([1, 1, 0.5]) + i * 8)
  if (style === 'mixed' && size <= MIXED.length) choices = MIXED.slice(0, size)
  if (style === 'bool' && size === 2)
    choices = dice.of([
      [false, true],
      [true, false],
      [null, 0.1],
      ['1', 1],
      [1e22, -0.5],
      [true, null],
    ])
  const level = dice.of([2, 10, 100])
  return { name, kind: 'categorical', choices, table: choices.map(() => round(Math.floor(dice.next() * level) / level, 3)) }
}

function finiteSpace(dice: Dice): SpecParameter[] {
  const space: SpecParameter[] = [categorical(dice, 'kind', 3)]
  for (let i = 0; i < dice.whole(1, 2); i++) {
    const made: SpecParameter = dice.chance(0.5)
      ? { name: `n${i}`, kind: 'int', low: dice.whole(-2, 2), high: dice.whole(3, 6), center: 0.5, step: dice.of([1, 2]) }
      : { name: `s${i}`, kind: 'float', low: 0, high: dice.of([0.5, 1]), center: 0.5, step: dice.of([0.1, 0.25, 0.3]) }
    space.push(dice.chance(0.4) ? { ...made, when: ['kind', dice.whole(0, 2)] } : made)
  }
  return space
}

function enumeratingSampler(dice: Dice, space: readonly SpecParameter[]): Given {
  const seed = dice.of([null, dice.whole(0, 1e9)])
  if (dice.chance(0.5)) return ['BruteForceSampler', { seed: seed ?? 0, ...(dice.chance(0.3) ? { avoid_premature_stop: true } : {}) }]
  const grid = space.map(p => [p.name, p.kind === 'categorical' ? p.choices : [p.low, p.low! + (p.step ?? 1)]])
  return ['GridSampler', { search_space: Object.fromEntries(grid), seed }]
}

function randomSampler(dice: Dice, space: readonly SpecParameter[], constrained: boolean): Given {
  const seed = dice.of([0, 1, 42, 4294967295, dice.whole(0, 4294967295)])
  const roll = dice.next()
  if (roll < 0.68) return tpe(dice, seed, constrained)
  if (roll < 0.73) return ['RandomSampler', { seed }]
  if (roll < 0.8) return ['QMCSampler', { seed, qmc_type: dice.of(['sobol', 'halton']) }]
  if (roll < 0.88) {
    const fixed = dice.of(space)
    const value = fixed.kind === 'categorical' ? fixed.choices![0] : fixed.low!
    const base: Given = dice.of([
      () => tpe(dice, seed, constrained),
      () => tpe(dice, seed, constrained),
      (): Given => ['RandomSampler', { seed }],
      (): Given => ['QMCSampler', { seed }],
      (): Given => ['NSGAIISampler', { seed, population_size: 8, ...(constrained ? { constraints: true } : {}) }],
    ])()
    return ['PartialFixedSampler', { fixed_params: { [fixed.name]: value }, base_sampler: base }]
  }
  const options: Record<string, unknown> = { seed, population_size: dice.of([2, 5, 10, 20]) }
  if (dice.chance(0.4)) options.mutation_prob = dice.of([0, 0.1, 0.5, 1])
  if (dice.chance(0.4)) options.crossover_prob = dice.of([0, 0.5, 1])
  if (dice.chance(0.4)) options.swapping_prob = dice.of([0, 0.3, 1])
  if (dice.chance(0.5)) options.crossover = crossover(dice, options.population_size as number)
  if (dice.chance(0.3)) options.mutation = ['PolynomialMutation', dice.chance(0.5) ? { eta: dice.of([0, 1, 5, 60]) } : {}]
  if (constrained) options.constraints = true
  return ['NSGAIISampler', options]
}

function crossover(dice: Dice, population: number): Given {
  const name = dice.of(['UniformCrossover', 'BLXAlphaCrossover', 'SBXCrossover', 'VSBXCrossover', 'SPXCrossover', 'UNDXCrossover'])
  // Three parents of two do not do.
  if (population < 3 && (name === 'SPXCrossover' || name === 'UNDXCrossover')) return ['UniformCrossover', {}]
  if (dice.chance(0.5)) return [name, {}]
  if (name === 'UniformCrossover') return [name, { swapping_prob: dice.of([0, 0.3, 1]) }]
  if (name === 'BLXAlphaCrossover') return [name, { alpha: dice.of([0, 0.1, 1]) }]
  if (name === 'SPXCrossover') return [name, { epsilon: dice.of([0.5, 1, 3]) }]
  if (name === 'UNDXCrossover') return [name, { sigma_xi: dice.of([0.1, 1]), sigma_eta: dice.of([0.1, 0.5]) }]
  const probabilities = { uniform_crossover_prob: dice.of([0, 0.3, 1]), use_child_gene_prob: dice.of([0.2, 1]) }
  return [name, { ...(dice.chance(0.6) ? { eta: dice.of([0, 2, 20]) } : {}), ...probabilities }]
}

function tpe(dice: Dice, seed: number, constrained: boolean): Given {
  const options: Record<string, unknown> = { seed }
  if (dice.chance(0.4)) options.multivariate = dice.chance(0.5)
  if (dice.chance(0.15)) Object.assign(options, { multivariate: true, group: true })
  if (dice.chance(0.4)) options.n_startup_trials = dice.of([0, 1, 2, 5, 20])
  if (dice.chance(0.25)) options.n_ei_candidates = dice.of([1, 2, 5, 24, 60])
  if (dice.chance(0.25)) options.constant_liar = dice.chance(0.5)
  if (dice.chance(0.12)) options.consider_endpoints = true
  if (dice.chance(0.12)) options.consider_magic_clip = false
  if (dice.chance(0.12)) options.prior_weight = dice.of([0.1, 0.5, 2])
  if (dice.chance(0.12)) options.gamma = [dice.of([0.05, 0.2, 0.5]), dice.of([5, 25, 1000])]
  if (dice.chance(0.12)) options.weights = dice.of([0, 0.01, 0.3])
  if (constrained) options.constraints = true
  return ['TPESampler', options]
}

function randomPruner(dice: Dice): Given {
  const warmup = () => ({
    ...(dice.chance(0.5) ? { n_startup_trials: dice.whole(0, 8) } : {}),
    ...(dice.chance(0.4) ? { n_warmup_steps: dice.whole(0, 6) } : {}),
    ...(dice.chance(0.3) ? { interval_steps: dice.whole(1, 5) } : {}),
    ...(dice.chance(0.3) ? { n_min_trials: dice.whole(1, 5) } : {}),
  })
  switch (dice.whole(0, 6)) {
    case 0:
      return ['MedianPruner', warmup()]
    case 1:
      return ['PercentilePruner', { percentile: dice.of([0, 10, 25, 33.3, 75, 100]), ...warmup() }]
    case 2: {
      const bootstrap = dice.chance(0.3)
      return [
        'SuccessiveHalvingPruner',
        {
          ...(bootstrap || dice.chance(0.5) ? { min_resource: dice.whole(1, 4) } : {}),
          ...(dice.chance(0.5) ? { reduction_factor: dice.whole(2, 5) } : {}),
          ...(dice.chance(0.3) ? { min_early_stopping_rate: dice.whole(0, 2) } : {}),
          ...(bootstrap ? { bootstrap_count: dice.whole(1, 4) } : {}),
        },
      ]
    }
    case 3: {
      const fixed = dice.chance(0.5)
      return [
        'HyperbandPruner',
        {
          ...(dice.chance(0.5) ? { min_resource: dice.whole(1, 3) } : {}),
          ...(fixed ? { max_resource: dice.whole(3, 40) } : {}),
          ...(dice.chance(0.5) ? { reduction_factor: dice.whole(2, 5) } : {}),
          ...(fixed && dice.chance(0.3) ? { bootstrap_count: dice.whole(1, 3) } : {}),
        },
      ]
    }
    case 4:
      return [
        'ThresholdPruner',
        { lower: -1, upper: dice.of([0.3, 1, 5]), n_warmup_steps: dice.whole(0, 4), interval_steps: dice.whole(1, 3) },
      ]
    case 5:
      return [
        'PatientPruner',
        { wrapped_pruner: dice.chance(0.5) ? randomPruner(dice) : null, patience: dice.whole(0, 4), min_delta: dice.of([0, 0.05]) },
      ]
    default:
      return ['NopPruner', {}]
  }
}

function queued(dice: Dice, space: readonly SpecParameter[]): Record<string, ParamChoice> {
  const params: Record<string, ParamChoice> = {}
  for (const p of space) {
    if (dice.chance(0.5)) continue
    if (p.kind === 'categorical') params[p.name] = dice.of(p.choices!)
    else if (p.kind === 'int') params[p.name] = p.low! + (p.step ?? 1) * dice.whole(0, Math.floor((p.high! - p.low!) / (p.step ?? 1)))
    else params[p.name] = dice.of([p.low!, p.low! + (p.step ?? (p.high! - p.low!) / 2)])
  }
  return params
}

/** Smaller studies that may show the same difference. */
export function* simpler(spec: StudySpec): Generator<StudySpec> {
  for (const key of [
    'pruner',
    'enqueue',
    'batch',
    'fail',
    'nan',
    'infinite',
    'levels',
    'nan_step',
    'constraints',
    'steps',
    'told',
    'added',
    'ask',
    'one_by_one',
    'turn',
    'again',
    'backwards',
  ] as const) {
    if (spec[key] === undefined) continue
    const { [key]: _, ...rest } = spec
    if (key === 'steps') delete (rest as Writable<StudySpec>).pruner
    yield rest
  }
  if (spec.directions.length > 1) yield { ...spec, directions: spec.directions.slice(0, -1) }
  const [name, options] = spec.sampler
  for (const option of Object.keys(options)) {
    if (['seed', 'search_space', 'base_sampler', 'fixed_params'].includes(option)) continue
    const { [option]: _, ...rest } = options
    if (option !== 'multivariate' || !options.group) yield { ...spec, sampler: [name, rest] }
  }
  if (name === 'PartialFixedSampler') yield { ...spec, sampler: options.base_sampler as Given }
  for (const p of spec.space) {
    if (spec.space.length === 1 || spec.space.some(other => other.when?.[0] === p.name)) continue
    if (name === 'GridSampler' || spec.enqueue?.some(params => p.name in params)) continue
    yield { ...spec, space: spec.space.filter(other => other !== p) }
  }
  for (const p of spec.space) {
    for (const key of ['when', 'grow'] as const) {
      if (p[key] === undefined) continue
      const { [key]: _, ...rest } = p
      yield { ...spec, space: spec.space.map(other => (other === p ? rest : other)) }
    }
  }
}

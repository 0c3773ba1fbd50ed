import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readTrials } from '../../../src/run/trials.ts'
import { project } from './project.ts'

interface Study {
  readonly name: string
  readonly model: string
  readonly target: string
  readonly fixed: Readonly<Record<string, number>>
  readonly space: Readonly<Record<string, readonly [number, number]>>
  readonly pruner: Pruner
  readonly trials: readonly {
    readonly state: string
    readonly value: number | null
    readonly params: Readonly<Record<string, number>>
    readonly reports: readonly (readonly [number, number])[]
  }[]
}
type Pruner = readonly [string, Readonly<Record<string, unknown>>]

const oracle = JSON.parse(readFileSync('test/oracle/optuna-stages/vectors/stages.json', 'utf8')) as {
  readonly names: readonly string[]
  readonly train: readonly (readonly number[])[]
  readonly test: readonly (readonly number[])[]
  readonly studies: readonly Study[]
}

const csv = (rows: readonly (readonly number[])[], target: string) => {
  const kept = [0, 1, 2, 3, oracle.names.indexOf(target)]
  return `${[oracle.names, ...rows].map(row => kept.map(j => row[j]).join(',')).join('\n')}\n`
}
const prunerNode = ([name, options]: Pruner): object => ({
  _target_: `optuna.pruners.${name}`,
  ...options,
  ...('wrapped_pruner' in options ? { wrapped_pruner: prunerNode(options.wrapped_pruner as Pruner) } : {}),
})
const distribution = ([low, high]: readonly [number, number]) =>
  Number.isInteger(low)
    ? { _target_: 'optuna.distributions.IntDistribution', low, high }
    : { _target_: 'optuna.distributions.FloatDistribution', low, high, log: true }

function studyOf({ name, model, target, fixed, space, pruner, trials }: Study, changes: object = {}) {
  const searched = Object.fromEntries(Object.entries(space).map(([key, range]) => [key, distribution(range)]))
  const config = {
    target,
    data_train: 'data/train.csv',
    data_test: 'data/test.csv',
    metric: target === 'value' ? 'r2' : 'accuracy',
    n_trials: trials.length,
    study: {
      name,
      direction: 'maximize',
      sampler: { _target_: 'optuna.samplers.TPESampler', seed: 1 },
      pruner: prunerNode(pruner),
      ...changes,
    },
    models: { type: { _target_: model, ...fixed, ...searched } },
  }
  return project({
    // YAML reads JSON.
    '/project/conf/config.yaml': JSON.stringify(config),
    '/project/data/train.csv': csv(oracle.train, target),
    '/project/data/test.csv': csv(oracle.test, target),
  })
}

test.each(oracle.studies)('$name: fits are pruned where Optuna prunes them, by the values that scikit-learn has there', async study => {
  const { run, platform } = studyOf(study)
  const { result, runDir, problems } = await run()
  expect(problems).toEqual([])
  const trials = readTrials(platform.files, runDir!)
  expect(trials.map(({ state }) => state)).toEqual(study.trials.map(({ state }) => state))
  for (const [i, { params, intermediateValues, values, state }] of trials.entries()) {
    const theirs = study.trials[i]
    for (const [name, value] of Object.entries(theirs.params)) expect(params.get(name)).toBeCloseTo(value, 11)
    expect([...intermediateValues.keys()]).toEqual(theirs.reports.map(([step]) => step))
    for (const [step, value] of theirs.reports) expect(Math.abs(intermediateValues.get(step)! - value)).toBeLessThan(1e-9)
    if (state === 'COMPLETE') expect(Math.abs(values![0] - theirs.value!)).toBeLessThan(1e-9)
  }
  expect(result.metrics[result.study!.metric]).toBe(result.study!.best!.value)
})

test('without a pruner nothing is reported, and a complete trial has the value that it has with one', async () => {
  const [study] = oracle.studies
  const sampler = { _target_: 'optuna.samplers.RandomSampler', seed: 5 }
  const trialsOf = async (changes: object) => {
    const { run, platform } = studyOf(study, { sampler, ...changes })
    const { runDir } = await run()
    return readTrials(platform.files, runDir!)
  }
  const whole = await trialsOf({ pruner: null })
  expect(whole.every(({ intermediateValues }) => intermediateValues.size === 0)).toBe(true)
  const pruned = await trialsOf({})
  expect(new Set(pruned.map(({ state }) => state))).toEqual(new Set(['COMPLETE', 'PRUNED']))
  for (const [i, { state, params, values }] of pruned.entries()) {
    expect(params).toEqual(whole[i].params)
    if (state === 'COMPLETE') expect(values).toEqual(whole[i].values)
  }
})

test('a pruner that has nothing to judge is told of, once', async () => {
  const { run, events } = project()
  await run('+preprocess=simple', '+models=multi_lr', 'n_trials=3', '+study.pruner=MedianPruner')
  const problems = events.flatMap(event => (event.type === 'problem' ? [event.problem] : []))
  expect(problems).toMatchObject([
    { code: 'study/nothing-to-judge', severity: 'warning', message: 'study.pruner had nothing to judge in trial 0.' },
  ])
})

test('a sweep with a pruner ends its jobs in the middle of a fit', async () => {
  const [study] = oracle.studies
  const config = {
    target: 'kind',
    data_train: 'data/train.csv',
    data_test: 'data/test.csv',
    models: { type: { _target_: study.model, random_state: 3 } },
  }
  const { sweep } = project({
    '/project/conf/config.yaml': JSON.stringify(config),
    '/project/data/train.csv': csv(oracle.train, 'kind'),
    '/project/data/test.csv': csv(oracle.test, 'kind'),
  })
  const { result, problems } = await sweep(
    'hydra/sweeper=optuna',
    'hydra/sweeper/sampler=random',
    'hydra.sweeper.sampler.seed=2',
    'hydra.sweeper.n_trials=12',
    'hydra.sweeper.n_jobs=1',
    'hydra.sweeper.direction=maximize',
    '+hydra.sweeper.pruner={_target_: optuna.pruners.MedianPruner, n_startup_trials: 2}',
    '+models.type.max_depth=range(1,7)',
    '+models.type.n_estimators=choice(20,40)',
  )
  expect(problems).toEqual([])
  expect(result.study!.states.PRUNED).toBeGreaterThan(0)
  expect(result.study!.states.COMPLETE).toBeGreaterThan(2)
})

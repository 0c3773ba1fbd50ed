import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nodeFromPlain, readYaml, toPlain } from '../../../../src/config/index.ts'
import { ProblemError } from '../../../../src/config/problems.ts'
import { sweepSpace } from '../../../../src/run/sweepers/sweep-space.ts'
import { readTrials } from '../../../../src/run/trials.ts'
import { distributionFromJson } from '../../../../src/study/index.ts'
import { conf, project } from '../project.ts'

interface Space {
  readonly overrides: readonly string[]
  readonly error?: string
  readonly params: readonly (readonly [string, object])[]
  readonly fixed: readonly (readonly [string, string])[]
}
interface Sweep {
  readonly overrides: readonly string[]
  readonly jobs: readonly string[]
  readonly files: readonly string[]
  readonly results: string
  readonly log: readonly string[]
}
/** From hydra-optuna-sweeper 1.3.0. */
const vectors = JSON.parse(readFileSync(join(import.meta.dirname, '../../../oracle/hydra-run/vectors/sweeps.json'), 'utf8')) as {
  config: string
  params: string
  spaces: readonly Space[]
  sweeps: Readonly<Record<string, Sweep>>
}
const space = (overrides: readonly string[]) =>
  sweepSpace(
    undefined,
    overrides.map(text => ({ text, node: nodeFromPlain(text) })),
  )

for (const asked of vectors.spaces) {
  test(`the search space of ${asked.overrides.join(' ')}`, () => {
    if (asked.error) {
      expect(() => space(asked.overrides)).toThrow(ProblemError)
      return
    }
    const { params, fixed } = space(asked.overrides)
    // A shuffled range has its values in any order.
    const sorted = asked.overrides[0].includes('shuffle')
      ? (one: object) => ('choices' in one ? { ...one, choices: [...(one.choices as number[])].sort() } : one)
      : (one: object) => one
    const expected = asked.params.filter(([name]) => !asked.fixed.some(([other]) => other === name))
    expect(params.map(({ name, distribution }) => [name, sorted(distribution)])).toEqual(
      expected.map(([name, json]) => [name, sorted(distributionFromJson(JSON.stringify(json)))]),
    )
    expect([...fixed]).toEqual(asked.fixed)
  })
}

/** The example's project, with the keys that the sweeps of the vectors change. */
const keys = (text: string) => `${text}target: survived\nstudy: {direction: maximize}\n`
const swept = () =>
  project({
    '/project/conf/config.yaml': keys(vectors.config.replace('value: 0.5', 'value: 0.5\nw0: 1')),
    '/project/conf/params.yaml': keys(vectors.params),
  })
const lr = ['+preprocess=simple', '+models=lr']

for (const [name, asked] of Object.entries(vectors.sweeps)) {
  test(`${name}: jobs, their order and the files are those of hydra-optuna-sweeper`, async () => {
    const { request, platform, events } = swept()
    const { runSweep } = await import('../../../../src/run/sweep.ts')
    const configName = asked.overrides.includes('--config-name=params') ? 'params' : 'config'
    const own = asked.overrides.filter(text => !text.startsWith('--'))
    const { compose, ...rest } = request(['hydra/sweeper=optuna', ...own, ...lr])
    const outcome = await runSweep(platform, { ...rest, compose: { ...compose, configName } }, event => events.push(event))
    expect(outcome.problems).toEqual([])
    const { jobs, status } = outcome.result
    expect(status).toBe('completed')
    const fixedParts = lr.map(text => `- ${text}\n`).join('')
    expect(jobs!.map(({ dir }) => platform.files.readText(`${dir}/.hydra/overrides.yaml`))).toEqual(
      asked.jobs.map(text => text + fixedParts),
    )
    expect(jobs!.map(({ dir }) => dir.slice(outcome.runDir!.length + 1))).toEqual(asked.jobs.map((_, i) => String(i)))
    const files = platform.files.list(outcome.runDir!).flatMap(({ name: file, kind }) => (kind === 'file' ? [file] : []))
    // Hydra's files; the others are ours.
    expect(files.filter(file => file.endsWith('.yaml'))).toEqual(asked.files)
    const results = platform.files.readText(`${outcome.runDir}/optimization_results.yaml`)
    expect(results.replace(/best_value: .*/, '')).toBe(asked.results.replace(/best_value: .*/, ''))
    const logged = events.flatMap(event => (event.type === 'log' && event.logger === 'HYDRA' ? [event.message.split('\n')[0]] : []))
    const comparable = (line: string) => !/^(setup plugin|Study name|Best value|hydra.sweeper.direction)/.test(line)
    expect(logged.filter(comparable).map(line => line.replace(` ${lr.join(' ')}`, ''))).toEqual(asked.log.filter(comparable))
  })
}

test('several objectives: the first metrics of the job, and the Pareto front as the result', async () => {
  const { request, platform } = swept()
  const { runSweep } = await import('../../../../src/run/sweep.ts')
  const sweep = [
    'hydra/sweeper=optuna',
    'hydra/sweeper/sampler=nsgaii',
    'hydra.sweeper.sampler.seed=1',
    'hydra.sweeper.n_trials=4',
    'hydra.sweeper.direction=[maximize,minimize]',
    '+metrics=[accuracy,f1]',
    'models.type.C=tag(log,interval(0.001,10))',
  ]
  const outcome = await runSweep(platform, request([...sweep, ...lr]), () => {})
  expect(outcome.problems).toEqual([])
  const { node } = readYaml({ path: 'r', text: platform.files.readText(`${outcome.runDir}/optimization_results.yaml`) })
  const { name, solutions } = toPlain(node!) as { name: string; solutions: { params: object; values: number[] }[] }
  expect(name).toBe('optuna')
  expect(solutions.length).toBeGreaterThan(0)
  for (const { params, values } of solutions) expect([Object.keys(params), values.length]).toEqual([['models.type.C'], 2])
  expect(readTrials(platform.files, outcome.runDir!).every(trial => trial.values?.length === 2)).toBe(true)
})

test('a grid tries each combination once; the stop of a range is left out', async () => {
  const { request, platform } = swept()
  const { runSweep } = await import('../../../../src/run/sweep.ts')
  const sweep = ['hydra/sweeper=optuna', 'hydra/sweeper/sampler=grid', 'x=range(1,3)', 'z=a,b']
  const { result, problems } = await runSweep(platform, request([...sweep, ...lr]), () => {})
  expect(problems).toEqual([])
  const tried = result.jobs!.map(job => job.overrides.slice(0, 2).join(' ')).sort()
  expect(tried).toEqual(['x=1 z=a', 'x=1 z=b', 'x=2 z=a', 'x=2 z=b'])
})

test('a batch with more failures than max_failure_rate ends the sweep; with a higher rate it goes on', async () => {
  const { request, platform, events } = swept()
  const { runSweep } = await import('../../../../src/run/sweep.ts')
  const sweep = (...more: string[]) =>
    runSweep(
      platform,
      request(['hydra/sweeper=optuna', 'hydra/sweeper/sampler=grid', 'models.type.C=-1,1', 'hydra.sweeper.n_jobs=1', ...lr, ...more]),
      event => events.push(event),
    )
  const strict = await sweep()
  expect(strict.result.status).toBe('failed')
  expect(strict.problems[0].message).toMatch("The 'C' parameter of LogisticRegression must be")
  const lenient = await sweep('hydra.sweeper.max_failure_rate=1')
  expect(lenient.result.status).toBe('completed')
  expect(lenient.result.study?.states).toEqual({ COMPLETE: 1, FAIL: 1 })
  expect(events.some(event => event.type === 'log' && event.message.startsWith('Failed experiment: '))).toBe(true)
})

test('a custom search space of the project adds parameters that depend on others', async () => {
  const base = swept()
  const modules = {
    '/project/main.mjs': {
      space: (cfg: { x: number }, trial: { suggestFloat: (name: string, low: number, high: number) => number }) => {
        if (cfg.x === 0) trial.suggestFloat('y', 0, 1)
      },
      throws: () => {
        throw new TypeError('asked to')
      },
      upsideDown: (_: unknown, trial: { suggestFloat: (name: string, low: number, high: number) => number }) =>
        trial.suggestFloat('y', 1, 0),
    },
  }
  const { memoryPlatform } = await import('../../../../src/platform/memory.ts')
  const files = Object.fromEntries(
    Object.keys({ ...conf, '/project/data/numbers.csv': 0, '/project/data/numbers-test.csv': 0, '/project/conf/config.yaml': 0 }).map(
      path => [path, base.platform.files.readText(path)],
    ),
  )
  const platform = memoryPlatform({ files: { ...files, '/project/main.mjs': '' }, modules })
  const { runSweep } = await import('../../../../src/run/sweep.ts')
  const sweep = ['hydra/sweeper=optuna', 'hydra.sweeper.custom_search_space=main.space', 'hydra.sweeper.n_trials=2', 'z=a,b', ...lr]
  const { result, problems } = await runSweep(platform, base.request(sweep), () => {})
  expect(problems).toEqual([])
  for (const job of result.jobs!) expect(job.overrides.map(text => text.split('=')[0])).toEqual(['z', 'y', '+preprocess', '+models'])
  const { problems: missing } = await runSweep(platform, base.request(sweep.map(text => text.replace('main.space', 'main.nope'))), () => {})
  expect(missing[0]).toMatchObject({ code: 'sweep/custom-space' })
  const failing = async (name: string) =>
    (await runSweep(platform, base.request(sweep.map(text => text.replace('main.space', name))), () => {})).problems
  const at = [{ path: 'override[1]', column: 35 }]
  expect(await failing('main.throws')).toMatchObject([
    { message: "Error in call to target 'main.throws':\nTypeError: asked to", locations: at },
  ])
  expect(await failing('main.upsideDown')).toMatchObject([{ message: '`low <= high` must hold, but got (low=1, high=0).', locations: at }])
})

test('each job gets a seed of its own when a key for it is named', async () => {
  const { sweep } = project()
  const { result } = await sweep(
    '+preprocess=simple',
    '+models=rf',
    'models.type.max_depth=1,2',
    '+hydra.sweeper.job_seed=models.type.random_state:10',
  )
  expect(result.jobs!.map(job => job.overrides.at(-1))).toEqual(['++models.type.random_state=10', '++models.type.random_state=11'])
})

test('a pruner ends jobs between the folds of task.cv; without one nothing is reported', async () => {
  const { request, platform } = swept()
  const { runSweep } = await import('../../../../src/run/sweep.ts')
  const sweep = (...more: string[]) =>
    runSweep(
      platform,
      request([
        'hydra/sweeper=optuna',
        'hydra/sweeper/sampler=grid',
        'hydra.sweeper.n_jobs=1',
        'models.type.C=range(1,5)',
        '+task.cv=3',
        ...lr,
        ...more,
      ]),
      () => {},
    )
  const pruned = await sweep('+hydra.sweeper.pruner={_target_:optuna.pruners.ThresholdPruner,lower:2}')
  expect(pruned.problems[0]?.message).toBe('No trials are completed yet.')
  const trials = readTrials(platform.files, pruned.runDir!)
  expect(trials.map(({ state, intermediateValues }) => [state, intermediateValues.size])).toEqual(Array(4).fill(['PRUNED', 1]))
  expect(pruned.result.jobs!.map(job => job.status)).toEqual(Array(4).fill('completed'))
  const whole = await sweep()
  expect(readTrials(platform.files, whole.runDir!).map(({ state, intermediateValues }) => [state, intermediateValues.size])).toEqual(
    Array(4).fill(['COMPLETE', 0]),
  )
})

test.each(['tpe', 'random', 'cmaes', 'nsgaii', 'motpe'])('the sampler group %s works with the values that its config has', async name => {
  const { request, platform } = swept()
  const { runSweep } = await import('../../../../src/run/sweep.ts')
  const sweep = [
    'hydra/sweeper=optuna',
    `hydra/sweeper/sampler=${name}`,
    'hydra.sweeper.sampler.seed=1',
    'hydra.sweeper.n_trials=3',
    'x=interval(0,1)',
  ]
  const { result, problems } = await runSweep(platform, request([...sweep, ...lr]), () => {})
  expect(problems).toEqual([])
  expect(result.study?.states).toEqual({ COMPLETE: 3 })
})

test('a study that has a parameter with another distribution is told at the parameter', async () => {
  const { request, platform } = swept()
  const { runSweep } = await import('../../../../src/run/sweep.ts')
  const sweep = (x: string) => [
    'hydra/sweeper=optuna',
    'hydra.sweeper.n_trials=1',
    'hydra.sweeper.storage=s.log',
    'hydra.sweeper.study_name=s',
    x,
    ...lr,
  ]
  expect((await runSweep(platform, request(sweep('x=interval(0,1)')), () => {})).problems).toEqual([])
  const { problems } = await runSweep(platform, request(sweep('x=1,2')), () => {})
  expect(problems).toMatchObject([
    { message: 'Cannot set different distribution kind to the same parameter name.', locations: [{ path: 'override[4]', column: 3 }] },
  ])
})

import { expect, test } from 'vitest'
import { readTrials } from '../../../src/run/trials.ts'
import { problemOf, project } from './project.ts'

const study = ['+preprocess=multi_complex', '+models=multi_lr', 'n_trials=12']

test('a study with a storage of its own is read from there, and another run goes on with it', async () => {
  const { run, platform } = project()
  const own = [...study, '+study.storage=study.log', '+study.name=shared']
  const first = await run(...own)
  expect(first.problems).toEqual([])
  expect(platform.files.exists('/project/study.log')).toBe(true)
  expect(readTrials(platform.files, first.runDir!).length).toBe(12)
  const second = await run(...own)
  expect(readTrials(platform.files, second.runDir!).map(trial => trial.number)).toEqual(Array.from({ length: 24 }, (_, i) => i))
})

test('a storage that is not built in is refused at its line', async () => {
  const { run } = project()
  const problem = problemOf(await run(...study, '+study.storage=postgresql://host/db'))
  expect(problem).toMatchObject({ code: 'study/bad-storage', message: "The storage 'postgresql' is known but not built in." })
})

test('duplicates take the value of the trial that they repeat when that is asked for, and nothing else changes', async () => {
  const plain = project()
  const reusing = project()
  const categorical = ['+preprocess=multi_complex', '+models=lr', 'n_trials=12']
  const a = await plain.run(...categorical)
  const b = await reusing.run(...categorical, '+study.reuse_duplicates=true')
  const [fitted, reused] = [readTrials(plain.platform.files, a.runDir!), readTrials(reusing.platform.files, b.runDir!)]
  const seen = (trials: typeof fitted) => trials.map(({ params, values }) => [[...params], values])
  expect(seen(reused)).toEqual(seen(fitted))
  expect(reused.filter(trial => trial.userAttrs.has('fitwright:reused')).length).toBe(
    12 - new Set(fitted.map(({ params }) => JSON.stringify([...params]))).size,
  )
  expect(fitted.some(trial => trial.userAttrs.has('fitwright:reused'))).toBe(false)
})

test('keys of a study that are misspelt or belong elsewhere are refused by name', async () => {
  expect(problemOf(await project().run(...study, '+study.n_jobs=2'))).toMatchObject({
    code: 'study/unknown-key',
    message: 'study.n_jobs is not known.',
  })
  expect(problemOf(await project().run(...study, '+study.prunner=x')).hint).toBe('Did you mean pruner?')
  const far = problemOf(
    await project({
      '/project/conf/config.yaml': 'target: survived\nstudy:\n  direction: maximize\n  gc_after_trial: true\n',
    }).run('+preprocess=multi_complex', '+models=multi_lr', '+n_trials=2'),
  )
  expect(far).toMatchObject({
    code: 'study/unknown-key',
    message: 'study.gc_after_trial is not known.',
    hint: 'A study takes n_trials, timeout, target_value, max_stagnation_trials, direction, sampler, pruner, name, study_name, storage, load_if_exists, reuse_duplicates, catch.',
  })
  expect(far.at[0]).toBe('conf/config.yaml:4:3')
})

test('with study.catch an error fails its trial and not the study', async () => {
  const files = {
    '/project/conf/models/odd.yaml':
      'type:\n  _target_: sklearn.linear_model.LogisticRegression\n  l1_ratio:\n    _target_: optuna.distributions.CategoricalDistribution\n    choices: [0.0, 1.0]\n  C:\n    _target_: optuna.distributions.LogUniformDistribution\n    low: 0.1\n    high: 10.0\n',
  }
  const odd = ['+preprocess=simple', '+models=odd', 'n_trials=8', 'study.sampler.seed=3']
  const strict = await project(files).run(...odd)
  expect(strict.result.status).toBe('failed')
  const { run, platform } = project(files)
  const { result, runDir } = await run(...odd, '+study.catch=true')
  expect(result.status).toBe('completed')
  expect(result.study!.states).toMatchObject({ FAIL: expect.any(Number), COMPLETE: expect.any(Number) })
  const failed = readTrials(platform.files, runDir!).filter(({ state }) => state === 'FAIL')
  expect(failed.every(({ params, systemAttrs }) => params.get('l1_ratio') === 1 && systemAttrs.has('fitwright:fail_reason'))).toBe(true)
})

test('what is no mistake but worth knowing is told at its line before the first trial', async () => {
  const { run, events } = project({
    '/project/conf/models/odd.yaml':
      'type:\n  _target_: sklearn.tree.DecisionTreeClassifier\n  random_state: 1\n  max_depth:\n    _target_: optuna.distributions.IntDistribution\n    low: 1\n    high: 6\n    step: 2\n  min_samples_leaf:\n    _target_: optuna.distributions.IntLogUniformDistribution\n    low: 1\n    high: 5\n',
  })
  const { result } = await run('+preprocess=simple', '+models=odd', 'n_trials=2')
  expect(result.status).toBe('completed')
  const told = events.flatMap(event =>
    event.type === 'problem' ? [[event.problem.code, event.problem.severity, event.problem.locations[0]?.line]] : [],
  )
  expect(told).toEqual([
    ['target/uneven-step', 'warning', 7],
    ['target/deprecated', 'warning', 10],
  ])
})

test('a study that is there already keeps its direction: another one is refused at its line', async () => {
  const { run } = project()
  const own = [...study, '+study.storage=study.log', '+study.name=shared']
  expect((await run(...own)).problems).toEqual([])
  const problem = problemOf(await run(...own, 'study.direction=minimize'))
  expect(problem).toMatchObject({
    code: 'study/direction',
    message: "The study 'shared' has direction maximize; this config asks for minimize.",
  })
  expect(problem.at[0]).toBe('override[5]:1:17')
})

test('a study ends at its target value, or when it has not improved for long', async () => {
  const { run, platform } = project()
  const trialsOf = async (...more: string[]) =>
    readTrials(platform.files, (await run('+preprocess=multi_complex', '+models=multi_lr', 'n_trials=40', ...more)).runDir!)
  const all = await trialsOf()
  const best = Math.max(...all.map(({ values }) => values![0]))
  const reached = all.findIndex(({ values }) => values![0] === best)
  expect((await trialsOf(`+study.target_value=${best}`)).length).toBe(reached + 1)
  const stagnant = await trialsOf('+study.max_stagnation_trials=6')
  const values = stagnant.map(({ values }) => values![0])
  expect(stagnant.length).toBeLessThan(40)
  expect(stagnant.length - 1 - values.indexOf(Math.max(...values))).toBe(7)
  expect(problemOf(await run('+preprocess=multi_complex', '+models=multi_lr', '+study.max_stagnation_trials=0')).code).toBe(
    'task/wrong-type',
  )
})

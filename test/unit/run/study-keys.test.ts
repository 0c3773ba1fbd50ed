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
})

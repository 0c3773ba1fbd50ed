import { expect, test } from 'vitest'
import { readTrials } from '../../../src/run/trials.ts'
import { problemOf, project } from './project.ts'

const space = '++models.type={_target_:main-multirun.random_forest,n_estimators:[2,3],max_depth:[2,3]}'
const study = (sampler: string) => [
  '+preprocess=complex',
  '+models=rf',
  space,
  `++study.sampler={_target_:optuna.samplers.${sampler}}`,
  'n_trials=20',
]

test.each([
  'BruteForceSampler,seed:1',
  'GridSampler,search_space:{n_estimators:[2,3],max_depth:[2,3]}',
])('a study with %s ends well when every combination was tried', async sampler => {
  const { run, platform } = project()
  const { result, problems, runDir } = await run(...study(sampler))
  expect(problems).toEqual([])
  expect(result.status).toBe('completed')
  const tried = readTrials(platform.files, runDir!).map(({ params }) => [...params.values()].join(' '))
  expect(tried.sort()).toEqual(['2 2', '2 3', '3 2', '3 3'])
})

test('a storage whose folder is not there, or that holds no journal, is told at its line', async () => {
  const asked = ['+preprocess=complex', '+models=multi_lr', 'n_trials=2']
  const missing = await project().run(...asked, '++study.storage=nowhere/study.log')
  expect(problemOf(missing)).toMatchObject({
    code: 'study/no-storage',
    message: "No such file or directory: '/project/nowhere/study.log'",
    at: ['override[3]:1:17'],
  })
  const garbage = await project({ '/project/study.log': 'garbage\n' }).run(...asked, '++study.storage=study.log')
  expect(problemOf(garbage).at).toEqual(['override[3]:1:17'])
  expect(problemOf(garbage).message).toMatch(/^Invalid log format\./)
})

test('a study that may take no time is refused', async () => {
  const told = problemOf(await project().run('+preprocess=complex', '+models=multi_lr', '++study.timeout=-1'))
  expect(told).toMatchObject({ message: 'study.timeout must be a number above 0, got -1', at: ['override[2]:1:17'] })
})

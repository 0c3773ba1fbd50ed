import { expect, test } from 'vitest'
import { readTrials } from '../../../src/run/trials.ts'
import { project } from './project.ts'

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

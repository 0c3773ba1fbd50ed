import { expect, test } from 'vitest'
import { listRuns } from '../../../../src/run/runs-index.ts'
import { project } from '../project.ts'

const two = ['+preprocess=simple', '+models=lr', 'models.type.C=1,2']
const dirs = (jobs: readonly { dir: string }[] | undefined) => jobs?.map(({ dir }) => dir.replace('/project/', ''))

test('a swept value in hydra.sweep.dir takes the job there, as in Hydra; lists show it below its sweep', async () => {
  const { sweep, platform } = project()
  const { result, runDir } = await sweep(...two, 'hydra.sweep.dir=multirun/C${models.type.C}')
  expect(runDir).toBe('/project/multirun/C1')
  expect(dirs(result.jobs)).toEqual(['multirun/C1/0', 'multirun/C2/1'])
  const [shown, ...others] = listRuns(platform, '/project')
  expect(others).toEqual([])
  expect(shown.children.map(({ id }) => id)).toEqual(['multirun/C1/0', 'multirun/C2/1'])
})

test('jobs in folders of folders are found', async () => {
  const { sweep, platform } = project()
  await sweep(...two, 'hydra.sweep.subdir=lr/C${models.type.C}/${hydra.job.num}')
  expect(listRuns(platform, '/project')[0].children.map(({ id }) => id.split('/').slice(3).join('/'))).toEqual(['lr/C1/0', 'lr/C2/1'])
})

test("a job whose subdir is the sweep itself gets a folder in it: result.json is the sweep's", async () => {
  const { sweep, read } = project()
  const { result, runDir } = await sweep('+preprocess=simple', '+models=lr', 'hydra.sweep.subdir=.', 'hydra.sweep.dir=out')
  expect(dirs(result.jobs)).toEqual(['out/0'])
  expect(JSON.parse(read(runDir, 'result.json')).kind).toBe('sweep')
})

test('a prepared folder is taken, and no .hydra is left in it', async () => {
  const { sweep, platform } = project()
  platform.files.makeFolders('/project/out')
  const { runDir } = await sweep(...two, 'hydra.sweep.dir=out')
  expect(runDir).toBe('/project/out')
  expect(
    platform.files
      .list('/project/out')
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['0', '1', 'events.jsonl', 'multirun.yaml', 'result.json'])
})

test('what LogJobReturnCallback says of a job stands in the log of the job', async () => {
  const { sweep, read } = project()
  const { runDir } = await sweep(...two, '+hydra.callbacks.log._target_=hydra.experimental.callbacks.LogJobReturnCallback')
  expect(read(runDir, '1/main.log')).toMatch(
    /\[hydra\.experimental\.callbacks\.LogJobReturnCallback\]\[INFO\] - Succeeded with return value: [\d.]+\n$/,
  )
})

import { expect, test } from 'vitest'
import { project } from '../project.ts'

const values = ['+preprocess=simple,complex', '+models=lr,rf']

test('zipped parameters advance together instead of being multiplied', async () => {
  const { result } = await project().sweep(...values, '+hydra.sweeper.zip=[[preprocess,models]]')
  expect(result.jobs?.map(job => job.overrides.join(' '))).toEqual(['+preprocess=simple +models=lr', '+preprocess=complex +models=rf'])
})

test('other parameters are multiplied with the zipped ones, in the order of the command line', async () => {
  const { result } = await project().sweep(
    '+preprocess=simple,complex',
    '++task.random_state=1,2',
    '+models=lr,rf',
    '+hydra.sweeper.zip=[[preprocess,models]]',
  )
  expect(result.jobs?.map(job => job.overrides.map(text => text.split('=')[1]).join(' '))).toEqual([
    'simple 1 lr',
    'simple 2 lr',
    'complex 1 rf',
    'complex 2 rf',
  ])
})

test('different numbers of values are refused before anything runs', async () => {
  const { problems, result } = await project().sweep('+preprocess=simple', '+models=lr,rf', '+hydra.sweeper.zip=[[preprocess,models]]')
  expect(problems[0]).toMatchObject({
    code: 'sweep/zip',
    message: 'Parameters that are zipped must have the same number of values: preprocess has 1 values, models has 2 values',
  })
  expect(result.jobs).toBeUndefined()
})

test('a batch with a failure is run to its end; the next is not begun', async () => {
  const { result } = await project().sweep('+preprocess=simple', '+models=lr', 'models.type.C=1,-1,2,3', 'hydra.sweeper.max_batch_size=3')
  expect(result.jobs?.map(job => job.status)).toEqual(['completed', 'failed', 'completed'])
})

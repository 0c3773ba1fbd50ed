import { expect, test } from 'vitest'
import { looksLikeSweep, requestOfTask, runArguments, splitOverrides, taskProperties } from '../../../src/extension/run-request.ts'

const request = { configPath: '/projects/titanic/conf', configName: 'config', overrides: ['+models=rf'], multirun: false }

test('a run is the same run after its way through tasks.json', () => {
  const properties = taskProperties(request, '/projects/titanic')
  expect(properties).toEqual({ config: 'conf/config.yaml', overrides: ['+models=rf'] })
  expect(requestOfTask(properties, '/projects/titanic')).toEqual(request)
  const sweep = { ...request, multirun: true }
  expect(requestOfTask(taskProperties(sweep, '/work'), '/work')).toEqual(sweep)
})

test('a conf root outside of the workspace folder stays absolute', () => {
  expect(taskProperties(request, '/elsewhere').config).toBe('/projects/titanic/conf/config.yaml')
  expect(requestOfTask({ config: '/projects/titanic/conf/config.yaml' }, '/elsewhere')?.configPath).toBe('/projects/titanic/conf')
})

test('windows paths become paths with slashes', () => {
  expect(taskProperties({ ...request, configPath: 'c:\\work\\conf' }, 'c:\\work').config).toBe('conf/config.yaml')
})

test('a task without a config is no run', () => {
  expect(requestOfTask({}, '/work')).toBeUndefined()
  expect(requestOfTask({ config: 3 as never }, '/work')).toBeUndefined()
})

test('the command line of a run', () => {
  expect(runArguments({ ...request, multirun: true })).toEqual([
    'run',
    '--config-path',
    '/projects/titanic/conf',
    '--config-name',
    'config',
    '--multirun',
    '+models=rf',
  ])
})

test('commas, ranges and globs make a sweep; lists and quotes do not', () => {
  expect(looksLikeSweep(['+models=lr,rf'])).toBe(true)
  expect(looksLikeSweep(['a=range(1,3)'])).toBe(true)
  expect(looksLikeSweep(['+models=glob(*)'])).toBe(true)
  expect(looksLikeSweep(['a=[1,2]', "b='x,y'", 'c={a:1,b:2}', 'd=1'])).toBe(false)
})

test('overrides split at blanks outside of quotes and brackets', () => {
  expect(splitOverrides("a=1  b='x y' c=[1, 2]").map(p => p.text)).toEqual(['a=1', "b='x y'", 'c=[1, 2]'])
  expect(splitOverrides('  a=1').map(p => p.start)).toEqual([2])
  expect(splitOverrides('')).toEqual([])
})

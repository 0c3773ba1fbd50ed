import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { isAlive, processStart } from '../../../src/platform/node-process.ts'

test('this process is alive, with and without its start', () => {
  expect(isAlive(process.pid)).toBe(true)
  expect(isAlive(process.pid, processStart(process.pid))).toBe(true)
})

test('numbers that no process has are not alive', () => {
  expect(isAlive(0)).toBe(false)
  expect(isAlive(-1)).toBe(false)
  expect(isAlive(Number.NaN)).toBe(false)
})

test('a killed process is not alive', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(child, 'spawn')
  const pid = child.pid!
  const start = processStart(pid)
  expect(isAlive(pid, start)).toBe(true)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(isAlive(pid, start)).toBe(false)
})

test.runIf(process.platform === 'linux')('another process that got the same number is not taken for the one that died', () => {
  expect(isAlive(process.pid, `${processStart(process.pid)!.split('/')[0]}/1`)).toBe(false)
})

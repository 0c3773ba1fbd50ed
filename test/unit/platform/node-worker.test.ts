import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { nodeWorker } from '../../../src/platform/node-worker.ts'
import { temporaryFolder } from './temporary-folder.ts'

function workerOf(text: string) {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'job.cjs'), `const { parentPort, workerData } = require('node:worker_threads')\n${text}`)
  return nodeWorker(pathToFileURL(`${folder}/`))
}

test('a worker gets its input, sends messages and answers', async () => {
  const worker = workerOf(
    `parentPort.postMessage({ type: 'message', message: 'half' }); parentPort.postMessage({ type: 'result', output: workerData * 2 })`,
  )
  const messages: unknown[] = []
  expect(await worker.run('job', 21, { onMessage: message => messages.push(message) })).toBe(42)
  expect(messages).toEqual(['half'])
})

test('a worker that burns is ended by an abort', async () => {
  const worker = workerOf(`parentPort.postMessage({ type: 'message', message: 'started' }); for (;;);`)
  const stop = new AbortController()
  const answer = worker.run('job', null, { signal: stop.signal, onMessage: () => stop.abort(new Error('stopped')) })
  await expect(answer).rejects.toThrow('stopped')
})

test('a worker that fails, or ends without an answer, is an error', async () => {
  await expect(workerOf(`throw new Error('broken')`).run('job', null, {})).rejects.toThrow('broken')
  await expect(workerOf(`process.exit(3)`).run('job', null, {})).rejects.toThrow('exit code 3')
  await expect(workerOf('').run('missing', null, {})).rejects.toThrow('missing.cjs')
})

test('a worker that stays answers the next task too, until it is asked for the last time', async () => {
  const worker = workerOf(`const { threadId } = require('node:worker_threads')
    const answer = () => parentPort.postMessage({ type: 'result', output: threadId })
    answer()
    parentPort.on('message', answer)`)
  const first = await worker.run('job', 0, { stays: true })
  expect(await worker.run('job', 1, { stays: true })).toBe(first)
  expect(await worker.run('job', 2, {})).toBe(first)
  expect(await worker.run('job', 3, { stays: true })).not.toBe(first)
})

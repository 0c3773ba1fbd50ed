import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readWhole } from '../../../src/platform/read-whole.ts'
import { temporaryFolder } from './temporary-folder.ts'

test.skipIf(process.platform === 'win32')('a device that never ends is left at the limit, one that is empty is read', () => {
  expect(() => readWhole('/dev/zero', 100_000)).toThrowError(
    expect.objectContaining({ code: 'EFBIG', message: "EFBIG: no end within 100000 bytes, read '/dev/zero'" }),
  )
  expect(readWhole('/dev/null')).toHaveLength(0)
})

test.skipIf(process.platform === 'win32')('a pipe is read to its end', async () => {
  const path = join(temporaryFolder(), 'pipe')
  execFileSync('mkfifo', [path])
  const writer = spawn('sh', ['-c', 'printf "a,b\\n1,2\\n" > "$0"', path])
  expect(readWhole(path).toString()).toBe('a,b\n1,2\n')
  await once(writer, 'exit')
})

test('a file is read however large the limit for streams is', () => {
  const path = join(temporaryFolder(), 'data.csv')
  writeFileSync(path, 'a,b\n1,2\n')
  expect(readWhole(path, 1).toString()).toBe('a,b\n1,2\n')
  expect(() => readWhole(temporaryFolder())).toThrowError(expect.objectContaining({ code: 'EISDIR' }))
  expect(() => readWhole(join(path, 'no'))).toThrowError(expect.objectContaining({ code: 'ENOTDIR' }))
})

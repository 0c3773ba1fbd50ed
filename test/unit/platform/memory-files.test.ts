import { expect, test } from 'vitest'
import { memoryFiles } from '../../../src/platform/memory-files.ts'
import { nodeFiles } from '../../../src/platform/node-files.ts'
import type { FileSystem } from '../../../src/platform/ports.ts'
import { temporaryFolder } from './temporary-folder.ts'

const outcome = (action: () => unknown) => {
  try {
    return action()
  } catch (error) {
    return (error as { code?: string }).code
  }
}

/** What a file system answers to a little of everything. */
function answers(files: FileSystem, root: string): unknown[] {
  const at = (path: string) => `${root}/${path}`
  return [
    () => files.makeNewFolder(at('a/b')),
    () => files.makeNewFolder(at('a/b')),
    () => files.writeWhole(at('a/b/file'), 'text'),
    () => files.append(at('a/b/file'), ' more'),
    () => files.readText(at('a/b/file')),
    () => [...files.readFrom(at('a/b/file'), 7)],
    () => files.writeWhole(at('nowhere/file'), 'text'),
    () => files.append(at('nowhere/file'), 'text'),
    () => files.writeWhole(at('a/b'), 'text'),
    () => files.read(at('missing')),
    () => files.list(at('missing')),
    () => files.list(at('a/b/file')),
    () => files.list(at('a')),
    () => files.exists(at('a/b')),
    () => files.stat(at('a/b'))?.kind,
    () => files.stat(at('a/b/file'))?.size,
    () => files.stat(at('missing')),
    () => files.makeFolders(at('a/b/file/c')),
    () => files.remove(at('a')),
    () => files.exists(at('a/b/file')),
    () => files.remove(at('a')),
  ].map(outcome)
}

test('the file system in memory answers and fails as the disk does', () => {
  expect(answers(memoryFiles(), '')).toEqual(answers(nodeFiles(), temporaryFolder()))
})

test('a full disk, a protected folder or any other failure can be had', () => {
  let code: string | undefined
  const files = memoryFiles({ fail: operation => (operation === 'append' ? code : undefined) })
  files.append('/log', 'one\n')
  code = 'ENOSPC'
  expect(() => files.append('/log', 'two\n')).toThrow('ENOSPC: no space left on device')
  expect(files.readText('/log')).toBe('one\n')
})

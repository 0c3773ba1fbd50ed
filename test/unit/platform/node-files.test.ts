import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nodeConfigFiles } from '../../../src/platform/node-config-files.ts'
import { nodeFiles } from '../../../src/platform/node-files.ts'
import { temporaryFolder } from './temporary-folder.ts'

const files = nodeFiles()

test('of two that want the same new folder, exactly one gets it', () => {
  const path = join(temporaryFolder(), 'outputs/2026-11-23/14-02-31')
  expect(files.makeNewFolder(path)).toBe(true)
  expect(files.makeNewFolder(path)).toBe(false)
})

test('a file is replaced as a whole and leaves nothing beside it', () => {
  const folder = temporaryFolder()
  const path = join(folder, 'result.json')
  files.writeWhole(path, 'one')
  const before = statSync(path).ino
  files.writeWhole(path, 'two')
  expect(files.readText(path)).toBe('two')
  expect(statSync(path).ino).not.toBe(before)
  expect(readdirSync(folder)).toEqual(['result.json'])
})

test('a write that fails leaves the old file and no temporary one', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'result.json'))
  expect(() => files.writeWhole(join(folder, 'result.json'), 'x')).toThrowError(expect.objectContaining({ code: 'EISDIR' }))
  expect(readdirSync(folder)).toEqual(['result.json'])
})

test('what is written piece by piece is there whole, or not at all when a pause ends it', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'model.json')
  let pauses = 0
  const stop = async () => {
    if (++pauses === 2) throw new Error('cancelled')
  }
  await expect(files.writePieces(path, ['one', 'two', 'three'], stop)).rejects.toThrowError('cancelled')
  expect(readdirSync(folder)).toEqual([])
  await files.writePieces(path, ['one', 'two', 'three'])
  expect(files.readText(path)).toBe('onetwothree')
  expect(readdirSync(folder)).toEqual(['model.json'])
})

test('writing into a folder that is gone fails as node does, and the folder stays gone', () => {
  const gone = join(temporaryFolder(), 'gone')
  expect(() => files.writeWhole(join(gone, 'a'), 'x')).toThrowError(expect.objectContaining({ code: 'ENOENT' }))
  expect(() => files.append(join(gone, 'a'), 'x')).toThrowError(expect.objectContaining({ code: 'ENOENT' }))
  expect(files.exists(gone)).toBe(false)
})

test('a tail is read from its offset, and from the end there is nothing', () => {
  const path = join(temporaryFolder(), 'events.jsonl')
  files.append(path, 'one\n')
  files.append(path, 'two\n')
  expect(Buffer.from(files.readFrom(path, 4)).toString()).toBe('two\n')
  expect(files.readFrom(path, 8)).toHaveLength(0)
  expect(files.readFrom(path, 99)).toHaveLength(0)
})

test('a linked folder is listed as a folder and a broken link as a file', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'real'))
  symlinkSync(join(folder, 'real'), join(folder, 'linked'))
  symlinkSync(join(folder, 'nowhere'), join(folder, 'broken'))
  expect(files.list(folder).toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
    { name: 'broken', kind: 'file' },
    { name: 'linked', kind: 'folder' },
    { name: 'real', kind: 'folder' },
  ])
})

test('a config file that did not change keeps its source text, a changed one gets a new one', () => {
  const folder = temporaryFolder()
  const path = join(folder, 'config.yaml')
  const configs = nodeConfigFiles()
  expect(configs.read(path)).toBeUndefined()
  writeFileSync(path, 'a: 1')
  const first = configs.read(path)
  expect(first).toEqual({ path, text: 'a: 1' })
  expect(configs.read(path)).toBe(first)
  writeFileSync(path, 'a: 12')
  expect(configs.read(path)?.text).toBe('a: 12')
  expect(configs.read(folder)).toBeUndefined()
  expect(configs.list(path)).toBeUndefined()
})

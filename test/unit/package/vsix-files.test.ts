import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))

test('the packaged extension holds the listed files and nothing else', () => {
  const listed = execFileSync(process.execPath, [`${root}node_modules/@vscode/vsce/vsce`, 'ls', '--no-dependencies'], {
    cwd: root,
    encoding: 'utf8',
  })
  const files = listed.trim().split('\n')
  const golden = readFileSync(new URL('../../fixtures/vsix-files.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n')
  expect(files.sort()).toEqual(golden)
})

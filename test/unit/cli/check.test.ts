import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'

const dist = fileURLToPath(new URL('../../../dist', import.meta.url))
const project = realpathSync(mkdtempSync(join(tmpdir(), 'fitwright-check-')))
afterAll(() => rmSync(project, { recursive: true, force: true }))
const files = {
  'good/conf/config.yaml': 'defaults:\n  - db: pg\n  - _self_\n',
  'good/conf/db/pg.yaml': 'port: 1\n',
  'bad/conf/config.yaml': 'a: 1\nb: [1\n',
  'bad/conf/fine.yaml': 'a: 1\n',
  'other/cfgs/config.yaml': 'defaults:\n  - db: pgg\n  - _self_\n',
  'other/cfgs/db/pg.yaml': 'port: 1\n',
}
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(project, path)), { recursive: true })
  writeFileSync(join(project, path), text)
}

const check = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(dist, 'fitwright.cjs'), 'check', ...args], {
    cwd: project,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  return { status, stdout, stderr }
}

test('a clean tree has no problems, and exit code 0', () => {
  expect(check('good')).toEqual({ status: 0, stdout: 'no problems in 2 files\n', stderr: '' })
})

test('a broken file is told with its place in each format, and exit code 1', () => {
  const text = check('bad')
  expect(text.status).toBe(1)
  expect(text.stdout).toContain(join('bad', 'conf', 'config.yaml:'))
  expect(text.stdout).toContain('1 error in 2 files')
  const [problem] = JSON.parse(check('bad', '--format', 'json').stdout)
  expect(problem).toMatchObject({
    code: 'yaml/syntax',
    severity: 'error',
    locations: [{ path: `${project}/bad/conf/config.yaml` }, { note: 'while parsing a flow sequence' }],
  })
  const { line, column } = problem.locations[0]
  expect(check('bad', '--format', 'github').stdout).toMatch(
    new RegExp(`^::error file=bad/conf/config\\.yaml,line=${line}(,endLine=\\d+)?,col=${column}`),
  )
  const [run] = JSON.parse(check('bad', '--format', 'sarif').stdout).runs
  expect(run.results[0].locations[0].physicalLocation.region).toMatchObject({ startLine: line, startColumn: column })
})

test('one file alone is checked', () => {
  expect(check('bad/conf/fine.yaml').status).toBe(0)
})

test('a folder that is named is a conf root, whatever it is called', () => {
  const { status, stdout } = check('other/cfgs')
  expect(status).toBe(1)
  expect(stdout).toContain("Could not find 'db/pgg'")
  const none = check('other')
  expect(none.status).toBe(1)
  expect(none.stderr).toContain('No conf root in other')
  expect(none.stderr).toContain('fitwright check FOLDER')
})

test('a path that is not there is wrong usage', () => {
  expect(check('nowhere')).toMatchObject({ status: 2, stderr: expect.stringContaining('no such file or folder: nowhere') })
})

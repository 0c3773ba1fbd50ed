import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
let project: string

/** A project that depends on the package, as `npm install fitwright` would leave it. */
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'fitwright-library-'))
  mkdirSync(join(project, 'node_modules'))
  symlinkSync(root, join(project, 'node_modules/fitwright'), 'dir')
  cpSync(join(root, 'examples/titanic/conf'), join(project, 'conf'), { recursive: true })
  cpSync(join(root, 'examples/titanic/data'), join(project, 'data'), { recursive: true })
})
afterAll(() => rmSync(project, { recursive: true, force: true }))

const program = `
import { compose, toYaml } from 'fitwright/config'
import { LogisticRegression, StandardScaler, matrix, predictLabels, readCsv, target } from 'fitwright/learn'
import { createStudy, TPESampler } from 'fitwright/study'
import { createWorkspaceModel } from 'fitwright/language'
import { nodeConfigFiles, nodeFiles } from 'fitwright/node'
import { instantiate } from 'fitwright/targets'

const { config, problems } = compose(nodeConfigFiles(), { configPath: process.cwd() + '/conf', overrides: ['+models=lr'] })
const X = matrix([[0, 1], [1, 1], [2, 0], [3, 0]])
const scaled = new StandardScaler({}).fit(X).transform(X)
const model = new LogisticRegression({ C: 10 }).fit(scaled, target(['no', 'no', 'yes', 'yes']))
const study = createStudy({ direction: 'minimize', sampler: new TPESampler({ seed: 1 }) })
await study.optimize(trial => (trial.suggestFloat('x', -10, 10) - 2) ** 2, { nTrials: 20 })
const rows = readCsv(nodeFiles().read(process.cwd() + '/data/test-small.csv'), { path: 'test-small.csv' }).rows
console.log(JSON.stringify({
  yaml: config ? toYaml(config.task).split('\\n')[0] : '', problems: problems.length, labels: predictLabels(model, scaled),
  trials: study.trials.length, stronger: instantiate(config, { at: 'models.type', kwargs: { C: 10 } }).params.C,
  own: instantiate({ _target_: 'app.greet', _args_: [1], name: 'Ada' }, { targets: { app: { greet: (n, { name }) => n + name } } }),
  language: typeof createWorkspaceModel, rows,
}))
`

test('the library is imported by its five names, and by fitwright/node for the disk', () => {
  writeFileSync(join(project, 'main.mjs'), program)
  const printed = execFileSync(process.execPath, ['main.mjs'], { cwd: project, encoding: 'utf8' })
  expect(JSON.parse(printed)).toEqual({
    yaml: 'target: Survived',
    problems: 0,
    labels: ['no', 'no', 'yes', 'yes'],
    trials: 20,
    stronger: 10,
    own: '1Ada',
    language: 'function',
    rows: 223,
  })
})

test('editors know the types of the library', () => {
  writeFileSync(
    join(project, 'main.ts'),
    program
      .replace('const rows =', 'const rows: number =')
      .replace('instantiate(config,', 'instantiate<LogisticRegression>(config,')
      .replace('}).params.C', '})!.params.C')
      .replace('(n, { name })', '(n: number, { name }: { name: string })'),
  )
  writeFileSync(join(project, 'wrong.ts'), `import { createStudy } from 'fitwright/study'\ncreateStudy({ direction: 'sideways' })\n`)
  const check = (file: string) => {
    const flags = [
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--types',
      'node',
      '--typeRoots',
      `${root}node_modules/@types`,
    ]
    try {
      execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, ...flags, file], { cwd: project, encoding: 'utf8' })
      return ''
    } catch (error) {
      return (error as { stdout: string }).stdout
    }
  }
  writeFileSync(join(project, 'package.json'), '{"type":"module"}')
  expect(check('main.ts')).toBe('')
  expect(check('wrong.ts')).toContain('\'"sideways"\' is not assignable')
})

import { afterAll, expect, test } from 'vitest'
import { completeLine } from '../../../src/cli/complete-line.ts'
import { answer, appOf } from './hydra-app.ts'

const app = appOf({
  'conf/config.yaml': 'defaults:\n  - db: pg\n  - _self_\nx: 1\n',
  'conf/other.yaml': 'y: 1\n',
  'conf/db/pg.yaml': 'port: 1\n',
  'conf/db/my.yaml': 'port: 2\n',
  'data/train.csv': 'a\n',
})
afterAll(app.remove)
const complete = (line: string) => completeLine(app.place(), line)

test('commands, flags and values of flags are completed too', () => {
  expect(complete('fitwright ru')).toEqual(['run', 'runs'])
  expect(complete('npx fitwright compose --or')).toEqual(['--origins'])
  expect(complete('fitwright run --cfg ')).toEqual(['job', 'hydra', 'all'])
  expect(complete('fitwright run -cn o')).toEqual(['other'])
  expect(complete('fitwright run -cn other y')).toEqual(['y='])
  expect(complete('fitwright study b')).toEqual(['best'])
})

test('a sweep goes on with the options that are not chosen yet', () => {
  expect(complete('fitwright run -m db=pg,')).toEqual(['db=pg,my'])
})

test('the installed function asks one candidate a line, up to the cursor', async () => {
  const { stdout } = await answer(app, ['-sc', 'query=fish'], { COMP_LINE: 'fitwright run db=xyz', COMP_POINT: '17' })
  expect(stdout).toBe('db=my\ndb=pg\n')
  for (const shell of ['bash', 'zsh', 'fish']) {
    expect((await answer(app, ['-sc', `install=${shell}`])).stdout).toContain('fitwright run -sc query=')
    expect((await answer(app, ['-sc', `uninstall=${shell}`])).stdout).toContain('_fitwright_complete')
  }
})

test('version_base comes from the app’s Python file, unless the command line says it', async () => {
  const old = appOf({
    'conf/config.yaml': 'defaults:\n  - db: pg\n  - _self_\n',
    'conf/db/pg.yaml': '# @package _group_\nport: 1\n',
    'main.py': 'import hydra\n@hydra.main(config_path="conf", config_name="config")\ndef main(cfg): ...\n',
  })
  expect((await answer(old, ['--cfg', 'job'])).stdout).toBe('db:\n  port: 1\n')
  expect((await answer(old, ['--cfg', 'job', '--version-base', '1.3'])).stdout).toBe('_group_:\n  port: 1\n')
  old.remove()
})

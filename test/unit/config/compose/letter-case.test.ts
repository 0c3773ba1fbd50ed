import { expect, test } from 'vitest'
import { type ConfigFiles, compose, memoryFiles, toYaml } from '../../../../src/config/index.ts'

/** A file system that finds names whatever their case, as those of macOS and Windows do. */
function withoutCase(texts: Record<string, string>): ConfigFiles {
  const files = memoryFiles(texts)
  const names = new Map<string, string>()
  for (const path of Object.keys(texts))
    for (let part = path; part.length > 1; part = part.slice(0, part.lastIndexOf('/'))) names.set(part.toLowerCase(), part)
  const real = (path: string) => names.get(path.toLowerCase()) ?? path
  return { read: path => files.read(real(path)), list: path => files.list(real(path)) }
}

const texts = { '/conf/config.yaml': 'defaults:\n- db: MySQL\n- _self_\n', '/conf/db/mysql.yaml': 'port: 1\n' }

test('a config that is found only because the file system ignores case composes, with a warning and a fix', () => {
  const { config, problems } = compose(withoutCase(texts), { configPath: '/conf' })
  expect(toYaml(config!.task)).toBe('db:\n  port: 1\n')
  expect(problems).toMatchObject([
    {
      code: 'config/letter-case',
      severity: 'warning',
      message: "'db/MySQL' is 'db/mysql' on disk",
      fixes: [{ edits: [{ newText: 'mysql' }] }],
    },
  ])
  const [{ span }] = problems[0].locations
  expect(span.source.text.slice(span.start, span.end)).toContain('MySQL')
})

test('so do groups, overrides and the primary config', () => {
  const plain = { '/conf/config.yaml': 'defaults:\n- db: null\n- _self_\n', '/conf/db/mysql.yaml': 'port: 1\n' }
  const messages = (request: object) => compose(withoutCase(plain), { configPath: '/conf', ...request }).problems.map(one => one.message)
  expect(messages({ overrides: ['db=mySQL'] })).toEqual(["'db/mySQL' is 'db/mysql' on disk"])
  expect(messages({ overrides: ['+DB=mysql'] })).toEqual(["'DB/mysql' is 'db/mysql' on disk"])
  expect(messages({ configName: 'Config' })).toEqual(["'Config' is 'config' on disk"])
  expect(messages({ overrides: ['db=mysql'] })).toEqual([])
})

test('where case counts such a config is not found, and the file is suggested', () => {
  const [problem] = compose(memoryFiles(texts), { configPath: '/conf' }).problems
  expect(problem).toMatchObject({ code: 'defaults/unknown-option', fixes: [{ edits: [{ newText: 'mysql' }] }] })
  expect(problem.message.split('\n')[0]).toBe("In 'config': Could not find 'db/MySQL'")
})

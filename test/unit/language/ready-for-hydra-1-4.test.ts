import { expect, test } from 'vitest'
import { readyForHydra14 } from '../../../src/language/index.ts'
import { offsetAt } from '../../../src/language/positions.ts'
import { conf, modelOf, projectFolder } from './marked-project.ts'

function lint(texts: Record<string, string>, name = 'config.yaml') {
  const project = conf(texts)
  const path = `${projectFolder}/conf/${name}`
  const source = project.files.read(path)!
  return readyForHydra14(modelOf(project), path).map(({ code, range, fixes: [fix] }) => ({
    code: code.replace('hydra-1.4/', ''),
    at: source.text.slice(offsetAt(source, range.start), offsetAt(source, range.end)),
    ...(fix ? { fix: fix.edits[0].newText } : {}),
  }))
}

test('what Hydra 1.4 rejects or reads otherwise in a defaults list is marked', () => {
  const list = [
    '- ../db/one',
    '- foo db: one',
    '- db: server/two',
    '- a\\b: one',
    '- zoo: ${oc.env:ZOO,one}',
    '- db/server: two',
    '- optional override db: one',
    '- _self_',
  ]
  expect(lint({ 'config.yaml': `defaults:\n${list.map(item => `  ${item}\n`).join('')}` })).toEqual([
    { code: 'parent-path', at: '../db/one' },
    { code: 'unknown-keyword', at: 'foo db' },
    { code: 'nested-option', at: 'db: server/two', fix: 'db/server@db: two' },
    { code: 'backslash', at: 'a\\b' },
    { code: 'resolver', at: '${oc.env:ZOO,one}' },
  ])
})

test('rules of old versions are marked where the app asks for them', () => {
  const main = '@hydra.main(config_path="conf", config_name="config")\ndef main(cfg): ...\n'
  const files = {
    'config.yaml': 'x: ${hydra:job.override_dirname}\n',
    'db/pg.yaml': '# @package _group_\na: 1\n',
    '/main.py': `import hydra\n${main}`,
  }
  expect(lint(files)).toEqual([
    { code: 'version-base', at: 'x: ${hydra:job.override_dirname}' },
    { code: 'override-dirname', at: 'hydra:job.override_dirname' },
  ])
  expect(lint(files, 'db/pg.yaml')).toEqual([{ code: 'package-header', at: '_group_' }])
})

import { expect, test } from 'vitest'
import { diagnose } from '../../../src/language/index.ts'
import { conf, fixed, modelOf, projectFolder } from './marked-project.ts'

const files = { 'db/pg.yaml': 'port: 1\n', 'db/my.yaml': 'port: 2\n', 'zoo/a.yaml': 'x: 1\n' }

test('a missing _self_ can be put last or first', () => {
  const project = { ...files, 'config.yaml': 'defaults:\n  - db: pg\nname: app\n' }
  expect(fixed(project, 'config.yaml')).toEqual({
    'Add _self_ last: this config overrides the others': 'defaults:\n  - db: pg\n  - _self_\nname: app\n',
    'Add _self_ first: the others override this config': 'defaults:\n  - _self_\n  - db: pg\nname: app\n',
  })
})

test('an override before other entries can be moved to the end', () => {
  const project = { ...files, 'config.yaml': 'defaults:\n  - override db: my\n  - db: pg\n  - _self_\n' }
  expect(fixed(project, 'config.yaml')).toEqual({
    'Move the override to the end of the list': 'defaults:\n  - db: pg\n  - _self_\n  - override db: my\n',
  })
})

test('the second choice of a group can become an override', () => {
  const project = {
    ...files,
    'config.yaml': 'defaults:\n  - db: pg\n  - zoo: a\n  - _self_\n',
    'zoo/a.yaml': 'defaults:\n  - /db@_global_.db: my\n',
  }
  const model = modelOf(conf(project))
  const [{ code, fixes, related }] = diagnose(model, `${projectFolder}/conf/config.yaml`)
  expect([code, related[0]?.path, fixes[0].title, fixes[0].edits[0].newText]).toEqual([
    'defaults/multiple-values',
    `${projectFolder}/conf/zoo/a.yaml`,
    'Make it an override',
    'override ',
  ])
})

test('an override of nothing can become an entry', () => {
  const project = { ...files, 'config.yaml': 'defaults:\n  - override db: my\n' }
  expect(fixed(project, 'config.yaml')).toEqual({ 'Take the keyword override away': 'defaults:\n  - db: my\n' })
})

test('a misspelled option can be changed to the nearest', () => {
  expect(fixed({ ...files, 'config.yaml': 'defaults:\n  - db: pgg\n' }, 'config.yaml')).toEqual({
    'Change to pg': 'defaults:\n  - db: pg\n',
  })
})

import { afterAll, expect, test } from 'vitest'
import { answer, appOf } from './hydra-app.ts'

// The four failures of which Hydra's own issue 3454 says that nobody can tell where they come from, then others of the same kind.
const base = { 'conf/db/mysql.yaml': 'port: 3306\n', 'conf/db/pg.yaml': 'port: 5432\n' }
const apps: (() => void)[] = []
afterAll(() => {
  for (const remove of apps) remove()
})

async function failure(files: Record<string, string>, ...overrides: string[]) {
  const app = appOf({ ...base, ...files })
  apps.push(app.remove)
  const { stderr, stdout, code } = await answer(app, ['--cfg', 'job', ...overrides])
  expect([code, stdout]).toEqual([1, ''])
  return stderr
}

test('an option that is not there: which entry of which config asks for it, and what there is', async () => {
  const files = { 'conf/config.yaml': 'defaults:\n  - server: web\n', 'conf/server/web.yaml': 'defaults:\n  - /db: mysqll\n' }
  expect(await failure(files)).toMatchInlineSnapshot(`
    "In 'server/web': Could not find 'db/mysqll'

    Available options in 'db':
    	mysql
    	pg
    Config search path:
    	provider=hydra, path=pkg://hydra.conf
    	provider=main, path=file:///T/conf
    	provider=schema, path=structured://
    conf/server/web.yaml:2:10
    conf/config.yaml:2:5   brings in server/web
    hint: did you mean mysql?
    "
  `)
})

test('a choice that has to be made: where, and how', async () => {
  expect(await failure({ 'conf/config.yaml': 'defaults:\n  - _self_\n  - db: ???\n' })).toMatchInlineSnapshot(`
    "You must specify 'db', e.g, db=<OPTION>
    Available options:
    	mysql
    	pg
    conf/config.yaml:3:5
    hint: choose one: db=mysql, db=pg
    "
  `)
})

test('two choices of one group: both', async () => {
  const files = {
    'conf/config.yaml': 'defaults:\n  - db: mysql\n  - experiment: fast\n',
    'conf/experiment/fast.yaml': '# @package _global_\ndefaults:\n  - /db: pg\n',
  }
  expect(await failure(files)).toMatchInlineSnapshot(`
    "Multiple values for db. To override a value use 'override db: pg'
    conf/config.yaml:2:5
    conf/experiment/fast.yaml:3:5   the other choice: /db: pg
    hint: two entries choose db: give the second the keyword override, or a package of its own (db@name)
    "
  `)
})

test('defaults that are no list: where they stand', async () => {
  const files = { 'conf/config.yaml': 'defaults:\n  - server: web\n', 'conf/server/web.yaml': 'name: web\ndefaults:\n  db: mysql\n' }
  expect(await failure(files)).toMatchInlineSnapshot(`
    "Invalid defaults list in 'server/web', defaults must be a list (got mapping)
    conf/server/web.yaml:3:3
    conf/config.yaml:2:5   brings in server/web
    "
  `)
})

test('values that do not fit together: in which config, at which line', async () => {
  const files = { 'conf/config.yaml': 'defaults:\n  - _self_\n  - db: list\ndb:\n  a: 1\n', 'conf/db/list.yaml': '- 1\n' }
  expect(await failure(files)).toMatchInlineSnapshot(`
    "In 'db/list': ConfigTypeError raised while composing config:
    Cannot merge DictConfig with ListConfig
        full_key: 
        object_type=dict
    conf/db/list.yaml:1:1
    conf/config.yaml:3:5   brings in db/list
    "
  `)
})

test('an override that nothing takes: the nearest key', async () => {
  expect(await failure({ 'conf/config.yaml': 'defaults:\n  - db: pg\n' }, 'db.prt=1')).toMatchInlineSnapshot(`
    "Could not override 'db.prt'.
    To append to your config use +db.prt=1
    Key 'prt' is not in struct
        full_key: db.prt
        object_type=dict
    command line: db.prt=1   column 1
    hint: did you mean db.port or db? To add a new key use +db.prt=1
    "
  `)
})

test('broken YAML below an option: the line, and how it came in', async () => {
  const files = { 'conf/config.yaml': 'defaults:\n  - db: broken\n', 'conf/db/broken.yaml': 'a: [1,\nb: 2\n' }
  expect(await failure(files)).toMatchInlineSnapshot(`
    "while parsing a flow sequence
    expected ',' or ']', but got '<stream end>'
    conf/db/broken.yaml:3:1
    conf/db/broken.yaml:1:4   while parsing a flow sequence
    conf/config.yaml:2:5   brings in db/broken
    "
  `)
})

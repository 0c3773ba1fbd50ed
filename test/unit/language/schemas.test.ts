import { expect, test } from 'vitest'
import { definition, diagnose, hover } from '../../../src/language/index.ts'
import { conf, labels, modelOf } from './marked-project.ts'

const schema = JSON.stringify(
  {
    title: 'MySQL',
    properties: {
      port: { type: 'integer', default: 3306, minimum: 1, description: 'where the server listens' },
      level: { enum: ['LOW', 'HIGH'], default: 'LOW' },
      debug: { type: ['boolean', 'null'], default: null },
    },
  },
  null,
  2,
)
const project = (mysql: string) => ({
  'config.yaml': 'defaults:\n  - db: mysql\n',
  'db/mysql.yaml': `defaults:\n  - base_mysql\n  - _self_\n${mysql}`,
  '/conf-schema/db/base_mysql.json': schema,
})

const problems = (text: string) => diagnose(modelOf(conf(project(text))), '/project/conf/db/mysql.yaml')

test('a value that does not have the type of its schema is marked where it is written', () => {
  expect(problems('port: fail\n')).toMatchObject([
    { code: 'config/merge', message: expect.stringContaining("Value 'fail' of type 'str' could not be converted to Integer") },
  ])
  expect(problems('pork: 1\n')[0].message).toContain("Key 'pork' not in 'MySQL'")
  expect(problems('port: 3307\n')).toEqual([])
})

test('a value outside the limits of its schema is marked, and the limit is named', () => {
  const [problem] = problems('port: 0\n')
  expect(problem).toMatchObject({ code: 'schema/limit', message: "Value '0' of 'db.port' is less than 1" })
  expect(problem.related).toMatchObject([{ path: '/project/conf-schema/db/base_mysql.json' }])
})

test('keys and values of the schema are completed', () => {
  expect(labels(project('|'))).toEqual(expect.arrayContaining(['port', 'level', 'debug']))
  expect(labels(project('level: |'))).toEqual(['LOW', 'HIGH'])
  expect(labels(project('debug: |'))).toEqual(['true', 'false', 'null'])
  expect(labels({ ...project(''), 'db/other.yaml': 'defaults:\n  - |\n' })).toContain('base_mysql')
})

test('a key shows the type and description of its schema, and its entry leads there', () => {
  const shown = conf(project('po|rt: 3307\n'))
  expect(hover(modelOf(shown), shown.path, shown.position)?.contents).toMatch(
    /\*\*db\.port\*\*: int, minimum 1\n\nwhere the server listens/,
  )
  const entry = conf({ ...project(''), 'db/mysql.yaml': 'defaults:\n  - base_my|sql\n' })
  expect(definition(modelOf(entry), entry.path, entry.position)).toMatchObject([{ path: '/project/conf-schema/db/base_mysql.json' }])
})

test('a schema that is none is marked itself', () => {
  const found = (text: string) =>
    diagnose(modelOf(conf({ ...project(''), '/conf-schema/db/base_mysql.json': text })), '/project/conf-schema/db/base_mysql.json')
  expect(found('{"properties": {"a": {"type": "integer", "default": "x"}}}')).toMatchObject([
    { code: 'schema/default', message: expect.stringContaining("Value 'x' of type 'str' could not be converted to Integer") },
  ])
  expect(found('{"properties": {"a": {"$ref": "#/$defs/B"}}}')).toMatchObject([{ code: 'schema/reference' }])
  expect(found('{"properties": {"a": {"$ref": "#"}}}')).toMatchObject([{ code: 'schema/circular' }])
  expect(found('{"properties": {"a": {"type": "int"}}}')).toMatchObject([
    { code: 'schema/keyword', message: "Unknown type 'int'\nit is string, integer, number, boolean, array, object or null" },
  ])
  expect(found('{"properties": {"a": {"if": {}}}}')).toMatchObject([{ code: 'schema/keyword', severity: 'warning' }])
  expect(found('{"properties": {,}}')).toMatchObject([{ code: 'schema/syntax', range: { start: { line: 0, character: 16 } } }])
  expect(found(`${'['.repeat(100000)}`)).toMatchObject([{ code: 'schema/syntax' }])
  expect(found('{"properties": {"__proto__": {"type": "integer", "default": 1}, "constructor": {}}}')).toEqual([])
})

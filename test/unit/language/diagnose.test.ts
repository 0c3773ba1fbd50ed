import { expect, test } from 'vitest'
import { problems } from './marked-project.ts'
import { titanic } from './titanic-project.ts'

test('the example has no problems in any of its files', () => {
  for (const name of Object.keys(titanic)) if (name.endsWith('.yaml')) expect([name, problems(titanic, name)]).toEqual([name, []])
})

test('an option that does not exist is marked where it is written, and the nearest one is offered', () => {
  const project = { 'config.yaml': 'defaults:\n  - models: «rff»\n', 'models/rf.yaml': 'name: forest\n' }
  expect(problems(project)).toEqual([{ code: 'defaults/unknown-option', at: '«rff»', fix: 'rf' }])
})

test('a group that does not exist is marked', () => {
  expect(problems({ 'config.yaml': 'defaults:\n  - model: «rf»\n', 'models/rf.yaml': 'name: forest\n' })).toMatchObject([
    { code: 'defaults/unknown-option' },
  ])
})

test('a parameter that the target does not have is marked at its key, and the nearest one is offered', () => {
  const project = { ...titanic, 'models/lr.yaml': 'type:\n  _target_: main.LogisticRegression\n  «random_sate»: 1\n' }
  expect(problems(project)).toMatchObject([{ at: '«random_sate»', fix: 'random_state' }])
})

test('a value of the wrong type is marked', () => {
  const project = { ...titanic, 'models/lr.yaml': 'type:\n  _target_: main.LogisticRegression\n  C: «much»\n' }
  expect(problems(project)).toMatchObject([{ at: '«much»' }])
})

test('a value out of range is marked', () => {
  const project = { ...titanic, 'models/rf.yaml': 'type:\n  _target_: main.RandomForestClassifier\n  n_estimators: «0»\n' }
  expect(problems(project)).toMatchObject([{ at: '«0»' }])
})

test('a target that does not exist is marked', () => {
  const project = { ...titanic, 'models/lr.yaml': 'type:\n  _target_: «main.LogisticRegresion»\n' }
  expect(problems(project)).toMatchObject([{ at: '«main.LogisticRegresion»', fix: 'main.LogisticRegression' }])
})

test('an export of the project is a target', () => {
  const project = { ...titanic, 'models/lr.yaml': 'type:\n  _target_: main.mine\n  a: 1\n', '/main.mjs': 'export const mine = () => {}\n' }
  expect(problems(project, 'models/lr.yaml')).toEqual([])
})

test('broken YAML is marked, and only that', () => {
  const project = { ...titanic, 'models/lr.yaml': 'type:\n  _target_: main.Nope\n  a: [1\n' }
  expect(problems(project, 'models/lr.yaml')).toMatchObject([{ code: 'yaml/syntax' }])
})

test('an interpolation that finds nothing is marked', () => {
  expect(problems({ 'config.yaml': 'a: 1\nb: «${aa}»\n' })).toMatchObject([{ at: '«${aa}»' }])
})

test('an interpolation to a key of another group is no problem when some option has it', () => {
  const project = { ...titanic, 'models/lr.yaml': 'name: on ${preprocess.data_train}\n' }
  expect(problems(project, 'models/lr.yaml')).toEqual([])
})

test('an interpolation to a key that no option of another group has is marked', () => {
  const project = { ...titanic, 'models/lr.yaml': 'name: «on ${preprocess.data}»\n' }
  expect(problems(project)).toHaveLength(1)
})

test('an interpolation that only some options satisfy is information', () => {
  const project = { ...titanic, 'models/lr.yaml': 'name: «on ${preprocess.type.imputation_cat}»\n' }
  expect(problems(project)).toMatchObject([{ severity: 'information' }])
})

test('a data file that is not there is marked at its path', () => {
  const project = { ...titanic, 'preprocess/simple.yaml': 'data_train: «data/trian.csv»\n' }
  expect(problems(project)).toEqual([{ code: 'data/file-missing', at: '«data/trian.csv»', fix: 'data/train.csv' }])
})

test('a target that no data has as a column is marked where it is written', () => {
  const project = { ...titanic, 'config.yaml': 'target: «Surived»\n' }
  expect(problems(project)).toEqual([{ code: 'data/no-column', at: '«Surived»', fix: 'Survived' }])
  expect(problems(project, 'preprocess/simple.yaml')).toEqual([])
})

test('data without the target column is marked at its path when other data has it', () => {
  const project = { ...titanic, 'preprocess/other.yaml': 'data_train: «data/other.csv»\n', '/data/other.csv': 'a,b\n1,2\n' }
  expect(problems(project)).toEqual([{ code: 'data/no-column', at: '«data/other.csv»' }])
  expect(problems(project, 'config.yaml')).toMatchObject([{ severity: 'information' }])
})

test('a mandatory value is information', () => {
  expect(problems({ 'config.yaml': 'n_trials: «???»\n' })).toEqual([{ code: 'config/missing-value', at: '«???»', severity: 'information' }])
})

test('an option that composes only with one of two primary configs is information', () => {
  const project = {
    'config.yaml': 'depth: 3\n',
    'other.yaml': 'width: 3\n',
    'models/rf.yaml': 'max_depth: «${depth}»\n',
  }
  expect(problems(project)).toMatchObject([{ severity: 'information' }])
})

test('an option brought in by a defaults list is judged there', () => {
  const project = {
    'config.yaml': 'defaults:\n  - models: lr\n  - _self_\ndepth: 3\n',
    'models/rf.yaml': 'max_depth: ${depth}\n',
    'models/lr.yaml': 'C: «${deep}»\n',
  }
  expect(problems(project)).toHaveLength(1)
  expect(problems(project, 'models/rf.yaml')).toEqual([])
})

test('a resolver that the project’s Python code registers is information, an unknown one an error', () => {
  const text = 'a: «${times:2,3}»\n'
  expect(problems({ 'config.yaml': text })).toMatchObject([{ code: 'interpolation/unknown-resolver' }])
  const registered = { 'config.yaml': text, '/train.py': 'OmegaConf.register_new_resolver("times", lambda a, b: a * b)\n' }
  expect(problems(registered)).toMatchObject([{ code: 'interpolation/python-resolver', severity: 'information' }])
})

test('a group that must be chosen is information', () => {
  const project = { ...titanic, 'config.yaml': 'defaults:\n  - models: «???»\n  - _self_\ntarget: Survived\n' }
  expect(problems(project)).toEqual([{ code: 'defaults/mandatory-option', at: '«???»', severity: 'information' }])
  expect(problems(project, 'models/rf.yaml')).toEqual([])
})

test('a config that needs what stands around it is judged where it is brought in', () => {
  const project = {
    'config.yaml': 'a: 1\n',
    'models/base.yaml': 'max_depth: «${.depth}»\n',
    'models/rf.yaml': 'defaults:\n  - base\ndepth: 3\n',
  }
  expect(problems(project)).toMatchObject([{ severity: 'information' }])
  expect(problems(project, 'models/rf.yaml')).toEqual([])
})

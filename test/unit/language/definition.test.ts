import { expect, test } from 'vitest'
import { definition, documentLinks, references } from '../../../src/language/index.ts'
import { conf, modelOf } from './marked-project.ts'
import { titanic } from './titanic-project.ts'

/** `models/rf.yaml:3` for each place, 1-based. */
const places = (texts: Readonly<Record<string, string>>, ask: typeof definition) => {
  const project = conf(texts)
  return ask(modelOf(project), project.path, project.position).map(
    ({ path, range }) => `${path.replace('/project/', '').replace('conf/', '')}:${range.start.line + 1}`,
  )
}

test('a defaults entry leads to its file, absolute or relative', () => {
  expect(places({ ...titanic, 'config.yaml': 'defaults:\n  - models: r|f\n' }, definition)).toEqual(['models/rf.yaml:1'])
  expect(places({ ...titanic, 'config.yaml': 'defaults:\n  - override /mod|els@x: rf\n' }, definition)).toEqual(['models/rf.yaml:1'])
  expect(places({ ...titanic, 'models/x.yaml': 'defaults:\n  - r|f\n' }, definition)).toEqual(['models/rf.yaml:1'])
  expect(places({ ...titanic, 'models/x.yaml': 'defaults:\n  - /preprocess: sim|ple\n' }, definition)).toEqual(['preprocess/simple.yaml:1'])
})

test('each option of a list leads to its own file', () => {
  expect(places({ ...titanic, 'config.yaml': 'defaults:\n  - models: [lr, r|f]\n' }, definition)).toEqual(['models/rf.yaml:1'])
})

test('an interpolation leads to the line that sets the value', () => {
  const texts = { ...titanic, 'config.yaml': 'target: Survived\ndepth:\n  of_tree: 5\n' }
  expect(places({ ...texts, 'models/rf.yaml': 'a: ${depth.of_|tree}\n' }, definition)).toEqual(['config.yaml:3'])
  expect(places({ ...texts, 'models/rf.yaml': 'a: 1\nb: ${.|a}\n' }, definition)).toEqual(['models/rf.yaml:1'])
  expect(places({ ...texts, 'models/rf.yaml': 'a: ${preprocess.data_t|rain}\n' }, definition)).toEqual(['preprocess/complex.yaml:5'])
})

test('a key leads to what overrides it, or to what it overrides', () => {
  const texts = {
    'config.yaml': 'defaults:\n  - models: rf\n',
    'models/base.yaml': 'max_depth: 3\n',
    'models/rf.yaml': 'defaults:\n  - base\n  - _self_\nmax_depth: 5\n',
  }
  expect(places({ ...texts, 'models/rf.yaml': texts['models/rf.yaml'].replace('max_depth', 'max_|depth') }, definition)).toEqual([
    'models/base.yaml:1',
  ])
})

test('a data path leads to the file', () => {
  expect(places({ ...titanic, 'preprocess/x.yaml': 'data_train: data/tr|ain.csv\n' }, definition)).toEqual(['data/train.csv:1'])
})

test('a target of the project leads to its export', () => {
  const texts = { ...titanic, '/main.mjs': '// mine\nexport function myModel() {}\n' }
  expect(places({ ...texts, 'models/lr.yaml': 'type:\n  _target_: main.my|Model\n' }, definition)).toEqual(['main.mjs:2'])
})

test('references of a key are the interpolations that read it and the lines that set it', () => {
  const texts = {
    'config.yaml': 'defaults:\n  - models: rf\ndep|th: 5\nagain: ${depth}\n',
    'models/rf.yaml': 'a: ${depth}\nb: ${depths}\n',
  }
  expect(places(texts, references).sort()).toEqual(['config.yaml:3', 'config.yaml:4', 'models/rf.yaml:1'])
})

test('references of a defaults entry are all entries that bring in the same file', () => {
  const texts = { ...titanic, 'config.yaml': 'defaults:\n  - models: r|f\n', 'other.yaml': 'defaults:\n  - models: rf\n  - models@b: lr\n' }
  expect(places(texts, references)).toEqual(['config.yaml:2', 'other.yaml:2'])
})

test('defaults entries and data paths are links', () => {
  const project = conf({ ...titanic, 'config.yaml': 'defaults:\n  - models: rf\n  - nope: x\ndata_train: data/train.csv|\n' })
  expect(documentLinks(modelOf(project), project.path).map(({ target }) => target)).toEqual([
    '/project/conf/models/rf.yaml',
    '/project/data/train.csv',
  ])
})

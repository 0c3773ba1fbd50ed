import { expect, test } from 'vitest'
import { hover } from '../../../src/language/index.ts'
import { offsetAt } from '../../../src/language/positions.ts'
import { conf, modelOf } from './marked-project.ts'
import { titanic } from './titanic-project.ts'

const hovered = (texts: Readonly<Record<string, string>>) => {
  const project = conf(texts)
  const found = hover(modelOf(project), project.path, project.position)
  // Links are shown as their text.
  return found && { ...found, contents: found.contents.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1') }
}

test('a parameter’s key tells type, default and doc', () => {
  const text = 'type:\n  _target_: main.RandomForestClassifier\n  max_de|pth: 5\n'
  expect(hovered({ ...titanic, 'models/rf.yaml': text })?.contents).toMatch(/^\*\*max_depth\*\*: int ≥ 1 \\\| null, default null\. /)
})

test('a parameter that a primary config sets for another file’s target tells the same', () => {
  const text = 'defaults:\n  - models: rf\n  - _self_\nmodels:\n  type:\n    max_de|pth: 7\n'
  expect(hovered({ ...titanic, 'config.yaml': text })?.contents).toMatch(/^\*\*max_depth\*\*: int ≥ 1 \\\| null, default null\. /)
})

test('a value tells the file and line that set it', () => {
  const text = 'type:\n  _target_: main.RandomForestClassifier\n  max_depth: 5|\n'
  expect(hovered({ ...titanic, 'models/rf.yaml': text })?.contents).toContain('value `5` · from conf/models/rf.yaml:3 `max_depth: 5`')
})

test('an interpolation tells its value and where that is set', () => {
  const texts = { ...titanic, 'config.yaml': 'target: Survived\ndepth: 5\n', 'models/rf.yaml': 'max_depth: ${de|pth}\n' }
  expect(hovered(texts)?.contents).toContain('value `5` = `${depth}` · from conf/config.yaml:2 `depth: 5`')
})

test('a value tells what it overrides and through which defaults entry that came', () => {
  const texts = {
    'config.yaml': 'defaults:\n  - models: rf\n',
    'models/base.yaml': 'max_depth: 3\n',
    'models/rf.yaml': 'defaults:\n  - base\n  - _self_\nmax_depth: 5|\n',
  }
  expect(hovered(texts)?.contents).toContain('overrides `3` in conf/models/base.yaml:1 (via defaults entry conf/models/rf.yaml:2)')
})

test('a value that something replaces says what', () => {
  const texts = {
    'config.yaml': 'defaults:\n  - models: rf\n',
    'models/base.yaml': 'max_depth: 3|\n',
    'models/rf.yaml': 'defaults:\n  - base\n  - _self_\nmax_depth: 5\n',
  }
  expect(hovered(texts)?.contents).toContain('value `3` · from conf/models/base.yaml:1')
})

test('a target tells what it is', () => {
  expect(hovered({ ...titanic, 'models/lr.yaml': 'type:\n  _target_: main.Logistic|Regression\n' })?.contents).toContain(
    '**sklearn.linear_model.LogisticRegression** (classifier)',
  )
})

test('a defaults entry tells what it brings', () => {
  const contents = hovered({ ...titanic, 'config.yaml': 'defaults:\n  - models: r|f\n' })?.contents
  expect(contents).toContain('**conf/models/rf.yaml**: Random Forest · RandomForestClassifier')
  expect(contents).toContain('brings `name`, `type`')
})

test('a role tells what the run does with it', () => {
  expect(hovered({ ...titanic, 'config.yaml': 'tar|get: Survived\n' })?.contents).toContain('The column that the model learns to predict.')
  expect(hovered({ ...titanic, 'preprocess/simple.yaml': 'data_tr|ain: data/train.csv\n' })?.contents).toContain('Training data')
})

test('the hover covers the word it speaks of', () => {
  const project = conf({ ...titanic, 'models/rf.yaml': 'type:\n  _target_: main.RandomForestClassifier\n  «max_de|pth»: 5\n' })
  const found = hover(modelOf(project), project.path, project.position)!
  expect(project.marked.get(project.path)).toEqual([found.range])
  expect(offsetAt(project.source, found.range.start)).toBeLessThan(project.offset)
})

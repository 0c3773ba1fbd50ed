import { expect, test } from 'vitest'
import { semanticTokens, workspaceSymbols } from '../../../src/language/index.ts'
import { offsetAt } from '../../../src/language/positions.ts'
import { conf, modelOf } from './marked-project.ts'

function tokens(text: string) {
  const project = conf({ 'config.yaml': text })
  return semanticTokens(modelOf(project), project.path).map(({ line, character, length, kind }) => {
    const start = offsetAt(project.source, { line, character })
    return `${project.source.text.slice(start, start + length)} ${kind}`
  })
}

test('what Hydra means beyond YAML has tokens: headers, defaults lists, targets', () => {
  const text =
    '# @package _global_\ndefaults:\n  - override /models@a.b: rf\n  - _self_\ntype:\n  _target_: main.RandomForestClassifier\n  n: ???\n'
  expect(tokens(text)).toEqual([
    '@package keyword',
    '_global_ namespace',
    'defaults keyword',
    'override keyword',
    '/models namespace',
    'a.b variable',
    'rf enumMember',
    '_self_ keyword',
    '_target_ keyword',
    'main.RandomForestClassifier class',
    '??? keyword',
  ])
})

test('interpolations have tokens, also inside of others', () => {
  expect(tokens('a: x ${b.c} ${oc.env:HOME,${d}}\n')).toEqual([
    '${ macro',
    'b.c variable',
    '} macro',
    '${ macro',
    'oc.env function',
    '${ macro',
    'd variable',
    '} macro',
    '} macro',
  ])
})

test('configs and keys of the whole tree are found by letters of their names', () => {
  const project = conf({ 'config.yaml': 'seed: 1\n', 'models/rf.yaml': 'type:\n  depth: 1\n' })
  const names = (query: string) => workspaceSymbols(modelOf(project), query).map(({ name, kind, container }) => [name, kind, container])
  expect(names('mrf')).toEqual([['models/rf', 'config', undefined]])
  expect(names('depth')).toEqual([['type.depth', 'key', 'models/rf']])
  expect(names('')).toEqual([
    ['config', 'config', undefined],
    ['models/rf', 'config', undefined],
  ])
})

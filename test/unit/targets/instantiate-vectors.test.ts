import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { child, type MapNode, nodeFromPlain, resolveTree } from '../../../src/config/index.ts'
import { fullKeyIn } from '../../../src/targets/call/full-key.ts'
import { instantiate } from '../../../src/targets/index.ts'

interface Case {
  readonly node: object
  readonly answer: 'built' | { readonly type: string; readonly lines: readonly string[] }
}
const cases = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../oracle/targets/vectors/instantiate.json'), 'utf8'),
) as readonly Case[]

const text = (answer: Case['answer']): string => (answer === 'built' ? answer : answer.lines.join('\n'))

/** What Python finds out later: scikit-learn when it fits, a partial when it is called. */
const later = new Set(['target/invalid-parameter', 'learn/invalid-parameter'])

test('random configs are built, or refused in the words of Hydra', () => {
  let compared = 0
  for (const { node, answer } of cases) {
    const root = nodeFromPlain({ part: node })
    const told = instantiate(child(root, 'part') as MapNode, { fullKeyOf: at => fullKeyIn(root, at) }).problems
    const error = told.find(({ severity }) => severity === 'error')
    if (answer === 'built' && error && (later.has(error.code) || JSON.stringify(node).includes('"_partial_":true'))) continue
    compared++
    expect(error?.message.split('\n').slice(0, 3).join('\n') ?? 'built', JSON.stringify(node)).toBe(text(answer))
  }
  expect(compared).toBeGreaterThan(550)
})

test('what is missing of a partial is given later, as Hydra leaves it out', () => {
  const node = { _target_: 'sklearn.linear_model.LogisticRegression', C: '???', tol: 0.01, _partial_: true }
  const { value, problems } = instantiate(nodeFromPlain(node) as MapNode)
  expect(problems).toEqual([])
  expect(typeof value).toBe('function')
  const resolved = (part: object) =>
    resolveTree(nodeFromPlain({ part }) as MapNode, '', { throwOnMissing: true }).problems.map(one => one.message)
  expect(resolved(node)).toEqual([])
  expect(resolved({ ...node, _partial_: false })).toEqual(['Missing mandatory value: part.C'])
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ConfigNode, MapNode, Origin, ScalarNode } from '../../../src/config/node.ts'
import { checkTarget, instantiate, lastSegment, registry } from '../../../src/targets/index.ts'

const source = { path: '/p/conf/x.yaml', text: 'written somewhere' }
const origin: Origin = { kind: 'file', span: { source, start: 0, end: 7 }, keySpan: { source, start: 8, end: 17 } }

const scalar = (type: ScalarNode['type'], value: ScalarNode['value']): ConfigNode => ({ kind: 'scalar', type, value, origin })
const map = (entries: readonly (readonly [string, ConfigNode])[]): MapNode => ({
  kind: 'map',
  origin,
  entries: new Map(entries.map(([key, node]) => [key, { key: { type: 'str', value: key }, node }])),
})

const names = registry.flatMap(spec => [spec.name, `main.${lastSegment(spec.name)}`])
const keys = [
  ...new Set([
    ...registry.flatMap(spec => spec.parameters.map(({ name }) => name)),
    '_args_',
    '_partial_',
    '_recursive_',
    '_convert_',
    'low',
    '__proto__',
    '',
  ]),
]
const words = ['mean', 'frequent', 'sqrt', 'gini', 'lbfgs', 'balanced', 'passthrough', 'auto', '', '${x}', '???', 'None', '1e5']

const leaf = fc.oneof(
  fc.constant(scalar('null', null)),
  fc.boolean().map(value => scalar('bool', value)),
  fc.oneof(fc.integer(), fc.integer({ min: -2, max: 12 })).map(value => scalar('int', value)),
  fc.constant(scalar('int', 12345678901234567890n)),
  fc.double().map(value => scalar('float', value)),
  fc.constantFrom(...words).map(value => scalar('str', value)),
  fc.constant(scalar('bytes', new Uint8Array([1, 255]))),
)
const { node } = fc.letrec<{ node: ConfigNode; target: MapNode }>(tie => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { arbitrary: leaf, weight: 6 },
    { arbitrary: fc.array(tie('node'), { maxLength: 3 }).map((items): ConfigNode => ({ kind: 'list', items, origin })), weight: 1 },
    {
      arbitrary: fc
        .array(fc.tuple(fc.constantFrom('low', 'high', 'step', 'q', 'log', 'choices', 'x'), tie('node')), { maxLength: 4 })
        .map(map),
      weight: 2,
    },
    { arbitrary: tie('target'), weight: 1 },
  ),
  target: fc
    .tuple(fc.constantFrom(...names), fc.array(fc.tuple(fc.constantFrom(...keys), tie('node')), { maxLength: 4 }))
    .map(([name, entries]) => map([['_target_', scalar('str', name)], ...entries])),
}))
const targets = fc.oneof(
  ...registry.map(spec =>
    fc
      .array(fc.tuple(fc.constantFrom(...spec.parameters.map(({ name }) => name), '_args_', 'x'), node), { maxLength: 5 })
      .map(entries => map([['_target_', scalar('str', spec.name)], ...entries])),
  ),
)

test('whatever a config holds, there is a value or a problem, never an exception; each problem has a place', () => {
  fc.assert(
    fc.property(targets, target => {
      const { value, problems } = instantiate(target)
      const errors = problems.filter(({ severity }) => severity === 'error')
      expect(errors.length === 0).toBe(value !== undefined)
      for (const problem of problems) {
        expect(problem.locations.length).toBeGreaterThan(0)
        expect(problem.message).not.toMatch(/undefined|\[object|\{value\}/)
      }
    }),
    { numRuns: 3000 },
  )
})

test('checking and building tell the same problems', () => {
  fc.assert(
    fc.property(targets, target => {
      // the words differ: Hydra names the call first
      const told = (problems: ReturnType<typeof checkTarget>) =>
        [...new Set(problems.map(({ code, locations }) => JSON.stringify([code, locations])))].sort()
      expect(told(checkTarget(target))).toEqual(told(instantiate(target).problems))
    }),
    { numRuns: 1000 },
  )
})

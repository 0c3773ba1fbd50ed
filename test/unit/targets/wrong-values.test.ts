import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkTarget, registry } from '../../../src/targets/index.ts'
import { targetNode } from './target-node.ts'

interface WrongValue {
  readonly target: string
  readonly parameters: string
  readonly message: string
}
const wrong: readonly WrongValue[] = JSON.parse(
  readFileSync(new URL('../../oracle/targets/vectors/wrong-values.json', import.meta.url), 'utf8'),
)
const builtIn = wrong.filter(({ target }) => registry.some(spec => spec.name === target))

test.each(
  builtIn.map(one => [one.target, one.parameters, one.message]),
)('%s with %j is refused in its own words', (target, parameters, message) => {
  const problems = checkTarget(targetNode(`_target_: ${target}\n${parameters}`))
  expect(problems.map(problem => problem.message)).toContain(message)
})

test('each wrong value is marked at its own line', () => {
  for (const { target, parameters } of builtIn) {
    for (const problem of checkTarget(targetNode(`_target_: ${target}\n${parameters}`))) expect(problem.locations.length).toBeGreaterThan(0)
  }
})

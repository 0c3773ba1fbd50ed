import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { instantiate } from '../../../src/targets/index.ts'
import { targetNode } from './target-node.ts'

const cases: readonly [name: string, options: Readonly<Record<string, string>>, text: string][] = JSON.parse(
  readFileSync(new URL('../../oracle/optuna/vectors/distribution-texts.json', import.meta.url), 'utf8'),
)

test('what Optuna says to a range shows its numbers as they are written: 1.0 is no 1', () => {
  const said = cases.map(([name, options]) => {
    const lines = Object.entries(options).map(([key, value]) => `${key}: ${value.toLowerCase()}`)
    const { problems } = instantiate(targetNode([`_target_: optuna.distributions.${name}`, ...lines].join('\n')))
    return [name, options, problems[0]?.message]
  })
  expect(said).toEqual(cases)
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isCategorical } from '../../../src/learn/feature-engine/categorical-variables.ts'

const cases: readonly (readonly [texts: readonly string[], categorical: boolean])[] = JSON.parse(
  readFileSync(new URL('../../oracle/pandas/vectors/dates.json', import.meta.url), 'utf8'),
)

test('a column of text is left alone where pandas takes all its texts for dates', () => {
  const differing = cases.filter(([texts, categorical]) => {
    const column = { name: 'when', type: 'text', codes: Int32Array.from(texts, (_, code) => code), categories: texts } as const
    return isCategorical(column) !== categorical
  })
  expect(cases.length).toBeGreaterThan(2000)
  expect(differing).toEqual([])
})

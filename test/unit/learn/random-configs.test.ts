import { describe, expect, test } from 'vitest'
import { type ConfigCase, compareConfig } from '../../oracle/sklearn/fuzz/compare-config.ts'
import { vectors } from './ask-ours.ts'

const cases: readonly (ConfigCase & { readonly target: string; readonly seed: number })[] = [
  ...vectors('random-configs'),
  ...vectors('known-models'),
]

describe.each([...new Set(cases.map(({ target }) => target))])('%s', target => {
  test.each(cases.filter(one => one.target === target).map(one => [one.seed, one.config, one] as const))('%i: %s', async (_, __, one) => {
    expect(await compareConfig(one)).toBeUndefined()
  })
})

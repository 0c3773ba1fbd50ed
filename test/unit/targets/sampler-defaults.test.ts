import { expect, test } from 'vitest'
import { nodeFromPlain } from '../../../src/config/index.ts'
import { instantiate, registry } from '../../../src/targets/index.ts'

/** Those that can be made of defaults alone; a ThresholdPruner wants one of its two limits. */
const specs = registry.filter(
  ({ name, kind, parameters }) =>
    (kind === 'sampler' || kind === 'pruner') &&
    name !== 'optuna.pruners.ThresholdPruner' &&
    parameters.every(one => one.default !== undefined),
)

test('most samplers and pruners are made of defaults', () => expect(specs.length).toBeGreaterThan(7))

test.each(specs.map(spec => [spec.name, spec] as const))('%s takes each of its defaults when they are written out', (name, {
  parameters,
}) => {
  const defaults = Object.fromEntries(parameters.map(one => [one.name, one.default]))
  const { problems } = instantiate(nodeFromPlain({ _target_: name, ...defaults }) as never, {})
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
})

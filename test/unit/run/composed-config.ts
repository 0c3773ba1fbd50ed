import type { ComposedConfig } from '../../../src/config/compose-contract.ts'
import { type MapNode, nodeFromPlain } from '../../../src/config/index.ts'

/** A composed config whose `hydra` and own content are given as plain values. */
export const composedOf = (hydra: object, task: object = {}): ComposedConfig => ({
  request: { configPath: '/conf' },
  task: nodeFromPlain(task) as MapNode,
  hydra: nodeFromPlain(hydra) as MapNode,
  defaults: [],
  choices: new Map(),
  types: new Map(),
  files: [],
})

import type { ComposedConfig, ResolveResult } from '../config/compose-contract.ts'
import type { ConfigNode } from '../config/node.ts'
import { resolveNode } from '../config/omegaconf/resolve.ts'
import type { Problem } from '../config/problems.ts'
import type { PathStep } from './outline.ts'

const results = new WeakMap<ComposedConfig, Map<string, ResolveResult>>()

/** The node at a path with its interpolations resolved; undefined when there is none or something in it does not resolve. */
export function resolvedNode(config: ComposedConfig, path: readonly PathStep[]): ConfigNode | undefined {
  let known = results.get(config)
  if (!known) results.set(config, (known = new Map()))
  const key = keyPath(path)
  let result = known.get(key)
  if (!result) known.set(key, (result = resolveNode(config, key)))
  return result.node
}

/** Why the value at a path does not resolve. `declared`: resolvers that only the project's Python code knows. */
export const resolutionProblems = (config: ComposedConfig, path: readonly PathStep[], declared?: ReadonlySet<string>): readonly Problem[] =>
  resolveNode(config, keyPath(path), declared ? { declared } : {}).problems

/** `models.type.C`; keys that hold dots or brackets stand in brackets: `task[env.x]`. */
const keyPath = (path: readonly PathStep[]): string =>
  path.map((step, i) => (/^[^.[\]]+$/.test(String(step)) ? `${i ? '.' : ''}${step}` : `[${step}]`)).join('')

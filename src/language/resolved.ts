import { resolveNode } from '../config/compose/resolve-config.ts'
import type { ComposedConfig, ResolveResult } from '../config/compose-contract.ts'
import { pathText } from '../config/explain/path-text.ts'
import type { ConfigNode } from '../config/node.ts'
import type { Problem } from '../config/problems.ts'
import type { PathStep } from './outline.ts'

const results = new WeakMap<ComposedConfig, Map<string, ResolveResult>>()

/** The node at a path with its interpolations resolved; undefined when there is none or something in it does not resolve. */
export function resolvedNode(config: ComposedConfig, path: readonly PathStep[]): ConfigNode | undefined {
  let known = results.get(config)
  if (!known) results.set(config, (known = new Map()))
  const key = pathText(path)
  let result = known.get(key)
  if (!result) known.set(key, (result = resolveNode(config, key)))
  return result.node
}

/** Why the value at a path does not resolve. `declared`: resolvers that only the project's Python code knows. */
export const resolutionProblems = (config: ComposedConfig, path: readonly PathStep[], declared?: ReadonlySet<string>): readonly Problem[] =>
  resolveNode(config, pathText(path), declared ? { declared } : {}).problems

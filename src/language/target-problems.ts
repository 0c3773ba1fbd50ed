import type { ComposedConfig } from '../config/compose-contract.ts'
import { type ConfigNode, child } from '../config/node.ts'
import type { Problem } from '../config/problems.ts'
import type { ProjectModules } from '../targets/contract.ts'
import { checkTarget } from '../targets/instantiate.ts'
import type { PathStep } from './outline.ts'
import { resolvedNode } from './resolved.ts'

/** Paths of the outermost maps with a `_target_`. */
export function targetNodes(node: ConfigNode, path: readonly PathStep[] = []): readonly (readonly PathStep[])[] {
  if (node.kind === 'scalar') return []
  if (child(node, '_target_')) return [path]
  if (node.kind === 'list') return node.items.flatMap((item, i) => targetNodes(item, [...path, i]))
  return [...node.entries.values()].flatMap(({ key, node: value }) => targetNodes(value, [...path, String(key.value)]))
}

/** What the registry finds wrong with the target at a path. Nothing while its interpolations do not resolve: that is said elsewhere. */
export function targetProblems(config: ComposedConfig, path: readonly PathStep[], modules: ProjectModules): readonly Problem[] {
  const resolved = resolvedNode(config, path)
  return resolved?.kind === 'map' ? checkTarget(resolved, modules) : []
}

import type { ComposedConfig, ResolveResult } from '../compose-contract.ts'
import type { MapEntry, MapNode } from '../node.ts'
import { type ResolveContext, type ResolveOptions, resolveTree, splitKey } from '../omegaconf/index.ts'
import { contextOfRequest } from '../omegaconf/resolve.ts'
import { typedResult } from '../schema/typed-result.ts'

/**
 * The values of a composed config, or of the part at `path` (`models.type`, `hydra.run.dir`), with every interpolation resolved. A scalar
 * that came from one keeps its `reference`. The application's values do not see Hydra's node but through `${hydra:…}`; `hydra.…` paths
 * see both, as Hydra resolves its folders.
 */
export function resolveNode(config: ComposedConfig, path = '', options: ResolveOptions = {}): ResolveResult {
  const root = splitKey(path)[0] === 'hydra' ? withHydra(config) : config.task
  return resolveTree(root, path, { ...contextOf(config), ...options })
}

/** What the resolvers of a composed config may know, and which types its places have. */
export function contextOf({ request, hydra, types }: ComposedConfig): ResolveContext {
  const context = { ...contextOfRequest(request), hydra }
  return types.size === 0 ? context : { ...context, typed: reached => typedResult(reached, types) }
}

/** The whole config as Hydra composes it: its own node first, then the application's. */
function withHydra({ task, hydra }: ComposedConfig): MapNode {
  const key = { type: 'str' as const, value: 'hydra' }
  return { kind: 'map', entries: new Map<string, MapEntry>([['hydra', { key, node: hydra }], ...task.entries]), origin: task.origin }
}

import type { ConfigNode } from '../../config/node.ts'
import { fullKeyOf, type PathStep } from '../../config/omegaconf/index.ts'

/** A full key as Hydra's errors have it: without brackets around an index at the end. */
export function fullKeyText(path: readonly PathStep[]): string {
  const last = path.at(-1)
  return typeof last === 'number' ? `${fullKeyOf(path.slice(0, -1))}${last}` : fullKeyOf(path)
}

/** The way from `root` to the first node that `isIt`. */
export function pathTo(root: ConfigNode, isIt: (node: ConfigNode) => boolean): readonly PathStep[] | undefined {
  if (isIt(root)) return []
  if (root.kind === 'scalar') return undefined
  const below: Iterable<readonly [PathStep, ConfigNode]> =
    root.kind === 'list' ? root.items.entries() : [...root.entries.values()].map(({ key, node }) => [key, node] as const)
  for (const [step, node] of below) {
    const rest = pathTo(node, isIt)
    if (rest) return [step, ...rest]
  }
  return undefined
}

/** Where a node of a config, or what it became when its references were resolved, stands in it; as Hydra's errors write it. */
export function fullKeyIn(root: ConfigNode, node: ConfigNode): string | undefined {
  const { span } = node.origin
  const path =
    pathTo(root, candidate => candidate === node) ??
    (span && pathTo(root, candidate => candidate.kind === node.kind && candidate.origin.span === span))
  return path && fullKeyText(path)
}

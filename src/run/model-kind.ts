import { type ConfigNode, child, stringOf } from '../config/node.ts'
import { resolveTarget } from '../targets/index.ts'

/** What kind of model a config describes, before it is built: that of the last part in it that is one. A part of the project's own counts as a classifier. */
export function modelKind(node: ConfigNode): 'classifier' | 'regressor' {
  return lastKind(node) ?? 'classifier'
}

function lastKind(node: ConfigNode): 'classifier' | 'regressor' | undefined {
  const target = stringOf(child(node, '_target_'))
  if (target !== undefined) {
    const resolution = resolveTarget(target)
    if (resolution.kind === 'spec' && (resolution.spec.kind === 'classifier' || resolution.spec.kind === 'regressor'))
      return resolution.spec.kind
  }
  const below = node.kind === 'map' ? [...node.entries.values()].map(entry => entry.node) : node.kind === 'list' ? node.items : []
  for (const one of below.toReversed()) {
    const kind = lastKind(one)
    if (kind) return kind
  }
  return undefined
}

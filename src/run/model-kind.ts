import { type ConfigNode, child, stringOf } from '../config/node.ts'
import { resolveTarget } from '../targets/index.ts'

/** What kind of model a config describes, before it is built: that of the last part in it that is one. A part of the project's own counts as a classifier. */
export function modelKind(node: ConfigNode): 'classifier' | 'regressor' {
  return lastModel(node)?.kind ?? 'classifier'
}

/** What the model is called where no config names it: `LogisticRegression`, also at the end of a pipeline; for a part of the project's own the last name in its target. */
export function modelLabel(node: ConfigNode): string | undefined {
  return lastModel(node)?.name ?? stringOf(child(node, '_target_'))?.split('.').at(-1)
}

interface NamedModel {
  readonly kind: 'classifier' | 'regressor'
  readonly name: string
}

function lastModel(node: ConfigNode): NamedModel | undefined {
  const target = stringOf(child(node, '_target_'))
  if (target !== undefined) {
    const resolution = resolveTarget(target)
    if (resolution.kind === 'spec') {
      const { kind, name } = resolution.spec
      if (kind === 'classifier' || kind === 'regressor') return { kind, name: name.split('.').at(-1)! }
    }
  }
  const below = node.kind === 'map' ? [...node.entries.values()].map(entry => entry.node) : node.kind === 'list' ? node.items : []
  for (const one of below.toReversed()) {
    const model = lastModel(one)
    if (model) return model
  }
  return undefined
}

import { type ConfigNode, child, stringOf } from '../config/node.ts'

/** First parts of all `_target_` names below a node: `main` of `main.LogisticRegression`. */
export function targetModules(node: ConfigNode): Set<string> {
  const found = new Set<string>()
  const visit = (at: ConfigNode) => {
    const target = stringOf(child(at, '_target_'))
    if (target?.includes('.')) found.add(target.slice(0, target.lastIndexOf('.')))
    if (at.kind === 'map') for (const { node: below } of at.entries.values()) visit(below)
    else if (at.kind === 'list') at.items.forEach(visit)
  }
  visit(node)
  return found
}

/** The first `_target_` below a node that names something of `module`. */
export const targetOf = (node: ConfigNode, module: string) => firstTarget(node, name => name.startsWith(`${module}.`))

/** The first `_target_` below a node that is `name`. */
export const targetNamed = (node: ConfigNode, name: string) => firstTarget(node, target => target === name)

function firstTarget(node: ConfigNode, isIt: (name: string) => boolean): ConfigNode | undefined {
  const target = child(node, '_target_')
  if (isIt(stringOf(target) ?? '')) return target
  const below = node.kind === 'map' ? [...node.entries.values()].map(entry => entry.node) : node.kind === 'list' ? node.items : []
  for (const one of below) {
    const found = firstTarget(one, isIt)
    if (found) return found
  }
  return undefined
}

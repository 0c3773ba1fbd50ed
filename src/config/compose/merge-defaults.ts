import { elementProblem } from '../defaults/default-problems.ts'
import type { ListRow } from '../defaults/defaults-list.ts'
import type { ConfigNode, DefaultsStep, MapNode } from '../node.ts'
import type { Problem } from '../problems.ts'
import type { ConfigRepository } from '../sources/repository.ts'
import { mergeNodes, select, splitPath } from './interim-merge.ts'

/** Merges the configs of the final list in order. A config that does not fit is reported and left out. */
export function mergeDefaults(rows: readonly ListRow[], repository: ConfigRepository, report: (problem: Problem) => void): MapNode {
  let root: MapNode = { kind: 'map', entries: new Map(), origin: { kind: 'code' } }
  for (const { row, element } of rows) {
    const found = repository.load(row.configPath)
    if (!found) continue
    const content = inPackage(withStep(found.config.node, row.step), row.package)
    if (!row.primary && row.configPath !== 'hydra/config' && content.kind === 'map') {
      const searchpath = select(content, 'hydra.searchpath')
      if (searchpath && !(searchpath.kind === 'scalar' && searchpath.type === 'null')) {
        const message = `In '${row.configPath}': Overriding hydra.searchpath is only supported from the primary config`
        report(elementProblem('config/searchpath', message, element, {}, searchpath.origin.span))
        continue
      }
    }
    const merged = mergeNodes(root, content)
    if (merged.node?.kind === 'map') root = merged.node
    else if (merged.error) {
      const message = `In '${row.configPath}': ${merged.error.type} raised while composing config:\n${merged.error.message}`
      report(elementProblem('config/merge', message, element))
    }
  }
  return root
}

/** The content at its package: `a.b` makes maps around it. */
function inPackage(node: ConfigNode, pkg: string): ConfigNode {
  if (pkg === '') return node
  return splitPath(pkg).reduceRight<ConfigNode>(
    (inner, part) => ({
      kind: 'map',
      entries: new Map([[part, { key: { type: 'str', value: part }, node: inner }]]),
      origin: inner.origin,
    }),
    node,
  )
}

/** The node with the entry that brought its file in, on each value. */
function withStep(node: ConfigNode, via: DefaultsStep): ConfigNode {
  const origin = { ...node.origin, via }
  if (node.kind === 'scalar') return { ...node, origin }
  if (node.kind === 'list') return { ...node, items: node.items.map(item => withStep(item, via)), origin }
  return {
    ...node,
    entries: new Map([...node.entries].map(([id, { key, node: child }]) => [id, { key, node: withStep(child, via) }])),
    origin,
  }
}

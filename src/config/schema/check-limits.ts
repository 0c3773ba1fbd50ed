import type { ConfigNode, MapNode } from '../node.ts'
import { fullKeyOf, isInterpolationNode, isMissing, type PathStep, selectNode, splitKey, stringStep } from '../omegaconf/index.ts'
import type { Problem } from '../problems.ts'
import { nodeStr } from '../python/index.ts'
import { type PlacedSchemas, typeAt } from './conform.ts'
import { violation } from './limits.ts'
import type { Schema } from './schema.ts'
import { schemaBelow } from './schema-at.ts'

/** Values of a composed config that have their type and still are not what their schema allows: `minimum`, `pattern`, … */
export function limitProblems(root: MapNode, placed: PlacedSchemas): Problem[] {
  const problems: Problem[] = []
  const seen = new Set<ConfigNode>()
  for (const [path, schema] of placed) {
    // types of Hydra have no limits
    if (schema.id === undefined) continue
    const node = selectNode(root, path)
    const steps = path === '' ? [] : splitKey(path).map(stringStep)
    if (node) visit(node, typeAt(schema, steps, placed), steps)
  }
  return problems

  function visit(node: ConfigNode, schema: Schema, path: readonly PathStep[]): void {
    if (schema.kind === 'any' && !schema.limits) return
    if (isMissing(node) || isInterpolationNode(node) || (node.kind === 'scalar' && node.type === 'null')) return
    if (schema.limits && !seen.has(node)) {
      seen.add(node)
      for (const limit of schema.limits) {
        const wrong = violation(node, limit)
        if (wrong) problems.push(limitProblem(node, path, wrong, limit.value))
      }
    }
    if (node.kind === 'list') node.items.forEach((item, i) => void visit(item, schemaBelow(schema, [...path, i], placed), [...path, i]))
    if (node.kind !== 'map') return
    for (const { key, node: value } of node.entries.values()) visit(value, schemaBelow(schema, [...path, key], placed), [...path, key])
  }
}

function limitProblem(node: ConfigNode, path: readonly PathStep[], wrong: string, limit: ConfigNode): Problem {
  const { span } = node.origin
  const { span: said } = limit.origin
  return {
    code: 'schema/limit',
    severity: 'error',
    message: `Value '${nodeStr(node)}' of '${fullKeyOf(path)}' ${wrong}`,
    locations: [...(span ? [{ span }] : []), ...(said ? [{ span: said, note: 'the schema says so' }] : [])],
  }
}

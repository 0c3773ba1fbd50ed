import { elementProblem } from '../defaults/default-problems.ts'
import type { ListRow } from '../defaults/defaults-list.ts'
import type { ConfigNode, MapNode } from '../node.ts'
import { deepestKey, isMissing, mergeNodes, type ResolveContext, replaceAt, selectNode, splitKey, stringStep } from '../omegaconf/index.ts'
import type { Problem } from '../problems.ts'
import { nodeStr } from '../python/index.ts'
import { type ConformError, ConformStop, conform, type PlacedSchemas } from '../schema/conform.ts'
import { any, isSubclass, type ObjectSchema, typeText } from '../schema/schema.ts'
import { schemaAt } from '../schema/schema-at.ts'
import type { ConfigRepository } from '../sources/repository.ts'
import { matchSchema } from './match-schema.ts'
import { steppedNode } from './stepped-node.ts'

export interface MergedDefaults {
  readonly root: MapNode
  /** Where structured configs are, so that overrides are checked too. */
  readonly placed: PlacedSchemas
}

interface MergeContext {
  readonly repository: ConfigRepository
  readonly resolve: ResolveContext
  readonly report: (problem: Problem) => void
}

/** Merges the configs of the final list in order. A config that does not fit is reported and left out. */
export function mergeDefaults(rows: readonly ListRow[], { repository, resolve, report }: MergeContext): MergedDefaults {
  let root: MapNode = { kind: 'map', entries: new Map(), origin: { kind: 'code' } }
  const placed = new Map<string, ObjectSchema>()
  for (const listed of rows) {
    const { row } = listed
    const found = repository.load(row.configPath)
    if (!found) continue
    const matched = matchSchema(
      listed,
      steppedNode(found.config.node, row.step, { name: row.configPath, cache: repository.cache }),
      found,
      repository,
    )
    if ('problem' in matched) {
      report(matched.problem)
      continue
    }
    if (matched.warning) report(matched.warning)
    if (splitKey(row.package).length > deepestKey) {
      const message = `In '${row.configPath}': RecursionError raised while composing config:\nmaximum recursion depth exceeded`
      report(elementProblem('config/merge', message, listed.element, { hint: `a package has at most ${deepestKey} parts` }))
      continue
    }
    const content = inPackage(matched.node, row.package)
    const misplaced = searchPathProblem(listed, content)
    if (misplaced) {
      report(misplaced)
      continue
    }
    try {
      const types = matched.schema ? withType(root, placed, row.package, { schema: matched.schema, node: matched.node }) : placed
      const merged = mergeNodes(root, conformed(content, root, types, matched.schema && row.package), { resolve })
      if ('error' in merged) throw new ConformStop({ kind: merged.error.kind, lines: merged.error.lines, node: content })
      root = merged.node as MapNode
      if (matched.schema) {
        placed.set(row.package, matched.schema)
        root = withSchema(root, row.package, matched.schema, placed)
      }
    } catch (error) {
      if (!(error instanceof ConformStop)) throw error
      report(mergeProblem(listed, error.error))
    }
  }
  return { root, placed }
}

function mergeProblem({ row, element }: ListRow, { kind, lines, node }: ConformError): Problem {
  const message = `In '${row.configPath}': ${kind} raised while composing config:\n${lines.join('\n')}`
  return elementProblem('config/merge', message, element, {}, node.origin.keySpan ?? node.origin.span)
}

/** `hydra.searchpath` counts only in the primary config. */
function searchPathProblem({ row, element }: ListRow, content: ConfigNode): Problem | undefined {
  if (row.primary || row.configPath === 'hydra/config' || content.kind !== 'map') return undefined
  const searchpath = selectNode(content, 'hydra.searchpath')
  if (!searchpath || isMissing(searchpath) || (searchpath.kind === 'scalar' && searchpath.type === 'null')) return undefined
  const message = `In '${row.configPath}': Overriding hydra.searchpath is only supported from the primary config`
  return elementProblem('config/searchpath', message, element, { hint: 'move it into the primary config' }, searchpath.origin.keySpan)
}

/** The content with values of typed places converted to their types; at `own` it is a structured config, whole as it is. */
function conformed(content: ConfigNode, root: MapNode, placed: PlacedSchemas, own?: string): ConfigNode {
  let result = content
  // from the outside to the inside: errors belong to the outermost type
  for (const [path, schema] of [...placed].sort(([a], [b]) => a.length - b.length)) {
    const part = selectNode(result, path)
    if (!part) continue
    // what takes the place of an inner one was judged with the outer
    if (part.kind !== 'map' && [...placed.keys()].some(other => other !== path && isInside(path, other))) continue
    const steps = stepsOf(path)
    result = replaceAt(
      result,
      steps,
      conform(part, schema, steps, { placed, by: 'merge', present: path === own ? part : selectNode(root, path) }),
    )
  }
  return result
}

/**
 * The types of the config with `schema` at its package.
 * @throws ConformStop where the place has a type that `schema` does not extend
 */
function withType(
  root: MapNode,
  placed: PlacedSchemas,
  pkg: string,
  { schema, node }: { readonly schema: ObjectSchema; readonly node: ConfigNode },
): PlacedSchemas {
  // a class that takes any key counts as a dict
  const type = schema.rest ? any : schemaAt(stepsOf(pkg), placed)
  const present = selectNode(root, pkg)
  if (type.kind === 'object' && present && !isSubclass(schema, type)) {
    const what = `${schema.name} is not a subclass of ${type.name}. value: ${nodeStr(node)}`
    const lines = [isMissing(present) ? `Invalid type assigned: ${what}` : `Merge error: ${what}`, '    full_key: ', '    object_type=dict']
    throw new ConformStop({ kind: 'ValidationError', lines, node })
  }
  if (type.kind === 'dict' && present && isMissing(present)) {
    const lines = [`Cannot assign ${schema.name} to ${typeText(type)}`, '    full_key: ', '    object_type=dict']
    throw new ConformStop({ kind: 'ValidationError', lines, node })
  }
  return new Map(placed).set(pkg, schema)
}

/** A structured config makes its place typed; what was there before is converted. */
function withSchema(root: MapNode, pkg: string, schema: ObjectSchema, placed: PlacedSchemas): MapNode {
  const part = selectNode(root, pkg)
  if (!part) return root
  const steps = stepsOf(pkg)
  return replaceAt(root, steps, conform(part, schema, steps, { placed, by: 'merge', lenient: true, present: part })) as MapNode
}

const isInside = (path: string, other: string) => other === '' || path.startsWith(`${other}.`)

const stepsOf = (path: string) => (path === '' ? [] : splitKey(path).map(stringStep))

/** The content at its package: `a.b` makes maps around it. */
function inPackage(node: ConfigNode, pkg: string): ConfigNode {
  if (pkg === '') return node
  return splitKey(pkg).reduceRight<ConfigNode>(
    (inner, part) => ({ kind: 'map', entries: new Map([[part, { key: stringStep(part), node: inner }]]), origin: inner.origin }),
    node,
  )
}

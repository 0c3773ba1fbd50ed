import type { ResultDefault } from '../compose-contract.ts'
import { elementProblem } from '../defaults/default-problems.ts'
import type { ListRow } from '../defaults/defaults-list.ts'
import { type ConformError, ConformStop, conform, type PlacedSchemas } from '../hydra/conform.ts'
import type { ObjectSchema } from '../hydra/schema.ts'
import { schemaOfConfig } from '../hydra/schemas.ts'
import type { ConfigNode, DefaultsStep, MapEntry, MapNode } from '../node.ts'
import { deepestKey, isMissing, mergeNodes, type ResolveContext, replaceAt, selectNode, splitKey, stringStep } from '../omegaconf/index.ts'
import type { Problem } from '../problems.ts'
import type { ConfigRepository } from '../sources/repository.ts'
import { matchSchema } from './match-schema.ts'

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
    const matched = matchSchema(listed, withStep(found.config.node, row.step), found)
    if ('problem' in matched) {
      report(matched.problem)
      continue
    }
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
      const merged = mergeNodes(root, conformed(content, root, placed), { resolve })
      if ('error' in merged) throw new ConformStop({ kind: merged.error.kind, lines: merged.error.lines, node: content })
      root = merged.node as MapNode
      root = withSchema(root, found.source.scheme === 'structured' || matched.typed ? row : undefined, placed)
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

/** The content with values of typed places converted to their types. */
function conformed(content: ConfigNode, root: MapNode, placed: Map<string, ObjectSchema>): ConfigNode {
  let result = content
  for (const [path, schema] of placed) {
    // a place inside of another typed place is reached from there
    if ([...placed.keys()].some(other => path.startsWith(`${other}.`))) continue
    const part = selectNode(result, path)
    if (!part) continue
    const steps = splitKey(path).map(stringStep)
    result = replaceAt(result, steps, conform(part, schema, steps, { placed, by: 'merge', present: selectNode(root, path) }))
  }
  return result
}

/** A structured config makes its place typed; what was there before is converted. */
function withSchema(root: MapNode, row: ResultDefault | undefined, placed: Map<string, ObjectSchema>): MapNode {
  const schema = row && schemaOfConfig(row.configPath)
  const pkg = row?.package ?? ''
  if (!schema || pkg === '') return root
  placed.set(pkg, schema)
  const part = selectNode(root, pkg)
  if (!part) return root
  const steps = splitKey(pkg).map(stringStep)
  return replaceAt(root, steps, conform(part, schema, steps, { placed, by: 'merge', lenient: true })) as MapNode
}

/** The content at its package: `a.b` makes maps around it. */
function inPackage(node: ConfigNode, pkg: string): ConfigNode {
  if (pkg === '') return node
  return splitKey(pkg).reduceRight<ConfigNode>(
    (inner, part) => ({ kind: 'map', entries: new Map([[part, { key: stringStep(part), node: inner }]]), origin: inner.origin }),
    node,
  )
}

/** The node with the entry that brought its file in, on each value. */
function withStep(node: ConfigNode, via: DefaultsStep): ConfigNode {
  const origin = { ...node.origin, via }
  if (node.kind === 'scalar') return { ...node, origin }
  if (node.kind === 'list') return { ...node, items: node.items.map(item => withStep(item, via)), origin }
  const entries = new Map<string, MapEntry>()
  for (const [id, { key, node: inner }] of node.entries) entries.set(id, { key, node: withStep(inner, via) })
  return { ...node, entries, origin }
}

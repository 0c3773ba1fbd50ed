import type { ConfigCache } from '../compose-contract.ts'
import type { ConfigNode, MapNode } from '../node.ts'
import type { Location, Problem } from '../problems.ts'
import type { SourceText } from '../source-text.ts'
import { firstUnprintable } from './characters.ts'
import { construct } from './construct.ts'
import { maxExpandedNodes, maxTextLength } from './limits.ts'
import { type ParsedYaml, parseYaml } from './parse-yaml.ts'
import { parseBroken } from './recover.ts'
import type { YamlError } from './yaml-error.ts'

/** A config file as Hydra loads it. */
export interface ReadYaml {
  /** The content: a map or a list. Absent where Hydra gets nothing usable and nothing could be kept. */
  readonly node?: ConfigNode
  readonly problems: readonly Problem[]
  /** The text holds no value (nothing, comments, or null): Hydra reads `{}`. */
  readonly empty: boolean
}

/**
 * Reads a config file as `OmegaConf.load` does: PyYAML's SafeLoader with OmegaConf's scalar rules, then `OmegaConf.create`. An empty
 * file is `{}`; a root string is read as YAML once more and `foo` becomes `{foo: null}`; another scalar is a problem.
 *
 * Of a broken file it gives the first error as PyYAML finds it (message: PyYAML's context line, if any, then its problem line) and the
 * tree of what can be kept.
 */
export function readYaml(source: SourceText, cache?: ConfigCache): ReadYaml {
  const key = `yaml:${source.path}`
  const known = cache?.parsed.get(key) as { readonly source: SourceText; readonly result: ReadYaml } | undefined
  if (known && (known.source === source || known.source.text === source.text)) return known.result
  const result = read(source)
  cache?.parsed.set(key, { source, result })
  return result
}

function read(source: SourceText): ReadYaml {
  const refused = refuse(source)
  if (refused) return { problems: [refused], empty: false }
  let parsed = parseYaml(source.text)
  const problems: Problem[] = []
  if (parsed.error) {
    problems.push(syntaxProblem(source, parsed.error))
    parsed = parseBroken(source, parsed.error)
  }
  const made = parsed.root ? makeNode(source, parsed) : undefined
  if (made) problems.push(...made.problems)
  const node = made?.node
  const origin = { kind: 'file' as const, span: { source, start: 0, end: 0 } }
  if (!node || (node.kind === 'scalar' && node.type === 'null'))
    return { node: { kind: 'map', entries: new Map(), origin }, problems, empty: true }
  if (node.kind !== 'scalar') return { node, problems, empty: false }
  if (node.type === 'str') return rereadString(source, node.value as string, problems)
  if (problems.length === 0) problems.push(rootProblem(source, node, 'Invalid loaded object type: '))
  return { problems, empty: false }
}

/** What is refused before parsing. */
function refuse(source: SourceText): Problem | undefined {
  const { text } = source
  if (text.length > maxTextLength) return problemAt(source, 'yaml/limit', `The file has more than ${maxTextLength} characters`, 0)
  const at = firstUnprintable(text)
  if (at < 0) return undefined
  const code = text.codePointAt(at)!.toString(16).padStart(4, '0')
  return problemAt(source, 'yaml/unprintable-character', `unacceptable character #x${code}: special characters are not allowed`, at)
}

function problemAt(source: SourceText, code: string, message: string, at: number): Problem {
  return { code, severity: 'error', message, locations: [{ span: { source, start: at, end: at } }] }
}

function syntaxProblem(source: SourceText, { code, context, contextAt, message, at, hint }: YamlError): Problem {
  const place = (offset: number) => ({ source, start: Math.min(offset, source.text.length), end: Math.min(offset, source.text.length) })
  const locations: Location[] = [{ span: place(at) }]
  if (context && contextAt !== undefined) locations.push({ span: place(contextAt), note: context })
  return { code, severity: 'error', message: context ? `${context}\n${message}` : message, locations, ...(hint ? { hint } : {}) }
}

function makeNode(source: SourceText, { root, hasAliases }: ParsedYaml): { node?: ConfigNode; problems: readonly Problem[] } {
  const { node, problems } = construct(source, root!)
  if (!hasAliases) return { node, problems }
  const size = expandedSize(node)
  if (size <= maxExpandedNodes) return { node, problems }
  const message =
    size === Number.POSITIVE_INFINITY
      ? 'RecursionError: maximum recursion depth exceeded'
      : `Aliases multiply this file to more than ${maxExpandedNodes} values`
  const hint = size === Number.POSITIVE_INFINITY ? 'An alias stands inside the value that it names.' : undefined
  return { problems: [...problems, { ...problemAt(source, 'yaml/limit', message, root!.start), ...(hint ? { hint } : {}) }] }
}

/** Values with every alias written out; infinite when a value contains itself. */
function expandedSize(root: ConfigNode): number {
  // Aliased containers are wrapped anew at each place; what they hold is the same object.
  const sizes = new Map<object, number>()
  const size = (node: ConfigNode): number => {
    if (node.kind === 'scalar') return 1
    const content = node.kind === 'map' ? node.entries : node.items
    const known = sizes.get(content)
    if (known !== undefined) return known
    sizes.set(content, Number.POSITIVE_INFINITY)
    let total = 1
    if (node.kind === 'map') for (const entry of node.entries.values()) total += size(entry.node)
    else for (const item of node.items) total += size(item)
    sizes.set(content, total)
    return total
  }
  return size(root)
}

/** `OmegaConf.create` reads a string as YAML again; what is a string even then becomes a key without value. */
function rereadString(source: SourceText, text: string, problems: readonly Problem[]): ReadYaml {
  const inner: SourceText = { path: source.path, text }
  const start = Math.max(0, source.text.indexOf(text))
  const span = { source, start, end: Math.min(source.text.length, start + text.length) }
  const parsed = parseYaml(text)
  const made = parsed.root ? construct(inner, parsed.root) : undefined
  const origin = { kind: 'file' as const, span, keySpan: span }
  const emptyMap: MapNode = { kind: 'map', entries: new Map(), origin }
  if (parsed.error) {
    const error = { ...parsed.error, at: start + parsed.error.at, contextAt: undefined }
    return { node: emptyMap, problems: [...problems, syntaxProblem(source, error)], empty: false }
  }
  if (!made || (made.node.kind === 'scalar' && made.node.type === 'null')) return { node: emptyMap, problems, empty: true }
  const moved = made.problems.map(problem => ({ ...problem, locations: [{ span }] }))
  if (made.node.kind !== 'scalar') return { node: made.node, problems: [...problems, ...moved], empty: false }
  if (made.node.type !== 'str')
    return { problems: [...problems, ...moved, rootProblem(source, made.node, "Object of unsupported type: '")], empty: false }
  const key = { type: 'str' as const, value: made.node.value as string }
  const node: MapNode = {
    kind: 'map',
    entries: new Map([[key.value, { key, node: { kind: 'scalar', type: 'null', value: null, origin } }]]),
    origin,
  }
  return { node, problems: [...problems, ...moved], empty: false }
}

/** `OmegaConf.create(text)`: YAML that is read once; a string becomes a key without value. */
export const createFromText = (text: string): ReadYaml => rereadString({ path: '<oc.create>', text }, text, [])

function rootProblem(source: SourceText, node: ConfigNode, words: string): Problem {
  const type = node.kind === 'scalar' ? node.type : node.kind
  const message = `${words}${type}${words.endsWith("'") ? "'" : ''}`
  return {
    ...problemAt(source, 'yaml/invalid-root', message, node.origin.span?.start ?? 0),
    hint: 'A config file holds keys and values, or a list.',
  }
}

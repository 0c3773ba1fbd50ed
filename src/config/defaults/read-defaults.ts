import type { ConfigNode, ListNode, MapEntry, MapNode, ScalarNode } from '../node.ts'
import type { Problem } from '../problems.ts'
import { nodeRepr } from '../python/index.ts'
import { type Span, spanText } from '../source-text.ts'
import type { DefaultsEntry } from './defaults-entry.ts'

/** The defaults list of one config. */
export interface DefaultsOfConfig {
  readonly entries: readonly DefaultsEntry[]
  /** In order of the file; Hydra stops at the first. */
  readonly problems: readonly Problem[]
}

const nothing: DefaultsOfConfig = { entries: [], problems: [] }

/** Reads the value of `defaults` in the config `configPath`. Entries that are no entries are left out and reported. */
export function readDefaults(
  configPath: string,
  entry: MapEntry | undefined,
  keyword: { readonly legacyOptional: boolean; readonly plain?: boolean },
): DefaultsOfConfig {
  if (!entry) return nothing
  const { node } = entry
  if (node.kind !== 'list' || keyword.plain)
    return { entries: [], problems: [problemAt('defaults/not-a-list', notAList(configPath, node), node)] }
  const entries: DefaultsEntry[] = []
  const problems: Problem[] = []
  for (const item of (node as ListNode).items) {
    const read = readItem(configPath, item, keyword)
    if ('code' in read) problems.push(read)
    else entries.push(read)
  }
  return { entries, problems }
}

const notAList = (configPath: string, node: ConfigNode) =>
  `Invalid defaults list in '${configPath}', defaults must be a list (got ${node.kind === 'map' ? 'mapping' : pythonType(node)})`

function readItem(configPath: string, item: ConfigNode, keyword: { legacyOptional: boolean }): DefaultsEntry | Problem {
  if (item.kind === 'map') return readGroup(configPath, item, keyword)
  if (item.kind === 'scalar' && item.type === 'str') return readConfig(item)
  return problemAt('defaults/entry', `Unsupported type in defaults : ${item.kind === 'list' ? 'ListConfig' : pythonType(item)}`, item)
}

function readConfig(item: ScalarNode): DefaultsEntry | Problem {
  const text = item.value as string
  const { group: path, package: pkg } = splitPackage(text)
  if (path === '_self_' && pkg !== undefined) return problemAt('defaults/self-package', '_self_@PACKAGE is not supported', item)
  const span = item.origin.span
  return {
    kind: 'config',
    path,
    optional: false,
    text,
    ...(span ? { span, pathSpan: within(span, path) } : {}),
    ...packageOf(pkg, span),
  }
}

function readGroup(configPath: string, item: MapNode, keyword: { legacyOptional: boolean }): DefaultsEntry | Problem {
  const entry = (message: string, at: ConfigNode = item) => problemAt('defaults/entry', message, at)
  let keys = [...item.entries.values()]
  let legacyOptional = false
  if (keyword.legacyOptional && keys.length > 1) {
    const optional = item.entries.get('optional')
    legacyOptional = optional?.node.kind === 'scalar' && Boolean(optional.node.value)
    if (optional) keys = keys.filter(one => one !== optional)
  }
  if (keys.length > 1) return entry(`In ${configPath}: Too many keys in default item ${nodeRepr(item)}`)
  if (keys.length === 0) return entry(`In ${configPath}: Missing group name in ${nodeRepr(item)}`)
  const [{ key, node }] = keys
  if (key.type !== 'str') return entry(`In ${configPath}: the group name must be a string, got ${pythonType(key)}`)
  const value = optionsOf(node)
  if (typeof value === 'object' && value !== null && 'error' in value) return entry(value.error, value.at)
  const keyText = key.value as string
  const { group: words, package: pkg } = splitPackage(keyText)
  const elements = words.split(' ')
  const group = elements.pop()!
  if (group === '') return entry(`In ${configPath}: Missing group name in ${nodeRepr(item)}`)
  const stop = elements.findIndex(word => word !== 'optional' && word !== 'override')
  const keywords = stop < 0 ? elements : elements.slice(0, stop)
  const keySpan = node.origin.keySpan
  return {
    kind: 'group',
    group,
    value,
    optional: keywords.includes('optional') || legacyOptional,
    override: keywords.includes('override'),
    text: `${keyText}: ${optionText(value)}`,
    optionSpans: node.kind === 'list' ? node.items.flatMap(one => one.origin.span ?? []) : node.origin.span ? [node.origin.span] : [],
    ...(keySpan ? { span: entrySpan(keySpan, node), groupSpan: within(keySpan, group, elements.join(' ').length) } : {}),
    ...packageOf(pkg, keySpan),
  }
}

const optionText = (value: string | null | readonly string[]) =>
  value === null ? 'null' : typeof value === 'string' ? value : `[${value.join(', ')}]`

type Options = string | null | readonly string[] | { readonly error: string; readonly at: ConfigNode }

function optionsOf(node: ConfigNode): Options {
  const unsupported = 'Unsupported item value in defaults : '
  if (node.kind === 'scalar') {
    if (node.type === 'null') return null
    if (node.type === 'str') return node.value as string
  }
  if (node.kind !== 'list') return { error: `${unsupported}${pythonType(node)}. Supported: string or list`, at: node }
  for (const item of node.items)
    if (item.kind !== 'scalar' || item.type !== 'str')
      return { error: `${unsupported}${pythonType(item)}, nested list items must be strings`, at: item }
  return node.items.map(item => (item as ScalarNode).value as string)
}

/** `group@package`; of a rename `group@from:to` only the first part counts. */
export function splitPackage(text: string): { readonly group: string; readonly package?: string } {
  const at = text.indexOf('@')
  if (at < 0) return { group: text }
  const pkg = text.slice(at + 1)
  const colon = pkg.indexOf(':')
  return { group: text.slice(0, at), package: colon < 0 ? pkg : pkg.slice(0, colon) }
}

function packageOf(pkg: string | undefined, span: Span | undefined) {
  if (pkg === undefined) return {}
  const at = span ? spanText(span).indexOf('@') : -1
  return { package: pkg, ...(span && at >= 0 ? { packageSpan: within(span, pkg, at + 1) } : {}) }
}

/** Where `text` stands in `span`, searched from offset `from` of it; all of it when it is written otherwise. */
function within(span: Span, text: string, from = 0): Span {
  const at = spanText(span).indexOf(text, from)
  return at < 0 ? span : { source: span.source, start: span.start + at, end: span.start + at + text.length }
}

function entrySpan(keySpan: Span, node: ConfigNode): Span {
  const end = node.origin.span?.end ?? keySpan.end
  return { source: keySpan.source, start: keySpan.start, end: Math.max(end, keySpan.end) }
}

/** Python's name of the type of a node's raw value. */
function pythonType(node: ConfigNode | MapEntry['key']): string {
  if ('kind' in node && node.kind !== 'scalar') return node.kind === 'map' ? 'dict' : 'list'
  const { type } = node as ScalarNode
  return type === 'null' ? 'NoneType' : type
}

function problemAt(code: string, message: string, node: ConfigNode): Problem {
  const { span } = node.origin
  return { code, severity: 'error', message, locations: span ? [{ span }] : [] }
}

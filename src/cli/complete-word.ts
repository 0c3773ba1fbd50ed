import {
  type CompletionSource,
  type ComposedConfig,
  type ComposeRequest,
  type ConfigFiles,
  type ConfigNode,
  compareCodePoints,
  completionSource,
  compose,
  contextOf,
  createConfigCache,
  type MapNode,
  nodeStr,
  type ResolveContext,
  scalarStr,
  schemaAt,
  selectNode,
  selectValue,
  splitKey,
  stringStep,
} from '../config/index.ts'
import { completeFiles, fileWord } from './complete-files.ts'
import { rootOf } from './show-config.ts'

/** One word of a command line that is being typed. */
export interface WordQuery {
  /** The override so far. */
  readonly word: string
  /** What stands before it is in `request.overrides`. */
  readonly request: ComposeRequest
  readonly cwd: string
}

/** What the word can become, as Hydra's `_query` tells: groups, options, keys, values, paths; sorted, each once. */
export function completeWord(files: ConfigFiles, { word, request, cwd }: WordQuery): string[] {
  const file = fileWord(word)
  if (file) return completeFiles(file.path, cwd).map(path => file.prefix + path)
  const cache = createConfigCache()
  const { matches, exact } = groupMatches(word, completionSource(files, request, cache))
  const found = new Set(matches)
  if (!exact) {
    const { config, problems } = compose(files, request, cache)
    if (config && !problems.some(({ severity }) => severity === 'error'))
      for (const match of keyMatches(rootOf(config, 'all'), word, contextOf(config))) found.add(asTyped(match, word, config))
  }
  return [...found].sort(compareCodePoints)
}

/** A null that its type wants as a list or dict is completed as one. */
function asTyped(match: string, word: string, config: ComposedConfig): string {
  if (!match.endsWith('=') || match === word) return match
  const key = match.slice(0, -1).replaceAll('=', '.')
  const node = selectNode(rootOf(config, 'all'), key)
  if (!node || !isNull(node)) return match
  const path = splitKey(key).map(stringStep)
  const { kind } = schemaAt(path, config.types)
  return kind === 'dict' || kind === 'list' || kind === 'object' ? `${match.slice(0, -1)}.` : match
}

/** Groups, or the options of the group before `=`; `exact`: nothing else is meant. */
function groupMatches(typed: string, source: CompletionSource): { readonly matches: string[]; readonly exact: boolean } {
  const prefix = /^[+~]/.exec(typed)?.[0] ?? ''
  const word = typed.slice(prefix.length)
  const equals = word.lastIndexOf('=')
  if (equals >= 0) {
    const group = word.slice(0, equals)
    const options = source.optionsOf(group, 'config')
    const names = options.map(option => (group === '' ? option : `${group}=${option}`))
    return {
      matches: [...names, ...furtherChoices(word, group, options)].filter(name => name.startsWith(word)).map(name => prefix + name),
      exact: options.length > 0,
    }
  }
  const parent = word.slice(0, Math.max(0, word.lastIndexOf('/')))
  const matches = source.optionsOf(parent, 'group').flatMap(name => {
    const group = parent === '' ? name : `${parent}/${name}`
    if (!group.startsWith(word)) return []
    const hasOptions = source.optionsOf(group, 'config').length > 0
    const hasGroups = source.optionsOf(group, 'group').length > 0
    if (!hasGroups && hasOptions && prefix !== '~') return [`${prefix}${group}=`]
    return [`${prefix}${group}${hasGroups && !hasOptions ? '/' : ''}`]
  })
  return { matches, exact: false }
}

/** `db=mysql,` goes on with the options that are not yet chosen. Hydra offers nothing there. */
function furtherChoices(word: string, group: string, options: readonly string[]): string[] {
  const comma = word.lastIndexOf(',')
  if (comma < 0) return []
  const chosen = new Set(word.slice(group.length + 1, comma).split(','))
  return options.filter(option => !chosen.has(option)).map(option => word.slice(0, comma + 1) + option)
}

/** Keys and values of the composed config. */
function keyMatches(config: ConfigNode, word: string, context: ResolveContext, root: MapNode = config as MapNode): string[] {
  const select = (path: string) => selectFrom(config, path, context, root)
  if (word.endsWith('.') || word.endsWith('=')) {
    const { node, error } = select(word.slice(0, -1))
    if (!node || error !== undefined || isNull(node)) return []
    if (node.kind !== 'scalar') return keyMatches(node, '', context, root).map(match => word + match)
    return [word + (node.value === '???' ? '' : node.type === 'bool' ? String(node.value) : nodeStr(node))]
  }
  const dot = word.lastIndexOf('.')
  if (dot >= 0) {
    const base = word.slice(0, dot)
    const { node } = select(base)
    if (!node || node.kind === 'scalar') return []
    return keyMatches(node, word.slice(dot + 1), context, root).map(match => `${base}.${match}`)
  }
  if (config.kind === 'map') {
    const keys = [...config.entries.values()].map(({ key, node }) => ({ text: scalarStr(key), node }))
    return keys.filter(({ text }) => text.startsWith(word)).map(({ text, node }) => text + ending(node))
  }
  if (config.kind !== 'list') return []
  return config.items.flatMap((item, i) => {
    if (!String(i).startsWith(word)) return []
    const { node } = select(String(i))
    return [`${i}${ending(node ?? item)}`]
  })
}

const ending = (node: ConfigNode) => (node.kind === 'scalar' ? '=' : '.')
const isNull = (node: ConfigNode) => node.kind === 'scalar' && node.type === 'null'

/** `OmegaConf.select`; only the root can follow interpolations, parts of it are looked at as they are. */
function selectFrom(config: ConfigNode, path: string, context: ResolveContext, root: MapNode) {
  if (path === '' || path === '.') return { node: config, error: undefined }
  if (config === root) return selectValue(root, path, context)
  if (config.kind === 'map') return selectValue(config, path, context)
  return { node: config.kind === 'list' ? config.items[Number(path)] : undefined, error: undefined }
}

import type { ConfigCache } from '../compose-contract.ts'
import { type DefaultsOfConfig, readDefaults } from '../defaults/read-defaults.ts'
import { referredList } from '../defaults/referred-list.ts'
import type { ConfigNode, MapNode } from '../node.ts'
import type { Problem } from '../problems.ts'
import type { SourceText } from '../source-text.ts'
import { readYaml } from '../yaml/index.ts'
import { type Header, readHeader } from './header.ts'

/** A config file without its defaults list; the same object as long as the text is the same. */
export interface LoadedConfig {
  readonly file: SourceText
  /** An empty map for an empty file. */
  readonly node: ConfigNode
  readonly header: Header
  readonly defaults: DefaultsOfConfig
  /** Whether there is a defaults list, be it empty. */
  readonly hasDefaults: boolean
  /** What is wrong with the file; Hydra stops at the first. */
  readonly problems: readonly Problem[]
}

interface CacheEntry {
  readonly file: SourceText
  readonly name: string
  readonly config: LoadedConfig
}

/** Parses `file` as the config `name`, or takes it from the cache if its text is still the same object. */
export function loadConfig(file: SourceText, name: string, options: { cache: ConfigCache; legacyOptional: boolean }): LoadedConfig {
  const key = options.legacyOptional ? `1.1 ${file.path}` : file.path
  const known = options.cache.parsed.get(key) as CacheEntry | undefined
  if (known?.file === file && known.name === name) return known.config
  const config = parseConfig(file, name, options.legacyOptional)
  options.cache.parsed.set(key, { file, name, config } satisfies CacheEntry)
  return config
}

function parseConfig(file: SourceText, name: string, legacyOptional: boolean): LoadedConfig {
  const header = readHeader(file.text)
  const yaml = readYaml(file)
  const problems: Problem[] = [...headerProblems(header, file), ...yaml.problems]
  const root = yaml.node ?? emptyMap(file)
  const { entry, problem, plain = false } = referredList(root)
  if (problem) problems.push(problem)
  const defaults = readDefaults(name, entry, { legacyOptional, plain })
  const hasDefaults = entry !== undefined
  return { file, node: withoutDefaults(root), header, defaults, hasDefaults, problems: [...problems, ...defaults.problems] }
}

function headerProblems({ error }: Header, file: SourceText): Problem[] {
  if (!error) return []
  const { message, start, end } = error
  return [{ code: 'config/header', severity: 'error', message, locations: [{ span: { source: file, start, end } }] }]
}

function withoutDefaults(root: ConfigNode): ConfigNode {
  if (root.kind !== 'map' || !root.entries.has('defaults')) return root
  const entries = new Map(root.entries)
  entries.delete('defaults')
  return { ...root, entries }
}

const emptyMap = (source: SourceText): MapNode => ({
  kind: 'map',
  entries: new Map(),
  origin: { kind: 'file', span: { source, start: 0, end: 0 } },
})

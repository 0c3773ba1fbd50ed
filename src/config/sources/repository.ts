import type { ConfigCache } from '../compose-contract.ts'
import type { ConfigFiles } from '../config-files.ts'
import { compareCodePoints } from '../override/index.ts'
import type { ObjectSchema } from '../schema/schema.ts'
import { type ConfigSource, describeSource, type ListingKind } from './config-source.ts'
import { type LoadedConfig, loadConfig } from './loaded-config.ts'

/** A config found on the search path. */
export interface FoundConfig {
  readonly path: string
  readonly source: ConfigSource
  readonly config: LoadedConfig
  /** From the header, or of the structured config. */
  readonly packageHeader: string | null
  /** Type of a structured config. */
  readonly schema?: ObjectSchema
}

interface RepositoryOptions {
  readonly cache: ConfigCache
  readonly legacyOptional: boolean
  /** Sources that are asked last and listed only once they are used. */
  readonly plugins?: readonly ConfigSource[]
}

/** All sources of one composition as one tree: the first that has a config wins, groups are the union. Each question is asked once. */
export class ConfigRepository {
  private readonly found = new Map<string, FoundConfig | undefined>()
  private readonly groups = new Map<string, boolean>()
  sources: readonly ConfigSource[]
  private readonly options: RepositoryOptions

  constructor(sources: readonly ConfigSource[], options: RepositoryOptions) {
    this.sources = sources
    this.options = options
  }

  /** What the caller keeps from one composition to the next. */
  get cache(): ConfigCache {
    return this.options.cache
  }

  /** Replaces the search path; what is loaded stays, which can only be the primary config. */
  useSources(sources: readonly ConfigSource[]): void {
    this.sources = sources
    this.groups.clear()
  }

  load(path: string): FoundConfig | undefined {
    if (this.found.has(path)) return this.found.get(path)
    const source = this.sources.find(one => one.isConfig(path)) ?? this.pluginWith(path)
    const found = source && this.loadFrom(source, path)
    this.found.set(path, found)
    return found
  }

  /** The structured config of this name, whether or not a file comes before it. */
  structured(path: string): FoundConfig | undefined {
    const source = this.sources[this.sources.length - 1]
    if (source.scheme !== 'structured' || !source.isConfig(path)) return undefined
    const known = this.found.get(path)
    return known?.source === source ? known : this.loadFrom(source, path)
  }

  private loadFrom(source: ConfigSource, path: string): FoundConfig | undefined {
    const file = source.read(path)
    if (!file) return undefined
    const config = source.load?.(path) ?? loadConfig(file, path, this.options)
    const schema = source.schemaOf?.(path)
    const packageHeader = source.packageOf ? source.packageOf(path) : config.header.package
    return { path, source, config, packageHeader, ...(schema ? { schema } : {}) }
  }

  configExists(path: string): boolean {
    return this.sources.some(source => source.isConfig(path)) || this.pluginWith(path) !== undefined
  }

  /** A plugin's package that has the config; it comes onto the search path behind the conf root, where the installed plugin puts it. */
  private pluginWith(path: string): ConfigSource | undefined {
    const source = this.options.plugins?.find(one => one.isConfig(path))
    if (source && !this.sources.includes(source)) this.sources = [...this.sources.slice(0, 2), source, ...this.sources.slice(2)]
    return source
  }

  groupExists(path: string): boolean {
    let exists = this.groups.get(path)
    if (exists === undefined) {
      exists = this.sources.some(source => source.isGroup(path))
      this.groups.set(path, exists)
    }
    return exists
  }

  /** Options (`config`) or subgroups (`group`) of a group, sorted, each once. */
  optionsOf(group: string, kind: ListingKind): string[] {
    const names = new Set<string>()
    for (const source of this.sources) if (source.isGroup(group)) for (const name of source.list(group, kind)) names.add(name)
    return [...names].sort(compareCodePoints)
  }

  /** The search path as Hydra's errors show it. */
  describe(): string {
    return this.sources.map(source => `\t${describeSource(source)}`).join('\n')
  }

  /** Files that were read, absolute. */
  files(): string[] {
    return [...this.found.values()].flatMap(found => (found && !found.config.file.path.includes('://') ? found.config.file.path : []))
  }
}

/** Remembers within one composition what a folder holds and which files there are. */
export function onceFiles(files: ConfigFiles): ConfigFiles {
  const reads = new Map<string, ReturnType<ConfigFiles['read']>>()
  const lists = new Map<string, ReturnType<ConfigFiles['list']>>()
  const once = <T>(known: Map<string, T>, path: string, ask: (path: string) => T): T => {
    if (known.has(path)) return known.get(path)!
    const answer = ask(path)
    known.set(path, answer)
    return answer
  }
  return {
    read: path => once(reads, path, one => files.read(one)),
    list: path => once(lists, path, one => files.list(one)),
  }
}

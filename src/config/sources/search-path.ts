import type { ConfigCache } from '../compose-contract.ts'
import type { ConfigFiles } from '../config-files.ts'
import { hydraConf } from '../hydra/hydra-conf.ts'
import { pluginSource, pluginTree } from '../hydra/plugin-configs.ts'
import { schemaOfConfig } from '../hydra/schemas.ts'
import { hydraStructured } from '../hydra/structured-configs.ts'
import { schemaFolder, schemaSource } from '../schema/schema-source.ts'
import { builtinSource } from './builtin-source.ts'
import type { ConfigSource, Endings } from './config-source.ts'
import { folderSource } from './folder-source.ts'
import { joinPath } from './paths.ts'

export interface SearchPathRequest {
  readonly configPath: string
  readonly configDirs?: readonly string[]
  readonly cwd?: string
  readonly endings: Endings
  readonly cache: ConfigCache
}

/** The config search path before `hydra.searchpath` is added: Hydra's own configs, the conf root, `--config-dir`s, structured configs. */
export function searchPath(files: ConfigFiles, { configPath, configDirs = [], cwd, endings, cache }: SearchPathRequest): ConfigSource[] {
  const folder = (provider: string, path: string) => sourceAt(files, provider, path, { cwd, configPath, endings })
  const own: ConfigSource = {
    ...builtinSource(hydraStructured, { provider: 'schema', scheme: 'structured', path: '', endings, unlisted: pluginTree }),
    schemaOf: schemaOfConfig,
  }
  return [
    builtinSource(hydraConf, { provider: 'hydra', scheme: 'pkg', path: 'hydra.conf', endings }),
    folder('main', configPath),
    ...configDirs.map(path => folder('command-line', path)),
    schemaSource(files, { folder: schemaFolder(configPath), own, cache }),
  ]
}

/** Adds entries of `hydra.searchpath` before the structured configs, which stay last. */
export function withSearchPath(sources: readonly ConfigSource[], added: readonly ConfigSource[]): ConfigSource[] {
  return [...sources.slice(0, -1), ...added, sources[sources.length - 1]]
}

/** The source that a search path entry names: `file://…`, a bare path, or `pkg://…`. @throws Error for another scheme, with Hydra's text */
export function sourceAt(
  files: ConfigFiles,
  provider: string,
  entry: string,
  { cwd = '/', configPath, endings }: { cwd?: string; configPath: string; endings: Endings },
): ConfigSource {
  const at = entry.indexOf('://')
  const scheme = at < 0 ? 'file' : entry.slice(0, at)
  const path = at < 0 ? entry : entry.slice(at + 3)
  if (scheme === 'file') return folderSource(files, { provider, scheme, path, folder: joinPath(cwd, path), endings })
  if (scheme === 'structured') return builtinSource({}, { provider, scheme, path, endings })
  if (scheme !== 'pkg') throw new Error(`No config source registered for schema ${scheme}, supported types : [file, pkg, structured]`)
  const name = path.replace(/\//g, '.').replace(/\.+$/, '')
  if (name === 'hydra.conf') return builtinSource(hydraConf, { provider, scheme: 'pkg', path: name, endings })
  return pluginSource(name, provider, endings) ?? folderSource(files, packageFolder(files, provider, name, { cwd, configPath, endings }))
}

/** A Python package is looked for where Python would find it: beside the conf root, then in the working folder. */
function packageFolder(
  files: ConfigFiles,
  provider: string,
  name: string,
  { cwd, configPath, endings }: { cwd: string; configPath: string; endings: Endings },
) {
  const inner = name.replace(/\./g, '/')
  const roots = [joinPath(configPath, '..'), cwd]
  const folders = roots.map(root => joinPath(root, inner))
  const folder = folders.find(one => files.list(one) !== undefined) ?? folders[0]
  return { provider, scheme: 'pkg' as const, path: name, folder, endings, needsInit: true }
}

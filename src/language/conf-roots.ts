import type { ConfigFiles } from '../config/config-files.ts'
import { isIgnoredFolder } from '../config/sources/python-app.ts'
import { baseName, joinPath, parentFolder, resolvePath } from './paths.ts'

/** A folder of config groups with at least one primary config. */
export interface ConfRoot {
  readonly path: string
  /** The root's parent: data paths are relative to it, modules of the project lie in it. */
  readonly project: string
  /** Names of the configs that stand in the root itself, `config` first. */
  readonly primaries: readonly string[]
}

export { isIgnoredFolder }

const mostFolders = 5000
const greatestDepth = 8

/**
 * Conf roots below the workspace folders. `named` (the setting, relative to each folder) replaces the search, which takes folders
 * called `conf` that hold a YAML file, and `cfg`, `config`, `configs` when one of their YAML files looks like Hydra's.
 */
export function findConfRoots(files: ConfigFiles, folders: readonly string[], named: readonly string[] = []): readonly ConfRoot[] {
  const found = new Map<string, ConfRoot>()
  if (named.length) {
    for (const path of folders.flatMap(folder => named.map(name => resolvePath(folder, name)))) {
      const root = rootAt(files, path)
      if (root) found.set(path, root)
    }
    return [...found.values()]
  }
  const queue = folders.map(path => ({ path, depth: 0 }))
  for (let i = 0; i < queue.length && i < mostFolders; i++) {
    const { path, depth } = queue[i]
    const root = looksLikeRoot(files, path) ? rootAt(files, path) : undefined
    if (root) {
      found.set(path, root)
      continue
    }
    if (depth === greatestDepth) continue
    for (const entry of files.list(path) ?? []) {
      if (entry.kind === 'folder' && !isIgnoredFolder(entry.name)) queue.push({ path: joinPath(path, entry.name), depth: depth + 1 })
    }
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

function looksLikeRoot(files: ConfigFiles, path: string): boolean {
  const name = baseName(path)
  if (name === 'conf') return true
  if (!['cfg', 'config', 'configs'].includes(name)) return false
  return primariesIn(files, path).some(primary =>
    /^defaults:|^\s*-?\s*_target_:/m.test(files.read(joinPath(path, `${primary}.yaml`))?.text ?? ''),
  )
}

function rootAt(files: ConfigFiles, path: string): ConfRoot | undefined {
  const primaries = primariesIn(files, path)
  return primaries.length ? { path, project: parentFolder(path), primaries } : undefined
}

const primariesIn = (files: ConfigFiles, path: string): readonly string[] =>
  (files.list(path) ?? [])
    .filter(({ name, kind }) => kind === 'file' && name.endsWith('.yaml'))
    .map(({ name }) => name.slice(0, -'.yaml'.length))
    .sort((a, b) => Number(b === 'config') - Number(a === 'config') || (a < b ? -1 : 1))

import type { ComposeRequest } from '../compose-contract.ts'
import type { ConfigFiles } from '../config-files.ts'
import { joinPath } from './paths.ts'

/** What the Python code beside a conf root says, found by reading it: it is never run. */
export interface PythonApp {
  /** Whether anything there imports Hydra or OmegaConf: then Python may run these configs too. */
  readonly usesHydra: boolean
  /** From the `@hydra.main` that names the conf root; one that leaves it out means 1.1. */
  readonly versionBase?: NonNullable<ComposeRequest['versionBase']>
  /** Names of the resolvers that the code registers. */
  readonly resolvers: ReadonlySet<string>
  /** Whether configs are put into Hydra's ConfigStore: then names may exist that no file has. */
  readonly storesConfigs: boolean
  /** `module.name` of functions and classes that files of the project define: `src.models.Net`. */
  readonly definitions: ReadonlySet<string>
}

/** Folders that hold no code or configs of a project: dependencies, results, caches. */
const ignored = new Set(['node_modules', 'site-packages', '__pycache__', 'outputs', 'multirun', 'venv', 'env', 'dist', 'build', 'target'])

export const isIgnoredFolder = (name: string): boolean => ignored.has(name) || name.startsWith('.')

export interface AppSearch {
  /** Folders below the project that are looked into. */
  readonly depth: number
  /** Folders that are listed at most, and files that are read. */
  readonly mostFolders: number
  readonly mostFiles: number
}

/** Reads the Python files around `configPath` (its parent folder and below). */
export function readPythonApp(files: ConfigFiles, configPath: string, { depth, mostFolders, mostFiles }: AppSearch): PythonApp {
  const project = joinPath(configPath, '..')
  const app = {
    usesHydra: false,
    resolvers: new Set<string>(),
    storesConfigs: false,
    definitions: new Set<string>(),
    versionBase: undefined as PythonApp['versionBase'],
  }
  let read = 0
  const folders: { readonly path: string; readonly level: number }[] = [{ path: project, level: 0 }]
  for (let i = 0; i < folders.length && read < mostFiles; i++) {
    const { path, level } = folders[i]
    for (const { name, kind } of files.list(path) ?? []) {
      const full = joinPath(path, name)
      if (kind === 'folder') {
        if (level < depth && folders.length < mostFolders && full !== configPath && !isIgnoredFolder(name))
          folders.push({ path: full, level: level + 1 })
        continue
      }
      if (!name.endsWith('.py') || read >= mostFiles) continue
      read++
      const text = files.read(full)?.text ?? ''
      for (const definition of definitionsIn(text)) app.definitions.add(`${moduleOf(project, full)}.${definition}`)
      if (!/\b(?:hydra|omegaconf)\b/i.test(text)) continue
      app.usesHydra = true
      for (const [, resolver] of text.matchAll(/\bregister_(?:new_)?resolver\(\s*(?:name\s*=\s*)?["']([\w.]+)["']/g))
        app.resolvers.add(resolver)
      if (/\bConfigStore\b|\bcs\.store\(|\bstore\(/.test(text)) app.storesConfigs = true
      app.versionBase ??= versionBaseIn(text, path, configPath)
    }
  }
  return app
}

const moduleOf = (project: string, file: string): string =>
  file
    .slice(project.length + 1)
    .replace(/\.py$/, '')
    .replace(/\/__init__$/, '')
    .replaceAll('/', '.')

/** Top-level functions and classes. */
function* definitionsIn(text: string): Generator<string> {
  for (const [, name] of text.matchAll(/^(?:async\s+)?(?:def|class)\s+(\w+)/gm)) yield name
}

/** `version_base` of the decorator in `text` whose config_path, from `folder`, is the conf root. */
function versionBaseIn(text: string, folder: string, configPath: string): PythonApp['versionBase'] {
  for (const [, args] of text.matchAll(/@\s*(?:\w+\.)*(?:hydra_)?main\(([^)]*)\)/g)) {
    // `@hydra.main(**PARAMS)`: the parameters stand somewhere in the file
    const where = args.includes('**') ? text : args
    const path = /["']?config_path["']?\s*[=:]\s*(?:\w+\s*=\s*)?["']([^"']*)["']/.exec(where)?.[1]
    if (path !== undefined && joinPath(folder, path) !== configPath) continue
    if (path === undefined && !args.includes('**') && folder !== configPath) continue
    const base = /["']?version_base["']?\s*[=:]\s*(None|["']([\d.]+)["'])/.exec(where)
    if (!base) return args.includes('**') ? undefined : '1.1'
    if (base[1] === 'None') return '1.3'
    return base[2] === '1.1' || base[2] === '1.2' ? base[2] : '1.3'
  }
  return undefined
}

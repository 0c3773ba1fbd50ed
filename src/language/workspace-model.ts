import { compose } from '../config/compose/compose.ts'
import { createConfigCache } from '../config/compose/config-cache.ts'
import type { ComposeResult, ConfigCache } from '../config/compose-contract.ts'
import type { ConfigFiles } from '../config/config-files.ts'
import type { SourceText } from '../config/source-text.ts'
import type { PythonApp } from '../config/sources/python-app.ts'
import type { ProjectModules } from '../targets/contract.ts'
import { type ConfRoot, findConfRoots } from './conf-roots.ts'
import { type LayeredFiles, layeredFiles } from './layered-files.ts'
import { type Outline, outlineOf } from './outline.ts'
import { isInside } from './paths.ts'
import { exportsOfProject } from './project-exports.ts'
import { pythonAppOf } from './python-app.ts'
import { isPythons } from './python-judgement.ts'

/** A composition that the editor asks for. */
export interface Choice {
  readonly configName: string
  readonly overrides: readonly string[]
  readonly multirun?: boolean
}

/** What the language room knows of a workspace. It holds caches only; every answer follows from the files. */
export interface WorkspaceModel {
  readonly files: LayeredFiles
  readonly cache: ConfigCache
  configure(settings: { readonly folders: readonly string[]; readonly confRoots?: readonly string[] }): void
  roots(): readonly ConfRoot[]
  /** The conf root in which a file or folder lies. */
  rootOf(path: string): ConfRoot | undefined
  outline(path: string): Outline | undefined
  /** Composes; the same answer object as long as nothing that was read has changed. */
  compose(root: ConfRoot, choice: Choice): ComposeResult
  /** Names that the project's own modules export. */
  modules(root: ConfRoot): ProjectModules
  /** What the project's Python code says. */
  app(root: ConfRoot): PythonApp
  /** A value worked out once per revision of the files, under a name. */
  once<Value>(name: string, work: () => Value): Value
  /** As `once`, but it holds until a file comes or goes. */
  perTree<Value>(name: string, work: () => Value): Value
}

interface Memo {
  readonly treeRevision: number
  /** The revision at which it was last found valid. */
  revision: number
  readonly reads: ReadonlyMap<string, SourceText | undefined>
  readonly result: ComposeResult
}

const mostMemos = 120

/** @param saved files as they are on disk; the model lays unsaved texts over them */
export function createWorkspaceModel(
  saved: ConfigFiles,
  { env = {} }: { readonly env?: Readonly<Record<string, string | undefined>> } = {},
): WorkspaceModel {
  const files = layeredFiles(saved)
  const cache = createConfigCache()
  const outlines = new WeakMap<SourceText, Outline>()
  const memos = new Map<string, Memo>()
  let settings: { folders: readonly string[]; confRoots?: readonly string[] } = { folders: [] }
  let found: { treeRevision: number; roots: readonly ConfRoot[] } | undefined
  const worked = [-1, -1].map(revision => ({ revision, values: new Map<string, unknown>() }))
  const now = new Date()

  const remembered = <Value>(shelf: (typeof worked)[number], revision: number, name: string, work: () => Value): Value => {
    if (shelf.revision !== revision) {
      shelf.revision = revision
      shelf.values = new Map()
    }
    if (!shelf.values.has(name)) shelf.values.set(name, work())
    return shelf.values.get(name) as Value
  }
  const once: WorkspaceModel['once'] = (name, work) => remembered(worked[0], files.revision, name, work)
  const perTree: WorkspaceModel['perTree'] = (name, work) => remembered(worked[1], files.treeRevision, name, work)
  const roots = () => {
    if (found?.treeRevision !== files.treeRevision) {
      found = { treeRevision: files.treeRevision, roots: findConfRoots(files, settings.folders, settings.confRoots) }
    }
    return found.roots
  }
  const appOf: WorkspaceModel['app'] = root => perTree(`app ${root.path}`, () => pythonAppOf(files, root))
  const isValid = (memo: Memo) => {
    if (memo.revision === files.revision) return true
    if (memo.treeRevision !== files.treeRevision) return false
    for (const [path, source] of memo.reads) if (files.read(path) !== source) return false
    memo.revision = files.revision
    return true
  }
  return {
    files,
    cache,
    once,
    perTree,
    roots,
    configure(given) {
      settings = given
      found = undefined
    },
    rootOf: path => roots().find(root => isInside(root.path, path)),
    outline(path) {
      const source = files.read(path)
      if (!source) return undefined
      let outline = outlines.get(source)
      if (!outline) outlines.set(source, (outline = outlineOf(source)))
      return outline
    },
    compose(root, { configName, overrides, multirun = false }) {
      const key = JSON.stringify([root.path, configName, overrides, multirun])
      const memo = memos.get(key)
      memos.delete(key)
      if (memo && isValid(memo)) {
        memos.set(key, memo)
        return memo.result
      }
      const reads = new Map<string, SourceText | undefined>()
      const recording: ConfigFiles = {
        list: path => files.list(path),
        read(path) {
          const source = files.read(path)
          reads.set(path, source)
          return source
        },
      }
      const { revision, treeRevision } = files
      const mode = multirun ? ('multirun' as const) : ('run' as const)
      const { versionBase } = appOf(root)
      const version = versionBase === undefined ? {} : { versionBase }
      const request = { configPath: root.path, configName, overrides, mode, cwd: root.project, env, now, ...version }
      const result = compose(recording, request, cache)
      // The one that was asked for longest ago goes: composed configs are large.
      if (memos.size >= mostMemos) memos.delete(memos.keys().next().value!)
      memos.set(key, { revision, treeRevision, reads, result })
      return result
    },
    app: appOf,
    modules: root =>
      once(`exports ${root.path}`, () => ({
        exports: exportsOfProject(files, root.project),
        isForeign: name => isPythons(appOf(root), name),
      })),
  }
}

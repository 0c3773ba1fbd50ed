import { type Disposable, EventEmitter, RelativePattern, Uri, type WorkspaceFolder, workspace } from 'vscode'
import { setContext } from './context-keys.ts'

/** A conf root of the workspace. */
export interface ConfRoot {
  readonly folder: WorkspaceFolder
  readonly uri: Uri
  /** Parent of the root: where runs start and where outputs/ is. */
  readonly project: Uri
  /** Names without `.yaml`, sorted; `config` first. */
  readonly primaries: readonly string[]
}

/** The same folders and the same look as in the language server's search. */
const hydraLike = /^defaults:|^\s*-?\s*_target_:/m
const confNames = ['conf', 'cfg', 'config', 'configs']
const skipped = '{**/node_modules/**,**/.venv/**,**/venv/**,**/outputs/**,**/multirun/**,**/.hydra/**,**/.git/**}'
const mostFiles = 3000

/** The conf roots of the workspace, kept up to date. */
export class ConfRoots implements Disposable {
  readonly #changed = new EventEmitter<void>()
  readonly onDidChange = this.#changed.event
  readonly #watcher = workspace.createFileSystemWatcher('**/*.{yaml,yml}', false, true, false)
  readonly #subscriptions: Disposable[]
  #roots: readonly ConfRoot[] = []
  #scan: Promise<void> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    const soon = (uri: Uri) => {
      if (!/[\\/](outputs|multirun|\.hydra)[\\/]/.test(uri.path)) this.#scanSoon()
    }
    this.#subscriptions = [
      this.#watcher,
      this.#watcher.onDidCreate(soon),
      this.#watcher.onDidDelete(soon),
      workspace.onDidChangeWorkspaceFolders(() => this.#scanSoon()),
      workspace.onDidChangeConfiguration(e => {
        if (e.affectsConfiguration('fitwright.confRoots')) this.#scanSoon()
      }),
      this.#changed,
    ]
  }

  get roots(): readonly ConfRoot[] {
    return this.#roots
  }

  /** The roots after the first search. */
  async ready(): Promise<readonly ConfRoot[]> {
    await (this.#scan ??= this.#search())
    return this.#roots
  }

  /** The root that `uri` lies in. */
  rootOf(uri: Uri): ConfRoot | undefined {
    return this.#roots.find(root => uri.path === root.uri.path || uri.path.startsWith(`${root.uri.path}/`))
  }

  rootAt(configPath: string): ConfRoot | undefined {
    const path = Uri.file(configPath).path
    return this.#roots.find(root => root.uri.path === path)
  }

  dispose(): void {
    clearTimeout(this.#timer)
    for (const subscription of this.#subscriptions) subscription.dispose()
  }

  #scanSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#scan = this.#search()
    }, 200)
  }

  async #search(): Promise<void> {
    const before = this.#roots.map(root => `${root.uri}:${root.primaries}`).join()
    const folders = workspace.workspaceFolders ?? []
    const found = await Promise.all(folders.map(searchFolder))
    this.#roots = found.flatMap(({ roots }) => roots)
    setContext(
      'confFolders',
      found.flatMap(({ folders }) => folders),
    )
    setContext('hasConfRoot', this.#roots.length > 0)
    setContext('scanned', true)
    if (before !== this.#roots.map(root => `${root.uri}:${root.primaries}`).join()) this.#changed.fire()
  }
}

/** The conf roots below a workspace folder, and the paths of all folders in them. */
async function searchFolder(folder: WorkspaceFolder): Promise<{ roots: ConfRoot[]; folders: string[] }> {
  const named = workspace
    .getConfiguration('fitwright', folder)
    .get<string[]>('confRoots', [])
    .map(path => path.replace(/^\.\/|\/+$/g, ''))
  const patterns = named.length
    ? named.map(path => (path === '' || path === '.' ? '**/*.{yaml,yml}' : `${path}/**/*.{yaml,yml}`))
    : [`**/{${confNames.join(',')}}/**/*.{yaml,yml}`]
  const files = await Promise.all(patterns.map(pattern => workspace.findFiles(new RelativePattern(folder, pattern), skipped, mostFiles)))
  const primaries = new Map<string, string[]>()
  const within = new Set<string>()
  for (const file of files.flat()) {
    const relative = file.path.slice(folder.uri.path.length + 1)
    const root = named.length ? named.find(path => path === '.' || relative.startsWith(`${path}/`)) : confFolderOf(relative)
    if (root === undefined) continue
    const below = root === '.' ? relative : relative.slice(root.length + 1)
    const names = primaries.get(root) ?? []
    primaries.set(root, names)
    if (!below.includes('/')) names.push(below.replace(/\.ya?ml$/, ''))
    for (let path = relative; path.includes('/') && path.length > root.length; ) {
      path = path.slice(0, path.lastIndexOf('/'))
      within.add(path)
    }
  }
  for (const path of named.length ? [] : primaries.keys()) {
    if (!(await looksLikeRoot(Uri.joinPath(folder.uri, path), primaries.get(path)!))) primaries.delete(path)
  }
  const roots = [...primaries]
    .filter(([, names]) => names.length)
    .map(([path, names]): ConfRoot => {
      const uri = Uri.joinPath(folder.uri, path)
      return {
        folder,
        uri,
        project: Uri.joinPath(uri, '..'),
        primaries: names.sort((a, b) => Number(b === 'config') - Number(a === 'config') || (a < b ? -1 : 1)),
      }
    })
  const inRoots = [...within].filter(path =>
    [...primaries].some(([root, names]) => names.length && (root === '.' || path === root || path.startsWith(`${root}/`))),
  )
  return { roots, folders: inRoots.map(path => Uri.joinPath(folder.uri, path).fsPath) }
}

/** `a/conf/models/rf.yaml` -> `a/conf`: the outermost folder of such a name. */
function confFolderOf(relative: string): string | undefined {
  const parts = relative.split('/').slice(0, -1)
  const at = parts.findIndex(part => confNames.includes(part))
  return at < 0 ? undefined : parts.slice(0, at + 1).join('/')
}

/** A folder `conf` is one; `cfg`, `config` and `configs` hold much else in this world: one of their own files must look like Hydra's. */
async function looksLikeRoot(folder: Uri, primaries: readonly string[]): Promise<boolean> {
  if (folder.path.endsWith('/conf')) return true
  for (const name of primaries) {
    try {
      const bytes = await workspace.fs.readFile(Uri.joinPath(folder, `${name}.yaml`))
      if (hydraLike.test(new TextDecoder().decode(bytes))) return true
    } catch {
      // `NAME.yml`, or gone meanwhile.
    }
  }
  return false
}

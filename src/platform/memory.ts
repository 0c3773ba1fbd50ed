import type { ConfigFiles } from '../config/config-files.ts'
import type { SourceText } from '../config/source-text.ts'
import { type FileFailure, memoryFiles } from './memory-files.ts'
import type { FileSystem, Platform, WorkerPort } from './ports.ts'

export interface MemoryOptions {
  /** Absolute path -> content. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** What the clock says; it stands still. */
  readonly now?: Date
  /** Asked before each file operation, except for the files given here. */
  readonly fail?: FileFailure
  /** Process ids that still run. */
  readonly alive?: ReadonlySet<number>
  readonly worker?: WorkerPort
  readonly gunzip?: FileSystem['gunzip']
  /** Absolute path -> exports. */
  readonly modules?: Readonly<Record<string, Record<string, unknown>>>
}

/** A machine in memory: what tests and browsers run on. */
export function memoryPlatform(options: MemoryOptions = {}): Platform {
  const { now = new Date(0), alive = new Set([1]) } = options
  let ready = false
  const files = memoryFiles({
    fail: (operation, path) => (ready ? options.fail?.(operation, path) : undefined),
    now: () => now.getTime(),
    ...(options.gunzip ? { gunzip: options.gunzip } : {}),
  })
  for (const [path, content] of Object.entries(options.files ?? {})) {
    files.makeFolders(path.slice(0, path.lastIndexOf('/')) || '/')
    files.writeWhole(path, content)
  }
  files.makeFolders(options.cwd ?? '/project')
  ready = true
  let ticks = 0
  return {
    files,
    configFiles: configFilesOver(files),
    clock: { now: () => now, monotonic: () => ticks++ },
    environment: {
      env: options.env ?? {},
      cwd: options.cwd ?? '/project',
      home: '/home',
      pid: 1,
      startedAt: 'memory/1',
      host: 'memory',
      cores: 1,
      isAlive: pid => alive.has(pid),
    },
    worker: options.worker ?? { run: async entry => Promise.reject(new Error(`There is no worker '${entry}' here.`)) },
    importModule: async path => {
      const found = options.modules?.[path]
      if (!found) throw new Error(`Cannot find module '${path}'`)
      return found
    },
    breathe: () => new Promise(done => setTimeout(done)),
  }
}

/** Config files as composition reads them, over any file system. */
export function configFilesOver(files: FileSystem): ConfigFiles {
  const known = new Map<string, SourceText>()
  return {
    read(path) {
      if (files.stat(path)?.kind !== 'file') return undefined
      const text = files.readText(path)
      const before = known.get(path)
      if (before?.text === text) return before
      const source = { path, text }
      known.set(path, source)
      return source
    },
    list: path => (files.stat(path)?.kind === 'folder' ? files.list(path) : undefined),
  }
}

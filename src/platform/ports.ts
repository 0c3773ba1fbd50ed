import type { ConfigFiles } from '../config/config-files.ts'
import type { JournalFile, SqlDatabase } from '../study/contract.ts'

/** Files as run folders need them. Paths are absolute. Every failure is an `Error` with node's `code` (ENOENT, ENOSPC, EACCES, …). */
export interface FileSystem {
  /** Of a pipe or a device, which may have no end, only up to a limit; then it fails with EFBIG. */
  read(path: string): Uint8Array
  readText(path: string): string
  exists(path: string): boolean
  stat(path: string): { readonly size: number; readonly mtimeMs: number; readonly kind: 'file' | 'folder' | 'other' } | undefined
  list(path: string): readonly { readonly name: string; readonly kind: 'file' | 'folder' }[]
  /** Creates `path` (and its parents); false when it exists already: two runs never share a folder. */
  makeNewFolder(path: string): boolean
  makeFolders(path: string): void
  /**
   * The file appears whole or not at all: write beside it, flush, rename.
   *
   * @param options.flush `behind`: flush while the program goes on. A power cut in the next moments can then leave the file empty, so it is for
   *   what is written when a run begins, before there is anything to lose; a killed process loses nothing either way
   */
  writeWhole(path: string, content: string | Uint8Array, options?: { readonly flush?: 'first' | 'behind' }): void
  /**
   * The same for what is made while it is written.
   *
   * @param pause awaited after each piece; when it rejects, nothing is left
   */
  writePieces(path: string, pieces: Iterable<string>, pause?: () => Promise<void>): Promise<void>
  append(path: string, text: string): void
  /** Bytes from `offset` on. */
  readFrom(path: string, offset: number): Uint8Array
  remove(path: string): void
  /**
   * Optuna's journal with Optuna's lock beside it.
   *
   * @param options.onWait told when another program keeps the lock for long
   */
  openJournal(path: string, options?: { readonly onWait?: (message: string) => void }): JournalFile
  /**
   * A SQLite database; one that is not there is created, where it can be written.
   *
   * @param options.fresh make it beside its place and put it there whole when it is closed; the place must be free
   */
  openSqlite(path: string, options?: { readonly fresh?: boolean }): SqlDatabase
  /** What gzip packed. @throws when it is damaged, or would be larger than memory */
  gunzip(bytes: Uint8Array): Uint8Array
}

export interface Clock {
  now(): Date
  /** Milliseconds of a clock that never jumps. */
  monotonic(): number
}

export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly home: string
  readonly pid: number
  /** Tells this process from a later one with the same pid; what `isAlive` compares. */
  readonly startedAt: string
  readonly host: string
  readonly cores: number
  /** Whether the process that wrote `pid` and `startedAt` still runs on this host. */
  isAlive(pid: number, startedAt?: string): boolean
  /** Sets variables and the working folder of this process, where there is one, until the returned function is called. */
  enter?(place: { readonly env: Readonly<Record<string, string>>; readonly cwd?: string }): () => void
}

/** Runs something that may hang or burn, where it can be killed. */
export interface WorkerPort {
  /**
   * `entry` names one of the product's own worker bundles; resolves with its answer, rejects when killed, crashed or aborted.
   *
   * A worker that `stays` waits some seconds for the next task of its kind: for tasks that are shorter than a worker takes to start.
   */
  run<Input, Output>(
    entry: string,
    input: Input,
    options: { signal?: AbortSignal; onMessage?: (message: unknown) => void; stays?: boolean },
  ): Promise<Output>
}

/** Another process of the product that answers messages. */
export interface WorkerProcess {
  readonly pid: number
  post(message: unknown): void
  /** Only the last listener hears. */
  listen(onMessage: (message: unknown) => void): void
  /** What it prints; only the last listener hears. */
  listenOutput?(onText: (stream: 'stdout' | 'stderr', text: string) => void): void
  /** Resolves when the process is gone, with what it said last on its standard error. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null; readonly stderr: string }>
  /** Memory that the process holds, in MB; undefined where the system does not tell. */
  memory(): number | undefined
  /** Ends it at once, whatever it does. */
  kill(): void
}

/** Starts processes: work that must not take this one with it when it dies. */
export interface ProcessPort {
  /** `entry` names one of the product's own bundles. */
  start(entry: string, options: { readonly memoryMb?: number }): WorkerProcess
}

/** Everything of the outside world that rooms get handed in. */
export interface Platform {
  readonly files: FileSystem
  readonly configFiles: ConfigFiles
  readonly clock: Clock
  readonly environment: Environment
  readonly worker: WorkerPort
  /** Absent in a browser. */
  readonly processes?: ProcessPort
  /** Loads a module of the project; only called in trusted workspaces. */
  readonly importModule: (path: string) => Promise<Record<string, unknown>>
  /** Lets timers, signals and messages in between two pieces of work. */
  readonly breathe: () => Promise<void>
  /** Does synchronous work that who runs the job may end in its middle; it throws then. Absent where nobody can. */
  readonly interruptible?: <T>(work: () => T) => T
}

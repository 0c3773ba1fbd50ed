import type { JournalFile } from '../study/contract.ts'
import type { FileSystem } from './ports.ts'

export type FileOperation = 'read' | 'list' | 'makeFolder' | 'write' | 'append' | 'remove'

/** Which operation shall fail, and with which of node's codes: `ENOSPC`, `EACCES`, … */
export type FileFailure = (operation: FileOperation, path: string) => string | undefined

const texts: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  ENOTDIR: 'not a directory',
  EISDIR: 'illegal operation on a directory',
  EEXIST: 'file already exists',
  ENOSPC: 'no space left on device',
  EACCES: 'permission denied',
  EROFS: 'read-only file system',
}

/** An error as node's file system throws it. */
export function fileError(code: string, operation: string, path: string): Error & { code: string } {
  return Object.assign(new Error(`${code}: ${texts[code] ?? 'failed'}, ${operation} '${path}'`), { code, path, syscall: operation })
}

interface MemoryFile {
  bytes: Uint8Array
  mtimeMs: number
}

export interface MemoryFilesOptions {
  readonly fail?: FileFailure
  readonly now?: () => number
  /** Browsers unpack asynchronously only, so that it must be given. */
  readonly gunzip?: FileSystem['gunzip']
}

const noGunzip = (): never => {
  throw new Error('files packed by gzip cannot be read here')
}

/**
 * A file system in memory, for tests and for browsers: like the disk in what it answers and how it fails.
 *
 * @param fail asked before each operation, so that a test can have a full disk or a folder that may not be written
 */
export function memoryFiles({ fail, now = () => 0, gunzip = noGunzip }: MemoryFilesOptions = {}): FileSystem {
  const files = new Map<string, MemoryFile>()
  const folders = new Set<string>(['/'])
  const check = (operation: FileOperation, path: string) => {
    const code = fail?.(operation, path)
    if (code) throw fileError(code, operation, path)
  }
  const fileAt = (path: string) => {
    check('read', path)
    const file = files.get(path)
    if (!file) throw fileError(folders.has(path) ? 'EISDIR' : 'ENOENT', 'open', path)
    return file
  }
  const makeFolders = (path: string) => {
    if (folders.has(path)) return
    if (files.has(path)) throw fileError('ENOTDIR', 'mkdir', path)
    makeFolders(parentOf(path))
    check('makeFolder', path)
    folders.add(path)
  }
  const put = (operation: 'write' | 'append', path: string, bytes: Uint8Array) => {
    check(operation, path)
    if (!folders.has(parentOf(path))) throw fileError('ENOENT', 'open', path)
    if (folders.has(path)) throw fileError('EISDIR', 'open', path)
    files.set(path, { bytes, mtimeMs: now() })
  }
  const append = (path: string, text: string) => put('append', path, joined(files.get(path)?.bytes, encode(text)))
  const openJournal = (path: string): JournalFile => ({
    read: offset => files.get(path)?.bytes.slice(offset) ?? new Uint8Array(0),
    append: text => append(path, text),
    truncate: length => put('write', path, fileAt(path).bytes.slice(0, length)),
    close() {},
  })
  return {
    read: path => fileAt(path).bytes,
    readText: path => new TextDecoder().decode(fileAt(path).bytes),
    exists: path => files.has(path) || folders.has(path),
    stat(path) {
      const file = files.get(path)
      if (file) return { size: file.bytes.length, mtimeMs: file.mtimeMs, kind: 'file' }
      return folders.has(path) ? { size: 0, mtimeMs: 0, kind: 'folder' } : undefined
    },
    list(path) {
      check('list', path)
      if (!folders.has(path)) throw fileError(files.has(path) ? 'ENOTDIR' : 'ENOENT', 'scandir', path)
      const below = (full: string) => full !== path && parentOf(full) === path
      const named = (kind: 'file' | 'folder') => (full: string) => ({ name: full.slice(full.lastIndexOf('/') + 1), kind })
      return [...[...folders].filter(below).map(named('folder')), ...[...files.keys()].filter(below).map(named('file'))]
    },
    makeNewFolder(path) {
      makeFolders(parentOf(path))
      if (folders.has(path) || files.has(path)) return false
      check('makeFolder', path)
      folders.add(path)
      return true
    },
    makeFolders,
    writeWhole: (path, content) => put('write', path, typeof content === 'string' ? encode(content) : content.slice()),
    async writePieces(path, pieces, pause) {
      const texts: string[] = []
      for (const piece of pieces) {
        texts.push(piece)
        await pause?.()
      }
      put('write', path, encode(texts.join('')))
    },
    append,
    readFrom: (path, offset) => fileAt(path).bytes.slice(offset),
    remove(path) {
      check('remove', path)
      for (const known of [files, folders])
        for (const full of known.keys()) if (full === path || full.startsWith(`${path}/`)) known.delete(full)
    },
    openJournal,
    openSqlite: path => {
      throw fileError('ENOSYS', 'open', path)
    },
    gunzip,
  }
}

const encode = (text: string) => new TextEncoder().encode(text)
const parentOf = (path: string) => path.slice(0, path.lastIndexOf('/')) || '/'

function joined(before: Uint8Array | undefined, after: Uint8Array): Uint8Array {
  if (!before) return after
  const both = new Uint8Array(before.length + after.length)
  both.set(before)
  both.set(after, before.length)
  return both
}

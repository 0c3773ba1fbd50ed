import {
  appendFileSync,
  close,
  closeSync,
  existsSync,
  fstatSync,
  fsync,
  mkdirSync,
  open,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { DraftFile } from './draft-file.ts'
import { openNodeJournal } from './node-journal.ts'
import { openSqlite } from './node-sqlite.ts'
import type { FileSystem } from './ports.ts'
import { readWhole } from './read-whole.ts'

/** The disk. Failures are node's own errors, with their `code`. */
export function nodeFiles(): FileSystem {
  return {
    read: path => readWhole(path),
    readText: path => readWhole(path).toString('utf8'),
    exists: path => existsSync(path),
    stat(path) {
      const found = statSync(path, { throwIfNoEntry: false })
      if (!found) return undefined
      return { size: found.size, mtimeMs: found.mtimeMs, kind: found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other' }
    },
    list: listFolder,
    makeNewFolder,
    makeFolders(path) {
      mkdirSync(path, { recursive: true })
    },
    writeWhole,
    writePieces,
    append: appendFile,
    readFrom,
    remove: path => rmSync(path, { recursive: true, force: true }),
    openJournal: openNodeJournal,
    openSqlite,
    // A small file can unpack to more than there is memory for.
    gunzip: bytes => process.getBuiltinModule('node:zlib').gunzipSync(bytes, { maxOutputLength: 2 ** 31 - 1 }),
  }
}

/** Names in a folder; a link counts as what it points to, a broken one as a file. */
export function listFolder(path: string): { readonly name: string; readonly kind: 'file' | 'folder' }[] {
  return readdirSync(path, { withFileTypes: true }).map(entry => {
    const folder = entry.isSymbolicLink() ? statSync(join(path, entry.name), { throwIfNoEntry: false })?.isDirectory() : entry.isDirectory()
    return { name: entry.name, kind: folder ? 'folder' : 'file' }
  })
}

/** `mkdir` of the last part is atomic: of two processes that want the same folder, exactly one gets true. */
function makeNewFolder(path: string): boolean {
  mkdirSync(dirname(path), { recursive: true })
  try {
    mkdirSync(path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function writeWhole(path: string, content: string | Uint8Array, { flush = 'first' }: { readonly flush?: 'first' | 'behind' } = {}): void {
  const draft = new DraftFile(path)
  try {
    draft.write(content)
    draft.putInPlace(flush === 'first')
  } catch (error) {
    draft.throwAway()
    throw error
  }
  if (flush === 'behind') flushBehind(path)
}

async function writePieces(path: string, pieces: Iterable<string>, pause?: () => Promise<void>): Promise<void> {
  const draft = new DraftFile(path)
  try {
    for (const piece of pieces) {
      draft.write(piece)
      await pause?.()
    }
    draft.putInPlace()
  } catch (error) {
    draft.throwAway()
    throw error
  }
}

/** A disk takes milliseconds for a flush. One that fails, as when the folder has gone, is found by what is written next. */
function flushBehind(path: string): void {
  open(path, 'r', (failed, file) => {
    if (!failed) fsync(file, () => close(file))
  })
}

function appendFile(path: string, text: string): void {
  appendFileSync(path, text)
}

function readFrom(path: string, offset: number): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const bytes = Buffer.allocUnsafe(Math.max(0, size - offset))
    let filled = 0
    while (filled < bytes.length) {
      const read = readSync(file, bytes, filled, bytes.length - filled, offset + filled)
      if (read === 0) break
      filled += read
    }
    return bytes.subarray(0, filled)
  } finally {
    closeSync(file)
  }
}

import { type JournalFile, type SqlDatabase, type Storage, StudyError } from '../contract.ts'
import { InMemoryStorage } from './in-memory.ts'
import { JournalStorage } from './journal.ts'
import { RDBStorage } from './rdb/rdb.ts'

/** What opening a storage needs of the outside; `platform.files` is one. */
export interface StorageFiles {
  exists(path: string): boolean
  readFrom(path: string, offset: number): Uint8Array
  openJournal(path: string): JournalFile
  openSqlite(path: string, options?: { readonly fresh?: boolean }): SqlDatabase
}

export interface OpenStorageOptions {
  readonly profile?: 'optuna-5' | 'optuna-4.9'
  readonly now?: () => Date
  /** Make it anew, whole when it is closed; the place must be free. */
  readonly fresh?: boolean
  /** Only look: nothing on disk changes, what is not there is an error. */
  readonly readOnly?: boolean
}

export interface StoragePlace {
  readonly kind: 'memory' | 'journal' | 'sqlite'
  /** Empty in memory. */
  readonly path: string
}

/**
 * Which storage a text means: a URL as Optuna takes it (`sqlite:///study.db`), a journal's path, or nothing for memory.
 *
 * @param isSqlite whether the file at a path is a SQLite database already
 * @throws StudyError `study/bad-storage` for databases that are not built in
 */
export function storagePlace(text: string | null, isSqlite: (path: string) => boolean = () => false): StoragePlace {
  if (text === null || text === '') return { kind: 'memory', path: '' }
  const url = /^([a-z]+)(?:\+[a-z0-9]+)?:\/\/(.*)$/i.exec(text)
  if (url === null) return { kind: /\.(?:db|sqlite3?)$/i.test(text) || isSqlite(text) ? 'sqlite' : 'journal', path: text }
  const [, scheme, rest] = url
  // `sqlite:///relative.db`, `sqlite:////absolute.db`
  if (scheme === 'sqlite')
    return rest === '' || rest === '/' ? { kind: 'memory', path: '' } : { kind: 'sqlite', path: rest.replace(/^\//, '') }
  if (scheme === 'journal') return { kind: 'journal', path: rest.replace(/^\//, '') }
  throw new StudyError('study/bad-storage', 'ValueError', `The storage '${scheme}' is known but not built in.`, {
    hint: 'Studies live in a journal file (study.log) or in SQLite (sqlite:///study.db).',
  })
}

const SQLITE_HEADER = 'SQLite format 3\0'

/**
 * Opens what `text` means; a file that is not there becomes an empty storage.
 *
 * @throws StudyError `study/bad-storage`, with `readOnly` `study/no-storage` for a file that is not there
 */
export function openStorage(text: string | null, files: StorageFiles, options: OpenStorageOptions = {}): Storage {
  const { profile, now, fresh, readOnly } = options
  const given = { ...(profile ? { profile } : {}), ...(now ? { now } : {}) }
  const { kind, path } = storagePlace(text, at => files.exists(at) && startsWith(files.readFrom(at, 0), SQLITE_HEADER))
  if (kind === 'memory') return new InMemoryStorage(given)
  if (readOnly) {
    if (!files.exists(path)) throw new StudyError('study/no-storage', 'FileNotFoundError', `No such file or directory: '${path}'`)
    const begins = files.readFrom(path, 0).subarray(0, 4)
    if (begins.length === 0) return new InMemoryStorage(given)
    if (kind === 'journal' && !/^(?:\ufeff)?\{/.test(new TextDecoder('utf-8', { ignoreBOM: true }).decode(begins))) {
      throw new StudyError('study/journal-damaged', 'ValueError', 'Invalid log format.', {
        hint: `${path} is neither a journal of Optuna nor a SQLite database. Nothing was written.`,
      })
    }
    if (kind === 'journal') return new JournalStorage(journalToLookAt(files, path), given)
    return new RDBStorage({ ...files.openSqlite(path), readOnly: 'It was opened for reading.' }, given)
  }
  if (kind === 'sqlite') return new RDBStorage(files.openSqlite(path, fresh ? { fresh } : {}), given)
  if (fresh && files.exists(path)) throw Object.assign(new Error(`EEXIST: file already exists, '${path}'`), { code: 'EEXIST' })
  return new JournalStorage(files.openJournal(path), given)
}

/** A journal that is only looked at. */
const journalToLookAt = (files: StorageFiles, path: string): JournalFile => ({
  read: offset => files.readFrom(path, offset),
  append: () => refuseToWrite(),
  truncate: () => refuseToWrite(),
  close() {},
})
const refuseToWrite = () => {
  throw new Error('The journal was opened for reading.')
}

const startsWith = (bytes: Uint8Array, text: string): boolean => [...text].every((c, i) => bytes[i] === c.charCodeAt(0))

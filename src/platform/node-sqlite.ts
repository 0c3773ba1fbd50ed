import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import type { SqlDatabase, SqlRow, SqlValue } from '../study/contract.ts'
import { openSqliteSnapshot } from './sqlite-snapshot.ts'
import { openWasm } from './sqlite-wasm.ts'

/** How long a writer waits for another one, as long as Python's default would with Optuna's retries. */
const BUSY_MS = 60_000

/** `node:sqlite`, as far as it is used here; @types/node of the oldest Node does not know it. */
export interface NodeSqlite {
  readonly DatabaseSync: new (path: string, options?: { readOnly?: boolean }) => NodeDatabase
}
interface NodeDatabase {
  exec(sql: string): void
  prepare(sql: string): NodeStatement
  close(): void
}
interface NodeStatement {
  all(...parameters: SqlValue[]): SqlRow[]
  run(...parameters: SqlValue[]): { readonly lastInsertRowid: number | bigint }
}

/** Node's own SQLite: the real one, whose locks hold beside those of Python. Undefined before Node 22.5. */
export function nodeSqlite(): NodeSqlite | undefined {
  // Asked for at run time: bundlers must not look for it, and older Nodes must not fail.
  const get = (process as { getBuiltinModule?: (name: string) => unknown }).getBuiltinModule
  try {
    return get?.('node:sqlite') as NodeSqlite | undefined
  } catch {
    return undefined
  }
}

export interface SqliteOptions {
  /** Make the database beside its place and put it there whole when it is closed; the place must be free. */
  readonly fresh?: boolean
}

/**
 * A SQLite database as `RDBStorage` needs it. With Node 22.5 and newer it is read and written beside other programs; before, it is read
 * from a snapshot of its bytes, and only a fresh one can be written.
 *
 * @param sqlite Node's own, or null for a Node without
 * @throws Error with node's `code`, or `SQLITE_NOTADB` and the like
 */
export function openSqlite(
  path: string,
  { fresh = false }: SqliteOptions = {},
  sqlite: NodeSqlite | null = nodeSqlite() ?? null,
): SqlDatabase {
  if (fresh) return openFresh(path, sqlite)
  if (sqlite !== null) return openReal(path, sqlite)
  const why = `Writing a SQLite database beside other programs needs Node 22.5 or newer; this is ${process.version}.`
  // Nothing is there yet: who wants to make it is told why not.
  if (!statSync(path, { throwIfNoEntry: false })) return { ...openWasm(':memory:'), readOnly: why }
  return openSqliteSnapshot(path, why)
}

function openFresh(path: string, sqlite: NodeSqlite | null): SqlDatabase {
  if (statSync(path, { throwIfNoEntry: false }))
    throw Object.assign(new Error(`EEXIST: file already exists, '${path}'`), { code: 'EEXIST' })
  const temporary = `${path}.${crypto.randomUUID()}.tmp`
  const database = sqlite === null ? openWasm(temporary) : openReal(temporary, sqlite)
  // Nobody else sees it yet, so nothing needs to be safe before it is whole.
  database.all('PRAGMA synchronous = OFF')
  return {
    ...database,
    close() {
      database.close()
      try {
        const file = openSync(temporary, 'r+')
        try {
          fsyncSync(file)
        } finally {
          closeSync(file)
        }
        renameSync(temporary, path)
      } catch (error) {
        rmSync(temporary, { force: true })
        throw error
      }
    },
  }
}

function openReal(path: string, { DatabaseSync }: NodeSqlite): SqlDatabase {
  const whyNot = whyReadOnly(path)
  const database = guarded(() => new DatabaseSync(path, { readOnly: whyNot !== undefined }))
  guarded(() => database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`))
  const statements = new Map<string, NodeStatement>()
  const prepared = (sql: string): NodeStatement => {
    let statement = statements.get(sql)
    if (statement === undefined) statements.set(sql, (statement = database.prepare(sql)))
    return statement
  }
  let depth = 0
  return {
    dialect: 'sqlite',
    readOnly: whyNot,
    all: (sql, parameters = []) => guarded(() => prepared(sql).all(...parameters)),
    run: (sql, parameters = []) => guarded(() => Number(prepared(sql).run(...parameters).lastInsertRowid)),
    transaction(work) {
      if (depth > 0) return work()
      // IMMEDIATE: whoever reads a count and writes it back must be alone from the start.
      guarded(() => database.exec('BEGIN IMMEDIATE'))
      depth++
      try {
        const result = work()
        guarded(() => database.exec('COMMIT'))
        return result
      } catch (error) {
        rollBack(database)
        throw error
      } finally {
        depth--
      }
    },
    version: () => guarded(() => Number(Object.values(prepared('PRAGMA data_version').all()[0])[0])),
    close: () => database.close(),
  }
}

function rollBack(database: NodeDatabase): void {
  try {
    database.exec('ROLLBACK')
  } catch {
    // SQLite has rolled back by itself, for example on a full disk.
  }
}

/** A database is writable when its file and its folder are: SQLite puts its journal beside it. */
function whyReadOnly(path: string): string | undefined {
  if (!statSync(path, { throwIfNoEntry: false })) return undefined
  try {
    closeSync(openSync(path, 'r+'))
    return undefined
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') throw error
    return `The file ${path} is read-only (${code}).`
  }
}

const CODES: Readonly<Record<number, string>> = {
  5: 'SQLITE_BUSY',
  6: 'SQLITE_BUSY',
  8: 'EROFS',
  10: 'EIO',
  11: 'SQLITE_CORRUPT',
  13: 'ENOSPC',
  14: 'ENOENT',
  26: 'SQLITE_NOTADB',
}

/** Gives SQLite's errors the codes that failures of files have. */
function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const { errcode } = error as { errcode?: number }
    const code = errcode === undefined ? undefined : CODES[errcode & 0xff]
    if (code === undefined) throw error
    throw Object.assign(new Error((error as Error).message), { code })
  }
}

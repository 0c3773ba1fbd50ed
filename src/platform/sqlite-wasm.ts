import { createRequire } from 'node:module'
import type { SqlDatabase, SqlRow, SqlValue } from '../study/contract.ts'

interface Wasm {
  readonly Database: new (path: string, options?: { fileMustExist?: boolean; readOnly?: boolean }) => WasmDatabase
}
interface WasmDatabase {
  exec(sql: string): void
  all(sql: string, values?: readonly SqlValue[]): SqlRow[]
  run(sql: string, values?: readonly SqlValue[]): { readonly lastInsertRowid: number | bigint }
  close(): void
}

/** SQLite in WebAssembly, for Nodes without their own. From node_modules, or from beside the bundles. */
function loadWasm(): Wasm {
  const require = createRequire(import.meta.url)
  for (const name of ['node-sqlite3-wasm', './sqlite/node-sqlite3-wasm.cjs', '../sqlite/node-sqlite3-wasm.cjs']) {
    try {
      return require(name) as Wasm
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    }
  }
  throw new Error('The SQLite that comes with Fitwright is missing; install it again.')
}

/**
 * A database that no other program works on: this build's locks are its own.
 *
 * @param path a file that only this process knows
 */
export function openWasm(path: string): SqlDatabase {
  const { Database } = loadWasm()
  const database = guarded(() => new Database(path))
  let depth = 0
  return {
    dialect: 'sqlite',
    readOnly: undefined,
    all: (sql, parameters = []) => guarded(() => database.all(sql, parameters)),
    run: (sql, parameters = []) => guarded(() => Number(database.run(sql, parameters).lastInsertRowid)),
    transaction(work) {
      if (depth > 0) return work()
      database.exec('BEGIN IMMEDIATE')
      depth++
      try {
        const result = work()
        database.exec('COMMIT')
        return result
      } catch (error) {
        database.exec('ROLLBACK')
        throw error
      } finally {
        depth--
      }
    },
    version: () => 0,
    close: () => database.close(),
  }
}

function guarded<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const { message } = error as Error
    const code = /not a database/.test(message) ? 'SQLITE_NOTADB' : /malformed/.test(message) ? 'SQLITE_CORRUPT' : undefined
    throw code === undefined ? error : Object.assign(new Error(message), { code })
  }
}

import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SqlDatabase } from '../study/contract.ts'
import { openWasm } from './sqlite-wasm.ts'

/** The database, and the files beside it that hold what is not in it yet or no longer. */
const ENDINGS = ['', '-journal', '-wal'] as const
const ATTEMPTS = 100

/**
 * A database read from a copy of its bytes, for Nodes whose SQLite cannot lock it against other programs. The copy is taken anew when the
 * file has changed; one that was taken while somebody wrote is thrown away.
 *
 * @param why it cannot be written
 */
export function openSqliteSnapshot(path: string, why: string): SqlDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'fitwright-sqlite-'))
  const copy = join(folder, 'copy.db')
  let taken = ''
  let count = 0
  let database = take()

  function take(): SqlDatabase {
    const stamp = stampOf(path)
    let files = filesOf(path)
    // File times are coarse: only two equal readings in a row are one state. A journal in them is rolled back by SQLite itself.
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const again = filesOf(path)
      const same = files.every((bytes, i) =>
        bytes === undefined ? again[i] === undefined : again[i] !== undefined && equal(bytes, again[i]),
      )
      files = again
      if (same) break
    }
    for (const [i, ending] of ENDINGS.entries()) {
      if (files[i] === undefined) rmSync(copy + ending, { force: true })
      else writeFileSync(copy + ending, files[i])
    }
    taken = stamp
    count++
    const opened = openWasm(copy)
    // A WAL without shared memory needs the database for itself, which it is.
    if (files[0]?.[18] === 2) opened.all('PRAGMA locking_mode = EXCLUSIVE')
    return opened
  }

  return {
    dialect: 'sqlite',
    readOnly: why,
    all: (sql, parameters) => database.all(sql, parameters),
    run: () => {
      throw Object.assign(new Error(why), { code: 'EROFS' })
    },
    transaction: () => {
      throw Object.assign(new Error(why), { code: 'EROFS' })
    },
    version() {
      if (stampOf(path) !== taken) {
        database.close()
        database = take()
      }
      return count
    },
    close() {
      database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Changes with every write: sizes and times of the file and of what is beside it. */
function stampOf(path: string): string {
  return ENDINGS.map(ending => {
    const found = statSync(path + ending, { throwIfNoEntry: ending === '', bigint: true })
    return found === undefined ? '-' : `${found.size}:${found.mtimeNs}`
  }).join(' ')
}

const filesOf = (path: string) => ENDINGS.map(ending => bytesOf(path + ending, ending !== ''))
const equal = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

function bytesOf(path: string, mayLack: boolean): Uint8Array | undefined {
  try {
    return readBytes(path)
  } catch (error) {
    if (mayLack && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Bytes of a file, as many as it has now. */
function readBytes(path: string): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.allocUnsafe(fstatSync(file).size)
    let filled = 0
    while (filled < bytes.length) {
      const read = readSync(file, bytes, filled, bytes.length - filled, filled)
      if (read === 0) break
      filled += read
    }
    return bytes.subarray(0, filled)
  } finally {
    closeSync(file)
  }
}

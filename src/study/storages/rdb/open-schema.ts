import { type SqlDatabase, StudyError } from '../../contract.ts'
import { dialectOf } from './dialect.ts'
import { REVISION, SCHEMA_VERSION } from './sqlite-tables.ts'

/** Revisions that Optuna can upgrade to the newest. */
const OLDER = ['v0.9.0.a', 'v1.2.0.a', 'v1.3.0.a', 'v2.4.0.a', 'v2.6.0.a', 'v3.0.0.a', 'v3.0.0.b', 'v3.0.0.c', 'v3.0.0.d']

/**
 * Makes sure that a database holds Optuna's newest schema; an empty one gets it.
 *
 * @param library the Optuna version whose times an empty database is to hold
 * @returns the Optuna version that set it up, which tells how times are written
 * @throws StudyError `study/storage-version`, `study/storage-read-only`, `study/storage-damaged`
 */
export function openSchema(database: SqlDatabase, library: string): string {
  const dialect = dialectOf(database)
  const tables = readable(() => new Set(database.all(dialect.tableNames).map(({ name }) => name)))
  if (tables.size === 0) {
    if (database.readOnly !== undefined) throw readOnlyError(database.readOnly)
    return database.transaction(() => {
      if (dialect.lockTables !== undefined) database.all(dialect.lockTables)
      // Another process may have been faster; then its tables are there by now.
      if (database.all(dialect.tableNames).length > 0) return checkedVersion(database)
      for (const statement of dialect.createTables) database.run(statement)
      database.run('INSERT INTO version_info (version_info_id, schema_version, library_version) VALUES (1, ?, ?)', [
        SCHEMA_VERSION,
        library,
      ])
      database.run('INSERT INTO alembic_version (version_num) VALUES (?)', [REVISION])
      return library
    })
  }
  if (!tables.has('version_info') || !tables.has('studies')) {
    throw new StudyError('study/storage-damaged', 'RuntimeError', 'The database is not one of Optuna: it has other tables.', {
      hint: `It holds ${[...tables].slice(0, 5).join(', ')}.`,
    })
  }
  return checkedVersion(database, tables.has('alembic_version'))
}

function checkedVersion(database: SqlDatabase, hasRevision = true): string {
  const [info] = database.all('SELECT schema_version, library_version FROM version_info')
  const revision = hasRevision ? database.all('SELECT version_num FROM alembic_version')[0]?.version_num : undefined
  const library = String(info?.library_version ?? '')
  if (info?.schema_version === SCHEMA_VERSION && revision === REVISION) return library
  const isOlder = revision === undefined || OLDER.includes(String(revision))
  const advice = isOlder
    ? 'Please execute `$ optuna storage upgrade --storage $STORAGE_URL` for upgrading the storage.'
    : 'Please try updating optuna to the latest version by `$ pip install -U optuna`.'
  throw new StudyError(
    'study/storage-version',
    'RuntimeError',
    `The runtime optuna version 5.0.0 is no longer compatible with the table schema (set up by optuna ${library}). ${advice}`,
    { hint: `The schema is ${revision ?? 'without a revision'}; this reads and writes ${REVISION}. Nothing was written.` },
  )
}

export const readOnlyError = (why: string): StudyError =>
  new StudyError('study/storage-read-only', 'OperationalError', 'attempt to write a readonly database', { hint: why })

/** Reads what may not be a database at all. */
function readable<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    const { code, message } = error as Error & { code?: string }
    if (code !== 'SQLITE_NOTADB' && code !== 'SQLITE_CORRUPT') throw error
    throw new StudyError('study/storage-damaged', 'DatabaseError', `(sqlite3.DatabaseError) ${message}`, {
      hint: 'The file is no SQLite database, or it is damaged. Nothing was written.',
    })
  }
}

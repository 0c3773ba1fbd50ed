import { copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSqlite } from '../../../src/platform/node-sqlite.ts'
import { openSqliteSnapshot } from '../../../src/platform/sqlite-snapshot.ts'
import { openWasm } from '../../../src/platform/sqlite-wasm.ts'
import { createStudy, loadStudy, RDBStorage } from '../../../src/study/index.ts'
import { temporaryFolder } from './temporary-folder.ts'

const why = 'This Node cannot lock it.'

/** A Node without a SQLite of its own. */
const openOld = (path: string, options = {}) => openSqlite(path, options, null)

test('a fresh database appears whole when it is closed, and never over another one', () => {
  const path = join(temporaryFolder(), 'study.db')
  const database = openOld(path, { fresh: true })
  const study = createStudy({ storage: new RDBStorage(database), studyName: 's' })
  study.tell(study.ask(), 1)
  expect(existsSync(path)).toBe(false)
  study.storage.close()
  expect(readdirSync(join(path, '..'))).toEqual(['study.db'])
  expect(loadStudy({ storage: new RDBStorage(openSqliteSnapshot(path, why)) }).trials).toHaveLength(1)
  expect(() => openOld(path, { fresh: true })).toThrowError(expect.objectContaining({ code: 'EEXIST' }))
})

test('a snapshot follows the file, and refuses to write with the reason', () => {
  const path = join(temporaryFolder(), 'study.db')
  const writing = createStudy({ storage: new RDBStorage(openWasm(path)), studyName: 's' })
  const reading = loadStudy({ storage: new RDBStorage(openSqliteSnapshot(path, why)) })
  expect(reading.trials).toHaveLength(0)
  writing.tell(writing.ask(), 1)
  reading.storage.sync()
  expect(reading.trials.map(trial => trial.values)).toEqual([[1]])
  expect(() => reading.ask()).toThrowError(expect.objectContaining({ code: 'study/storage-read-only', details: { hint: why } }))
  reading.storage.close()
})

test('what a writer left half done is rolled back in the snapshot, and the file stays as it is', () => {
  const folder = temporaryFolder()
  const path = join(folder, 'study.db')
  const database = openWasm(path)
  const study = createStudy({ storage: new RDBStorage(database), studyName: 's' })
  study.tell(study.ask(), 1)
  // A transaction larger than the cache: its pages are in the file already, the old ones in the journal beside it.
  database.all('PRAGMA cache_size = 5')
  const killed = join(folder, 'killed.db')
  const abort = new Error('killed')
  expect(() =>
    database.transaction(() => {
      for (let i = 0; i < 500; i++) database.run('INSERT INTO studies (study_name) VALUES (?)', [`${i}`.padStart(200, 'x')])
      copyFileSync(path, killed)
      copyFileSync(`${path}-journal`, `${killed}-journal`)
      throw abort
    }),
  ).toThrow(abort)
  const storage = new RDBStorage(openSqliteSnapshot(killed, why))
  expect(storage.studies().map(({ name }) => name)).toEqual(['s'])
  expect(existsSync(`${killed}-journal`)).toBe(true)
  storage.close()
})

test('a file that is no database, and one that is not there, are told apart', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'bad.db'), 'garbage\n'.repeat(200))
  expect(() => new RDBStorage(openOld(join(folder, 'bad.db')))).toThrowError(
    expect.objectContaining({ code: 'study/storage-damaged', message: '(sqlite3.DatabaseError) file is not a database' }),
  )
  expect(() => new RDBStorage(openOld(join(folder, 'none.db')))).toThrowError(expect.objectContaining({ code: 'study/storage-read-only' }))
  expect(readdirSync(folder)).toEqual(['bad.db'])
})

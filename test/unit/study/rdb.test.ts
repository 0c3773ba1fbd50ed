import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openWasm } from '../../../src/platform/sqlite-wasm.ts'
import { createStudy, createTrial, loadStudy, RDBStorage, type SqlValue, StudyError, TIE_SENSITIVE } from '../../../src/study/index.ts'
import { asDict, plain, type StoryVector, writeStory } from './storage-story.ts'

interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly SqlValue[])[]
}
interface RdbVector extends StoryVector {
  readonly tables: Readonly<Record<string, Table>>
}
const vectorOf = (profile: string) =>
  JSON.parse(readFileSync(new URL(`../../oracle/optuna/vectors/rdb-${profile}.json`, import.meta.url), 'utf8')) as RdbVector

const folder = mkdtempSync(join(tmpdir(), 'fitwright-rdb-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let count = 0
const fresh = () => openWasm(join(folder, `${count++}.db`))
const now = () => new Date(Date.UTC(2026, 10, 24, 1, 2, 3))

/** Numbers to ten digits, texts with their numbers likewise. */
const rounded = (value: SqlValue): SqlValue => {
  if (typeof value === 'number') return Number(value.toPrecision(10))
  return typeof value === 'string' ? value.replace(/-?\d+\.\d{10,}(?:e-\d+)?/g, number => Number(number).toPrecision(10)) : value
}

for (const profile of ['optuna-5', 'optuna-4.9'] as const) {
  describe(`a database of ${profile}`, () => {
    const vector = vectorOf(profile)

    test('is read as Optuna reads it', () => {
      const database = fresh()
      new RDBStorage(database, { profile })
      database.all('PRAGMA foreign_keys = OFF')
      for (const [name, { columns, rows }] of Object.entries(vector.tables)) {
        database.run(`DELETE FROM ${name}`)
        const insert = `INSERT INTO ${name} (${columns.map(column => `"${column}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
        for (const row of rows) {
          database.run(
            insert,
            row.map(value => (value === 'TIME' ? '2026-11-24 01:02:03.000004' : value)),
          )
        }
      }
      const study = loadStudy({ storage: new RDBStorage(database) })
      expect(study.studyName).toBe(vector.spec.name)
      expect(plain(study.userAttrs)).toEqual(vector.user_attrs)
      expect(study.trials.map(asDict)).toEqual(vector.trials)
      const expected = profile === 'optuna-5' ? now() : new Date(2026, 10, 24, 1, 2, 3)
      expect(study.trials[1].datetimeStart).toEqual(expected)
    })

    test('is written as Optuna writes it, row for row', async () => {
      const database = fresh()
      const storage = new RDBStorage(database, { profile, now })
      await writeStory(storage, vector, profile)
      for (const [name, { columns, rows }] of Object.entries(vector.tables)) {
        const ours = database
          .all(`SELECT * FROM ${name}`)
          .map(row => columns.map(column => row[column]))
          .filter(row => !row.includes(TIE_SENSITIVE))
        // Row ids follow from when something was written: Optuna writes each at once.
        const content = (table: readonly (readonly SqlValue[])[]) =>
          table
            .map(row => row.map((value, i) => (i === 0 ? 0 : /^\d{4}-.*\.\d{6}$/.test(String(value)) ? 'TIME' : rounded(value))))
            .map(row => JSON.stringify(row))
            .sort()
        expect(content(ours), name).toEqual(content(rows))
      }
    })
  })
}

test('a second connection sees what the first one told, and claims what waits only once', () => {
  const path = join(folder, 'two.db')
  const database = openWasm(path)
  let version = 1
  // Two storages over one connection, as two processes over one file: each notices the other's writes.
  const shared = { ...database, version: () => version }
  const one = createStudy({ storage: new RDBStorage(shared), studyName: 's' })
  const other = loadStudy({ storage: new RDBStorage(shared), studyName: 's' })
  one.enqueueTrial({ x: 0.5 })
  version++
  other.storage.sync()
  expect(other.trials.map(trial => trial.state)).toEqual(['WAITING'])
  const trial = one.ask()
  expect(trial.number).toBe(0)
  const second = other.ask()
  expect(second.number).toBe(1)
  version++
  one.tell(trial, 1)
  other.storage.sync()
  expect(other.trials[0].values).toEqual([1])
  expect(() => other.tell(0, 2)).toThrow('Cannot tell a COMPLETE trial.')
})

test('a trial that another process finished meanwhile keeps what it was told first', () => {
  const database = fresh()
  const one = createStudy({ storage: new RDBStorage(database), studyName: 's' })
  const other = loadStudy({ storage: new RDBStorage(database), studyName: 's' })
  one.ask()
  other.storage.sync()
  other.tell(one.trials[0].number, 3)
  expect(() => one.tell(0, 4)).toThrow('Trial#0 has already finished and can not be updated.')
  expect(one.trials[0].values).toEqual([3])
})

test('many trials are written as one, or none of them', () => {
  const database = fresh()
  const study = createStudy({ storage: new RDBStorage(database), studyName: 's' })
  const good = createTrial({ value: 1 })
  const bad = { ...createTrial({ value: 1 }), values: [1, 2] }
  expect(() => study.addTrials([good, bad])).toThrow('The added trial has 2 values')
  expect(study.trials).toEqual([])
  study.addTrials([good, good])
  expect(study.trials.map(trial => trial.number)).toEqual([0, 1])
})

test('a database of another version is refused with Optuna’s advice', () => {
  const database = fresh()
  new RDBStorage(database)
  database.run("UPDATE alembic_version SET version_num = 'v4.0.0.a'")
  expect(() => new RDBStorage(database)).toThrow('Please try updating optuna')
  database.run("UPDATE alembic_version SET version_num = 'v2.6.0.a'")
  expect(() => new RDBStorage(database)).toThrow('Please execute `$ optuna storage upgrade --storage $STORAGE_URL`')
})

test('a deleted study is gone with all that belongs to it', () => {
  const database = fresh()
  const storage = new RDBStorage(database)
  const study = createStudy({ storage, studyName: 's' })
  study.tell(study.ask(), 1)
  storage.deleteStudy(study.studyId)
  expect(storage.studies()).toEqual([])
  expect(database.all('SELECT * FROM trials')).toEqual([])
  expect(database.all('SELECT * FROM trial_values')).toEqual([])
  expect(() => createStudy({ storage, studyName: 's' })).not.toThrow(StudyError)
})

test('the trial of a worker that gave no sign of life is failed before the next begins', async () => {
  const database = fresh()
  const study = createStudy({ storage: new RDBStorage(database, { heartbeatInterval: 60 }), studyName: 's' })
  study.ask()
  study.ask()
  // The first one's worker died an hour ago; the second one's lives.
  database.run("UPDATE trial_heartbeats SET heartbeat = datetime('now', '-1 hour') WHERE trial_id = 1")
  await study.optimize(() => 1, { nTrials: 1 })
  expect(study.trials.map(trial => trial.state)).toEqual(['FAIL', 'RUNNING', 'COMPLETE'])
})

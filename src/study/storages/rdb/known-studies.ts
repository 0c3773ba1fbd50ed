import type { Direction, SqlDatabase, SqlValue } from '../../contract.ts'
import { isFinished, StudyRecords, type TrialRecord } from '../study-records.ts'
import { attributeOf, directionOf } from './rdb-values.ts'
import type { StoredTrial, TrialReader } from './read-trials.ts'

/** What of the database is in memory: all studies by name, attributes and trials of those that were asked for. */
export class KnownStudies {
  records = new StudyRecords()
  /** Studies whose trials are in memory, and the largest trial id seen. */
  readonly #loaded = new Map<number, number>()
  readonly #database: SqlDatabase
  readonly #reader: TrialReader
  readonly #now: () => Date

  constructor(database: SqlDatabase, reader: TrialReader, now: () => Date) {
    this.#database = database
    this.#reader = reader
    this.#now = now
  }

  /** A study that was created just now has nothing to be read. */
  addCreated(studyId: number): void {
    this.#loaded.set(studyId, 0)
  }

  deleteStudy(studyId: number): void {
    this.#loaded.delete(studyId)
    this.records.deleteStudy(studyId)
  }

  /** As if nothing had been read. */
  forget(): void {
    this.records = new StudyRecords()
    this.#loaded.clear()
    this.readStudies()
  }

  /** Reads what others wrote since. @param own whether something of a trial is kept back */
  readChanges(own: (trialId: number) => boolean): void {
    this.readStudies()
    for (const studyId of this.#loaded.keys()) {
      this.readAttributes(studyId)
      for (const { trialId, state } of this.records.study(studyId).trials) if (!isFinished(state)) this.readAgain(trialId, own(trialId))
      this.readTrials(studyId)
    }
  }

  /** Which studies there are: new ones are added, deleted ones go. */
  readStudies(): void {
    const directions = new Map<SqlValue, Direction[]>()
    for (const row of this.#database.all('SELECT study_id, direction FROM study_directions ORDER BY study_id, objective')) {
      const list = directions.get(row.study_id)
      if (list === undefined) directions.set(row.study_id, [directionOf(row.direction)])
      else list.push(directionOf(row.direction))
    }
    const rows = this.#database.all('SELECT study_id, study_name FROM studies ORDER BY study_id')
    const names = new Map(rows.map(row => [Number(row.study_id), String(row.study_name)]))
    // An id that was deleted is used again.
    for (const { studyId, name } of this.records.studies()) {
      if (names.get(studyId) === name) continue
      this.records.deleteStudy(studyId)
      this.#loaded.delete(studyId)
    }
    for (const [studyId, name] of names) {
      if (!this.records.hasStudy(studyId)) this.records.addStudy(studyId, name, directions.get(studyId) ?? ['minimize'])
    }
  }

  /** A study with its attributes and trials. */
  load(studyId: number) {
    const study = this.records.study(studyId)
    if (!this.#loaded.has(studyId)) {
      this.#loaded.set(studyId, 0)
      this.readAttributes(studyId)
      this.readTrials(studyId)
    }
    return study
  }

  private readAttributes(studyId: number): void {
    const { userAttrs, systemAttrs } = this.records.study(studyId)
    for (const [map, table] of [
      [userAttrs, 'study_user_attributes'],
      [systemAttrs, 'study_system_attributes'],
    ] as const) {
      const rows = this.#database.all(`SELECT * FROM ${table} WHERE study_id = ? ORDER BY ${table.slice(0, -1)}_id`, [studyId])
      for (const [key, value] of rows.map(attributeOf)) map.set(key, value)
    }
  }

  /** Trials that are new since the last time. */
  readTrials(studyId: number): void {
    for (const { ids, template } of this.#reader.after(studyId, this.#loaded.get(studyId)!)) {
      this.records.createTrial(studyId, template, this.#now, ids)
      this.#loaded.set(studyId, ids.trialId)
    }
  }

  /** What another process did to a trial. @param own whether something of it is kept back, which stays on top */
  readAgain(trialId: number, own: boolean): void {
    const stored = this.#reader.one(trialId)
    if (stored === undefined) return
    if (!own || isFinished(stored.template.state)) replace(this.records.trial(trialId), stored)
  }
}

function replace(record: TrialRecord, { template }: StoredTrial): void {
  const { state, values, datetimeStart, datetimeComplete } = template
  Object.assign(record, { state, values: values ?? null, datetimeStart: datetimeStart ?? null, datetimeComplete: datetimeComplete ?? null })
  for (const field of ['params', 'distributions', 'intermediateValues', 'userAttrs', 'systemAttrs'] as const) {
    const map = record[field] as Map<unknown, unknown>
    map.clear()
    for (const [key, value] of template[field] ?? []) map.set(key, value)
  }
}

import type { Direction, Distribution, FrozenTrial, SqlDatabase, SqlValue, Storage, TrialState } from '../../contract.ts'
import { distributionToJson } from '../../distribution-json.ts'
import type { TimeStyle } from '../journal-time.ts'
import { finishedError, isFinished, type TrialTemplate } from '../study-records.ts'
import { type Dialect, dialectOf } from './dialect.ts'
import { KnownStudies } from './known-studies.ts'
import { openSchema, readOnlyError } from './open-schema.ts'
import { attributeJson, directionName, sqlTime, storedFloat, timeStyleOf } from './rdb-values.ts'
import { TrialReader } from './read-trials.ts'
import { attributeSql, HEARTBEAT, PARAM, STEP, templateWrites, VALUE, type Write } from './writes.ts'

export interface RDBOptions {
  /** Whose database an empty one becomes: Optuna 5's (times in UTC, the default) or 4.9's (local times). */
  readonly profile?: 'optuna-5' | 'optuna-4.9'
  readonly now?: () => Date
  /** Seconds between signs of life of this process; without them its dead trials stay running, as with Optuna. */
  readonly heartbeatInterval?: number
  /** Seconds without a sign of life after which a trial counts as dead. Twice the interval when not given. */
  readonly gracePeriod?: number
}

/**
 * Optuna's RDBStorage: studies in the tables of a SQL database, which Optuna and its dashboard open as well.
 *
 * What decides who gets which number (creating, claiming) is written at once; everything else about a running trial is kept back and
 * written in one transaction when it is told. Trials are read once, then only new and unfinished ones again when somebody else wrote.
 */
export class RDBStorage implements Storage {
  readonly #database: SqlDatabase
  readonly #dialect: Dialect
  readonly #now: () => Date
  readonly #style: TimeStyle
  readonly #known: KnownStudies
  readonly #heartbeat: number | undefined
  readonly #grace: number | undefined
  #version = Number.NaN
  #pending: Write[] = []

  constructor(database: SqlDatabase, options: RDBOptions = {}) {
    const { profile = 'optuna-5', now = () => new Date(), heartbeatInterval, gracePeriod } = options
    this.#database = database
    this.#dialect = dialectOf(database)
    this.#now = now
    this.#style = timeStyleOf(openSchema(database, profile === 'optuna-5' ? '5.0.0' : '4.9.0'))
    this.#known = new KnownStudies(database, new TrialReader(database, this.#style), now)
    this.#heartbeat = heartbeatInterval
    this.#grace = gracePeriod ?? (heartbeatInterval === undefined ? undefined : 2 * heartbeatInterval)
    this.sync()
  }

  createStudy(name: string, directions: readonly Direction[]): number {
    this.#writable()
    this.sync()
    const study = this.#database.transaction(() => {
      if (this.#dialect.lockStudies !== undefined) this.#database.run(this.#dialect.lockStudies)
      const [taken] = this.#database.all('SELECT study_id FROM studies WHERE study_name = ?', [name])
      if (taken !== undefined) return undefined
      const studyId = this.#database.run('INSERT INTO studies (study_name) VALUES (?)', [name])
      for (const [objective, direction] of directions.entries()) {
        const sql = 'INSERT INTO study_directions (direction, study_id, objective) VALUES (?, ?, ?)'
        this.#database.run(sql, [directionName(direction), studyId, objective])
      }
      return studyId
    })
    this.#known.readStudies()
    // The name is taken: the records say it in Optuna's words.
    if (study === undefined) return this.#known.records.createStudy(name, directions)
    this.#known.addCreated(study)
    return study
  }

  deleteStudy(studyId: number): void {
    this.#writable()
    this.#known.records.study(studyId)
    const ofTrials = ['user_attributes', 'system_attributes', 'params', 'values', 'intermediate_values', 'heartbeats']
    this.#database.transaction(() => {
      for (const table of ofTrials) {
        const sql = `DELETE FROM trial_${table} WHERE trial_id IN (SELECT trial_id FROM trials WHERE study_id = ?)`
        this.#database.run(sql, [studyId])
      }
      for (const table of ['trials', 'study_directions', 'study_user_attributes', 'study_system_attributes', 'studies']) {
        this.#database.run(`DELETE FROM ${table} WHERE study_id = ?`, [studyId])
      }
    })
    this.#known.deleteStudy(studyId)
  }

  studyIdOf(name: string): number | undefined {
    return this.#known.records.studyIdOf(name)
  }

  studies() {
    return this.#known.records.studies()
  }

  studyUserAttrs(studyId: number): ReadonlyMap<string, unknown> {
    return this.#known.load(studyId).userAttrs
  }

  studySystemAttrs(studyId: number): ReadonlyMap<string, unknown> {
    return this.#known.load(studyId).systemAttrs
  }

  setStudyUserAttr(studyId: number, key: string, value: unknown): void {
    this.#known.load(studyId).userAttrs.set(key, value)
    this.#keep(undefined, attributeSql('study_user_attributes', 'study_id'), [studyId, key, attributeJson(value)])
  }

  setStudySystemAttr(studyId: number, key: string, value: unknown): void {
    this.#known.load(studyId).systemAttrs.set(key, value)
    this.#keep(undefined, attributeSql('study_system_attributes', 'study_id'), [studyId, key, attributeJson(value)])
  }

  trials(studyId: number): readonly FrozenTrial[] {
    return this.#known.load(studyId).trials
  }

  trial(trialId: number): FrozenTrial {
    if (!this.#known.records.hasTrial(trialId)) {
      const [row] = this.#database.all('SELECT study_id FROM trials WHERE trial_id = ?', [trialId])
      if (row !== undefined) this.#known.load(Number(row.study_id))
    }
    return this.#known.records.trial(trialId)
  }

  createTrial(studyId: number, template: TrialTemplate = {}): number {
    this.#writable()
    this.#known.load(studyId)
    const now = this.#now()
    const { state = 'RUNNING' } = template
    const start = template.datetimeStart === undefined && state !== 'WAITING' ? now : (template.datetimeStart ?? null)
    const complete = template.datetimeComplete ?? null
    const ids = this.#database.transaction(() => {
      this.#writePending()
      if (this.#dialect.lockStudy !== undefined) this.#database.all(this.#dialect.lockStudy, [studyId])
      const insert = 'INSERT INTO trials (number, study_id, state, datetime_start, datetime_complete) VALUES (NULL, ?, ?, ?, ?)'
      const trialId = this.#database.run(insert, [studyId, state, sqlTime(start, this.#style), sqlTime(complete, this.#style)])
      const [row] = this.#database.all('SELECT COUNT(*) AS n FROM trials WHERE study_id = ? AND trial_id < ?', [studyId, trialId])
      this.#database.run('UPDATE trials SET number = ? WHERE trial_id = ?', [row.n, trialId])
      for (const { sql, parameters } of templateWrites(trialId, template)) this.#database.run(sql, parameters)
      if (this.#heartbeat !== undefined && state === 'RUNNING') this.#database.run(HEARTBEAT, [trialId])
      return { trialId, number: Number(row.n) }
    })
    this.#pending = []
    // Trials that others created in between come first.
    this.#known.readTrials(studyId)
    return ids.trialId
  }

  setTrialParam(trialId: number, name: string, internal: number, distribution: Distribution): void {
    this.#known.records.setParam(trialId, name, internal, distribution)
    this.#keep(trialId, PARAM, [trialId, name, internal, distributionToJson(distribution)])
  }

  setTrialState(trialId: number, state: TrialState, values: readonly number[] | null = null): boolean {
    const now = this.#now()
    if (state === 'RUNNING') return this.#claim(trialId, now)
    this.#known.records.setState(trialId, state, values, now)
    for (const [objective, value] of (values ?? []).entries()) this.#keep(trialId, VALUE, [trialId, objective, ...storedFloat(value)])
    if (isFinished(state)) {
      const sql = 'UPDATE trials SET state = ?, datetime_complete = ? WHERE trial_id = ?'
      this.#keep(trialId, sql, [state, sqlTime(now, this.#style), trialId])
    } else this.#keep(trialId, 'UPDATE trials SET state = ? WHERE trial_id = ?', [state, trialId])
    return true
  }

  /** Of several workers that want a WAITING trial one gets it. */
  #claim(trialId: number, now: Date): boolean {
    this.#writable()
    this.#known.records.unfinished(trialId)
    const won = this.#database.transaction(() => {
      this.#writePending()
      const [row] = this.#database.all(`SELECT state FROM trials WHERE trial_id = ?${this.#dialect.lockRow}`, [trialId])
      if (row?.state !== 'WAITING') return false
      const sql = "UPDATE trials SET state = 'RUNNING', datetime_start = ? WHERE trial_id = ?"
      this.#database.run(sql, [sqlTime(now, this.#style), trialId])
      if (this.#heartbeat !== undefined) this.#database.run(HEARTBEAT, [trialId])
      return true
    })
    this.#pending = []
    if (won) this.#known.records.setState(trialId, 'RUNNING', null, now)
    else this.#known.readAgain(trialId, this.#isPending(trialId))
    return won
  }

  setTrialIntermediateValue(trialId: number, step: number, value: number): void {
    this.#known.records.unfinished(trialId).intermediateValues.set(step, value)
    this.#keep(trialId, STEP, [trialId, step, ...storedFloat(value)])
  }

  setTrialUserAttr(trialId: number, key: string, value: unknown): void {
    this.#known.records.unfinished(trialId).userAttrs.set(key, value)
    this.#keep(trialId, attributeSql('trial_user_attributes', 'trial_id'), [trialId, key, attributeJson(value)])
  }

  setTrialSystemAttr(trialId: number, key: string, value: unknown): void {
    this.#known.records.unfinished(trialId).systemAttrs.set(key, value)
    this.#keep(trialId, attributeSql('trial_system_attributes', 'trial_id'), [trialId, key, attributeJson(value)])
  }

  /** Tells that a trial is still worked on; nothing without an interval. */
  beat(trialId: number): void {
    if (this.#heartbeat === undefined) return
    this.#writable()
    this.#database.run(HEARTBEAT, [trialId])
  }

  /** Running trials whose worker gave no sign of life for the grace period; none without heartbeats. */
  staleTrials(studyId: number): number[] {
    if (this.#grace === undefined) return []
    return this.#database.all(this.#dialect.staleTrials, [studyId, this.#grace]).map(row => Number(row.trial_id))
  }

  /** Writes everything that `work` does as one: for many trials at once. */
  together<T>(work: () => T): T {
    this.#writable()
    try {
      return this.#database.transaction(work)
    } catch (error) {
      // Nothing of it happened: what is in memory is read again.
      this.#pending = []
      this.#known.forget()
      throw error
    }
  }

  /** Reads what others wrote since. */
  sync(): void {
    const version = this.#database.version()
    if (version === this.#version) return
    this.#version = version
    this.#known.readChanges(trialId => this.#isPending(trialId))
  }

  /**
   * Writes what was kept back; when it returns, all of it is on disk.
   *
   * @throws StudyError `study/finished` when another process finished the trial meanwhile; what it told stays
   */
  flush(): void {
    if (this.#pending.length === 0) return
    this.#writable()
    const lost = this.#database.transaction(() => this.#writePending())
    this.#pending = []
    if (lost.length === 0) return
    for (const trialId of lost) this.#known.readAgain(trialId, this.#isPending(trialId))
    throw finishedError(this.#known.records.trial(lost[0]))
  }

  close(): void {
    this.flush()
    this.#database.close()
  }

  #writable(): void {
    if (this.#database.readOnly !== undefined) throw readOnlyError(this.#database.readOnly)
  }

  #isPending(trialId: number): boolean {
    return this.#pending.some(write => write.trialId === trialId)
  }

  #keep(trialId: number | undefined, sql: string, parameters: readonly SqlValue[]): void {
    this.#writable()
    this.#pending.push({ trialId, sql, parameters })
  }

  /** Inside a transaction. @returns the trials that are finished already and were left as they are */
  #writePending(): number[] {
    const lost = new Set<number>()
    const open = new Set<number>()
    for (const { trialId, sql, parameters } of this.#pending) {
      if (trialId !== undefined && !open.has(trialId) && !lost.has(trialId)) {
        const [row] = this.#database.all(`SELECT state FROM trials WHERE trial_id = ?${this.#dialect.lockRow}`, [trialId])
        if (row === undefined || isFinished(row.state as TrialState)) lost.add(trialId)
        else open.add(trialId)
      }
      if (trialId === undefined || open.has(trialId)) this.#database.run(sql, parameters)
    }
    return [...lost]
  }
}

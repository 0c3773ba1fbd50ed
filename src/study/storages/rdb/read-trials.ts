import type { SqlDatabase, SqlRow, SqlValue, TrialState } from '../../contract.ts'
import { distributionFromJson } from '../../distribution-json.ts'
import { toExternal } from '../../distributions.ts'
import type { TimeStyle } from '../journal-time.ts'
import type { TrialIds, TrialTemplate } from '../study-records.ts'
import { dialectOf } from './dialect.ts'
import { attributeOf, floatOf, timeOfSql } from './rdb-values.ts'

export interface StoredTrial {
  readonly ids: TrialIds
  readonly template: TrialTemplate & { readonly state: TrialState }
}

/** Reads trials of one study with six statements, however many there are. */
export class TrialReader {
  readonly #database: SqlDatabase
  readonly #style: TimeStyle
  readonly #distributions = new Map<string, ReturnType<typeof distributionFromJson>>()

  constructor(database: SqlDatabase, style: TimeStyle) {
    this.#database = database
    this.#style = style
  }

  /** Trials whose id is greater than `after`, in order. */
  after(studyId: number, after: number): StoredTrial[] {
    return this.#read('t.study_id = ? AND t.trial_id > ?', [studyId, after])
  }

  one(trialId: number): StoredTrial | undefined {
    return this.#read('t.trial_id = ?', [trialId])[0]
  }

  #read(where: string, parameters: readonly SqlValue[]): StoredTrial[] {
    const trials = this.#database.all(`SELECT t.* FROM trials t WHERE ${where} ORDER BY t.trial_id`, parameters)
    const rows = (table: string, order: string) => {
      const byTrial = new Map<SqlValue, SqlRow[]>()
      if (trials.length === 0) return byTrial
      const sql = `SELECT r.* FROM ${table} r JOIN trials t ON t.trial_id = r.trial_id WHERE ${where} ORDER BY r.${order}`
      for (const row of this.#database.all(sql, parameters)) {
        const list = byTrial.get(row.trial_id)
        if (list === undefined) byTrial.set(row.trial_id, [row])
        else list.push(row)
      }
      return byTrial
    }
    const params = rows('trial_params', 'param_id')
    const values = rows('trial_values', 'objective')
    const steps = rows('trial_intermediate_values', 'step')
    const userAttrs = rows('trial_user_attributes', 'trial_user_attribute_id')
    const systemAttrs = rows('trial_system_attributes', 'trial_system_attribute_id')
    const { fractions } = dialectOf(this.#database)
    return trials.map(trial => {
      const of = (table: ReadonlyMap<SqlValue, SqlRow[]>) => table.get(trial.trial_id) ?? []
      const distributions = of(params).map(row => [String(row.param_name), this.#distribution(String(row.distribution_json))] as const)
      const internal = of(params).map(row => Number(row.param_value))
      const told = of(values)
      return {
        ids: { trialId: Number(trial.trial_id), number: Number(trial.number) },
        template: {
          state: trial.state as TrialState,
          values: told.length === 0 ? null : told.map(row => floatOf(row.value, row.value_type)),
          params: new Map(distributions.map(([name, distribution], i) => [name, toExternal(distribution, internal[i])])),
          distributions: new Map(distributions),
          intermediateValues: new Map(
            of(steps).map(row => [Number(row.step), floatOf(row.intermediate_value, row.intermediate_value_type)]),
          ),
          userAttrs: new Map(of(userAttrs).map(attributeOf)),
          systemAttrs: new Map(of(systemAttrs).map(attributeOf)),
          datetimeStart: timeOfSql(trial.datetime_start, this.#style, fractions),
          datetimeComplete: timeOfSql(trial.datetime_complete, this.#style, fractions),
        },
      }
    })
  }

  #distribution(json: string) {
    let distribution = this.#distributions.get(json)
    if (distribution === undefined) {
      if (this.#distributions.size > 10_000) this.#distributions.clear()
      this.#distributions.set(json, (distribution = distributionFromJson(json)))
    }
    return distribution
  }
}

import type { Direction, Distribution, TrialState } from '../contract.ts'
import { distributionToJson } from '../distribution-json.ts'
import { toInternal } from '../distributions.ts'
import { COMPACT, writeFloat, writeJson, writeString } from '../python-json.ts'
import { type TimeStyle, timeText } from './journal-time.ts'
import type { TrialTemplate } from './study-records.ts'

/** Operations by their code in a journal. 10 is written by another program and skipped; Optuna 4 dies of it: never write it. */
export const CREATE_STUDY = 0
export const DELETE_STUDY = 1
export const SET_STUDY_USER_ATTR = 2
export const SET_STUDY_SYSTEM_ATTR = 3
export const CREATE_TRIAL = 4
export const SET_TRIAL_PARAM = 5
export const SET_TRIAL_STATE_VALUES = 6
export const SET_TRIAL_INTERMEDIATE_VALUE = 7
export const SET_TRIAL_USER_ATTR = 8
export const SET_TRIAL_SYSTEM_ATTR = 9
export const DISCARD_TRIALS = 10

export const STATES: readonly TrialState[] = ['RUNNING', 'COMPLETE', 'PRUNED', 'FAIL', 'WAITING']
/** Index 0 is Optuna's "not set", which reads as minimize. */
export const DIRECTIONS: readonly Direction[] = ['minimize', 'minimize', 'maximize']

const floats = (values: readonly number[]): string => `[${values.map(writeFloat).join(',')}]`

/** The whole number that Optuna writes for a choice, the float for anything else. */
const internalText = (internal: number, d: Distribution): string =>
  d.name === 'CategoricalDistribution' ? String(internal) : writeFloat(internal)

/** Writes the lines of one worker, character for character as Optuna does. */
export class JournalLines {
  readonly #worker: string
  readonly #json = new Map<Distribution, string>()

  constructor(workerId: string) {
    this.#worker = writeString(workerId)
  }

  #line(op: number, fields: string): string {
    return `{"op_code":${op},"worker_id":${this.#worker},${fields}}`
  }

  createStudy(name: string, directions: readonly Direction[]): string {
    const codes = directions.map(direction => (direction === 'maximize' ? 2 : 1))
    return this.#line(CREATE_STUDY, `"study_name":${writeString(name)},"directions":[${codes}]`)
  }

  deleteStudy(studyId: number): string {
    return this.#line(DELETE_STUDY, `"study_id":${studyId}`)
  }

  studyAttr(op: 2 | 3, studyId: number, key: string, value: unknown): string {
    const field = op === SET_STUDY_USER_ATTR ? 'user_attr' : 'system_attr'
    return this.#line(op, `"study_id":${studyId},"${field}":{${writeString(key)}:${writeJson(value, COMPACT)}}`)
  }

  createTrial(studyId: number, template: TrialTemplate | undefined, now: Date, style: TimeStyle): string {
    const time = (at: Date | null | undefined): string => (at ? `"${timeText(at, style)}"` : 'null')
    if (template === undefined) return this.#line(CREATE_TRIAL, `"study_id":${studyId},"datetime_start":${time(now)}`)
    const { state = 'RUNNING', values, datetimeComplete } = template
    const start = template.datetimeStart === undefined && state !== 'WAITING' ? now : template.datetimeStart
    const many = values !== null && values !== undefined && values.length > 1
    const one = values?.length === 1 ? writeFloat(values[0]) : 'null'
    const dict = <K, V>(map: ReadonlyMap<K, V> | undefined, write: (value: V, key: K) => string): string =>
      `{${[...(map ?? [])].map(([key, value]) => `${writeString(String(key))}:${write(value, key)}`).join(',')}}`
    const fields = [
      `"study_id":${studyId}`,
      `"datetime_start":${time(start)}`,
      `"state":${STATES.indexOf(state)}`,
      many ? `"value":null,"values":${floats(values)}` : `"value":${one},"values":null`,
      ...(datetimeComplete ? [`"datetime_complete":${time(datetimeComplete)}`] : []),
      `"distributions":${dict(template.distributions, d => writeString(distributionToJson(d)))}`,
      `"params":${dict(template.params, (value, name) => {
        const distribution = template.distributions!.get(name)!
        return internalText(toInternal(distribution, value), distribution)
      })}`,
      `"user_attrs":${dict(template.userAttrs, value => writeJson(value, COMPACT))}`,
      `"system_attrs":${dict(template.systemAttrs, value => writeJson(value, COMPACT))}`,
      `"intermediate_values":${dict(template.intermediateValues, value => writeFloat(value))}`,
    ]
    return this.#line(CREATE_TRIAL, fields.join(','))
  }

  param(trialId: number, name: string, internal: number, distribution: Distribution): string {
    let json = this.#json.get(distribution)
    if (json === undefined) {
      if (this.#json.size > 1000) this.#json.clear()
      this.#json.set(distribution, (json = writeString(distributionToJson(distribution))))
    }
    const value = internalText(internal, distribution)
    return this.#line(
      SET_TRIAL_PARAM,
      `"trial_id":${trialId},"param_name":${writeString(name)},"param_value_internal":${value},"distribution":${json}`,
    )
  }

  state(trialId: number, state: TrialState, values: readonly number[] | null, now: Date, style: TimeStyle): string {
    const time = state === 'WAITING' ? '' : `,"${state === 'RUNNING' ? 'datetime_start' : 'datetime_complete'}":"${timeText(now, style)}"`
    const told = values === null ? 'null' : floats(values)
    return this.#line(SET_TRIAL_STATE_VALUES, `"trial_id":${trialId},"state":${STATES.indexOf(state)},"values":${told}${time}`)
  }

  intermediateValue(trialId: number, step: number, value: number): string {
    return this.#line(SET_TRIAL_INTERMEDIATE_VALUE, `"trial_id":${trialId},"step":${step},"intermediate_value":${writeFloat(value)}`)
  }

  trialAttr(op: 8 | 9, trialId: number, key: string, value: unknown): string {
    const field = op === SET_TRIAL_USER_ATTR ? 'user_attr' : 'system_attr'
    return this.#line(op, `"trial_id":${trialId},"${field}":{${writeString(key)}:${writeJson(value, COMPACT)}}`)
  }
}

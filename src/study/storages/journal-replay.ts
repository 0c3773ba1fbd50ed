import type { Distribution } from '../contract.ts'
import { StudyError } from '../contract.ts'
import { distributionFromJson } from '../distribution-json.ts'
import { toExternal } from '../distributions.ts'
import {
  CREATE_STUDY,
  CREATE_TRIAL,
  DELETE_STUDY,
  DIRECTIONS,
  DISCARD_TRIALS,
  SET_STUDY_SYSTEM_ATTR,
  SET_STUDY_USER_ATTR,
  SET_TRIAL_INTERMEDIATE_VALUE,
  SET_TRIAL_PARAM,
  SET_TRIAL_STATE_VALUES,
  SET_TRIAL_SYSTEM_ATTR,
  SET_TRIAL_USER_ATTR,
  STATES,
} from './journal-lines.ts'
import { timeOf } from './journal-time.ts'
import { isFinished, StudyRecords, type TrialTemplate } from './study-records.ts'

/** One line of a journal, parsed. */
export type JournalLine = { readonly op_code?: unknown; readonly worker_id?: unknown } & Readonly<Record<string, unknown>>

/**
 * What a journal says, line after line, by Optuna's rules: lines about unknown studies or trials, about finished trials and with
 * distributions that do not fit are skipped (they lost a race); for the worker that wrote them they are errors.
 */
export class JournalReplay {
  readonly records = new StudyRecords()
  /** The WAITING trials that `workerId` claimed first, and the trials it created. */
  readonly owned = new Set<number>()
  lastCreated = -1
  readonly #workerId: string
  readonly #distributions = new Map<string, Distribution>()

  constructor(workerId: string) {
    this.#workerId = workerId
  }

  /**
   * @throws StudyError when the line breaks a rule for its own writer
   * @throws TypeError, RangeError or SyntaxError when the line is no operation
   */
  apply(line: JournalLine): void {
    const mine = line.worker_id === this.#workerId
    const { records } = this
    try {
      switch (line.op_code) {
        case CREATE_STUDY:
          records.createStudy(
            text(line.study_name),
            list(line.directions).map(code => DIRECTIONS[code as number] ?? fail('direction')),
          )
          return
        case DELETE_STUDY:
          records.deleteStudy(whole(line.study_id))
          return
        case SET_STUDY_USER_ATTR:
          set(records.study(whole(line.study_id)).userAttrs, line.user_attr)
          return
        case SET_STUDY_SYSTEM_ATTR:
          set(records.study(whole(line.study_id)).systemAttrs, line.system_attr)
          return
        case CREATE_TRIAL:
          this.#createTrial(line, mine)
          return
        case SET_TRIAL_PARAM:
          this.#setParam(line)
          return
        case SET_TRIAL_STATE_VALUES:
          this.#setState(line, mine)
          return
        case SET_TRIAL_INTERMEDIATE_VALUE:
          records.unfinished(whole(line.trial_id)).intermediateValues.set(whole(line.step), number(line.intermediate_value))
          return
        case SET_TRIAL_USER_ATTR:
          set(records.unfinished(whole(line.trial_id)).userAttrs, line.user_attr)
          return
        case SET_TRIAL_SYSTEM_ATTR:
          set(records.unfinished(whole(line.trial_id)).systemAttrs, line.system_attr)
          return
        case DISCARD_TRIALS:
          return
        default:
          fail('op_code')
      }
    } catch (error) {
      if (mine || !(error instanceof StudyError) || !LOST_RACES.has(error.code)) throw error
    }
  }

  #createTrial(line: JournalLine, mine: boolean): void {
    const distributions = new Map(members(line.distributions).map(([name, json]) => [name, this.#distribution(json)]))
    const params = members(line.params).map(([name, internal]) => {
      const distribution = distributions.get(name) ?? fail('distributions')
      return [name, external(distribution, number(internal))] as const
    })
    const single = line.value === undefined || line.value === null ? null : [number(line.value)]
    const template: TrialTemplate = {
      state: line.state === undefined ? 'RUNNING' : (STATES[whole(line.state)] ?? fail('state')),
      values: line.values === undefined || line.values === null ? single : list(line.values).map(number),
      params: new Map(params),
      distributions,
      userAttrs: new Map(members(line.user_attrs)),
      systemAttrs: new Map(members(line.system_attrs)),
      intermediateValues: new Map(members(line.intermediate_values).map(([step, value]) => [Number(step), number(value)])),
      datetimeStart: time(line.datetime_start),
      datetimeComplete: time(line.datetime_complete),
    }
    const { trialId, state } = this.records.createTrial(whole(line.study_id), template, () => new Date(0))
    if (!mine) return
    this.lastCreated = trialId
    if (state === 'RUNNING') this.owned.add(trialId)
  }

  #setParam(line: JournalLine): void {
    const trialId = whole(line.trial_id)
    this.records.unfinished(trialId)
    const distribution = this.#distribution(line.distribution)
    const internal = number(line.param_value_internal)
    external(distribution, internal)
    this.records.setParam(trialId, text(line.param_name), internal, distribution)
  }

  #setState(line: JournalLine, mine: boolean): void {
    const trialId = whole(line.trial_id)
    const state = STATES[whole(line.state)] ?? fail('state')
    this.records.unfinished(trialId)
    const at = state === 'WAITING' ? null : time(state === 'RUNNING' ? line.datetime_start : line.datetime_complete)
    if (at === null && isFinished(state)) fail('datetime_complete')
    const values = line.values === null || line.values === undefined ? null : list(line.values).map(number)
    if (this.records.setState(trialId, state, values, at ?? new Date(0)) && mine && state === 'RUNNING') this.owned.add(trialId)
  }

  /** Distributions repeat from trial to trial; equal text gives the same object. */
  #distribution(json: unknown): Distribution {
    const key = text(json)
    let distribution = this.#distributions.get(key)
    if (distribution === undefined) this.#distributions.set(key, (distribution = distributionFromJson(key)))
    return distribution
  }
}

/** What happens to a writer that another one was faster than. */
const LOST_RACES = new Set(['study/duplicate', 'study/not-found', 'study/finished', 'study/incompatible-distribution'])

function fail(field: string): never {
  throw new TypeError(`\`${field}\` is missing or not what it should be`)
}

const text = (value: unknown): string => (typeof value === 'string' ? value : fail('text'))
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : fail('list'))
const whole = (value: unknown): number => (Number.isInteger(value) ? (value as number) : fail('number'))
const members = (value: unknown): [string, unknown][] =>
  value === undefined || value === null ? [] : typeof value === 'object' ? Object.entries(value) : fail('object')

function number(value: unknown): number {
  if (typeof value === 'number') return value
  return typeof value === 'bigint' ? Number(value) : fail('number')
}

function time(value: unknown): Date | null {
  return value === undefined || value === null ? null : (timeOf(text(value)) ?? fail('datetime'))
}

function set(attrs: Map<string, unknown>, given: unknown): void {
  const entries = members(given)
  if (entries.length !== 1) fail('attribute')
  attrs.set(...entries[0])
}

function external(distribution: Distribution, internal: number) {
  if (distribution.name === 'CategoricalDistribution' && distribution.choices[Math.trunc(internal)] === undefined) fail('choice')
  return toExternal(distribution, internal)
}

import type { Distribution, FrozenTrial, ParamChoice, TrialState } from './contract.ts'
import { StudyError } from './contract.ts'
import { contains, distributionText, toInternal } from './distributions.ts'
import { refuseOthers } from './options.ts'
import { floatText, valueText } from './python-text.ts'

export interface NewTrial {
  readonly state?: TrialState
  readonly value?: number | null
  readonly values?: readonly number[] | null
  readonly params?: ReadonlyMap<string, ParamChoice> | Readonly<Record<string, ParamChoice>>
  readonly distributions?: ReadonlyMap<string, Distribution> | Readonly<Record<string, Distribution>>
  readonly userAttrs?: ReadonlyMap<string, unknown> | Readonly<Record<string, unknown>>
  readonly systemAttrs?: ReadonlyMap<string, unknown> | Readonly<Record<string, unknown>>
  readonly intermediateValues?: ReadonlyMap<number, number> | Readonly<Record<number, number>>
  readonly constraints?: Readonly<Record<string, number>>
  readonly now?: () => Date
}

/** Map or plain object as a Map. */
export function mapOf<V>(given: ReadonlyMap<string, V> | Readonly<Record<string, V>> | undefined): Map<string, V> {
  return given instanceof Map ? new Map(given) : new Map(Object.entries(given ?? {}))
}

const NEW_TRIAL = [
  'state',
  'value',
  'values',
  'params',
  'distributions',
  'userAttrs',
  'systemAttrs',
  'intermediateValues',
  'constraints',
  'now',
] as const satisfies (keyof NewTrial)[]

/**
 * A trial to be added to a study.
 *
 * @throws StudyError `study/bad-trial`, in Optuna's words
 */
export function createTrial(given: NewTrial = {}): FrozenTrial {
  refuseOthers('create_trial', given, NEW_TRIAL)
  const { state = 'COMPLETE', value, values, now = () => new Date() } = given
  if (value != null && values != null) throw badTrial('Specify only one of `value` and `values`.')
  const at = now()
  const steps = given.intermediateValues
  const trial: FrozenTrial = {
    number: -1,
    trialId: -1,
    state,
    values: value != null ? [value] : values != null ? [...values] : null,
    params: mapOf(given.params),
    distributions: mapOf(given.distributions),
    userAttrs: mapOf(given.userAttrs),
    systemAttrs: new Map([
      ...mapOf(given.systemAttrs),
      ...Object.entries(given.constraints ?? {}).map(([key, constraint]) => [`constraints:${key}`, constraint] as const),
    ]),
    intermediateValues: steps instanceof Map ? new Map(steps) : new Map(Object.entries(steps ?? {}).map(([step, v]) => [Number(step), v])),
    datetimeStart: state === 'WAITING' ? null : at,
    datetimeComplete: state === 'RUNNING' || state === 'WAITING' ? null : at,
  }
  checkTrial(trial)
  return trial
}

const badTrial = (message: string): StudyError => new StudyError('study/bad-trial', 'ValueError', message)

/** Whether a trial may be added as it is. */
export function checkTrial(trial: FrozenTrial): void {
  const { state, values, params, distributions, datetimeStart, datetimeComplete } = trial
  const finished = state !== 'RUNNING' && state !== 'WAITING'
  if (state !== 'WAITING' && datetimeStart === null) {
    throw badTrial('`datetime_start` is supposed to be set when the trial state is not waiting.')
  }
  if (finished && datetimeComplete === null) throw badTrial('`datetime_complete` is supposed to be set for a finished trial.')
  if (!finished && datetimeComplete !== null) throw badTrial('`datetime_complete` is supposed to be None for an unfinished trial.')
  if (state === 'FAIL' && values !== null) {
    throw badTrial(`values should be None for a failed trial, but got [${values.map(floatText).join(', ')}].`)
  }
  if (state === 'COMPLETE') {
    if (values === null) throw badTrial('values should be set for a complete trial.')
    if (values.some(Number.isNaN)) throw badTrial('values should not contain NaN.')
  }
  const names = (map: ReadonlyMap<string, unknown>) => (map.size === 0 ? 'set()' : `{${[...map.keys()].map(valueText).join(', ')}}`)
  if (params.size !== distributions.size || ![...params.keys()].every(name => distributions.has(name))) {
    throw badTrial(`Inconsistent parameters ${names(params)} and distributions ${names(distributions)}.`)
  }
  for (const [name, value] of params) {
    const distribution = distributions.get(name)!
    if (contains(distribution, toInternal(distribution, value))) continue
    const text = typeof value === 'string' ? value : valueText(value)
    throw badTrial(`The value ${text} of parameter '${name}' isn't contained in the distribution ${distributionText(distribution)}.`)
  }
}

import type { SqlValue } from '../../contract.ts'
import { distributionToJson } from '../../distribution-json.ts'
import { toInternal } from '../../distributions.ts'
import type { TrialTemplate } from '../study-records.ts'
import { attributeJson, storedFloat } from './rdb-values.ts'

/** A statement that is written when the trial it belongs to is told. */
export interface Write {
  readonly trialId: number | undefined
  readonly sql: string
  readonly parameters: readonly SqlValue[]
}

const upsert = (table: string, keys: readonly string[], values: readonly string[]): string => {
  const columns = [...keys, ...values]
  const updates = values.map(column => `${column} = excluded.${column}`).join(', ')
  return (
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ` +
    `ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${updates}`
  )
}
/** Sets an attribute of a study or a trial. */
export const attributeSql = (table: string, owner: string): string => upsert(table, [owner, '"key"'], ['value_json'])
/** trial_id, param_name, param_value, distribution_json */
export const PARAM = upsert('trial_params', ['trial_id', 'param_name'], ['param_value', 'distribution_json'])
/** trial_id, objective, value, value_type */
export const VALUE = upsert('trial_values', ['trial_id', 'objective'], ['value', 'value_type'])
/** trial_id, step, intermediate_value, intermediate_value_type */
export const STEP = upsert('trial_intermediate_values', ['trial_id', 'step'], ['intermediate_value', 'intermediate_value_type'])
/** trial_id */
export const HEARTBEAT =
  'INSERT INTO trial_heartbeats (trial_id, heartbeat) VALUES (?, CURRENT_TIMESTAMP) ' +
  'ON CONFLICT (trial_id) DO UPDATE SET heartbeat = CURRENT_TIMESTAMP'

/** Everything that a trial that was made elsewhere brings along. */
export function* templateWrites(trialId: number, template: TrialTemplate): Generator<Write> {
  for (const [name, value] of template.params ?? []) {
    const distribution = template.distributions!.get(name)!
    yield { trialId, sql: PARAM, parameters: [trialId, name, toInternal(distribution, value), distributionToJson(distribution)] }
  }
  for (const [objective, value] of (template.values ?? []).entries()) {
    yield { trialId, sql: VALUE, parameters: [trialId, objective, ...storedFloat(value)] }
  }
  for (const [step, value] of template.intermediateValues ?? []) {
    yield { trialId, sql: STEP, parameters: [trialId, step, ...storedFloat(value)] }
  }
  for (const [table, attributes] of [
    ['trial_user_attributes', template.userAttrs],
    ['trial_system_attributes', template.systemAttrs],
  ] as const) {
    for (const [key, value] of attributes ?? []) {
      yield { trialId, sql: attributeSql(table, 'trial_id'), parameters: [trialId, key, attributeJson(value)] }
    }
  }
}

import type { FrozenTrial, TrialState } from '../contract.ts'
import type { Study } from '../study.ts'

export type TableAttribute =
  | 'number'
  | 'value'
  | 'values'
  | 'datetime_start'
  | 'datetime_complete'
  | 'duration'
  | 'params'
  | 'user_attrs'
  | 'system_attrs'
  | 'state'

export interface TrialsTable {
  readonly columns: readonly string[]
  /** Per trial its cells by column; undefined where it has none. Durations are seconds. */
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

const ATTRIBUTES: readonly TableAttribute[] = [
  'number',
  'value',
  'datetime_start',
  'datetime_complete',
  'duration',
  'params',
  'user_attrs',
  'system_attrs',
  'state',
]

/**
 * Trials as rows with the columns of Optuna's `trials_dataframe`: `number`, `value` (or `values_0`, …, or by the metrics' names), times,
 * `params_<name>`, `user_attrs_<key>`, `system_attrs_<key>`, `state`.
 *
 * @param options.attrs which of them, in which order
 */
export function trialsTable(
  study: Study,
  options: { readonly attrs?: readonly TableAttribute[]; readonly states?: readonly TrialState[] } = {},
): TrialsTable {
  const several = study.directions.length > 1
  const attrs = (options.attrs ?? ATTRIBUTES).map(attr => (attr === 'value' && several ? 'values' : attr))
  const trials = study.getTrials(options.states)
  if (trials.length === 0) return { columns: [], rows: [] }
  const names = study.metricNames
  const columns = attrs.map(() => new Set<string>())
  const rows = trials.map(trial => {
    const row: Record<string, unknown> = Object.create(null)
    for (const [i, attr] of attrs.entries()) {
      for (const [part, value] of cellsOf(trial, attr, study.directions.length, names)) {
        const column = part === '' ? attr : `${attr}_${part}`
        row[column] = value
        columns[i].add(column)
      }
    }
    return row
  })
  const inOrder = (attr: TableAttribute, found: ReadonlySet<string>) => (attr === 'values' ? [...found] : [...found].sort())
  return { columns: attrs.flatMap((attr, i) => inOrder(attr, columns[i])), rows }
}

function* cellsOf(
  trial: FrozenTrial,
  attr: TableAttribute,
  objectives: number,
  names: readonly string[] | undefined,
): Generator<readonly [part: string, value: unknown]> {
  switch (attr) {
    case 'value':
      yield [names?.[0] ?? '', trial.values?.[0] ?? null]
      return
    case 'values':
      for (let i = 0; i < objectives; i++) yield [names?.[i] ?? String(i), trial.values?.[i] ?? null]
      return
    case 'params':
      yield* trial.params
      return
    case 'user_attrs':
      yield* trial.userAttrs
      return
    case 'system_attrs':
      yield* trial.systemAttrs
      return
    case 'duration': {
      const { datetimeStart, datetimeComplete } = trial
      yield ['', datetimeStart && datetimeComplete ? (datetimeComplete.getTime() - datetimeStart.getTime()) / 1000 : null]
      return
    }
    case 'datetime_start':
      yield ['', trial.datetimeStart]
      return
    case 'datetime_complete':
      yield ['', trial.datetimeComplete]
      return
    default:
      yield ['', trial[attr]]
  }
}

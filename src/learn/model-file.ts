import type { Float, Params, ParamValue } from './contract.ts'
import { Float as FloatValue, Tuple } from './contract.ts'
import type { Pipeline } from './pipeline.ts'

/** `model.json`: data only, nothing in it is ever executed. */
export interface ModelFile {
  readonly format: 'fitwright-model'
  readonly version: 1
  readonly steps: readonly {
    readonly name: string
    readonly type: string
    readonly params: Record<string, unknown>
    readonly fitted: unknown
  }[]
}

/** A fitted pipeline as plain data, attributes under scikit-learn's names. */
export function modelFile(pipeline: Pipeline): ModelFile {
  return {
    format: 'fitwright-model',
    version: 1,
    steps: pipeline.steps.map(({ name, step }) => ({
      name,
      type: step.name,
      params: plainParams(step.params),
      fitted: step.toJSON?.() ?? null,
    })),
  }
}

/** Parameters as JSON; a float that is whole keeps its point as `{"float": 1}`. */
export function plainParams(params: Params): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, plainValue(value)]))
}

function plainValue(value: ParamValue | Float | undefined): unknown {
  if (value instanceof FloatValue) return { float: value.value }
  if (value instanceof Tuple) return { tuple: value.items.map(plainValue) }
  if (Array.isArray(value)) return value.map(plainValue)
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'object' && value !== null)
    return 'kind' in value && 'name' in value ? String(value.name) : plainParams(value as Params)
  return value ?? null
}

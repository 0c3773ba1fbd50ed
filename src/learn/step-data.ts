import type { Float, Params, ParamValue, Step, Transformer } from './contract.ts'
import { Callable, Float as FloatValue, Tuple } from './contract.ts'
import type { FittedData } from './fitted-data.ts'

/** A step as plain data: what a model file holds of it, and what a step that holds others keeps of them. */
export interface StepData {
  readonly type: string
  readonly params: Record<string, unknown>
  readonly fitted: unknown
}

/** Makes a fitted step from its parameters and attributes; checks everything it reads. `nested` makes those that it holds. */
export type Restore = (params: Params, fitted: FittedData, nested: RestoreNested) => Step
/** A step from a `StepData` inside the attributes of another one. */
export type RestoreNested = (data: FittedData) => Step

export const stepData = (step: Step): StepData => ({
  type: step.type ?? step.name,
  params: plainParams(step.params),
  fitted: step.toJSON?.() ?? null,
})

/** Parameters as JSON; a float that is whole keeps its point as `{"float": 1}`, and one that JSON cannot write its name. */
export function plainParams(params: Params): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, plainValue(value)]))
}

function plainValue(value: ParamValue | Float | undefined): unknown {
  if (value instanceof FloatValue) return { float: Number.isFinite(value.value) ? value.value : String(value.value) }
  if (value instanceof Tuple) return { tuple: value.items.map(plainValue) }
  if (typeof value === 'number' && !Number.isFinite(value)) return { float: String(value) }
  if (value instanceof Callable) return { callable: value.name, args: plainParams(value.args) }
  if (Array.isArray(value)) return value.map(plainValue)
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'object' && value !== null)
    return 'kind' in value && 'name' in value ? String(value.name) : plainParams(value as Params)
  return value ?? null
}

/** Parameters as `plainParams` wrote them. */
export const paramsFrom = (params: object): Params =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, paramFrom(value)]))

function paramFrom(value: unknown): ParamValue {
  if (Array.isArray(value)) return value.map(paramFrom)
  if (typeof value !== 'object' || value === null) return value as ParamValue
  if ('callable' in value && typeof value.callable === 'string') return new Callable(value.callable)
  if ('float' in value) return typeof value.float === 'string' ? Number(value.float) : new FloatValue(Number(value.float))
  if ('tuple' in value && Array.isArray(value.tuple)) return new Tuple(value.tuple.map(paramFrom))
  return paramsFrom(value) as ParamValue
}

/** The transformer that stands at `name` among the attributes of another step. */
export function nestedTransformer(part: FittedData, name: string, nested: RestoreNested): Transformer {
  const step = nested(part.part(name))
  if (step.kind !== 'transformer') throw part.wrong(name, 'a transformer')
  return step
}

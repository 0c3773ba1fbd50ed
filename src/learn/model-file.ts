import type { Float, Params, ParamValue, Step } from './contract.ts'
import { Float as FloatValue, LearnError, Tuple } from './contract.ts'
import { ExtraTreesClassifier, RandomForestClassifier } from './ensemble/forest-classifier.ts'
import { ExtraTreesRegressor, RandomForestRegressor } from './ensemble/forest-regressor.ts'
import { CategoricalImputer } from './feature-engine/categorical-imputer.ts'
import { MeanMedianImputer } from './feature-engine/mean-median-imputer.ts'
import { OneHotEncoder } from './feature-engine/one-hot-encoder.ts'
import { FittedData } from './fitted-data.ts'
import { LogisticRegression } from './linear/logistic-regression.ts'
import { Pipeline } from './pipeline.ts'
import { StandardScaler } from './preprocessing/standard-scaler.ts'
import { DecisionTreeClassifier, DecisionTreeRegressor } from './tree/decision-tree.ts'
import { ExtraTreeClassifier, ExtraTreeRegressor } from './tree/extra-tree.ts'

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

/** Makes a fitted step from its parameters and attributes; checks everything it reads. */
export type Restore = (params: Params, fitted: FittedData) => Step

const restores: ReadonlyMap<string, Restore> = new Map<string, Restore>([
  ['RandomForestClassifier', RandomForestClassifier.restore],
  ['RandomForestRegressor', RandomForestRegressor.restore],
  ['ExtraTreesClassifier', ExtraTreesClassifier.restore],
  ['ExtraTreesRegressor', ExtraTreesRegressor.restore],
  ['DecisionTreeClassifier', DecisionTreeClassifier.restore],
  ['DecisionTreeRegressor', DecisionTreeRegressor.restore],
  ['ExtraTreeClassifier', ExtraTreeClassifier.restore],
  ['ExtraTreeRegressor', ExtraTreeRegressor.restore],
  ['LogisticRegression', LogisticRegression.restore],
  ['StandardScaler', StandardScaler.restore],
  ['MeanMedianImputer', MeanMedianImputer.restore],
  ['CategoricalImputer', CategoricalImputer.restore],
  ['OneHotEncoder', OneHotEncoder.restore],
])

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

/**
 * The pipeline of a model file, ready to predict.
 *
 * @param json what `JSON.parse` gave; it may come from anywhere
 * @param more further kinds of steps, by class name
 * @throws LearnError `learn/bad-model` when it is no model file, of a later version, or damaged
 */
export function modelFromJSON(json: unknown, more: ReadonlyMap<string, Restore> = new Map()): Pipeline {
  const { format, version, steps } = (typeof json === 'object' && json !== null ? json : {}) as Partial<ModelFile>
  if (format !== 'fitwright-model') throw badModel('This is no model file: it lacks "format": "fitwright-model".')
  if (version !== 1) throw badModel(`The model file has version ${JSON.stringify(version)}; this program reads version 1.`)
  if (!Array.isArray(steps)) throw badModel('The model file has no list of steps.')
  return new Pipeline(
    steps.map((entry: Partial<ModelFile['steps'][number]> | null, i) => {
      const { name, type, params, fitted } = entry ?? {}
      if (typeof name !== 'string' || typeof type !== 'string' || typeof params !== 'object' || params === null) {
        throw badModel(`Step ${i + 1} of the model file lacks its name, type or parameters.`)
      }
      const restore = restores.get(type) ?? more.get(type)
      if (!restore) throw badModel(`Step ${i + 1} of the model file is a ${type}, which cannot be loaded.`)
      return { name, step: restore(paramsFrom(params), new FittedData(fitted, type)) }
    }),
  )
}

const badModel = (message: string) => new LearnError('learn/bad-model', 'ValueError', message)

/** Parameters as JSON; a float that is whole keeps its point as `{"float": 1}`, and one that JSON cannot write its name. */
export function plainParams(params: Params): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, plainValue(value)]))
}

function plainValue(value: ParamValue | Float | undefined): unknown {
  if (value instanceof FloatValue) return { float: Number.isFinite(value.value) ? value.value : String(value.value) }
  if (value instanceof Tuple) return { tuple: value.items.map(plainValue) }
  if (typeof value === 'number' && !Number.isFinite(value)) return { float: String(value) }
  if (Array.isArray(value)) return value.map(plainValue)
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'object' && value !== null)
    return 'kind' in value && 'name' in value ? String(value.name) : plainParams(value as Params)
  return value ?? null
}

const paramsFrom = (params: object): Params => Object.fromEntries(Object.entries(params).map(([name, value]) => [name, paramFrom(value)]))

function paramFrom(value: unknown): ParamValue {
  if (Array.isArray(value)) return value.map(paramFrom)
  if (typeof value !== 'object' || value === null) return value as ParamValue
  if ('float' in value) return typeof value.float === 'string' ? Number(value.float) : new FloatValue(Number(value.float))
  if ('tuple' in value && Array.isArray(value.tuple)) return new Tuple(value.tuple.map(paramFrom))
  return paramsFrom(value) as ParamValue
}

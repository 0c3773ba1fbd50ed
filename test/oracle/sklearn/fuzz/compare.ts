import type { Column, Table } from '../../../../src/data/index.ts'
import * as learn from '../../../../src/learn/index.ts'
import type { TargetSpec } from '../../../../src/targets/contract.ts'
import { registry } from '../../../../src/targets/index.ts'
import { type ConfigCase, compareConfig } from './compare-config.ts'

type Scalar = null | boolean | number | string
type Data = { rows: number; width: number; cells: Scalar[] } | { columns: [name: string, kind: string, cells: Scalar[]][] }

/** A line of fuzz.py: what went into the real library, and what came out. */
export interface FuzzCase {
  readonly target: string
  readonly seed: number
  readonly params: Record<string, unknown>
  readonly X: Data
  readonly y: Scalar[] | null
  readonly more?: Data | null
  readonly error?: { readonly type: string; readonly message: string }
  readonly expected?: Record<string, { readonly tolerance: number; readonly values: Scalar[]; readonly more?: Scalar[] }>
}

// biome-ignore lint/suspicious/noExplicitAny: fitted attributes are read by their names
type Model = any

const number = (cell: Scalar): number =>
  cell === null ? Number.NaN : cell === 'inf' ? Number.POSITIVE_INFINITY : cell === '-inf' ? Number.NEGATIVE_INFINITY : Number(cell)

function columnOf(name: string, kind: string, cells: Scalar[]): Column {
  if (kind !== 'text') return { name, type: kind as 'float', values: Float64Array.from(cells, number) }
  const categories = [...new Set(cells.filter(cell => cell !== null).map(String))]
  return { name, type: 'text', codes: Int32Array.from(cells, cell => (cell === null ? -1 : categories.indexOf(String(cell)))), categories }
}

function features(data: Data): learn.Features {
  if ('cells' in data) return { rows: data.rows, columns: data.width, data: Float64Array.from(data.cells, number) }
  const columns = data.columns.map(([name, kind, cells]) => columnOf(name, kind, cells))
  return { rows: data.columns[0][2].length, columns } as Table
}

const target = (y: Scalar[]): Column =>
  columnOf('y', typeof y[0] === 'string' && y[0] !== 'inf' && y[0] !== '-inf' ? 'text' : typeof y[0] === 'boolean' ? 'bool' : 'float', y)

function param(value: unknown): learn.ParamValue {
  if (Array.isArray(value)) return value.map(param)
  if (typeof value !== 'object' || value === null) return value as learn.ParamValue
  if ('float' in value) return learn.float(number(value.float as Scalar))
  if ('tuple' in value) return new learn.Tuple((value.tuple as unknown[]).map(param))
  const dict = Object.fromEntries((value as { dict: [unknown, unknown][] }).dict.map(([k, v]) => [String(param(k)), param(v)]))
  if (typeof dict._target_ !== 'string') return dict
  const { _target_, ...params } = dict
  return specOf(_target_).create(params, {}) as learn.ParamValue
}

function specOf(name: string): TargetSpec {
  const spec = registry.find(candidate => candidate.name === name)
  if (!spec) throw new Error(`${name} is not in the registry`)
  return spec
}

const nodeNames = ['feature', 'threshold', 'children_left', 'n_node_samples', 'missing_go_to_left', 'weighted_n_node_samples', 'value']

/** What the model says, as a flat list; the twin of `observe` in cases.py. */
function observe(model: Model, name: string, X: learn.Features): Scalar[] {
  switch (name) {
    case 'trees': {
      const trees: Model[] = [model.tree_ ?? model.estimators_].flat(2)
      return trees.flatMap(tree => nodeNames.flatMap(attribute => [...(tree.tree_ ?? tree)[attribute]]))
    }
    case 'impurity': {
      const trees: Model[] = [model.tree_ ?? model.estimators_].flat(2)
      return trees.flatMap(tree => [...(tree.tree_ ?? tree).impurity])
    }
    case 'predict':
      return model.kind === 'classifier' ? Array.from(model.predictIndex(X) as Int32Array, k => model.classes_[k]) : [...model.predict(X)]
    case 'predict_proba':
      return [...model.predictProba(X).data]
    case 'decision_function': {
      const scores = model.decisionFunction(X)
      return [...scores.data]
    }
    case 'transform':
      return cellsOf(model.transform(X))
    default:
      return flat(model[name])
  }
}

function cellsOf(result: learn.Features): Scalar[] {
  if (learn.isMatrix(result)) return [...result.data]
  return Array.from({ length: result.rows }, (_, i) =>
    result.columns.map(column =>
      column.type === 'text' ? (column.codes[i] < 0 ? null : column.categories[column.codes[i]]) : column.values[i],
    ),
  ).flat()
}

function flat(value: Model): Scalar[] {
  if (value === null || value === undefined || typeof value !== 'object') return [value ?? null]
  if (ArrayBuffer.isView(value)) return [...(value as Float64Array)]
  if (Array.isArray(value)) return value.flatMap(flat)
  return flat(value.data)
}

function same(ours: Scalar | undefined, theirs: Scalar, tolerance: number, scale: number): boolean {
  if (typeof theirs === 'string' && theirs !== 'inf' && theirs !== '-inf') return ours === theirs
  const b = number(theirs)
  const a = typeof ours === 'boolean' ? Number(ours) : typeof ours === 'number' ? ours : ours === null ? Number.NaN : Number(ours)
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true
  return tolerance > 0 && Math.abs(a - b) <= tolerance * Math.max(Math.abs(b), scale)
}

function difference(name: string, ours: Scalar[], theirs: Scalar[], tolerance: number): string | undefined {
  if (ours.length !== theirs.length) return `${name}: ${ours.length} values, there ${theirs.length}`
  // Sums cancel: a value is judged by the size of its neighbours too.
  const scale = tolerance > 0 ? Math.max(...theirs.map(value => Math.abs(number(value))).filter(Number.isFinite), 0) * 1e-3 : 0
  const at = theirs.findIndex((value, i) => !same(ours[i], value, tolerance, scale))
  return at < 0 ? undefined : `${name}[${at}] is ${ours[at]}, there ${theirs[at]}`
}

/** A refusal is an answer too, and whatever else is thrown a difference. */
function answer(model: Model, name: string, X: Data): Scalar[] {
  try {
    return observe(model, name, features(X))
  } catch (error) {
    return [error instanceof learn.LearnError ? `${error.type}: ${error.message.split('\n')[0]}` : String((error as Error).stack)]
  }
}

/** The estimator of a target with parameters as cases.py writes them. */
export const estimatorOf = (target: string, params: Record<string, unknown>): Model =>
  specOf(target).create(Object.fromEntries(Object.entries(params).map(([name, value]) => [name, param(value)])), {})

/** Fits the same case here. @returns what differs from the real library, or undefined */
export async function compareCase(one: FuzzCase | ConfigCase): Promise<string | undefined> {
  if ('config' in one) return compareConfig(one)
  let model: Model
  try {
    model = estimatorOf(one.target, one.params)
    const X = features(one.X)
    const y = one.y ? target(one.y) : undefined
    if (model.fitAsync) await model.fitAsync(X, y)
    else model.fit(X, y)
  } catch (error) {
    if (!(error instanceof learn.LearnError)) return `threw ${(error as Error).stack}`
    const first = error.message.split('\n')[0]
    if (!one.error) return `refused with ${error.type}: ${first}`
    return error.type === one.error.type && first === one.error.message
      ? undefined
      : `refused with ${error.type}: ${first}; there ${one.error.type}: ${one.error.message}`
  }
  if (one.error) return `fitted; there ${one.error.type}: ${one.error.message}`
  for (const [name, { tolerance, values, more }] of Object.entries(one.expected!)) {
    const found =
      difference(name, answer(model, name, one.X), values, tolerance) ??
      (more && difference(`${name} of new rows`, answer(model, name, one.more!), more, tolerance))
    if (found) return found
  }
  return undefined
}

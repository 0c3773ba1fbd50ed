import { readCsv, type Table } from '../../../../src/data/index.ts'
import * as learn from '../../../../src/learn/index.ts'
import { build, jsonNumber, kindOf, listening, shapeOf } from '../../../unit/learn/ask-ours.ts'

type Cell = null | boolean | number | string
interface Output {
  readonly kind: string
  readonly shape: readonly [number, number]
  readonly columns: readonly string[] | null
  readonly cells: readonly Cell[]
}
/** A line of fuzz.py about a whole config (frames.py). */
export interface ConfigCase {
  readonly config: string
  readonly train: string
  readonly test: string
  readonly kind: 'transformer' | 'model' | 'scores'
  readonly scoring?: string | null
  /** YAML: a number of folds, or a splitter. */
  readonly cv?: string
  readonly scores?: readonly Cell[]
  readonly tolerance: number
  readonly fit?: Output
  readonly transform?: Output
  readonly names?: readonly string[]
  readonly predict?: readonly Cell[]
  readonly predict_proba?: readonly Cell[]
  readonly decision_function?: readonly Cell[]
  readonly predict_log_proba?: readonly Cell[]
  readonly score?: readonly Cell[]
  readonly attributes?: Readonly<Record<string, readonly Cell[]>>
  /** All public attributes; of long ones every `stride`th value. */
  readonly everything?: Readonly<Record<string, { readonly values: readonly Cell[]; readonly stride: number }>>
  /** Tolerances of single names. */
  readonly loose?: Readonly<Record<string, number>>
  readonly error?: readonly [type: string, message: string]
  readonly warnings: readonly string[]
}

function part(text: string) {
  const table = readCsv(new TextEncoder().encode(text), { path: 'data.csv' })
  const y = table.columns.find(column => column.name === 'y')!
  return { X: { rows: table.rows, columns: table.columns.filter(column => column !== y) } as Table, y }
}

const sorted = (list: string) => list.split(', ').sort().join(', ')

/** What `{…}` lists is a set, and unknown categories of text come out of one: their order changes from process to process. */
const unordered = (line: string) =>
  line
    .replace(/\{([^{}]*)\}/g, (_, inside: string) => `{${sorted(inside)}}`)
    // The last digits of a loss are rounding.
    .replace(/(loss = \S{9})\S*\./, '$1.')
    .replace(/unknown categories \[([^\]]*)\]/, (_, inside: string) => `unknown categories [${sorted(inside)}]`)

/** @returns what differs from what the real libraries say of the same config and tables */
export async function compareConfig(one: ConfigCase): Promise<string | undefined> {
  const train = part(one.train)
  const later = part(one.test)
  const { control, said } = listening()
  let found: string | undefined
  try {
    // biome-ignore lint/suspicious/noExplicitAny: fitted attributes are read by their names
    const model = build(one.config, control) as any
    found =
      one.kind === 'scores'
        ? scored(one, train, control)
        : one.kind === 'transformer'
          ? transformed(model, one, train, later, control)
          : await predicted(model, one, train, later, control)
  } catch (error) {
    if (!(error instanceof learn.LearnError)) return `threw ${(error as Error).stack}`
    const first = unordered(error.message.split('\n')[0])
    // scikit-learn reads beyond the rows there.
    if (one.error?.[0] === 'ZeroDivisionError') return undefined
    // Where numpy fails inside scikit-learn, words that say what is wrong are better; a mapping counts as an array until numpy sees it.
    if (/^ufunc '|not 'dict'$/.test(one.error?.[1] ?? '')) return undefined
    if (!one.error && first.startsWith('Expected n_neighbors <= n_samples_fit')) return undefined
    if (!one.error) return `refused with ${error.type}: ${first}`
    // The text of a problem that the registry finds says no type.
    if (first !== unordered(one.error[1]) || (error.type && error.type !== one.error[0]))
      return `refused with ${error.type}: ${first}\n    there ${one.error.join(': ')}`
    return undefined
  }
  // Where numpy fails inside scikit-learn (an empty column where text was), an answer is better.
  if (one.error && /^ufunc '|^index -?\d+ is out of bounds|^division by zero/.test(one.error[1])) return undefined
  if (one.error) return `fitted; there ${one.error.join(': ')}`
  if (found) return found
  const ours = said()
    .filter(text => !text.startsWith('LinAlgWarning'))
    .map(unordered)
  const theirs = one.warnings.filter(text => !text.includes('Could not infer format')).map(unordered)
  return JSON.stringify(ours) === JSON.stringify(theirs) ? undefined : `warns ${JSON.stringify(ours)}\n    there ${JSON.stringify(theirs)}`
}

/** Each fold's score by cross-validation. */
function scored(one: ConfigCase, train: Part, control: learn.FitControl): string | undefined {
  const cv = /^\d+$/.test(one.cv!) ? Number(one.cv) : (build(one.cv!) as learn.Splitter)
  const how = { cv, ...(one.scoring ? { scoring: one.scoring } : {}), ...(control.onWarning ? { onWarning: control.onWarning } : {}) }
  const scores = learn.crossValScore(() => build(one.config) as learn.Predictor, train.X, train.y, how)
  return one.scores && difference([...scores], one.scores, one.tolerance, [])
}

type Part = ReturnType<typeof part>

function transformed(model: learn.Transformer, one: ConfigCase, train: Part, later: Part, control: learn.FitControl) {
  const fitted = learn.fitTransform(model, train.X, train.y, control)
  const fit = one.fit && output(fitted, one.fit, one.tolerance)
  const transform = output(model.transform(later.X, control), one.transform ?? one.fit!, one.tolerance, one.error !== undefined)
  const names = one.names && model.getFeatureNamesOut?.()
  if (fit) return `fit: ${fit}`
  if (names && JSON.stringify(names) !== JSON.stringify(one.names))
    return `names ${JSON.stringify(names)}\n    there ${JSON.stringify(one.names)}`
  return transform && `transform: ${transform}`
}

async function predicted(
  // biome-ignore lint/suspicious/noExplicitAny: fitted attributes are read by their names
  model: any,
  one: ConfigCase,
  train: Part,
  later: Part,
  control: learn.FitControl,
): Promise<string | undefined> {
  if (model.fitAsync) await model.fitAsync(train.X, train.y, control)
  else model.fit(train.X, train.y, control)
  const answers: Record<string, () => readonly Cell[]> = {
    predict: () =>
      model.kind === 'classifier'
        ? Array.from(model.predictIndex(later.X, control) as Int32Array, k => model.classes_[k])
        : [...(model.predict(later.X, control) as Float64Array)],
    predict_proba: () => [...model.predictProba(later.X).data],
    decision_function: () => {
      const last = model instanceof learn.Pipeline ? model.predictor : model
      return [...last.decisionFunction(model instanceof learn.Pipeline ? model.transform(later.X) : later.X).data]
    },
    predict_log_proba: () => [...learn.predictLogProba(model, later.X)!.data],
    score: () => [learn.score(model, later.X, later.y, control.onWarning)],
  }
  const predictions = answers.predict()
  if (one.error) return undefined
  const last = model instanceof learn.Pipeline ? model.predictor : model
  for (const [name, values] of Object.entries(one.attributes ?? {})) {
    const own = last[name]
    if (own === undefined) return `${name} is not there`
    const flat =
      typeof own === 'number' || typeof own === 'boolean'
        ? [Number(own)]
        : [...own].flatMap(item => (typeof item === 'number' ? [item] : [...item]))
    // Without an intercept some models of scikit-learn keep one 0 for all outputs.
    const wanted = name === 'intercept_' && values.length === 1 && values[0] === 0 ? flat.map(() => 0) : values
    // An intercept is judged on the scale of the coefficients, a duality gap on that of the loss.
    const found = difference(flat, wanted, one.tolerance, name === 'dual_gap_' ? [1] : [...wanted, ...(one.attributes!.coef_ ?? [])])
    if (found) return `${name}${found}`
  }
  for (const [name, { values, stride }] of Object.entries(one.everything ?? {})) {
    const found = told(last, name, values, stride, one)
    if (found) return found
  }
  for (const name of ['predict', 'predict_proba', 'decision_function', 'predict_log_proba', 'score'] as const) {
    const values = one[name]
    const found =
      values && difference(name === 'predict' ? predictions : answers[name](), values, one.loose?.[name] ?? one.tolerance, values)
    if (found) return `${name}${found}`
  }
  return undefined
}

const ofNodes = [
  'feature',
  'threshold',
  'children_left',
  'n_node_samples',
  'missing_go_to_left',
  'weighted_n_node_samples',
  'value',
  'impurity',
]

/** What the model says of itself under a name. */
// biome-ignore lint/suspicious/noExplicitAny: fitted attributes are read by their names
function told(model: any, name: string, values: readonly Cell[], stride: number, one: ConfigCase): string | undefined {
  // biome-ignore lint/suspicious/noExplicitAny: a tree by the names of its arrays
  const trees: any[] = ofNodes.includes(name) ? [model.tree_ ?? model.estimators_].flat(2).map(tree => tree.tree_ ?? tree) : []
  const own = trees.length ? trees.map(tree => tree[name]) : model[name]
  if (own === undefined) return `${name} is not there`
  const all = name === 'estimator_' ? [own.name] : flat(own)
  const ours = all.filter((_, i) => i % stride === 0)
  const wanted = name === 'intercept_' && values.length === 1 && values[0] === 0 ? ours.map(() => 0) : values
  const near = one.everything!.coef_?.values ?? []
  const found = difference(
    ours,
    wanted,
    one.loose?.[name] ?? one.tolerance,
    name === 'dual_gap_' ? [1] : [...wanted, ...(name === 'intercept_' ? near : [])],
  )
  return found && `${name}${found}`
}

// biome-ignore lint/suspicious/noExplicitAny: numbers, lists of them, matrices
function flat(value: any): Cell[] {
  if (value === null || typeof value !== 'object') return [value]
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return Array.from(value as ArrayLike<unknown>).flatMap(flat)
  return flat(value.data)
}

function output(ours: learn.Features, theirs: Output, tolerance: number, shapeOnly = false): string | undefined {
  if (shapeOnly) return undefined
  if (`${shapeOf(ours)}` !== `${theirs.shape}`) return `shape ${shapeOf(ours)}, there ${theirs.shape}`
  // A slice of an array of rows is added up as such an array.
  const kind = theirs.kind === 'strided' ? 'C' : theirs.kind
  if (kindOf(ours) !== kind && !(theirs.kind === 'strided' && kindOf(ours) === 'both')) return `${kindOf(ours)}, there ${theirs.kind}`
  const names = learn.isMatrix(ours) ? [] : ours.columns.map(column => column.name)
  if (theirs.columns && JSON.stringify(names) !== JSON.stringify(theirs.columns)) return `columns ${names}\n    there ${theirs.columns}`
  const text = !learn.isMatrix(ours) && ours.columns.some(column => column.type === 'text')
  const cells = cellsOf(ours)
  const width = theirs.shape[1]
  const scales = Array.from({ length: width }, (_, j) => theirs.cells.filter((_, k) => k % width === j))
  for (let k = 0; k < theirs.cells.length; k++) {
    const found = text
      ? textual(cells[k]) === textual(theirs.cells[k])
        ? undefined
        : `: ${cells[k]}, there ${theirs.cells[k]}`
      : difference([cells[k]], [theirs.cells[k]], tolerance, tolerance ? scales[k % width] : [])
    if (found) return `[${Math.floor(k / width)}, ${k % width}] ${found}`
  }
  return undefined
}

/** numpy holds numbers and text side by side; here a column with text is all text. */
function textual(cell: Cell): Cell {
  if (cell === null || (typeof cell === 'number' && Number.isNaN(cell))) return null
  if (cell === 'inf' || cell === '-inf') return cell
  if (cell === Number.POSITIVE_INFINITY || cell === Number.NEGATIVE_INFINITY) return cell > 0 ? 'inf' : '-inf'
  const text = typeof cell === 'boolean' ? (cell ? 'True' : 'False') : String(cell)
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}

function cellsOf(X: learn.Features): Cell[] {
  if (learn.isMatrix(X)) return [...X.data]
  return Array.from({ length: X.rows }, (_, i) =>
    X.columns.map(column => {
      if (column.type === 'text') return column.codes[i] < 0 ? null : column.categories[column.codes[i]]
      return column.type === 'bool' ? (Number.isNaN(column.values[i]) ? null : column.values[i] === 1) : column.values[i]
    }),
  ).flat()
}

const plain = (cell: Cell): Cell => {
  const told = typeof cell === 'number' ? jsonNumber(cell) : cell
  return told === 'nan' || told === null ? null : told
}

function difference(ours: readonly Cell[], theirs: readonly Cell[], tolerance: number, scaled: readonly Cell[]): string | undefined {
  if (ours.length !== theirs.length) return `: ${ours.length} values, there ${theirs.length}`
  // What a solver leaves of a coefficient that is 0 is judged by its own tolerance.
  const scale = tolerance
    ? Math.max(tolerance > 1e-6 ? 1e-3 : 0, ...scaled.map(value => Math.abs(Number(value))).filter(Number.isFinite))
    : 0
  const at = theirs.findIndex((value, i) => {
    const a = plain(ours[i])
    const b = plain(value)
    if (a === b || Number(a) === Number(b)) return false
    return !(typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b), scale))
  })
  return at < 0 ? undefined : `[${at}] is ${ours[at]}, there ${theirs[at]}`
}

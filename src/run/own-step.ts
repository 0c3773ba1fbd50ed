import type { Column, Table } from '../data/index.ts'
import {
  type Cell,
  encodeLabels,
  type Features,
  type FitControl,
  isMatrix,
  type Label,
  type Matrix,
  matrix,
  type OwnClassifier,
  type OwnContext,
  type OwnPart,
  type OwnTransformer,
  type Params,
  type Pipeline,
  type Step,
  type Target,
  type Transformer,
  target,
  targetValues,
} from '../learn/index.ts'
import { within } from './own-error.ts'

/** Whether an object of the project's own is a part of a pipeline: it has `fit`, `transform` or `predict`, and is none of the library's steps. */
export function isOwnPart(value: unknown): value is OwnPart {
  if (typeof value !== 'object' || value === null || isLibraryStep(value)) return false
  const methods = value as Record<string, unknown>
  return ['transform', 'predict'].some(name => typeof methods[name] === 'function')
}

/** Steps of the library say what they are and predict indices of classes. */
function isLibraryStep(value: object): boolean {
  const { kind, predictIndex, params } = value as { readonly kind?: string; readonly predictIndex?: unknown; readonly params?: unknown }
  return (
    kind === 'transformer' ||
    (kind === 'classifier' && typeof predictIndex === 'function') ||
    (kind === 'regressor' && params !== undefined)
  )
}

/**
 * A part of the project's own as a step of a pipeline.
 *
 * @param name of its target: `main.my_model`
 */
export function ownStep(part: OwnPart, name: string, params: Params): Step {
  // Which of the two contracts a model fills is settled when the target is known.
  return 'transform' in part ? new OwnTransformerStep(part, name, params) : (new OwnPredictorStep(part, name, params) as unknown as Step)
}

/** Now that the target is known: own models that do not say so are classifiers for labels, regressors for numbers. */
export function settled(pipeline: Pipeline, y: Target): Pipeline {
  const predictor: unknown = pipeline.predictor
  if (predictor instanceof OwnPredictorStep) predictor.settle(y)
  return pipeline
}

/** Whether a step is of the project's own: what it does may differ from call to call. */
export const isOwnStep = (step: unknown): boolean => step instanceof OwnTransformerStep || step instanceof OwnPredictorStep

class OwnTransformerStep implements Transformer {
  readonly kind = 'transformer'

  constructor(
    private readonly part: OwnTransformer,
    readonly name: string,
    readonly params: Params,
  ) {}

  fit(X: Features, y?: Target, control?: FitControl): this {
    within(this.name, () => atHand(this.part.fit?.(cellsOf(X), y ? labelsOf(y) : [], contextOf(X, control)), `${this.name}.fit`))
    return this
  }

  transform(X: Features, control?: FitControl): Features {
    return within(this.name, () => {
      const made = this.part.transform(cellsOf(X), contextOf(X, control))
      return featuresFrom(made, X.rows, this.name, width => this.namesOut(X, width))
    })
  }

  private namesOut(X: Features, width: number): readonly string[] {
    const before = namesOf(X)
    const { getFeatureNamesOut, get_feature_names_out: inPython } = this.part as OwnTransformer & PythonNames
    const named = (getFeatureNamesOut ?? inPython)?.call(this.part, before)
    if (named && named.length !== width)
      throw new TypeError(`${this.name}.getFeatureNamesOut named ${named.length} columns, transform made ${width}`)
    return named ?? (before.length === width ? before : Array.from({ length: width }, (_, j) => `x${j}`))
  }
}

class OwnPredictorStep {
  kind: 'classifier' | 'regressor'
  classes_: readonly Label[] = []
  private readonly saysKind: boolean

  constructor(
    private readonly part: Exclude<OwnPart, OwnTransformer>,
    readonly name: string,
    readonly params: Params,
  ) {
    const { kind } = part as OwnClassifier & { readonly kind?: string }
    const predictProba = probabilitiesOf(part)
    if (kind !== undefined && kind !== 'classifier' && kind !== 'regressor')
      throw new TypeError(`${name}: kind must be 'classifier' or 'regressor'`)
    if (typeof part.fit !== 'function') throw new TypeError(`${name} has predict but no fit`)
    this.saysKind = kind !== undefined || predictProba !== undefined
    this.kind = kind ?? 'classifier'
  }

  settle(y: Target): void {
    if (!this.saysKind) this.kind = isLabels(y) ? 'classifier' : 'regressor'
  }

  fit(X: Features, y: Target, control?: FitControl): this {
    within(this.name, () => atHand(this.fitPart(X, y, control), `${this.name}.fit`))
    return this
  }

  async fitAsync(X: Features, y: Target, control?: FitControl): Promise<this> {
    await orAborted(
      within(this.name, () => this.fitPart(X, y, control)),
      control?.signal,
    )
    return this
  }

  private fitPart(X: Features, y: Target, control?: FitControl): unknown {
    if (this.kind === 'regressor') return this.part.fit(cellsOf(X), Array.from(targetValues(y)), contextOf(X, control))
    this.classes_ = encodeLabels(y).classes
    const classifier = this.part as OwnClassifier
    return classifier.fit(cellsOf(X), labelsOf(y), this.context(X, control))
  }

  private context(X: Features, control?: FitControl): OwnContext {
    return { ...contextOf(X, control), ...(this.kind === 'classifier' ? { classes: this.classes_ } : {}) }
  }

  private predictions(X: Features): ArrayLike<Label> {
    const made = this.part.predict(cellsOf(X), this.context(X))
    requireRows(made, X.rows, `${this.name}.predict`)
    return made
  }

  predict(X: Features): Float64Array {
    return within(this.name, () =>
      Float64Array.from(this.predictions(X), value => {
        if (typeof value === 'number' && Number.isFinite(value)) return value
        throw new TypeError(
          `${this.name}.predict returned ${shown(value)}, which is no ${typeof value === 'number' ? 'finite number' : 'number'}`,
        )
      }),
    )
  }

  predictIndex(X: Features): Int32Array {
    const place = new Map(this.classes_.map((label, k) => [label, k]))
    return within(this.name, () =>
      Int32Array.from(this.predictions(X) as ArrayLike<never>, (label: Label) => {
        const k = place.get(label)
        if (k !== undefined) return k
        throw new TypeError(`${this.name}.predict returned ${shown(label)}, which is no label of the training data`)
      }),
    )
  }

  predictProba(X: Features): Matrix | undefined {
    const predictProba = probabilitiesOf(this.part)
    return predictProba && within(this.name, () => this.probabilities(X, predictProba))
  }

  private probabilities(X: Features, predictProba: NonNullable<OwnClassifier['predictProba']>): Matrix {
    const made = predictProba.call(this.part, cellsOf(X), this.context(X))
    requireRows(made, X.rows, `${this.name}.predictProba`)
    const columns = this.classes_.length
    const data = new Float64Array(X.rows * columns)
    Array.from(made).forEach((row, i) => {
      requireRows(row, columns, `A row of ${this.name}.predictProba`)
      for (let k = 0; k < columns; k++) {
        const value: unknown = row[k]
        if (typeof value !== 'number' || Number.isNaN(value))
          throw new TypeError(`${this.name}.predictProba returned ${shown(value)} in row ${i + 1}, which is no probability`)
        data[i * columns + k] = value
      }
    })
    return { rows: X.rows, columns, data }
  }
}

/** Distinct values up to which whole numbers are taken for labels. */
const mostLabels = 20

function isLabels(y: Target): boolean {
  if (y.type === 'text' || y.type === 'bool') return true
  return y.values.every(Number.isInteger) && new Set(y.values).size <= mostLabels
}

/** Python's spelling of methods, which is taken as well. */
interface PythonNames {
  readonly predict_proba?: OwnClassifier['predictProba']
  readonly get_feature_names_out?: OwnTransformer['getFeatureNamesOut']
}

const probabilitiesOf = (part: object): OwnClassifier['predictProba'] => {
  const { predictProba, predict_proba } = part as OwnClassifier & PythonNames
  return predictProba ?? predict_proba
}

/** A value as an error shows it: JSON has no NaN and no undefined. */
const shown = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : String(value))

/** What a method returned; only the `fit` of a model is waited for. @throws TypeError for a promise */
function atHand<T>(made: T, what: string): T {
  if (typeof (made as { readonly then?: unknown } | null | undefined)?.then !== 'function') return made
  // Nobody waits for it: what it may still throw is not this error.
  if (made instanceof Promise) made.catch(() => undefined)
  throw new TypeError(`${what} is asynchronous; here it must not be`)
}

/** A promise that ends no later than the job is cancelled. */
async function orAborted<T>(made: T | Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal || !(made instanceof Promise)) return made
  let forget = () => {}
  const aborted = new Promise<never>((_, reject) => {
    const stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop)
    forget = () => signal.removeEventListener('abort', stop)
  })
  signal.throwIfAborted()
  return Promise.race([made, aborted]).finally(forget)
}

function requireRows(value: unknown, rows: number, what: string): void {
  const made = atHand(value, what)
  const length = (made as { readonly length?: unknown } | null | undefined)?.length
  if (typeof length !== 'number') throw new TypeError(`${what} returned no array`)
  if (length !== rows) throw new TypeError(`${what} returned ${length} values, expected ${rows}`)
}

const contextOf = (X: Features, control?: FitControl): OwnContext => ({
  columns: namesOf(X),
  ...(control?.signal ? { signal: control.signal } : {}),
  ...(control?.onProgress ? { onProgress: control.onProgress } : {}),
})

const namesOf = (X: Features): readonly string[] =>
  isMatrix(X) ? (X.names ?? Array.from({ length: X.columns }, (_, j) => `x${j}`)) : X.columns.map(({ name }) => name)

function cellsOf(X: Features): Cell[][] {
  if (isMatrix(X)) {
    return Array.from({ length: X.rows }, (_, i) => Array.from(X.data.subarray(i * X.columns, (i + 1) * X.columns)))
  }
  return Array.from({ length: X.rows }, (_, i) => X.columns.map(column => cellOf(column, i)))
}

function cellOf(column: Column, row: number): Cell {
  if (column.type === 'text') return column.codes[row] < 0 ? null : column.categories[column.codes[row]]
  return column.type === 'bool' ? column.values[row] === 1 : column.values[row]
}

const labelsOf = (y: Target): Label[] =>
  Array.from({ length: (y.type === 'text' ? y.codes : y.values).length }, (_, i) => cellOf(y, i) as Label)

function featuresFrom(made: unknown, rows: number, name: string, names: (width: number) => readonly string[]): Features {
  if (isFeatures(made)) {
    if (made.rows !== rows) throw new TypeError(`${name}.transform returned ${made.rows} rows, expected ${rows}`)
    return made
  }
  requireRows(made, rows, `${name}.transform`)
  const cells = Array.from(made as ArrayLike<ArrayLike<Cell>>, row => Array.from(row))
  const width = cells[0]?.length ?? 0
  const odd = cells.findIndex(row => row.length !== width)
  if (odd >= 0) throw new TypeError(`${name}.transform returned ${cells[odd].length} cells in row ${odd + 1}, ${width} before`)
  const isNumber = (cell: Cell) => typeof cell === 'number'
  if (cells.every(row => row.every(isNumber))) return matrix(cells as number[][], names(width))
  return tableOf(cells, names(width))
}

const isFeatures = (made: unknown): made is Features =>
  typeof made === 'object' && made !== null && 'rows' in made && typeof made.rows === 'number' && ('data' in made || 'columns' in made)

/** Columns of text, numbers and booleans. */
function tableOf(rows: readonly (readonly Cell[])[], names: readonly string[]): Table {
  const columnAt = (name: string, j: number): Column => {
    const cells = rows.map(row => row[j])
    if (cells.every(cell => typeof cell === 'boolean' || typeof cell === 'number')) return target(cells, name)
    const known = target(
      cells.map(cell => (cell == null ? '' : String(cell))),
      name,
    ) as Column & { type: 'text' }
    return { ...known, codes: known.codes.map((code, i) => (cells[i] == null ? -1 : code)) }
  }
  return { rows: rows.length, columns: names.map(columnAt) }
}

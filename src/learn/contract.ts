import type { Column, Table } from '../data/table.ts'

/** A whole number that is meant as a float: Python's `1.0`. Plain integral numbers mean ints: `min_samples_split: 1.0` is not `1`. */
export class Float {
  constructor(readonly value: number) {}
}
export const float = (value: number): Float => new Float(value)

/** Python's tuple where scikit-learn refuses a list. */
export class Tuple {
  constructor(readonly items: readonly ParamValue[]) {}
}

/** A function of the libraries that is handed over, not called: `f_classif`, `make_column_selector(pattern='^a')`, `slice(0, 2)`. */
export class Callable {
  constructor(
    readonly name: string,
    readonly args: Params = {},
  ) {}
}

/** A parameter's value as it comes from YAML, a trial or TypeScript code. Non-integral numbers are floats, integral ones ints. */
export type ParamValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Float
  | Tuple
  | Callable
  | readonly ParamValue[]
  | { readonly [key: string]: ParamValue }
  | Step

export type Params = Readonly<Record<string, ParamValue | undefined>>

/** Row-major matrix: numpy's 2-d array. `names` are the names that its columns have on screen; only a table is selected from by name. */
export interface Matrix {
  readonly rows: number
  readonly columns: number
  readonly data: Float64Array
  readonly names?: readonly string[]
  /** The order in which numpy would hold it, `C` unless said: it decides in which order sums are added. The data here is always row-major. */
  readonly order?: 'C' | 'F'
  /** Where scikit-learn would have a sparse matrix: some refuse it, some take another way. The data here is always dense. */
  readonly sparse?: true
  /** int64 or bool where they were kept: how categories are named depends on it. */
  readonly dtype?: 'int' | 'bool'
}

/** numpy's array of objects: like a table, but its columns have no names to select by. */
export interface ObjectArray extends Table {
  readonly isArray: true
}

/** What flows through a pipeline: a table until something needs numbers only. */
export type Features = Table | ObjectArray | Matrix
export const isMatrix = (features: Features): features is Matrix => 'data' in features

/** Labels or values to learn; a column keeps its type so that predictions print as they were read. */
export type Target = Column

/** A fit that is under way, after so many of its trees or stages. */
export interface FitStage {
  readonly done: number
  readonly total: number
  /** The model as it would be if the fit ended here. Asked about the same features at each stage, it adds only what has come since. */
  readonly model: Predictor
}

/** Cooperation during long fits: progress, cancellation, letting others run. */
export interface FitControl {
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, total: number, unit: string) => void
  /** A warning as scikit-learn would print it: `ConvergenceWarning: lbfgs failed to converge …`. */
  readonly onWarning?: (category: string, message: string) => void
  /**
   * Hears of the stages of `fitAsync`: forests tell every ten trees, boosting each stage, other models nothing. What it throws ends the fit.
   * The fitted model does not depend on it.
   */
  readonly onStage?: (stage: FitStage) => void | Promise<void>
}

interface Fitted {
  /** The class name, as in `sklearn`: `LogisticRegression`. */
  readonly name: string
  /** Its name in model files, where the class name alone has two owners. */
  readonly type?: string
  /** All parameters with their values, as `get_params()`. */
  readonly params: Params
  /** Fitted attributes under scikit-learn's names as plain JSON data (numbers, strings, arrays, objects), for model.json; undefined before fit. */
  toJSON?(): unknown
}

export interface Transformer extends Fitted {
  readonly kind: 'transformer'
  fit(X: Features, y?: Target, control?: FitControl): this
  transform(X: Features, control?: FitControl): Features
  /** Where fitting and transforming at once rounds otherwise than one after the other. */
  fitTransform?(X: Features, y?: Target, control?: FitControl): Features
  /** Names of the columns that `transform` makes; `inputFeatures` where it was fitted without names. */
  getFeatureNamesOut?(inputFeatures?: readonly string[]): readonly string[]
}

export interface Classifier extends Fitted {
  readonly kind: 'classifier'
  fit(X: Features, y: Target, control?: FitControl): this
  /** For fits that take long or run elsewhere; pipelines and jobs use it when it is there. */
  fitAsync?(X: Features, y: Target, control?: FitControl): Promise<this>
  /** Sorted unique labels as text-able values (`0`, `1`, `"Adelie"`). */
  readonly classes_: readonly (number | string | boolean)[]
  /** Index into `classes_` per row. */
  predictIndex(X: Features): Int32Array
  /** [rows, classes]; absent where scikit-learn has none. */
  predictProba?(X: Features): Matrix
  /** Where it is not the logarithm of `predictProba`: see `predictLogProba`. */
  predictLogProba?(X: Features): Matrix
  decisionFunction?(X: Features): Matrix
}

export interface Regressor extends Fitted {
  readonly kind: 'regressor'
  fit(X: Features, y: Target, control?: FitControl): this
  fitAsync?(X: Features, y: Target, control?: FitControl): Promise<this>
  predict(X: Features): Float64Array
}

export type Predictor = Classifier | Regressor
export type Step = Transformer | Predictor

/**
 * Something scikit-learn would refuse. `run/` turns it into a problem at the config line of `parameter`.
 * `type` is Python's exception (`ValueError`, `InvalidParameterError`, `TypeError`); `message` its text.
 */
export class LearnError extends Error {
  /** The innermost of the steps in which it was thrown, once a step that holds others has seen it. */
  step?: Step

  constructor(
    /** `learn/invalid-parameter`, `learn/missing-values`, `learn/one-class`, `learn/not-numeric`, `learn/no-categorical`, … */
    readonly code: string,
    readonly type: string,
    message: string,
    readonly details: {
      readonly parameter?: string
      readonly column?: string /** 0-based data row */
      readonly row?: number
      readonly hint?: string
    } = {},
  ) {
    super(message)
    this.name = 'LearnError'
  }
}

import type { Features } from './contract.ts'

/** A cell as a part of the project's own sees it: NaN is a missing number, null a missing text. */
export type Cell = number | string | boolean | null

/** What a label or a value of the target is. */
export type OwnLabel = number | string | boolean

/** What beside rows a part of the project's own is told. */
export interface OwnContext {
  /** Names of the columns, where they are known. */
  readonly columns: readonly string[]
  /** A classifier's labels, sorted: the columns of its probabilities. */
  readonly classes?: readonly OwnLabel[]
  /** Aborted when the run is cancelled; worth looking at in a long fit. */
  readonly signal?: AbortSignal
  /** Shown as progress: `onProgress(3, 10, 'epochs')`. */
  readonly onProgress?: (done: number, total: number, unit: string) => void
}

/** An object with `transform`, as an export of the project's `main.mjs` returns it. */
export interface OwnTransformer {
  fit?(X: Cell[][], y: OwnLabel[], context: OwnContext): unknown
  /** @returns as many rows; a table or matrix of this library may be returned as it is */
  transform(X: Cell[][], context: OwnContext): readonly (readonly Cell[])[] | Features
  /** Names of the columns that `transform` makes. */
  getFeatureNamesOut?(columns: readonly string[]): readonly string[]
}

/** An object with `fit` and `predict` that tells classes apart. */
export interface OwnClassifier {
  readonly kind?: 'classifier'
  /** May return a promise, which is waited for; nothing else here may. */
  fit(X: Cell[][], y: OwnLabel[], context: OwnContext): unknown
  /** @returns a label per row */
  predict(X: Cell[][], context: OwnContext): ArrayLike<OwnLabel>
  /** @returns per row the probability of each of `context.classes` */
  predictProba?(X: Cell[][], context: OwnContext): readonly ArrayLike<number>[]
}

/** An object with `fit` and `predict` that predicts numbers. */
export interface OwnRegressor {
  readonly kind?: 'regressor'
  fit(X: Cell[][], y: number[], context: OwnContext): unknown
  /** @returns a number per row */
  predict(X: Cell[][], context: OwnContext): ArrayLike<number>
}

export type OwnPart = OwnTransformer | OwnClassifier | OwnRegressor

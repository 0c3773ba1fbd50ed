import { type Features, type FitControl, LearnError, type Matrix, type Params } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { inputColumns, requireSameNames } from '../input-columns.ts'
import { NearRows, pointsAtOnce } from '../kernels/near-kernel.ts'
import { requireColumns, toMatrix } from '../matrix.ts'
import { typeError } from '../not-built-in.ts'
import { aDict, anInt, anyInt, anyText, aReal, none, numeric, oneOf } from '../parameters.ts'
import { type ChosenMetric, chosenMetric } from './chosen-metric.ts'
import { type Distance, squaredBelow } from './distance.ts'
import { NeighborHeap } from './neighbor-heap.ts'
import { SpaceTree } from './space-tree.ts'

export const neighborParameters = {
  n_neighbors: { default: 5, accepts: [anInt(1), none] },
  weights: { default: 'uniform', accepts: [oneOf('uniform', 'distance'), none] },
  algorithm: { default: 'auto', accepts: [oneOf('auto', 'ball_tree', 'kd_tree', 'brute')] },
  leaf_size: { default: 30, accepts: [anInt(1)] },
  p: { default: 2, accepts: [aReal(0, Number.POSITIVE_INFINITY, 'right'), none] },
  metric: { default: 'minkowski', accepts: [anyText] },
  metric_params: { default: null, accepts: [aDict, none] },
  n_jobs: { default: null, accepts: [anyInt, none] },
} as const

/** Nearest rows of the training data, per row, with their weights. */
export interface Neighbors {
  readonly k: number
  /** [rows * k] */
  readonly indices: Int32Array
  /** [rows * k] */
  readonly weights: Float64Array
}

/** Cells that are compared, below which a filter is not worth its start. */
const fewCells = 500_000
/** Bytes of training rows that stay in the first cache meanwhile. */
const nearBytes = 2 ** 15

/** What the classifier and the regressor of nearest neighbours share. Source: scikit-learn 1.9. */
export abstract class KNeighbors {
  abstract readonly name: string
  abstract readonly params: Params
  n_features_in_ = 0
  feature_names_in_?: readonly string[]
  n_samples_fit_ = 0
  private trained: Matrix = { rows: 0, columns: 0, data: new Float64Array(0) }
  private chosen?: ChosenMetric
  private tree?: SpaceTree
  /** Made when it pays; null where it cannot be made. */
  private nearRows: NearRows | null | undefined

  protected fitRows(features: Features, X: Matrix, control?: FitControl): void {
    const seen = inputColumns(features)
    this.n_features_in_ = seen.n_features_in_
    if (seen.feature_names_in_) this.feature_names_in_ = seen.feature_names_in_
    this.keep(X, control)
  }

  private keep(X: Matrix, control?: FitControl): void {
    this.chosen = chosenMetric(this.name, this.params, X, control?.onWarning)
    this.trained = X
    this.n_samples_fit_ = X.rows
    this.nearRows = undefined
    const { method, distance } = this.chosen
    if (method === 'brute') delete this.tree
    else this.tree = new SpaceTree(X, distance, method, numeric(this.params.leaf_size!))
  }

  /** The distance under its own name, where Minkowski's is one that has one. */
  get effective_metric_(): string | undefined {
    return this.chosen?.effective_metric_
  }

  get effective_metric_params_(): Params | undefined {
    return this.chosen?.effective_metric_params_
  }

  /** @throws LearnError when there are fewer rows than neighbours asked for */
  protected neighbors(features: Features, control?: FitControl): Neighbors {
    requireSameNames(features, this, this.name, control)
    const X = toMatrix(features, this.name)
    requireColumns(X, this.n_features_in_, this.name)
    const { n_neighbors } = this.params
    if (n_neighbors === null) throw typeError("'>' not supported between instances of 'NoneType' and 'int'", 'n_neighbors')
    const k = numeric(n_neighbors!)
    if (k > this.n_samples_fit_) {
      throw new LearnError(
        'learn/too-few-rows',
        'ValueError',
        `Expected n_neighbors <= n_samples_fit, but n_neighbors = ${k}, n_samples_fit = ${this.n_samples_fit_}, n_samples = ${X.rows}`,
        { parameter: 'n_neighbors' },
      )
    }
    const heaps = Array.from({ length: Math.min(X.rows, pointsAtOnce) }, () => new NeighborHeap(k))
    const { distance } = this.chosen!
    const indices = new Int32Array(X.rows * k)
    const weights = new Float64Array(X.rows * k).fill(1)
    const byDistance = this.params.weights === 'distance'
    for (let from = 0; from < X.rows; from += heaps.length) {
      const block = heaps.slice(0, X.rows - from)
      for (const heap of block) heap.clear()
      this.search(X, from, block, distance)
      for (const [b, heap] of block.entries()) {
        const nearest = heap.sorted()
        indices.set(nearest.indices, (from + b) * k)
        if (byDistance) weights.set(inverse(nearest.distances.map(distance.fromReduced)), (from + b) * k)
      }
    }
    return { k, indices, weights }
  }

  /** Neighbours of the rows from `from` on, one per heap. */
  private search(X: Matrix, from: number, heaps: readonly NeighborHeap[], distance: Distance): void {
    if (this.tree) {
      for (const [b, heap] of heaps.entries()) this.tree.query(X.data, (from + b) * X.columns, heap)
      return
    }
    if (distance.p === 2 && this.searchNear(X, from, heaps)) return
    const { rows, columns, data } = this.trained
    // Each heap sees the rows in order; those that are in the first cache are compared with all rows of the block.
    const near = Math.max(16, Math.floor(nearBytes / (8 * columns)))
    for (let start = 0; start < rows; start += near) {
      const end = Math.min(rows, start + near)
      for (let b = 0; b < heaps.length; b++) {
        const heap = heaps[b]
        const at = (from + b) * columns
        if (distance.p === 2) {
          const row = X.data.subarray(at, at + columns)
          let { largest } = heap
          for (let r = start, own = start * columns; r < end; r++, own += columns) {
            const squared = squaredBelow(row, data, own, largest)
            if (squared >= largest) continue
            heap.push(squared, r)
            largest = heap.largest
          }
        } else for (let r = start; r < end; r++) heap.push(distance.reduced(X.data, at, data, r * columns, columns), r)
      }
    }
  }

  /** As `search` by Euclidean distance: rows that are surely too far are left out by single precision. @returns whether it was done */
  private searchNear(X: Matrix, from: number, heaps: readonly NeighborHeap[]): boolean {
    const { rows, columns, data } = this.trained
    if (X.rows * rows * columns < fewCells) return false
    this.nearRows ??= NearRows.of(this.trained) ?? null
    const { nearRows } = this
    if (!nearRows?.take(X, from, heaps.length)) return false
    const points = heaps.map((_, b) => X.data.subarray((from + b) * columns, (from + b + 1) * columns))
    // The first rows show how near is near.
    const first = Math.min(rows, 4 * heaps[0].size + 16)
    for (const [b, heap] of heaps.entries())
      for (let r = 0; r < first; r++) heap.push(squaredBelow(points[b], data, r * columns, heap.largest), r)
    for (let tile = 0, start = 0; start < rows; tile++, start += nearRows.tile) {
      nearRows.compare(tile, b => heaps[b].largest)
      for (let b = 0; b < heaps.length; b++) {
        const heap = heaps[b]
        let { largest } = heap
        const places = nearRows.within(b)
        for (let k = 0; k < places.length; k++) {
          const r = start + places[k]
          if (r < first) continue
          if (r >= rows) break
          const squared = squaredBelow(points[b], data, r * columns, largest)
          if (squared >= largest) continue
          heap.push(squared, r)
          largest = heap.largest
        }
      }
    }
    return true
  }

  protected rowsJSON() {
    const { rows, columns, data } = this.trained
    return { rows, columns, fit_X: [...data], n_features_in_: this.n_features_in_, feature_names_in_: this.feature_names_in_ }
  }

  protected restoreRows(fitted: FittedData): this {
    const rows = fitted.int('rows', 1, 2 ** 31 - 1)
    const columns = fitted.int('columns', 1, 2 ** 31 - 1)
    this.n_features_in_ = columns
    const names = fitted.names('feature_names_in_')
    if (names) this.feature_names_in_ = names
    this.keep({ rows, columns, data: fitted.numbers('fit_X', rows * columns) })
    return this
  }
}

/** 1 / distance; where there are rows at distance 0, only they count. */
function inverse(distances: Float64Array): Float64Array {
  if (distances.includes(0)) return distances.map(value => (value === 0 ? 1 : 0))
  return distances.map(value => 1 / value)
}

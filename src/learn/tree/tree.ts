import type { Matrix } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { allFiniteInFloat32 } from '../matrix.ts'

/** A fitted decision tree in scikit-learn's arrays; nodes in preorder, -1 for no child. */
export interface Tree {
  readonly feature: Int32Array
  readonly threshold: Float64Array
  readonly children_left: Int32Array
  readonly children_right: Int32Array
  readonly impurity: Float64Array
  readonly n_node_samples: Int32Array
  readonly weighted_n_node_samples: Float64Array
  /** 1 where a missing value goes left. */
  readonly missing_go_to_left: Uint8Array
  /** [nodes, outputs]: share of each class among a node's weight, or the one value of a regression tree. */
  readonly value: Float64Array
}

/** A matrix rounded to float32, column by column: what trees compare. */
export interface TreeMatrix {
  readonly rows: number
  readonly hasMissing: boolean
  readonly columns: readonly Float32Array[]
  /** Where scikit-learn has a sparse matrix: rows stand in another order in its nodes. */
  readonly sparse?: true
  /** The rows, as long as nobody has asked for the columns. */
  readonly source?: Matrix
}

/** How many columns there are, without making them. */
export const widthOf = (X: TreeMatrix): number => X.source?.columns ?? X.columns.length

const rowsAtOnce = 128
const treeMatrixOf = new WeakMap<Matrix, MatrixOfRows>()

/** Kernels read the rows; the columns are made when somebody asks for them. */
class MatrixOfRows implements TreeMatrix {
  readonly sparse?: true
  readonly isFinite: boolean
  readonly hasMissing: boolean
  private made?: readonly Float32Array[]

  constructor(private readonly matrix: Matrix) {
    if (matrix.sparse) this.sparse = true
    this.isFinite = allFiniteInFloat32(matrix.data)
    this.hasMissing = !this.isFinite && matrix.data.some(Number.isNaN)
  }

  get rows(): number {
    return this.matrix.rows
  }

  get source(): Matrix | undefined {
    return this.made ? undefined : this.matrix
  }

  get columns(): readonly Float32Array[] {
    if (!this.made) {
      const columns = apart(new Float32Array(this.rows * this.matrix.columns), this.rows)
      fillColumns(columns, this.matrix)
      this.made = columns
    }
    return this.made
  }
}

export function treeMatrix(X: Matrix): TreeMatrix & { readonly isFinite: boolean } {
  let made = treeMatrixOf.get(X)
  if (!made) {
    made = new MatrixOfRows(X)
    treeMatrixOf.set(X, made)
  }
  return made
}

/** The columns in shared memory, one behind the other: threads read them without a copy. */
export function sharedColumns(X: TreeMatrix): readonly Float32Array[] {
  const { rows, source } = X
  const columns = apart(new Float32Array(new SharedArrayBuffer(4 * rows * widthOf(X))), rows)
  if (source) fillColumns(columns, source)
  else for (const [j, column] of X.columns.entries()) columns[j].set(column)
  return columns
}

const apart = (all: Float32Array, rows: number): Float32Array[] =>
  Array.from({ length: all.length / rows }, (_, j) => all.subarray(j * rows, (j + 1) * rows))

function fillColumns(columns: readonly Float32Array[], { rows, columns: width, data }: Matrix): void {
  // Some rows at a time, so that what is read stays in the cache for all columns.
  for (let from = 0; from < rows; from += rowsAtOnce) {
    const to = Math.min(rows, from + rowsAtOnce)
    for (let j = 0; j < width; j++) {
      const column = columns[j]
      for (let i = from, at = from * width + j; i < to; i++, at += width) column[i] = data[at]
    }
  }
}

/** The leaf of row `i`. */
export function leafOf(
  { feature, threshold, children_left, children_right, missing_go_to_left }: Tree,
  { columns }: TreeMatrix,
  i: number,
): number {
  let node = 0
  while (children_left[node] >= 0) {
    const value = columns[feature[node]][i]
    const left = value <= threshold[node] || (Number.isNaN(value) && missing_go_to_left[node] === 1)
    node = left ? children_left[node] : children_right[node]
  }
  return node
}

/** Adds the values of each row's leaf to `into` [rows, outputs]. */
export function addValues(tree: Tree, X: TreeMatrix, outputs: number, into: Float64Array): void {
  const { value } = tree
  for (let i = 0; i < X.rows; i++) {
    const leaf = leafOf(tree, X, i)
    for (let k = 0; k < outputs; k++) into[i * outputs + k] += value[leaf * outputs + k]
  }
}

/** The same of a tree with one value, which goes to the output `k`. */
export function addValue(tree: Tree, X: TreeMatrix, outputs: number, k: number, into: Float64Array): void {
  for (let i = 0; i < X.rows; i++) into[i * outputs + k] += tree.value[leafOf(tree, X, i)]
}

/** Impurity importance of each feature: what its splits take from the weighted impurity. Source: scikit-learn `compute_feature_importances`. */
export function unscaledImportances(tree: Tree, features: number): Float64Array {
  const importances = new Float64Array(features)
  const { children_left: left, children_right: right, impurity, weighted_n_node_samples: weight } = tree
  for (let node = 0; node < left.length; node++) {
    if (left[node] < 0) continue
    importances[tree.feature[node]] +=
      weight[node] * impurity[node] - weight[left[node]] * impurity[left[node]] - weight[right[node]] * impurity[right[node]]
  }
  for (let j = 0; j < features; j++) importances[j] /= weight[0]
  return importances
}

/** The same, normalised to 1; all 0 when the tree has no split. */
export function treeImportances(tree: Tree, features: number): Float64Array {
  const importances = unscaledImportances(tree, features)
  const total = importances.reduce((a, b) => a + b, 0)
  return total > 0 ? importances.map(value => value / total) : importances
}

/**
 * A tree from a model file. Children come after their parent, so that no file can make a prediction run in a circle.
 *
 * @throws LearnError `learn/bad-model`
 */
export function readTree(fitted: FittedData, features: number, outputs: number): Tree {
  const threshold = fitted.thresholds('threshold')
  const length = threshold.length
  const nodes = { low: -1, high: length - 1, length }
  const tree: Tree = {
    threshold,
    feature: fitted.ints('feature', { low: -2, high: features - 1, length }),
    children_left: fitted.ints('children_left', nodes),
    children_right: fitted.ints('children_right', nodes),
    impurity: fitted.numbers('impurity', length),
    n_node_samples: fitted.ints('n_node_samples', { low: 0, high: 2 ** 31 - 1, length }),
    weighted_n_node_samples: fitted.numbers('weighted_n_node_samples', length),
    missing_go_to_left: Uint8Array.from(fitted.ints('missing_go_to_left', { low: 0, high: 1, length })),
    value: fitted.numbers('value', length * outputs),
  }
  if (!length) throw fitted.wrong('threshold', 'at least one node')
  for (let node = 0; node < length; node++) {
    const left = tree.children_left[node]
    const right = tree.children_right[node]
    const leaf = left === -1 && right === -1
    if (!leaf && (left <= node || right <= node || tree.feature[node] < 0)) throw fitted.wrong('children_left', 'nodes behind their parent')
  }
  return tree
}

/** A tree of many for `JSON.stringify`, which asks for its numbers when their turn comes. */
export const laterTreeJSON = (tree: Tree) => ({ toJSON: () => treeJSON(tree) })

/** A tree as model.json holds it: all missing values to the right has an infinite threshold, which JSON cannot write. */
export const treeJSON = (tree: Tree): Record<keyof Tree, unknown> => ({
  feature: [...tree.feature],
  threshold: Array.from(tree.threshold, value => (value === Number.POSITIVE_INFINITY ? 'inf' : value)),
  children_left: [...tree.children_left],
  children_right: [...tree.children_right],
  impurity: [...tree.impurity],
  n_node_samples: [...tree.n_node_samples],
  weighted_n_node_samples: [...tree.weighted_n_node_samples],
  missing_go_to_left: [...tree.missing_go_to_left],
  value: [...tree.value],
})

import type { Matrix } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'

/** A fitted decision tree in scikit-learn's arrays; nodes in preorder, -1 for no child. */
export interface Tree {
  readonly feature: Int32Array
  readonly threshold: Float64Array
  readonly children_left: Int32Array
  readonly children_right: Int32Array
  readonly impurity: Float64Array
  readonly n_node_samples: Int32Array
  readonly weighted_n_node_samples: Float64Array
  /** [nodes, classes]: share of each class among a node's weight. */
  readonly value: Float64Array
}

/** A matrix rounded to float32, column by column: what trees compare. */
export interface TreeMatrix {
  readonly rows: number
  readonly columns: readonly Float32Array[]
}

const treeMatrixOf = new WeakMap<Matrix, TreeMatrix>()

export function treeMatrix(X: Matrix): TreeMatrix {
  let made = treeMatrixOf.get(X)
  if (!made) {
    const { rows, columns: width, data } = X
    const columns = Array.from({ length: width }, (_, j) => {
      const column = new Float32Array(rows)
      for (let i = 0, at = j; i < rows; i++, at += width) column[i] = data[at]
      return column
    })
    made = { rows, columns }
    treeMatrixOf.set(X, made)
  }
  return made
}

/** Adds each row's class shares to `into` [rows, classes]. */
export function addProbabilities(
  { feature, threshold, children_left, children_right, value }: Tree,
  X: TreeMatrix,
  classes: number,
  into: Float64Array,
): void {
  const { rows, columns } = X
  for (let i = 0; i < rows; i++) {
    let node = 0
    while (children_left[node] >= 0) node = columns[feature[node]][i] <= threshold[node] ? children_left[node] : children_right[node]
    for (let k = 0; k < classes; k++) into[i * classes + k] += value[node * classes + k]
  }
}

/** Impurity importance of each feature, normalised to 1 (all 0 when the tree has no split). Source: scikit-learn `compute_feature_importances`. */
export function treeImportances(tree: Tree, features: number): Float64Array {
  const importances = new Float64Array(features)
  const { children_left: left, children_right: right, impurity, weighted_n_node_samples: weight } = tree
  for (let node = 0; node < left.length; node++) {
    if (left[node] < 0) continue
    importances[tree.feature[node]] +=
      weight[node] * impurity[node] - weight[left[node]] * impurity[left[node]] - weight[right[node]] * impurity[right[node]]
  }
  for (let j = 0; j < features; j++) importances[j] /= weight[0]
  const total = importances.reduce((a, b) => a + b, 0)
  return total > 0 ? importances.map(value => value / total) : importances
}

/**
 * A tree from a model file. Children come after their parent, so that no file can make a prediction run in a circle.
 *
 * @throws LearnError `learn/bad-model`
 */
export function readTree(fitted: FittedData, features: number, outputs: number): Tree {
  const threshold = fitted.numbers('threshold')
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

import type { FittedData } from '../fitted-data.ts'
import { matrixOf, type OnnxFeatures } from './onnx-features.ts'
import type { Attribute, OnnxGraph } from './onnx-graph.ts'

/** Features as trees see them: rounded to float32. Doubles carry them, so that thresholds stay exact. */
export function treeInput(graph: OnnxGraph, features: OnnxFeatures): string {
  return graph.cast(graph.cast(matrixOf(graph, features).matrix, 'float'), 'double')
}

/** What leaves add to: `outputs` values each, the k-th of tree t to the target `targetOf(t, k)`, times `scale`. */
export interface LeafMeaning {
  readonly outputs: number
  readonly scale: number
  readonly targetOf?: (tree: number, output: number) => number
}

/** A tree's nodes: of a leaf the children are negative. */
export interface OnnxTree {
  readonly left: ArrayLike<number>
  readonly right: ArrayLike<number>
  readonly feature: ArrayLike<number>
  readonly threshold: ArrayLike<number>
  readonly missingLeft: ArrayLike<number>
  /** [nodes, outputs] */
  readonly value: ArrayLike<number>
}

/** A tree of scikit-learn's attributes. */
export const treeOf =
  (outputs: number) =>
  (tree: FittedData): OnnxTree => {
    const left = tree.numbers('children_left')
    return {
      left,
      right: tree.numbers('children_right'),
      feature: tree.numbers('feature'),
      threshold: tree.thresholds('threshold'),
      missingLeft: tree.numbers('missing_go_to_left'),
      value: tree.numbers('value', left.length * outputs),
    }
  }

/** The nodes of all trees under the names of TreeEnsemble's attributes, and each leaf's values. */
export function ensemble(trees: readonly OnnxTree[], { outputs, scale, targetOf = (_, k) => k }: LeafMeaning) {
  const ids = {
    trees: [] as number[],
    nodes: [] as number[],
    features: [] as number[],
    yes: [] as number[],
    no: [] as number[],
    missing: [] as number[],
  }
  const modes: string[] = []
  const thresholds: number[] = []
  const leaf = { trees: [] as number[], nodes: [] as number[], outputs: [] as number[], weights: [] as number[] }
  trees.forEach((tree, t) => {
    const { left, right, feature, threshold, missingLeft, value } = tree
    for (let node = 0; node < left.length; node++) {
      const isLeaf = left[node] < 0
      ids.trees.push(t)
      ids.nodes.push(node)
      modes.push(isLeaf ? 'LEAF' : 'BRANCH_LEQ')
      ids.features.push(isLeaf ? 0 : feature[node])
      thresholds.push(isLeaf ? 0 : threshold[node])
      ids.yes.push(isLeaf ? 0 : left[node])
      ids.no.push(isLeaf ? 0 : right[node])
      ids.missing.push(isLeaf ? 0 : missingLeft[node])
      if (!isLeaf) continue
      for (let k = 0; k < outputs; k++) {
        leaf.trees.push(t)
        leaf.nodes.push(node)
        leaf.outputs.push(targetOf(t, k))
        leaf.weights.push(value[node * outputs + k] * scale)
      }
    }
  })
  const attributes: Record<string, Attribute> = {
    nodes_treeids: { ints: ids.trees },
    nodes_nodeids: { ints: ids.nodes },
    nodes_featureids: { ints: ids.features },
    nodes_modes: { texts: modes },
    nodes_values_as_tensor: { doubles: thresholds },
    nodes_truenodeids: { ints: ids.yes },
    nodes_falsenodeids: { ints: ids.no },
    nodes_missing_value_tracks_true: { ints: ids.missing },
    post_transform: { text: 'NONE' },
  }
  return { attributes, leaf }
}

/** [rows, targets]: what the leaves that a row falls into add to each target. */
export function treeSums(graph: OnnxGraph, input: string, trees: readonly OnnxTree[], meaning: LeafMeaning, targets: number): string {
  const { attributes, leaf } = ensemble(trees, meaning)
  const value = graph.apply('TreeEnsembleRegressor', [input], {
    ...attributes,
    n_targets: { int: targets },
    aggregate_function: { text: 'SUM' },
    target_treeids: { ints: leaf.trees },
    target_nodeids: { ints: leaf.nodes },
    target_ids: { ints: leaf.outputs },
    target_weights_as_tensor: { doubles: leaf.weights },
  })
  return graph.cast(value, 'double')
}

import type { Tree } from '../tree/tree.ts'

/** Bytes of a node: threshold, impurity, weight, a value per output, feature, two children, rows, direction of missing values. */
export const nodeBytes = (outputs: number): number => 8 * (3 + outputs) + 4 * 4 + 1

/** Where the parts of a packed tree begin, in the order in which the kernel leaves them. */
export function partsOf(nodes: number, outputs: number) {
  const impurity = 8 * nodes
  const weight = 16 * nodes
  const value = 24 * nodes
  const feature = value + 8 * nodes * outputs
  return {
    threshold: 0,
    impurity,
    weight,
    value,
    feature,
    left: feature + 4 * nodes,
    right: feature + 8 * nodes,
    rows: feature + 12 * nodes,
    missing: feature + 16 * nodes,
  }
}

/** A tree in one buffer, as the kernel makes it and as it goes between threads; its arrays are made when they are asked for. */
export class PackedTree implements Tree {
  private views?: Tree

  constructor(
    readonly buffer: ArrayBuffer,
    readonly nodes: number,
    readonly outputs: number,
  ) {}

  private get all(): Tree {
    if (this.views) return this.views
    const { buffer, nodes, outputs } = this
    const at = partsOf(nodes, outputs)
    this.views = {
      threshold: new Float64Array(buffer, at.threshold, nodes),
      impurity: new Float64Array(buffer, at.impurity, nodes),
      weighted_n_node_samples: new Float64Array(buffer, at.weight, nodes),
      value: new Float64Array(buffer, at.value, nodes * outputs),
      feature: new Int32Array(buffer, at.feature, nodes),
      children_left: new Int32Array(buffer, at.left, nodes),
      children_right: new Int32Array(buffer, at.right, nodes),
      n_node_samples: new Int32Array(buffer, at.rows, nodes),
      missing_go_to_left: new Uint8Array(buffer, at.missing, nodes),
    }
    return this.views
  }

  get threshold() {
    return this.all.threshold
  }
  get impurity() {
    return this.all.impurity
  }
  get weighted_n_node_samples() {
    return this.all.weighted_n_node_samples
  }
  get value() {
    return this.all.value
  }
  get feature() {
    return this.all.feature
  }
  get children_left() {
    return this.all.children_left
  }
  get children_right() {
    return this.all.children_right
  }
  get n_node_samples() {
    return this.all.n_node_samples
  }
  get missing_go_to_left() {
    return this.all.missing_go_to_left
  }
}

/** Any tree as a packed one. */
export function packTree(tree: Tree, outputs: number): PackedTree {
  if (tree instanceof PackedTree) return tree
  const nodes = tree.feature.length
  const packed = new PackedTree(new ArrayBuffer(nodes * nodeBytes(outputs)), nodes, outputs)
  packed.threshold.set(tree.threshold)
  packed.impurity.set(tree.impurity)
  packed.weighted_n_node_samples.set(tree.weighted_n_node_samples)
  packed.value.set(tree.value)
  packed.feature.set(tree.feature)
  packed.children_left.set(tree.children_left)
  packed.children_right.set(tree.children_right)
  packed.n_node_samples.set(tree.n_node_samples)
  packed.missing_go_to_left.set(tree.missing_go_to_left)
  return packed
}

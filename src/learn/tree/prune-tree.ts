import { NodeList } from './node-list.ts'
import type { Tree } from './tree.ts'

/**
 * Minimal cost-complexity pruning: collapses the weakest subtrees while their cost per leaf is at most `ccpAlpha`.
 * Source: Breiman et al., Classification and Regression Trees, 1984, chapter 3; order of sums as in scikit-learn 1.9.
 */
export function pruneTree(tree: Tree, ccpAlpha: number, outputs: number): Tree {
  if (ccpAlpha === 0) return tree
  return withoutDescendants(tree, collapsedNodes(tree, ccpAlpha), outputs)
}

/** 1 for each node that is a leaf of the pruned tree. */
function collapsedNodes(tree: Tree, ccpAlpha: number): Uint8Array {
  const { children_left: left, children_right: right, impurity, weighted_n_node_samples: weight } = tree
  const nodes = left.length
  const own = new Float64Array(nodes)
  const parent = new Int32Array(nodes).fill(-1)
  for (let i = 0; i < nodes; i++) {
    own[i] = (weight[i] * impurity[i]) / weight[0]
    if (left[i] < 0) continue
    parent[left[i]] = i
    parent[right[i]] = i
  }
  const leaf = Uint8Array.from(left, child => (child < 0 ? 1 : 0))
  const branch = new Float64Array(nodes)
  const leaves = new Int32Array(nodes)
  for (let i = 0; i < nodes; i++) {
    if (!leaf[i]) continue
    branch[i] = own[i]
    for (let above = parent[i]; above >= 0; above = parent[above]) {
      branch[above] += own[i]
      leaves[above]++
    }
  }
  const candidate = leaf.map(isLeaf => 1 - isLeaf)
  while (candidate[0]) {
    let weakest = -1
    let alpha = Number.MAX_VALUE
    for (let i = 0; i < nodes; i++) {
      if (!candidate[i]) continue
      const cost = (own[i] - branch[i]) / (leaves[i] - 1)
      if (cost < alpha) {
        alpha = cost
        weakest = i
      }
    }
    if (weakest < 0 || ccpAlpha < alpha) break
    const below = [weakest]
    for (let node = below.pop(); node !== undefined; node = below.pop()) {
      candidate[node] = 0
      leaf[node] = 0
      if (left[node] >= 0) below.push(left[node], right[node])
    }
    leaf[weakest] = 1
    const gone = leaves[weakest] - 1
    const dearer = own[weakest] - branch[weakest]
    leaves[weakest] = 0
    branch[weakest] = own[weakest]
    for (let above = parent[weakest]; above >= 0; above = parent[above]) {
      leaves[above] -= gone
      branch[above] += dearer
    }
  }
  return leaf
}

/** The tree cut off at the marked nodes, in preorder. */
function withoutDescendants(tree: Tree, leaf: Uint8Array, outputs: number): Tree {
  const nodes = new NodeList(outputs)
  const stack: [old: number, parent: number, isLeft: boolean][] = [[0, -1, false]]
  for (let todo = stack.pop(); todo; todo = stack.pop()) {
    const [old, parent, isLeft] = todo
    const node = nodes.add(parent, isLeft, tree.impurity[old], tree.n_node_samples[old], tree.weighted_n_node_samples[old])
    nodes.value.set(tree.value.subarray(old * outputs, (old + 1) * outputs), node * outputs)
    if (leaf[old]) continue
    nodes.split(node, tree.feature[old], tree.threshold[old], tree.missing_go_to_left[old] === 1)
    stack.push([tree.children_right[old], node, false], [tree.children_left[old], node, true])
  }
  return nodes.tree()
}

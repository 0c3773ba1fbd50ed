import type { RankTable } from '../tree/ranks.ts'
import type { Tree } from '../tree/tree.ts'
import { BinaryCutSearch } from './binary-cut-search.ts'
import { CutSearch } from './cut-search.ts'

export interface GrowOptions {
  readonly classes: number
  /** Rows with a lower number of samples are leaves. */
  readonly minSamplesSplit: number
  readonly minSamplesLeaf: number
  readonly minWeightLeaf: number
  readonly maxDepth: number
  /** Features drawn per node. */
  readonly maxFeatures: number
  readonly minImpurityDecrease: number
  /** First state of the node-level generator. */
  readonly seed: number
}

const epsilon = 2 ** -52

/**
 * Grows one classification tree by Gini impurity, depth first, drawing features as scikit-learn does.
 *
 * @param weights int weight per row (bootstrap counts); rows of weight 0 take no part
 * @param codes class per row
 * Source: scikit-learn 1.9 (`_splitter`, `_tree`, `_criterion`), behaviour and formulas; integer weights make every sum exact, so the
 * order of rows inside a node does not matter and a node is scanned by the ranks of its values.
 */
export function growTree(
  table: RankTable,
  codes: Int32Array,
  weights: Int32Array,
  options: GrowOptions,
  scratch = new GrowScratch(table, codes, options),
): Tree {
  const { classes: K, minSamplesSplit, minSamplesLeaf, minWeightLeaf, maxDepth, maxFeatures, minImpurityDecrease } = options
  const { ranks } = table
  const width = ranks.length
  let random = options.seed >>> 0
  const randInt = (low: number, high: number) => {
    if (random === 0) random = 1
    random ^= random << 13
    random ^= random >>> 17
    random ^= random << 5
    return low + (((random >>> 0) % 0x80000000) % (high - low))
  }

  const { samples, features, constants, nodes } = scratch
  nodes.clear()
  for (let j = 0; j < width; j++) features[j] = j
  let count = 0
  for (let i = 0; i < table.rows; i++) if (weights[i] > 0) samples[count++] = i
  const search = scratch.searchFor(weights)
  const { total } = search

  // Stack of nodes to do: start, end, depth, parent, isLeft, constants known; impurity beside it.
  const stack: number[] = [0, count, 0, -1, 0, 0]
  const impurities: number[] = [Number.NaN]

  while (stack.length) {
    const known = stack.pop()!
    const isLeft = stack.pop()!
    const parent = stack.pop()!
    const depth = stack.pop()!
    const end = stack.pop()!
    const start = stack.pop()!
    let impurity = impurities.pop()!
    const n = end - start

    total.fill(0)
    for (let p = start; p < end; p++) total[codes[samples[p]]] += weights[samples[p]]
    let weight = 0
    let squares = 0
    for (let k = 0; k < K; k++) {
      weight += total[k]
      squares += total[k] * total[k]
    }
    if (parent < 0) impurity = 1 - squares / (weight * weight)

    let leaf = depth >= maxDepth || n < minSamplesSplit || n < 2 * minSamplesLeaf || weight < 2 * minWeightLeaf || impurity <= epsilon
    let totalConstants = known

    if (!leaf) {
      search.begin(weight)
      let fi = width
      let found = 0
      let drawn = 0
      let visited = 0
      while (fi > totalConstants && (visited < maxFeatures || visited <= found + drawn)) {
        visited++
        let fj = randInt(drawn, fi - found)
        if (fj < known) {
          swap(features, drawn, fj)
          drawn++
          continue
        }
        fj += found
        const feature = features[fj]
        if (!search.look(feature, samples, start, end)) {
          swap(features, fj, totalConstants)
          found++
          totalConstants++
          continue
        }
        fi--
        swap(features, fi, fj)
        search.cut()
      }
      // Later nodes must find the known constant features where they were.
      for (let j = 0; j < known; j++) features[j] = constants[j]
      for (let j = known; j < known + found; j++) constants[j] = features[j]

      if (search.feature < 0) leaf = true
      else {
        const rightWeight = weight - search.leftWeight
        const improvement =
          (weight / nodes.rootWeight(weight)) *
          (impurity - (rightWeight / weight) * search.rightImpurity - (search.leftWeight / weight) * search.leftImpurity)
        leaf = improvement + epsilon < minImpurityDecrease
      }
    }

    const node = nodes.add(parent, isLeft, impurity, n, weight, total)
    if (leaf) continue
    nodes.split(node, search.feature, search.threshold)
    const rank = ranks[search.feature]
    const bestRank = search.rank
    let a = start
    let b = end
    while (a < b) {
      if (rank[samples[a]] <= bestRank) a++
      else {
        b--
        const kept = samples[a]
        samples[a] = samples[b]
        samples[b] = kept
      }
    }
    stack.push(a, end, depth + 1, node, 0, totalConstants)
    impurities.push(search.rightImpurity)
    stack.push(start, a, depth + 1, node, 1, totalConstants)
    impurities.push(search.leftImpurity)
  }
  return nodes.tree()
}

/** Buffers that the trees of a forest share. Make one per fit. */
export class GrowScratch {
  readonly samples: Int32Array
  readonly features: Int32Array
  readonly constants: Int32Array
  readonly nodes: NodeList
  private readonly binary?: BinaryCutSearch
  private general?: CutSearch

  constructor(
    private readonly table: RankTable,
    private readonly codes: Int32Array,
    private readonly options: Omit<GrowOptions, 'seed'>,
  ) {
    this.samples = new Int32Array(table.rows)
    this.features = new Int32Array(table.ranks.length)
    this.constants = new Int32Array(table.ranks.length)
    this.nodes = new NodeList(options.classes)
    if (options.classes === 2 && BinaryCutSearch.fits(table)) this.binary = new BinaryCutSearch(table, codes, options)
  }

  /** The cut search for a tree with these weights: the packed one where rows fit into its keys. */
  searchFor(weights: Int32Array): CutSearch | BinaryCutSearch {
    if (this.binary?.use(weights)) return this.binary
    this.general ??= new CutSearch(this.table, this.codes, this.options)
    this.general.use(weights)
    return this.general
  }
}

function swap(values: Int32Array, i: number, j: number): void {
  const kept = values[i]
  values[i] = values[j]
  values[j] = kept
}

/** Growing arrays of nodes. */
class NodeList {
  private length = 0
  private feature = new Int32Array(64)
  private threshold = new Float64Array(64)
  private left = new Int32Array(64)
  private right = new Int32Array(64)
  private impurity = new Float64Array(64)
  private samples = new Int32Array(64)
  private weight = new Float64Array(64)
  private value: Float64Array
  private root = 0

  constructor(private readonly classes: number) {
    this.value = new Float64Array(64 * classes)
  }

  clear(): void {
    this.length = 0
  }

  rootWeight(weight: number): number {
    return this.length ? this.root : weight
  }

  add(parent: number, isLeft: number, impurity: number, samples: number, weight: number, total: Float64Array): number {
    const node = this.length++
    if (node === this.feature.length) this.grow()
    if (node === 0) this.root = weight
    if (parent >= 0) (isLeft ? this.left : this.right)[parent] = node
    this.feature[node] = -2
    this.threshold[node] = -2
    this.left[node] = -1
    this.right[node] = -1
    this.impurity[node] = impurity
    this.samples[node] = samples
    this.weight[node] = weight
    for (let k = 0; k < this.classes; k++) this.value[node * this.classes + k] = total[k] / weight
    return node
  }

  split(node: number, feature: number, threshold: number): void {
    this.feature[node] = feature
    this.threshold[node] = threshold
  }

  tree(): Tree {
    const n = this.length
    return {
      feature: this.feature.slice(0, n),
      threshold: this.threshold.slice(0, n),
      children_left: this.left.slice(0, n),
      children_right: this.right.slice(0, n),
      impurity: this.impurity.slice(0, n),
      n_node_samples: this.samples.slice(0, n),
      weighted_n_node_samples: this.weight.slice(0, n),
      value: this.value.slice(0, n * this.classes),
    }
  }

  private grow(): void {
    const size = this.feature.length * 2
    const larger = <T extends Int32Array | Float64Array>(old: T, next: T): T => {
      next.set(old as never)
      return next
    }
    this.feature = larger(this.feature, new Int32Array(size))
    this.threshold = larger(this.threshold, new Float64Array(size))
    this.left = larger(this.left, new Int32Array(size))
    this.right = larger(this.right, new Int32Array(size))
    this.impurity = larger(this.impurity, new Float64Array(size))
    this.samples = larger(this.samples, new Int32Array(size))
    this.weight = larger(this.weight, new Float64Array(size))
    this.value = larger(this.value, new Float64Array(size * this.classes))
  }
}

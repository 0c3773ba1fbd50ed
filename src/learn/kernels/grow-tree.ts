import { NodeList } from '../tree/node-list.ts'
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

/** What a cut must respect; the smallest weight of a leaf may change from tree to tree. */
export type CutOptions = Pick<GrowOptions, 'classes' | 'minSamplesLeaf'>

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
  const search = scratch.searchFor(weights, minWeightLeaf)
  const { total } = search

  // Stack of nodes to do: start, end, depth, parent, isLeft, constants known; impurity beside it.
  const stack: number[] = [0, count, 0, -1, 0, 0]
  const impurities: number[] = [Number.NaN]
  let rootWeight = 0

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
    if (parent < 0) {
      impurity = 1 - squares / (weight * weight)
      rootWeight = weight
    }

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
          (weight / rootWeight) *
          (impurity - (rightWeight / weight) * search.rightImpurity - (search.leftWeight / weight) * search.leftImpurity)
        leaf = improvement + epsilon < minImpurityDecrease
      }
    }

    const node = nodes.add(parent, isLeft, impurity, n, weight)
    for (let k = 0; k < K; k++) nodes.value[node * K + k] = total[k] / weight
    if (leaf) continue
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
    nodes.split(node, search.feature, search.threshold, a - start > end - a)
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
    private readonly options: CutOptions,
  ) {
    this.samples = new Int32Array(table.rows)
    this.features = new Int32Array(table.ranks.length)
    this.constants = new Int32Array(table.ranks.length)
    this.nodes = new NodeList(options.classes)
    if (options.classes === 2 && BinaryCutSearch.fits(table)) this.binary = new BinaryCutSearch(table, codes, options)
  }

  /** The cut search for a tree with these weights: the packed one where rows fit into its keys. */
  searchFor(weights: Int32Array, minWeightLeaf: number): CutSearch | BinaryCutSearch {
    if (this.binary?.use(weights, minWeightLeaf)) return this.binary
    this.general ??= new CutSearch(this.table, this.codes, this.options)
    this.general.use(weights, minWeightLeaf)
    return this.general
  }
}

function swap(values: Int32Array, i: number, j: number): void {
  const kept = values[i]
  values[i] = values[j]
  values[j] = kept
}

import type { RankTable } from '../tree/ranks.ts'
import type { Tree } from '../tree/tree.ts'

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
const nearlyEqual = Math.fround(1e-7)

/**
 * Grows one classification tree by Gini impurity, depth first, drawing features as scikit-learn does.
 *
 * @param weights int weight per row (bootstrap counts); rows of weight 0 take no part
 * @param codes class per row
 * Source: scikit-learn 1.9 (`_splitter`, `_tree`, `_criterion`), behaviour and formulas; integer weights make every sum exact, so the
 * order of rows inside a node does not matter and a node is scanned by the ranks of its values.
 */
export function growTree(table: RankTable, codes: Int32Array, weights: Int32Array, options: GrowOptions): Tree {
  const { classes: K, minSamplesSplit, minSamplesLeaf, minWeightLeaf, maxDepth, maxFeatures, minImpurityDecrease } = options
  const { ranks, values } = table
  const width = ranks.length
  let random = options.seed >>> 0
  const randInt = (low: number, high: number) => {
    if (random === 0) random = 1
    random ^= random << 13
    random ^= random >>> 17
    random ^= random << 5
    return low + (((random >>> 0) % 0x80000000) % (high - low))
  }

  const samples = new Int32Array(table.rows)
  let count = 0
  for (let i = 0; i < table.rows; i++) if (weights[i] > 0) samples[count++] = i

  const features = Int32Array.from({ length: width }, (_, j) => j)
  const constants = new Int32Array(width)
  let largest = 1
  for (const column of values) largest = Math.max(largest, column.length)
  // Histogram of class weights and of rows over ranks; cleared behind each use.
  const histogram = new Float64Array(largest * K)
  const rowsAt = new Int32Array(largest)
  const keys = new Float64Array(count)
  const total = new Float64Array(K)
  const left = new Float64Array(K)

  const nodes = new NodeList(K)
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
    let bestFeature = -1
    let bestRank = -1
    let bestThreshold = 0
    let bestLeftImpurity = 0
    let bestRightImpurity = 0
    let bestLeftWeight = 0
    let totalConstants = known

    if (!leaf) {
      let bestProxy = Number.NEGATIVE_INFINITY
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
        const rank = ranks[feature]
        const value = values[feature]
        let low = rank[samples[start]]
        let high = low
        for (let p = start + 1; p < end; p++) {
          const r = rank[samples[p]]
          if (r < low) low = r
          else if (r > high) high = r
        }
        if (value[high] <= Math.fround(value[low] + nearlyEqual)) {
          swap(features, fj, totalConstants)
          found++
          totalConstants++
          continue
        }
        fi--
        swap(features, fi, fj)

        left.fill(0)
        let leftRows = 0
        let leftWeight = 0
        /** Scores the cut between two ranks that stand next to each other in this node. */
        const tryCut = (before: number, after: number) => {
          if (leftRows < minSamplesLeaf || n - leftRows < minSamplesLeaf) return
          const rightWeight = weight - leftWeight
          if (leftWeight < minWeightLeaf || rightWeight < minWeightLeaf) return
          let leftSquares = 0
          let rightSquares = 0
          for (let k = 0; k < K; k++) {
            const l = left[k]
            const r = total[k] - l
            leftSquares += l * l
            rightSquares += r * r
          }
          const leftImpurity = 1 - leftSquares / (leftWeight * leftWeight)
          const rightImpurity = 1 - rightSquares / (rightWeight * rightWeight)
          // Written out as scikit-learn computes it: equal forms break ties differently.
          const proxy = -rightWeight * rightImpurity - leftWeight * leftImpurity
          if (proxy > bestProxy) {
            bestProxy = proxy
            bestFeature = feature
            bestRank = before
            let threshold = value[before] / 2 + value[after] / 2
            if (threshold === value[after] || threshold - threshold !== 0) threshold = value[before]
            bestThreshold = threshold
            bestLeftImpurity = leftImpurity
            bestRightImpurity = rightImpurity
            bestLeftWeight = leftWeight
          }
        }

        if (high - low < 6 * n) {
          for (let p = start; p < end; p++) {
            const i = samples[p]
            const r = rank[i]
            histogram[r * K + codes[i]] += weights[i]
            rowsAt[r]++
          }
          let previous = low
          for (let r = low; r <= high; r++) {
            if (rowsAt[r] === 0) continue
            if (r > low && value[r] > Math.fround(value[previous] + nearlyEqual)) tryCut(previous, r)
            for (let k = 0; k < K; k++) {
              const w = histogram[r * K + k]
              left[k] += w
              leftWeight += w
              histogram[r * K + k] = 0
            }
            leftRows += rowsAt[r]
            rowsAt[r] = 0
            previous = r
          }
        } else {
          const sorted = keys.subarray(0, n)
          for (let p = 0; p < n; p++) sorted[p] = rank[samples[start + p]] * n + p
          sortKeys(sorted)
          let previous = low
          for (let p = 0; p < n; p++) {
            const r = Math.floor(sorted[p] / n)
            if (r !== previous && value[r] > Math.fround(value[previous] + nearlyEqual)) tryCut(previous, r)
            const i = samples[start + (sorted[p] - r * n)]
            left[codes[i]] += weights[i]
            leftWeight += weights[i]
            leftRows++
            previous = r
          }
        }
      }
      // Later nodes must find the known constant features where they were.
      for (let j = 0; j < known; j++) features[j] = constants[j]
      for (let j = known; j < known + found; j++) constants[j] = features[j]

      if (bestFeature < 0) leaf = true
      else {
        const rightWeight = weight - bestLeftWeight
        const improvement =
          (weight / nodes.rootWeight(weight)) *
          (impurity - (rightWeight / weight) * bestRightImpurity - (bestLeftWeight / weight) * bestLeftImpurity)
        leaf = improvement + epsilon < minImpurityDecrease
      }
    }

    const node = nodes.add(parent, isLeft, impurity, n, weight, total)
    if (leaf) continue
    nodes.split(node, bestFeature, bestThreshold)
    const rank = ranks[bestFeature]
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
    impurities.push(bestRightImpurity)
    stack.push(start, a, depth + 1, node, 1, totalConstants)
    impurities.push(bestLeftImpurity)
  }
  return nodes.tree()
}

function swap(values: Int32Array, i: number, j: number): void {
  const kept = values[i]
  values[i] = values[j]
  values[j] = kept
}

/** Insertion sort for few keys, the engine's sort for many. */
function sortKeys(keys: Float64Array): void {
  if (keys.length > 48) {
    keys.sort()
    return
  }
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i]
    let j = i - 1
    while (j >= 0 && keys[j] > key) {
      keys[j + 1] = keys[j]
      j--
    }
    keys[j + 1] = key
  }
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

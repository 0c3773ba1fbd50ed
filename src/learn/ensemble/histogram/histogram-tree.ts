import type { Matrix } from '../../contract.ts'
import type { FittedData } from '../../fitted-data.ts'

/** A tree on columns of numbers and categories: nodes in preorder, -1 for no child. */
export class HistogramTree {
  readonly feature: number[] = []
  /** NaN where a split goes by category. */
  readonly threshold: number[] = []
  readonly left: number[] = []
  readonly right: number[] = []
  readonly value: number[] = []
  readonly count: number[] = []
  readonly missingGoesLeft: number[] = []
  /** Categories that go left, of the nodes that split by category. */
  readonly leftCategories = new Map<number, Uint8Array>()

  addLeaf(value: number, count: number): number {
    return this.add(-1, 0, value, count, false)
  }

  addSplit(feature: number, threshold: number, missingGoesLeft: boolean, leftCategories: Uint8Array | undefined, count: number): number {
    const at = this.add(feature, threshold, 0, count, missingGoesLeft)
    if (leftCategories) this.leftCategories.set(at, leftCategories)
    return at
  }

  join(at: number, left: number, right: number): void {
    this.left[at] = left
    this.right[at] = right
  }

  private add(feature: number, threshold: number, value: number, count: number, missingGoesLeft: boolean): number {
    this.feature.push(feature)
    this.threshold.push(threshold)
    this.left.push(-1)
    this.right.push(-1)
    this.value.push(value)
    this.count.push(count)
    this.missingGoesLeft.push(missingGoesLeft ? 1 : 0)
    return this.feature.length - 1
  }

  /** Adds each row's leaf value to `raw[row * outputs + k]`. */
  addTo({ rows, columns, data }: Matrix, raw: Float64Array, outputs: number, k: number): void {
    const { feature, threshold, left, right, value, missingGoesLeft, leftCategories } = this
    for (let i = 0; i < rows; i++) {
      let node = 0
      while (left[node] >= 0) {
        const cell = data[i * columns + feature[node]]
        const categories = leftCategories.get(node)
        const goesLeft = Number.isNaN(cell) ? missingGoesLeft[node] === 1 : categories ? categories[cell] === 1 : cell <= threshold[node]
        node = goesLeft ? left[node] : right[node]
      }
      raw[i * outputs + k] += value[node]
    }
  }

  toJSON() {
    return {
      feature: this.feature,
      threshold: this.threshold.map(cut => (Number.isNaN(cut) ? 0 : cut === Number.POSITIVE_INFINITY ? 'inf' : cut)),
      left: this.left,
      right: this.right,
      value: this.value,
      count: this.count,
      missing_go_to_left: this.missingGoesLeft,
      left_categories: Object.fromEntries(
        [...this.leftCategories].map(([node, bins]) => [node, Array.from(bins.keys()).filter(bin => bins[bin])]),
      ),
    }
  }

  /** @throws LearnError `learn/bad-model`; children come after their parent, so that no prediction runs in a circle */
  static restore(fitted: FittedData, features: number): HistogramTree {
    const tree = new HistogramTree()
    const threshold = fitted.thresholds('threshold')
    const { length } = threshold
    const nodes = { low: -1, high: length - 1, length }
    const feature = fitted.ints('feature', { low: -1, high: features - 1, length })
    const left = fitted.ints('left', nodes)
    const right = fitted.ints('right', nodes)
    const value = fitted.numbers('value', length)
    const count = fitted.ints('count', { low: 0, high: 2 ** 31 - 1, length })
    const missing = fitted.ints('missing_go_to_left', { low: 0, high: 1, length })
    if (!length) throw fitted.wrong('threshold', 'at least one node')
    for (let node = 0; node < length; node++) {
      tree.add(feature[node], threshold[node], value[node], count[node], missing[node] === 1)
      const leaf = left[node] === -1 && right[node] === -1
      if (!leaf && (left[node] <= node || right[node] <= node || feature[node] < 0)) throw fitted.wrong('left', 'nodes behind their parent')
      tree.join(node, left[node], right[node])
    }
    const categories = fitted.part('left_categories')
    for (const [name] of fitted.entries('left_categories')) {
      const node = Number(name)
      if (!(Number.isInteger(node) && node >= 0 && node < length)) throw fitted.wrong('left_categories', 'lists per node')
      const bins = new Uint8Array(256)
      for (const bin of categories.ints(name, { low: 0, high: 255 })) bins[bin] = 1
      tree.leftCategories.set(node, bins)
    }
    return tree
  }
}

import type { Tree } from './tree.ts'

/** Growing arrays of a tree's nodes. */
export class NodeList {
  length = 0
  private feature = new Int32Array(64)
  private threshold = new Float64Array(64)
  private left = new Int32Array(64)
  private right = new Int32Array(64)
  private impurity = new Float64Array(64)
  private samples = new Int32Array(64)
  private weight = new Float64Array(64)
  private missing = new Uint8Array(64)
  value: Float64Array

  constructor(private readonly outputs: number) {
    this.value = new Float64Array(64 * outputs)
  }

  clear(): void {
    this.length = 0
  }

  /** Appends a leaf; `value` [node * outputs, …) is the caller's to fill. */
  add(parent: number, isLeft: boolean | number, impurity: number, samples: number, weight: number): number {
    const node = this.length++
    if (node === this.feature.length) this.grow()
    if (parent >= 0) (isLeft ? this.left : this.right)[parent] = node
    this.feature[node] = -2
    this.threshold[node] = -2
    this.left[node] = -1
    this.right[node] = -1
    this.impurity[node] = impurity
    this.samples[node] = samples
    this.weight[node] = weight
    this.missing[node] = 0
    return node
  }

  /** Makes a node a split; its children are added later. */
  split(node: number, feature: number, threshold: number, missingGoesLeft: boolean): void {
    this.feature[node] = feature
    this.threshold[node] = threshold
    this.missing[node] = missingGoesLeft ? 1 : 0
  }

  /** A node that could be split keeps where missing values would go, even if it stays a leaf. */
  sendMissing(node: number, left: boolean): void {
    this.missing[node] = left ? 1 : 0
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
      missing_go_to_left: this.missing.slice(0, n),
      value: this.value.slice(0, n * this.outputs),
    }
  }

  private grow(): void {
    const size = this.feature.length * 2
    const larger = <T extends Int32Array | Float64Array | Uint8Array>(old: T, next: T): T => {
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
    this.missing = larger(this.missing, new Uint8Array(size))
    this.value = larger(this.value, new Float64Array(size * this.outputs))
  }
}

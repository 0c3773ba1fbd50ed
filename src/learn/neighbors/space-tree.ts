import type { Matrix } from '../contract.ts'
import type { Distance } from './distance.ts'
import type { NeighborHeap } from './neighbor-heap.ts'
import { nthElement } from './nth-element.ts'

/**
 * A k-d tree or ball tree: rows halved at the median of the widest column until leaves are small.
 * Source: scikit-learn 1.9, `_binary_tree.pxi`: the same halves in the same order, hence the same choice among equally near rows.
 */
export class SpaceTree {
  private readonly order: Int32Array
  private readonly nodes: {
    start: number
    end: number
    leaf: boolean
    low: Float64Array
    high: Float64Array
    centre: Float64Array
    radius: number
  }[] = []
  private readonly count: number

  constructor(
    private readonly X: Matrix,
    private readonly distance: Distance,
    private readonly kind: 'kd_tree' | 'ball_tree',
    leafSize: number,
  ) {
    const { rows } = X
    this.order = Int32Array.from({ length: rows }, (_, i) => i)
    const levels = Math.floor(Math.log2(Math.max(1, (rows - 1) / leafSize)) + 1)
    this.count = 2 ** levels - 1
    this.build(0, 0, rows)
  }

  /** Pushes the rows that may be among the nearest of the point at `at`. */
  query(points: Float64Array, at: number, heap: NeighborHeap): void {
    this.visit(0, points, at, heap, this.lowerBound(0, points, at))
  }

  private build(node: number, start: number, end: number): void {
    const { columns, data } = this.X
    const low = new Float64Array(columns).fill(Number.POSITIVE_INFINITY)
    const high = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY)
    const centre = new Float64Array(columns)
    for (let i = start; i < end; i++) {
      const row = this.order[i] * columns
      for (let j = 0; j < columns; j++) {
        low[j] = Math.min(low[j], data[row + j])
        high[j] = Math.max(high[j], data[row + j])
        centre[j] += data[row + j]
      }
    }
    for (let j = 0; j < columns; j++) centre[j] /= end - start
    let radius = 0
    if (this.kind === 'ball_tree') {
      for (let i = start; i < end; i++) radius = Math.max(radius, this.distance.reduced(centre, 0, data, this.order[i] * columns, columns))
      radius = this.distance.fromReduced(radius)
    }
    const leaf = 2 * node + 1 >= this.count || end - start < 2
    this.nodes[node] = { start, end, leaf, low, high, centre, radius }
    if (leaf) return
    let widest = 0
    for (let j = 1; j < columns; j++) if (high[j] - low[j] > high[widest] - low[widest]) widest = j
    const middle = start + ((end - start) >> 1)
    nthElement(this.order, start, middle, end, (a, b) => {
      const [x, y] = [data[a * columns + widest], data[b * columns + widest]]
      return x === y ? a < b : x < y
    })
    this.build(2 * node + 1, start, middle)
    this.build(2 * node + 2, middle, end)
  }

  private visit(node: number, points: Float64Array, at: number, heap: NeighborHeap, bound: number): void {
    if (bound > heap.largest) return
    const { start, end, leaf } = this.nodes[node]
    if (leaf) {
      const { columns, data } = this.X
      for (let i = start; i < end; i++) heap.push(this.distance.reduced(points, at, data, this.order[i] * columns, columns), this.order[i])
      return
    }
    const [left, right] = [2 * node + 1, 2 * node + 2]
    const toLeft = this.lowerBound(left, points, at)
    const toRight = this.lowerBound(right, points, at)
    if (toLeft <= toRight) {
      this.visit(left, points, at, heap, toLeft)
      this.visit(right, points, at, heap, toRight)
    } else {
      this.visit(right, points, at, heap, toRight)
      this.visit(left, points, at, heap, toLeft)
    }
  }

  /** No row of the node is nearer (reduced). */
  private lowerBound(node: number, points: Float64Array, at: number): number {
    const { low, high, centre, radius } = this.nodes[node]
    const { columns } = this.X
    if (this.kind === 'ball_tree') {
      const away = this.distance.fromReduced(this.distance.reduced(points, at, centre, 0, columns)) - radius
      return this.distance.toReduced(Math.max(0, away))
    }
    const { p } = this.distance
    let sum = 0
    for (let j = 0; j < columns; j++) {
      const below = low[j] - points[at + j]
      const above = points[at + j] - high[j]
      const outside = 0.5 * (below + Math.abs(below) + (above + Math.abs(above)))
      if (p === Number.POSITIVE_INFINITY) sum = Math.max(sum, outside)
      else sum += p === 2 ? outside * outside : p === 1 ? outside : outside ** p
    }
    return sum
  }
}

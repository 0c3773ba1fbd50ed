import type { Matrix } from '../contract.ts'
import { matrixColumns } from '../matrix-columns.ts'
import { type Distance, squaredBelow } from './distance.ts'
import type { NeighborHeap } from './neighbor-heap.ts'
import { nthElement } from './nth-element.ts'

/** Below this rows are compared whole. */
const fewColumns = 16

/**
 * A k-d tree or ball tree: rows halved at the median of the widest column until leaves are small.
 * Source: scikit-learn 1.9, `_binary_tree.pxi`: the same halves in the same order, hence the same choice among equally near rows.
 */
export class SpaceTree {
  private readonly order: Int32Array
  /** The rows in the order of the tree, so that those of a leaf lie side by side. */
  private readonly points: Float64Array
  private readonly starts: Int32Array
  private readonly ends: Int32Array
  private readonly leaves: Uint8Array
  /** Smallest and largest values per node: [nodes][columns]. */
  private readonly low: Float64Array
  private readonly high: Float64Array
  private readonly centres: Float64Array
  private readonly radii: Float64Array
  private readonly count: number

  constructor(
    private readonly X: Matrix,
    private readonly distance: Distance,
    private readonly kind: 'kd_tree' | 'ball_tree',
    leafSize: number,
  ) {
    const { rows, columns, data } = X
    this.order = Int32Array.from({ length: rows }, (_, i) => i)
    const levels = Math.floor(Math.log2(Math.max(1, (rows - 1) / leafSize)) + 1)
    this.count = 2 ** levels - 1
    this.starts = new Int32Array(this.count)
    this.ends = new Int32Array(this.count)
    this.leaves = new Uint8Array(this.count)
    this.low = new Float64Array(this.count * columns)
    this.high = new Float64Array(this.count * columns)
    const balls = kind === 'ball_tree' ? this.count : 0
    this.centres = new Float64Array(balls * columns)
    this.radii = new Float64Array(balls)
    this.build(0, 0, rows, matrixColumns(X))
    this.points = new Float64Array(rows * columns)
    for (let i = 0, to = 0; i < rows; i++) for (let j = 0, at = this.order[i] * columns; j < columns; j++) this.points[to++] = data[at++]
  }

  /** Pushes the rows that may be among the nearest of the point at `at`. */
  query(points: Float64Array, at: number, heap: NeighborHeap): void {
    const point = points.subarray(at, at + this.X.columns)
    this.visit(0, point, heap, this.lowerBound(0, point))
  }

  private build(node: number, start: number, end: number, keys: readonly Float64Array[]): void {
    const { columns } = this.X
    const { order } = this
    let widest = 0
    for (let j = 0, at = node * columns; j < columns; j++, at++) {
      const column = keys[j]
      let low = column[order[start]]
      let high = low
      for (let i = start + 1; i < end; i++) {
        const value = column[order[i]]
        if (value < low) low = value
        if (value > high) high = value
      }
      this.low[at] = low
      this.high[at] = high
      if (high - low > this.high[node * columns + widest] - this.low[node * columns + widest]) widest = j
    }
    if (this.kind === 'ball_tree') this.encircle(node, start, end)
    const leaf = 2 * node + 1 >= this.count || end - start < 2
    this.starts[node] = start
    this.ends[node] = end
    this.leaves[node] = leaf ? 1 : 0
    if (leaf) return
    const middle = start + ((end - start) >> 1)
    nthElement(order, start, middle, end, keys[widest])
    this.build(2 * node + 1, start, middle, keys)
    this.build(2 * node + 2, middle, end, keys)
  }

  private encircle(node: number, start: number, end: number): void {
    const { columns, data } = this.X
    const centre = this.centres.subarray(node * columns, (node + 1) * columns)
    for (let i = start; i < end; i++) for (let j = 0, at = this.order[i] * columns; j < columns; j++, at++) centre[j] += data[at]
    for (let j = 0; j < columns; j++) centre[j] /= end - start
    let radius = 0
    for (let i = start; i < end; i++) radius = Math.max(radius, this.distance.reduced(centre, 0, data, this.order[i] * columns, columns))
    this.radii[node] = this.distance.fromReduced(radius)
  }

  private visit(node: number, point: Float64Array, heap: NeighborHeap, bound: number): void {
    if (bound > heap.largest) return
    if (this.leaves[node]) {
      this.compare(this.starts[node], this.ends[node], point, heap)
      return
    }
    const [left, right] = [2 * node + 1, 2 * node + 2]
    const toLeft = this.lowerBound(left, point)
    const toRight = this.lowerBound(right, point)
    if (toLeft <= toRight) {
      this.visit(left, point, heap, toLeft)
      this.visit(right, point, heap, toRight)
    } else {
      this.visit(right, point, heap, toRight)
      this.visit(left, point, heap, toLeft)
    }
  }

  private compare(start: number, end: number, point: Float64Array, heap: NeighborHeap): void {
    const { columns } = this.X
    const { order, points, distance } = this
    if (distance.p !== 2) {
      for (let i = start; i < end; i++) heap.push(distance.reduced(point, 0, points, i * columns, columns), order[i])
      return
    }
    let { largest } = heap
    if (columns < fewColumns) {
      // All columns of two rows side by side: to leave off early costs more guesses at a branch than it saves additions.
      for (let i = start, at = start * columns; i < end; i += 2, at += columns) {
        const next = i + 1 < end ? columns : 0
        let sum = 0
        let other = 0
        for (let j = 0; j < columns; j++, at++) {
          const d = point[j] - points[at]
          const e = point[j] - points[at + next]
          sum += d * d
          other += e * e
        }
        if (sum < largest) {
          heap.push(sum, order[i])
          largest = heap.largest
        }
        if (next && other < largest) {
          heap.push(other, order[i + 1])
          largest = heap.largest
        }
      }
      return
    }
    for (let i = start; i < end; i++) {
      const squared = squaredBelow(point, points, i * columns, largest)
      if (squared >= largest) continue
      heap.push(squared, order[i])
      largest = heap.largest
    }
  }

  /** No row of the node is nearer (reduced). */
  private lowerBound(node: number, point: Float64Array): number {
    const { columns } = this.X
    const { p } = this.distance
    if (this.kind === 'ball_tree') {
      const away = this.distance.fromReduced(this.distance.reduced(point, 0, this.centres, node * columns, columns)) - this.radii[node]
      return this.distance.toReduced(Math.max(0, away))
    }
    const { low, high } = this
    let sum = 0
    for (let j = 0, at = node * columns; j < columns; j++, at++) {
      const value = point[j]
      const outside = value < low[at] ? low[at] - value : value > high[at] ? value - high[at] : 0
      if (p === 2) sum += outside * outside
      else if (p === Number.POSITIVE_INFINITY) sum = Math.max(sum, outside)
      else sum += p === 1 ? outside : outside ** p
    }
    return sum
  }
}

/**
 * The nearest so many of what is pushed: a max-heap in which an equal distance never displaces one that is there.
 * Source: scikit-learn 1.9, `heap_push`: the same sifting, because among equals at the edge it decides which one goes.
 */
export class NeighborHeap {
  readonly distances: Float64Array
  readonly indices: Int32Array

  constructor(readonly size: number) {
    this.distances = new Float64Array(size)
    this.indices = new Int32Array(size)
    this.clear()
  }

  clear(): void {
    this.distances.fill(Number.POSITIVE_INFINITY)
    this.indices.fill(0)
  }

  get largest(): number {
    return this.distances[0]
  }

  push(distance: number, index: number): void {
    const { distances, indices, size } = this
    if (distance >= distances[0]) return
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const right = left + 1
      if (left >= size) break
      let next: number
      if (right >= size || distances[left] >= distances[right]) {
        if (distances[left] <= distance) break
        next = left
      } else {
        if (distances[right] <= distance) break
        next = right
      }
      distances[at] = distances[next]
      indices[at] = indices[next]
      at = next
    }
    distances[at] = distance
    indices[at] = index
  }

  /** Nearest first. */
  sorted(): { readonly distances: Float64Array; readonly indices: Int32Array } {
    const order = [...this.distances.keys()].sort((a, b) => this.distances[a] - this.distances[b])
    return { distances: Float64Array.from(order, k => this.distances[k]), indices: Int32Array.from(order, k => this.indices[k]) }
  }
}

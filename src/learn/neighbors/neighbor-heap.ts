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

  /** Nearest first; equal ones as they lie in the heap. */
  sorted(): { readonly distances: Float64Array; readonly indices: Int32Array } {
    const distances = this.distances.slice()
    const indices = this.indices.slice()
    if (this.size > few) {
      const order = [...distances.keys()].sort((a, b) => distances[a] - distances[b])
      return { distances: Float64Array.from(order, k => distances[k]), indices: Int32Array.from(order, k => indices[k]) }
    }
    for (let i = 1; i < distances.length; i++) {
      const distance = distances[i]
      const index = indices[i]
      let j = i - 1
      for (; j >= 0 && distances[j] > distance; j--) {
        distances[j + 1] = distances[j]
        indices[j + 1] = indices[j]
      }
      distances[j + 1] = distance
      indices[j + 1] = index
    }
    return { distances, indices }
  }
}

/** Up to so many are sorted by insertion. */
const few = 64

/**
 * Sorts `values[start, start + count)` ascending and moves `ids` along, with the swaps of scikit-learn's introsort: sums over rows in
 * another order would round differently, so among equal values the order of ids must be theirs.
 * Source: Musser, Introspective sorting (1997), with three-way partition around the median of three (Bentley and McIlroy, 1993).
 */
export function simultaneousSort(values: Float32Array | Float64Array, ids: Int32Array, start: number, count: number): void {
  if (count > 0) introsort(values, ids, start, count, 2 * (31 - Math.clz32(count)))
}

function introsort(values: Float32Array | Float64Array, ids: Int32Array, first: number, n: number, depthLeft: number): void {
  let start = first
  let count = n
  let depth = depthLeft
  while (count > 15) {
    if (depth <= 0) {
      heapsort(values, ids, start, count)
      return
    }
    depth--
    const pivot = medianOfThree(values[start], values[start + (count >> 1)], values[start + count - 1])
    let at = start
    let low = start
    let high = start + count
    while (at < high) {
      const value = values[at]
      if (value < pivot) swap(values, ids, at++, low++)
      else if (value > pivot) swap(values, ids, at, --high)
      else at++
    }
    introsort(values, ids, start, low - start, depth)
    count -= high - start
    start = high
  }
  for (let i = start + 1; i < start + count; i++) {
    const value = values[i]
    const id = ids[i]
    let j = i
    while (j > start && values[j - 1] > value) {
      values[j] = values[j - 1]
      ids[j] = ids[j - 1]
      j--
    }
    values[j] = value
    ids[j] = id
  }
}

function heapsort(values: Float32Array | Float64Array, ids: Int32Array, start: number, count: number): void {
  for (let root = (count - 2) >> 1; root >= 0; root--) siftDown(values, ids, start, root, count)
  for (let end = count - 1; end > 0; end--) {
    swap(values, ids, start, start + end)
    siftDown(values, ids, start, 0, end)
  }
}

function siftDown(values: Float32Array | Float64Array, ids: Int32Array, start: number, from: number, end: number): void {
  let root = from
  for (;;) {
    const child = 2 * root + 1
    let largest = root
    if (child < end && values[start + largest] < values[start + child]) largest = child
    if (child + 1 < end && values[start + largest] < values[start + child + 1]) largest = child + 1
    if (largest === root) return
    swap(values, ids, start + root, start + largest)
    root = largest
  }
}

function medianOfThree(a: number, b: number, c: number): number {
  if (a < b) return b < c ? b : a < c ? c : a
  return b < c ? (a < c ? a : c) : b
}

export function swap(values: Float32Array | Float64Array, ids: Int32Array, i: number, j: number): void {
  const value = values[i]
  values[i] = values[j]
  values[j] = value
  const id = ids[i]
  ids[i] = ids[j]
  ids[j] = id
}
